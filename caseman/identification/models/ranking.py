"""What the engine computed, when, and with what: derived data, none of it audited.

All of it can be computed again from the records; what people did with it stands in the trail.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import User
from caseman.database import Base, code_type, now
from caseman.identification.codes import RunReason, RunState
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson


class RankingRun(Base):
    """One ranking of everybody for everything, in the background."""

    __tablename__ = "ranking_run"

    state: Mapped[RunState] = mapped_column(code_type(RunState), default=RunState.WAITING)
    reason: Mapped[RunReason] = mapped_column(code_type(RunReason))
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    """None where the program asked."""
    asked_at: Mapped[datetime] = mapped_column(default=now, index=True)
    read_at: Mapped[datetime | None]
    """When the records were read: what changed later is ranked on its own."""
    finished_at: Mapped[datetime | None]
    cancelled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    code_version: Mapped[str] = mapped_column(sa.String(40), default="")
    """Of the program and of the engine's formulas."""
    model: Mapped[str] = mapped_column(sa.String(80), default="")
    """As in its candidates: engine, parameters, what is typical of the reports."""
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The values of all parameters, by name, as they were."""
    priors: Mapped[dict[str, Any] | None]
    """What was expected before any evidence; see ``queries.priors``."""
    remains: Mapped[int] = mapped_column(default=0)
    persons: Mapped[int] = mapped_column(default=0)
    candidates: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    """Remains ranked so far, then remains whose list is written; twice ``remains`` at the end."""
    changes: Mapped[int] = mapped_column(default=0)
    """Times that lists were changed for single records since; tells a worker of another's work."""

    asked_by: Mapped[User | None] = relationship(foreign_keys=[asked_by_id])
    cancelled_by: Mapped[User | None] = relationship(foreign_keys=[cancelled_by_id])

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return min(100, 50 * self.done // self.remains) if self.remains else 0

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in {RunState.WAITING, RunState.RUNNING}


class RankingTables(Base):
    """What a run counted, so that a single record can be weighed as the run weighed all others."""

    __tablename__ = "ranking_tables"

    run_id: Mapped[int] = mapped_column(sa.ForeignKey(RankingRun.id), unique=True)
    tables_sealed: Mapped[bytes]
    """The engine's columns and the ids of both sides, sealed under a key of the installation."""


class RankedChange(Base):
    """A record that changed after the last run and was ranked on its own."""

    __tablename__ = "ranked_change"
    __table_args__ = (
        sa.UniqueConstraint("remains_id"),
        sa.UniqueConstraint("missing_person_id"),
        sa.CheckConstraint(
            "(remains_id IS NULL) <> (missing_person_id IS NULL)", name="one_side_of_a_pair"
        ),
    )

    run_id: Mapped[int] = mapped_column(sa.ForeignKey(RankingRun.id), index=True)
    remains_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Remains.id))
    missing_person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(MissingPerson.id))
    changed_at: Mapped[datetime]
    """Which state of the record was ranked."""
    ranked_at: Mapped[datetime] = mapped_column(default=now)


class Candidate(Base):
    """A missing person ranked for remains by the engine: a suggestion, nothing more."""

    __tablename__ = "candidate"
    __table_args__ = (
        sa.UniqueConstraint("remains_id", "missing_person_id"),
        sa.Index("ix_candidate_remains_rank", "remains_id", "log10_lr"),
        sa.Index("ix_candidate_person_rank", "missing_person_id", "log10_lr"),
    )

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id))
    missing_person_id: Mapped[int] = mapped_column(sa.ForeignKey(MissingPerson.id))
    log10_lr: Mapped[float]
    posterior: Mapped[float]
    lines: Mapped[list[Any]]
    """A name and a weight for each line of evidence; see ``identification.evidence``."""
    model: Mapped[str] = mapped_column(sa.String(80))
    """Version of the engine, digest of its parameters, what is typical of the reports."""
    ranked_at: Mapped[datetime] = mapped_column(default=now)
    """When the records that were weighed were read."""
    rank_before: Mapped[int | None]
    """The place in the list as it stood before the last run; None: the pair was not on it."""

    remains: Mapped[Remains] = relationship()
    missing_person: Mapped[MissingPerson] = relationship()


class CandidateLeft(Base):
    """A candidate on the list before the last run that is not on it any more."""

    __tablename__ = "candidate_left"
    __table_args__ = (sa.UniqueConstraint("remains_id", "missing_person_id"),)

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id))
    missing_person_id: Mapped[int] = mapped_column(sa.ForeignKey(MissingPerson.id), index=True)
    rank_before: Mapped[int]
    left_at: Mapped[datetime] = mapped_column(default=now)

    missing_person: Mapped[MissingPerson] = relationship()

"""What DNA says of pairs and families: derived, not audited, gone with consent; and decisions."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Operation, User
from caseman.audit.guard import append_only
from caseman.audit.recorder import Audited
from caseman.database import Base, code_type, now
from caseman.identification.codes import RunState
from caseman.laboratory.models import DnaSource
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson, Relative


class DnaResult(Base):
    """The likelihood ratio of one profile of remains and one family with typed relatives.

    A pair of two screened sides that is not here weighs no more than the lowest that is kept.
    """

    __tablename__ = "dna_result"
    __table_args__ = (
        sa.UniqueConstraint("source_id", "missing_person_id"),
        sa.Index("ix_dna_result_remains_lr", "remains_id", "log10_lr"),
        sa.Index("ix_dna_result_person_lr", "missing_person_id", "log10_lr"),
        sa.Index("ix_dna_result_lr", "log10_lr", "id"),
    )

    source_id: Mapped[int] = mapped_column(sa.ForeignKey(DnaSource.id))
    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id))
    missing_person_id: Mapped[int] = mapped_column(sa.ForeignKey(MissingPerson.id))
    log10_lr: Mapped[float]
    markers: Mapped[int]
    """How many markers of the remains were weighed."""
    relatives: Mapped[int]
    """How many profiles of the family were used."""
    weighed_at: Mapped[datetime] = mapped_column(default=now)

    source: Mapped[DnaSource] = relationship()
    remains: Mapped[Remains] = relationship()
    missing_person: Mapped[MissingPerson] = relationship()


class DnaScreened(Base):
    """One side as it was when everything was weighed with it."""

    __tablename__ = "dna_screened"
    __table_args__ = (
        sa.UniqueConstraint("source_id"),
        sa.UniqueConstraint("missing_person_id"),
        sa.CheckConstraint(
            "(source_id IS NULL) <> (missing_person_id IS NULL)", name="one_side_of_a_pair"
        ),
    )

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id), index=True)
    source_id: Mapped[int | None] = mapped_column(sa.ForeignKey(DnaSource.id))
    missing_person_id: Mapped[int | None] = mapped_column(sa.ForeignKey(MissingPerson.id))
    digest: Mapped[str] = mapped_column(sa.String(64))
    """Keyed, of profiles, tree and terms: tells that something changed, and nothing else."""


class DnaMisfit(Base):
    """A relative whose profile hardly fits its place in the tree, beside the other profiles.

    Derived, and written anew with each check. Nobody is left out by it.
    """

    __tablename__ = "dna_misfit"
    __table_args__ = (sa.UniqueConstraint("missing_person_id", "source_id"),)

    missing_person_id: Mapped[int] = mapped_column(sa.ForeignKey(MissingPerson.id))
    relative_id: Mapped[int] = mapped_column(sa.ForeignKey(Relative.id), index=True)
    source_id: Mapped[int] = mapped_column(sa.ForeignKey(DnaSource.id), index=True)
    log10_lr: Mapped[float]
    """Of the profile in its place against one of somebody unrelated, with mutation everywhere."""
    markers: Mapped[list[Any]]
    """Where the profile does not fit at all unless alleles mutate."""
    is_either: Mapped[bool]
    """Two typed relatives alone cannot say which of them is wrong."""
    found_at: Mapped[datetime] = mapped_column(default=now)

    missing_person: Mapped[MissingPerson] = relationship()
    relative: Mapped[Relative] = relationship()
    source: Mapped[DnaSource] = relationship()


@append_only
class RelativeUse(Audited, Base):
    """Whether a relative's profile is used, decided by a person; the last one said counts.

    It is said of one code: a new sample under another code is checked afresh.
    """

    __tablename__ = "relative_use"
    __table_args__ = (sa.CheckConstraint("reason <> ''", name="with_reason"),)

    relative_id: Mapped[int] = mapped_column(sa.ForeignKey(Relative.id), index=True)
    source_id: Mapped[int] = mapped_column(sa.ForeignKey(DnaSource.id), index=True)
    is_used: Mapped[bool]
    reason: Mapped[str] = mapped_column(sa.Text)
    decided_at: Mapped[datetime] = mapped_column(default=now)
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))

    relative: Mapped[Relative] = relationship()
    source: Mapped[DnaSource] = relationship()
    decided_by: Mapped[User] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.source.code


class ScreeningRun(Base):
    """One screening in the background: what changed since the last one, against all others."""

    __tablename__ = "screening_run"

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id), index=True)
    state: Mapped[RunState] = mapped_column(code_type(RunState), default=RunState.RUNNING)
    started_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
    sources: Mapped[int]
    """How many profiles of remains there were."""
    families: Mapped[int]
    """How many families had profiles."""
    done: Mapped[int] = mapped_column(default=0)
    """Families done so far."""
    pairs: Mapped[int] = mapped_column(default=0)
    """Pairs weighed."""
    faults: Mapped[list[Any]]
    """Families left out: the id of the person, and the marker where the fault lies, if at one."""

    operation: Mapped[Operation] = relationship()

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return 100 * self.done // self.families if self.families else 100

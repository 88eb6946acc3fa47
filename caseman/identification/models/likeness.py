"""Profiles that are alike although nobody said so: derived; and what people made of it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Operation, User
from caseman.audit.guard import append_only
from caseman.audit.recorder import Audited
from caseman.database import Base, code_type, now
from caseman.identification.codes import LikenessRelation, LikenessVerdict
from caseman.laboratory.models import DnaSource


class DnaCompared(Base):
    """One profile as it was when it was compared with every other."""

    __tablename__ = "dna_compared"

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id), index=True)
    source_id: Mapped[int] = mapped_column(sa.ForeignKey(DnaSource.id), unique=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    """Keyed, of profile and terms: tells that something changed, and nothing else."""


class DnaLikeness(Base):
    """Two profiles that are too alike for strangers; written anew when either changes."""

    __tablename__ = "dna_likeness"
    __table_args__ = (
        sa.UniqueConstraint("first_id", "second_id"),
        sa.CheckConstraint("first_id < second_id", name="once"),
        sa.Index("ix_dna_likeness_operation_lr", "operation_id", "log10_lr", "id"),
    )

    operation_id: Mapped[int] = mapped_column(sa.ForeignKey(Operation.id))
    first_id: Mapped[int] = mapped_column(sa.ForeignKey(DnaSource.id))
    second_id: Mapped[int] = mapped_column(sa.ForeignKey(DnaSource.id), index=True)
    relation: Mapped[LikenessRelation] = mapped_column(code_type(LikenessRelation))
    log10_lr: Mapped[float]
    """Of the relation against two unrelated people."""
    compared: Mapped[int]
    """How many markers both have."""
    differing: Mapped[list[Any]]
    """Markers at which they cannot be of one person."""
    found_at: Mapped[datetime] = mapped_column(default=now)

    first: Mapped[DnaSource] = relationship(foreign_keys=[first_id])
    second: Mapped[DnaSource] = relationship(foreign_keys=[second_id])


@append_only
class LikenessFinding(Audited, Base):
    """What a person made of two profiles that are alike, with the reason; the last one counts."""

    __tablename__ = "likeness_finding"
    __table_args__ = (
        sa.CheckConstraint("reason <> ''", name="with_reason"),
        sa.CheckConstraint("first_id < second_id", name="once"),
    )

    first_id: Mapped[int] = mapped_column(sa.ForeignKey(DnaSource.id), index=True)
    second_id: Mapped[int] = mapped_column(sa.ForeignKey(DnaSource.id), index=True)
    finding: Mapped[LikenessVerdict] = mapped_column(code_type(LikenessVerdict))
    reason: Mapped[str] = mapped_column(sa.Text)
    decided_at: Mapped[datetime] = mapped_column(default=now)
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))

    first: Mapped[DnaSource] = relationship(foreign_keys=[first_id])
    second: Mapped[DnaSource] = relationship(foreign_keys=[second_id])
    decided_by: Mapped[User] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.first.code

"""What people made of two missing persons who may be one: linked, or told apart; never merged."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import User
from caseman.audit.recorder import Audited
from caseman.database import Base, Versioned, code_type, now
from caseman.reports.codes import MissingPersonStatus, SameFinding
from caseman.reports.models.records import MissingPerson


class SamePersonFinding(Audited, Versioned, Base):
    """Two persons held to be one, or to be two, with the reason. Ended, never deleted."""

    __tablename__ = "same_person_finding"
    __table_args__ = (
        sa.CheckConstraint("one_id < another_id", name="once"),
        sa.CheckConstraint("reason <> ''", name="with_reason"),
        sa.CheckConstraint("undone_at IS NULL OR undone_reason <> ''", name="undone_with_reason"),
        sa.CheckConstraint("(finding = 'same') = (kept_id IS NOT NULL)", name="kept"),
        sa.Index(
            "uq_same_person_finding_pair",
            "one_id",
            "another_id",
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        ),
    )

    one_id: Mapped[int] = mapped_column(sa.ForeignKey(MissingPerson.id), index=True)
    another_id: Mapped[int] = mapped_column(sa.ForeignKey(MissingPerson.id), index=True)
    finding: Mapped[SameFinding] = mapped_column(code_type(SameFinding))
    reason: Mapped[str] = mapped_column(sa.Text)
    decided_at: Mapped[datetime] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    kept_id: Mapped[int | None] = mapped_column(sa.ForeignKey(MissingPerson.id))
    """Whose search goes on, where the two are one."""
    status_before: Mapped[MissingPersonStatus | None] = mapped_column(
        code_type(MissingPersonStatus, name="status_before")
    )
    """Where the other search stood."""
    moved: Mapped[list[Any]] = mapped_column(default=list)
    """Numbers of the reports that came over, to go back when the link is undone."""
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    undone_reason: Mapped[str] = mapped_column(sa.Text, default="")

    one: Mapped[MissingPerson] = relationship(foreign_keys=[one_id])
    another: Mapped[MissingPerson] = relationship(foreign_keys=[another_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    undone_by: Mapped[User | None] = relationship(foreign_keys=[undone_by_id])

    @property
    def audit_subject(self) -> str:
        return self.one.number

    def other_than(self, person: MissingPerson) -> MissingPerson:
        """Return the one of the two who is not ``person``."""
        return self.another if self.one_id == person.id else self.one

"""Which units people hold to be of one person."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import User
from caseman.database import Base, Versioned, code_type, now
from caseman.remains.codes import ReassociationState
from caseman.remains.models.remains import Remains, RemainsPart


class Reassociation(RemainsPart, Versioned, Base):
    """Two units held to be of one person, once two people signed; their numbers stay.

    Stored with the smaller id first. Undone, it stays on the record with the reason.
    """

    __tablename__ = "reassociation"
    __table_args__ = (
        sa.CheckConstraint("remains_id < other_id", name="order"),
        sa.CheckConstraint("reason <> ''", name="with_reason"),
        sa.CheckConstraint("signed_by_id <> proposed_by_id", name="by_two"),
        sa.CheckConstraint("undone_at IS NULL OR undone_reason <> ''", name="undone_with_reason"),
        sa.Index(
            "uq_reassociation_standing",
            "remains_id",
            "other_id",
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        ),
    )

    remains_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id))
    other_id: Mapped[int] = mapped_column(sa.ForeignKey(Remains.id), index=True)
    state: Mapped[ReassociationState] = mapped_column(
        code_type(ReassociationState), default=ReassociationState.PROPOSED
    )
    reason: Mapped[str] = mapped_column(sa.Text)
    tests: Mapped[list[Any]] = mapped_column(default=list)
    """As they were when it was proposed: `{relation, first, second, t, p}`."""
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    undone_reason: Mapped[str] = mapped_column(sa.Text, default="")

    remains: Mapped[Remains] = relationship(foreign_keys=[remains_id])
    other: Mapped[Remains] = relationship(foreign_keys=[other_id])
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    signed_by: Mapped[User | None] = relationship(foreign_keys=[signed_by_id])
    undone_by: Mapped[User | None] = relationship(foreign_keys=[undone_by_id])

    def beside(self, row: Remains) -> Remains:
        """Return the other unit than ``row``."""
        return self.other if self.remains_id == row.id else self.remains

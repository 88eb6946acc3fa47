"""Who of a family is to be told of an identification, in which order, and who has been."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import User
from caseman.database import Base, Versioned, code_type, now
from caseman.identification.models.cases import Decision, DecisionPart, FamilyNotification
from caseman.reports.codes import Relation
from caseman.sealing.fields import HasSealed, Sealed


class RelativeToTell(HasSealed, DecisionPart, Versioned, Base):
    """One relative who is to hear of an identification from a person; told, or left out."""

    __tablename__ = "relative_to_tell"
    __table_args__ = (
        sa.CheckConstraint(
            "left_out_at IS NULL OR left_out_reason <> ''", name="left_out_with_reason"
        ),
    )

    decision_id: Mapped[int] = mapped_column(sa.ForeignKey(Decision.id), index=True)
    ordinal: Mapped[int]
    relation: Mapped[Relation | None] = mapped_column(code_type(Relation))
    who_sealed: Mapped[bytes | None]
    who = Sealed[str]()
    """The name, and what whoever tells them should know."""
    added_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    added_at: Mapped[datetime] = mapped_column(default=now)
    notification_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey(FamilyNotification.id), index=True
    )
    """How they were told."""
    left_out_at: Mapped[datetime | None]
    left_out_reason: Mapped[str] = mapped_column(sa.Text, default="")

    decision: Mapped[Decision] = relationship()
    added_by: Mapped[User] = relationship()
    notification: Mapped[FamilyNotification | None] = relationship()

    @property
    def waits(self) -> bool:
        """Whether they are still to be told."""
        return self.notification_id is None and self.left_out_at is None

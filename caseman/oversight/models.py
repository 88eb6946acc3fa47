"""Verifications of the trail, so that an auditor sees what was found, when, and who asked."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import User
from caseman.database import Base, now


class TrailCheck(Base):
    """One verification of the whole trail, in the background; it changes no record."""

    __tablename__ = "trail_check"

    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey(User.id))
    asked_at: Mapped[datetime] = mapped_column(default=now, index=True)
    expected: Mapped[int] = mapped_column(default=0)
    """How many entries and rows there were to look at when it began."""
    checked: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    is_whole: Mapped[bool | None]
    first_bad: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What was found wrong first: ``caseman.audit.verify.Bad`` as plain values."""

    asked_by: Mapped[User] = relationship()

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return min(100, 100 * self.checked // self.expected) if self.expected else 0

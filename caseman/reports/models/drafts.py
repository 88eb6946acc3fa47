"""Reports of families that are not sent yet, kept so that nothing is lost and read by nobody."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from caseman.database import Base, now
from caseman.reports.models.records import AnteMortemReport
from caseman.sealing.fields import HasSealed, Sealed


class Draft(HasSealed):
    """What somebody has typed so far. It is no record: staff see none, and it leaves no trail."""

    answers_sealed: Mapped[bytes | None]
    answers = Sealed[list[Any]]()
    """Name of the field and what was typed into it, pair by pair."""
    begun_at: Mapped[datetime] = mapped_column(default=now)
    saved_at: Mapped[datetime] = mapped_column(default=now, index=True)


class FamilyDraft(Draft, Base):
    """A family's first report. Its two numbers become those of the report when that is sent."""

    __tablename__ = "family_draft"

    reference: Mapped[str] = mapped_column(sa.String(12), unique=True)
    secret_hash: Mapped[str] = mapped_column(sa.String(255))


class AnotherDraft(Draft, Base):
    """A further person of a family that reported before: its two numbers open this too."""

    __tablename__ = "another_draft"

    first_report_id: Mapped[int] = mapped_column(sa.ForeignKey(AnteMortemReport.id), unique=True)
    """The report that bears the two numbers."""

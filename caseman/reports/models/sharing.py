"""What a family opened to a partner, for as long as it consents."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Team
from caseman.audit.recorder import Audited
from caseman.database import Base, Versioned, now
from caseman.reports.models.records import AnteMortemReport


class ReportSharing(Audited, Versioned, Base):
    """One report opened to one team of a partner. Ended, never deleted."""

    __tablename__ = "report_sharing"
    __table_args__ = (
        sa.Index("ix_report_sharing_team_report", "team_id", "report_id"),
        sa.CheckConstraint("ended_at IS NULL OR ended_reason <> ''", name="ended_with_reason"),
    )

    report_id: Mapped[int] = mapped_column(sa.ForeignKey(AnteMortemReport.id), index=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey(Team.id))
    consented_on: Mapped[date]
    consent_text: Mapped[str] = mapped_column(sa.Text)
    """Who consented, how, and to what, in words."""
    shared_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(sa.Text, default="")

    report: Mapped[AnteMortemReport] = relationship()
    team: Mapped[Team] = relationship()

    @property
    def audit_subject(self) -> str:
        return self.report.number

"""What a family consents to, and what is open to a partner for as long as it does."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseman.accounts.models import Team, User
from caseman.audit.recorder import Audited
from caseman.coding import Language
from caseman.database import Base, Versioned, code_type, now
from caseman.reports.codes import ConsentPurpose
from caseman.reports.models.records import AnteMortemReport, ReportPart


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


class ReportConsent(ReportPart, Base):
    """One answer of a family, yes or no, about one purpose. A new answer ends the one before."""

    __tablename__ = "report_consent"
    __table_args__ = (
        sa.CheckConstraint("(purpose = 'partner') = (team_id IS NOT NULL)", name="partner_named"),
        sa.Index("ix_report_consent_report_ended", "report_id", "ended_at"),
    )

    report_id: Mapped[int] = mapped_column(sa.ForeignKey(AnteMortemReport.id))
    purpose: Mapped[ConsentPurpose] = mapped_column(code_type(ConsentPurpose))
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Team.id), index=True)
    """The partner, where the purpose is a partner."""
    is_given: Mapped[bool]
    said_at: Mapped[datetime] = mapped_column(default=now)
    form_version: Mapped[int]
    """Which words the question had (``services.CONSENT_VERSION``)."""
    language: Mapped[Language | None] = mapped_column(code_type(Language))
    """In which it was asked."""
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(User.id))
    """Who of the staff wrote it down; None where the family answered itself."""
    ended_at: Mapped[datetime | None]

    report: Mapped[AnteMortemReport] = relationship()
    team: Mapped[Team | None] = relationship()
    recorded_by: Mapped[User | None] = relationship()

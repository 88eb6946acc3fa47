"""Opening a report to a partner as the family consents, and closing it again at once."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Team
from caseman.audit.reasons import because
from caseman.database import now
from caseman.reports.errors import AlreadySharedError, NotOpenError, ReasonMissingError
from caseman.reports.models import AnteMortemReport, ReportSharing


@dataclass(frozen=True, slots=True)
class Consent:
    """What the family said: when, and in words by whom, how and to what."""

    given_on: date
    text: str


def share(
    session: Session, report: AnteMortemReport, team: Team, consent: Consent
) -> ReportSharing:
    """Open ``report`` to ``team``; raise NotOpenError where it was withdrawn."""
    if report.withdrawn_at is not None:
        raise NotOpenError
    if _is_open_to(session, report, team):
        raise AlreadySharedError
    row = ReportSharing(
        report=report, team=team, consented_on=consent.given_on, consent_text=consent.text
    )
    session.add(row)
    session.flush()
    return row


def _is_open_to(session: Session, report: AnteMortemReport, team: Team) -> bool:
    query = sa.select(ReportSharing.id).where(
        ReportSharing.report_id == report.id,
        ReportSharing.team_id == team.id,
        ReportSharing.ended_at.is_(None),
    )
    return session.scalar(query.limit(1)) is not None


def stop_sharing(session: Session, row: ReportSharing, reason: str) -> None:
    """Close the report to that team again; the next request of the partner finds nothing."""
    if not reason.strip():
        raise ReasonMissingError
    if row.ended_at is not None:
        raise NotOpenError
    with because(session, reason):
        row.ended_at, row.ended_reason = now(), reason
        session.flush()

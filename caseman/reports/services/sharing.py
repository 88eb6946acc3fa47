"""Opening a report to a partner as the family consents, and closing it again at once."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from caseman.accounts.models import Team
from caseman.audit.reasons import because
from caseman.database import now
from caseman.reports.errors import (
    AlreadySharedError,
    NotOpenError,
    ReasonMissingError,
    RefusedByFamilyError,
)
from caseman.reports.models import AnteMortemReport, ReportSharing
from caseman.reports.queries.sharing import is_refused, open_sharings


@dataclass(frozen=True, slots=True)
class Consent:
    """What the family said: when, and in words by whom, how and to what."""

    given_on: date
    text: str


def share(
    session: Session, report: AnteMortemReport, team: Team, consent: Consent
) -> ReportSharing:
    """Open ``report`` to ``team``.

    Raises NotOpenError where it was withdrawn, RefusedByFamilyError where a family of this missing
    person wants that partner to read nothing.
    """
    if report.withdrawn_at is not None:
        raise NotOpenError
    if any(row.team_id == team.id for row in open_sharings(session, report)):
        raise AlreadySharedError
    if is_refused(session, report, team):
        raise RefusedByFamilyError
    row = ReportSharing(
        report=report, team=team, consented_on=consent.given_on, consent_text=consent.text
    )
    session.add(row)
    session.flush()
    return row


def stop_sharing(session: Session, row: ReportSharing, reason: str) -> None:
    """Close the report to that team again; the next request of the partner finds nothing."""
    if not reason.strip():
        raise ReasonMissingError
    if row.ended_at is not None:
        raise NotOpenError
    with because(session, reason):
        row.ended_at, row.ended_reason = now(), reason
        session.flush()

"""Who opened what a family told, as the family itself may know it: the day, and for whom.

Not which person of an office, nor what part of the work: that somebody decides about a report is
told by a person, never by a list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Membership, Team
from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.reports.models import AnteMortemReport, ReportSharing
from caseman.reports.queries.same import findings_of

MOST_READ = 2_000
LOOKS = (Action.READ, Action.PRINT, Action.EXPORT)


@dataclass(frozen=True, slots=True)
class Opening:
    """That a report was opened on a day: by a partner, or by this office where none is named."""

    day: date
    partner: str = ""


def openings(session: Session, report: AnteMortemReport) -> list[Opening]:
    """Return on which days ``report`` was opened and for whom, the latest first."""
    looked = (
        sa.select(AuditEntry.at, AuditEntry.actor_id)
        .where(
            AuditEntry.subject.in_(told_under(session, report)),
            AuditEntry.at >= report.told_at,
            AuditEntry.action.in_(LOOKS),
            AuditEntry.actor_id.is_not(None),
        )
        .order_by(AuditEntry.seq.desc())
        .limit(MOST_READ)
    )
    partners = _partners(session, report)
    told = (Opening(at.date(), partners.get(who or 0, "")) for at, who in session.execute(looked))
    return list(dict.fromkeys(told))


def told_under(session: Session, report: AnteMortemReport) -> set[str]:
    """Return the numbers under which ``report`` is or was opened."""
    person = report.missing_person
    earlier = [
        each.other_than(person).number
        for each in findings_of(session, person)
        if report.number in each.moved
    ]
    return {report.number, person.number, *earlier}


def _partners(session: Session, report: AnteMortemReport) -> Mapping[int, str]:
    """Return the accounts of partners who read or have read ``report``, by whom they work for."""
    query = (
        sa.select(Membership.user_id, Team.name)
        .join(Team, Team.id == Membership.team_id)
        .join(ReportSharing, ReportSharing.team_id == Team.id)
        .where(ReportSharing.report_id == report.id)
    )
    return {row.user_id: row.name for row in session.execute(query)}

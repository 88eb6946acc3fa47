"""What families opened to partners: which reports, and to whom."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from caseman.accounts.models import Team
from caseman.accounts.queries import teams_of_partners
from caseman.permissions import Permission, Scope
from caseman.reports.models import (
    AnteMortemReport,
    MissingPerson,
    ReportPhotograph,
    ReportSharing,
)

SHARED_SORTS = {
    "number": AnteMortemReport.number,
    "name": MissingPerson.name_sort,
    "told": AnteMortemReport.told_at,
}
"""By what a partner's list sorts."""


def shared_reports(scope: Scope) -> sa.Select[AnteMortemReport]:
    """Return the selection of reports that are open to a team of the reader now."""
    selection = (
        sa.select(AnteMortemReport)
        .join(AnteMortemReport.missing_person)
        .options(contains_eager(AnteMortemReport.missing_person))
    )
    if not scope.may(Permission.REPORT_READ_SHARED):
        return selection.where(sa.false())
    return selection.where(
        AnteMortemReport.withdrawn_at.is_(None), AnteMortemReport.id.in_(_open_to(scope))
    )


def _open_to(scope: Scope) -> sa.Select[int]:
    return sa.select(ReportSharing.report_id).where(
        ReportSharing.team_id.in_(sorted(scope.team_ids)), ReportSharing.ended_at.is_(None)
    )


def shared_report(session: Session, scope: Scope, number: str) -> AnteMortemReport | None:
    """Return a report open to the reader, or None where it is not, or not any more."""
    parts = (
        AnteMortemReport.effects,
        AnteMortemReport.marks,
        AnteMortemReport.companions,
        AnteMortemReport.photographs,
    )
    query = shared_reports(scope).where(AnteMortemReport.number == number)
    return session.scalars(query.options(*(selectinload(part) for part in parts))).first()


def shared_photograph(
    session: Session, scope: Scope, photograph_id: int
) -> ReportPhotograph | None:
    """Return a photograph of a report that is open to the reader."""
    reports = shared_reports(scope).with_only_columns(AnteMortemReport.id).options()
    query = sa.select(ReportPhotograph).where(
        ReportPhotograph.id == photograph_id, ReportPhotograph.report_id.in_(reports)
    )
    return session.scalars(query).first()


def sharings_of(session: Session, report: AnteMortemReport) -> Sequence[ReportSharing]:
    """Return to whom ``report`` is open or was, the latest first."""
    query = sa.select(ReportSharing).where(ReportSharing.report_id == report.id)
    query = query.options(joinedload(ReportSharing.team)).order_by(ReportSharing.id.desc())
    return session.scalars(query).all()


def partner_teams(session: Session, report: AnteMortemReport) -> Sequence[Team]:
    """Return the teams of partners to which ``report`` is not open yet, by code."""
    open_now = sa.select(ReportSharing.team_id).where(
        ReportSharing.report_id == report.id, ReportSharing.ended_at.is_(None)
    )
    query = sa.select(Team).where(
        Team.operation_id == report.missing_person.operation_id,
        Team.id.in_(teams_of_partners()),
        Team.id.not_in(open_now),
    )
    return session.scalars(query.order_by(Team.code)).all()

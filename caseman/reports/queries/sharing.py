"""What families opened to partners: which reports, and to whom."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import ColumnElement, SQLColumnExpression
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload

from caseman.accounts.models import Team
from caseman.accounts.queries import teams_of_partners
from caseman.permissions import Permission, Scope
from caseman.reports.codes import RECIPIENTS, ConsentPurpose
from caseman.reports.models import (
    AnteMortemReport,
    MissingPerson,
    ReportConsent,
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
    told = aliased(AnteMortemReport)
    return (
        sa.select(ReportSharing.report_id)
        .join(told, told.id == ReportSharing.report_id)
        .where(
            ReportSharing.team_id.in_(sorted(scope.team_ids)),
            ReportSharing.ended_at.is_(None),
            ~_refusing(told.missing_person_id, ReportSharing.team_id).exists(),
        )
    )


def _refusing(
    person_id: SQLColumnExpression[int], team_id: SQLColumnExpression[int]
) -> sa.Select[int]:
    """Return the answers by which a family of that person refuses that partner now."""
    other = aliased(AnteMortemReport)
    return (
        sa.select(ReportConsent.id)
        .join(other, other.id == ReportConsent.report_id)
        .where(
            other.missing_person_id == person_id,
            other.withdrawn_at.is_(None),
            ReportConsent.team_id == team_id,
            ReportConsent.is_given.is_(False),
            ReportConsent.ended_at.is_(None),
        )
    )


def may_be_given(
    person_id: SQLColumnExpression[int], recipient: ConsentPurpose
) -> ColumnElement[bool]:
    """Say of a missing person, in SQL, whether ``recipient`` may have what families told.

    One family must have said yes, and none no.
    """
    answers = (
        sa.select(ReportConsent.id)
        .join(ReportConsent.report)
        .where(
            AnteMortemReport.missing_person_id == person_id,
            AnteMortemReport.withdrawn_at.is_(None),
            ReportConsent.purpose == recipient,
            ReportConsent.ended_at.is_(None),
        )
        .correlate_except(ReportConsent, AnteMortemReport)
    )
    agreed = answers.where(ReportConsent.is_given.is_(True)).exists()
    return agreed & ~answers.where(ReportConsent.is_given.is_(False)).exists()


def recipients_of(session: Session, person: MissingPerson) -> tuple[ConsentPurpose, ...]:
    """Return who outside may have what families told of ``person`` now."""
    answers = (may_be_given(MissingPerson.id, each) for each in RECIPIENTS)
    row = session.execute(sa.select(*answers).where(MissingPerson.id == person.id)).one()
    return tuple(each for each, may_have in zip(RECIPIENTS, row, strict=True) if may_have)


def is_refused(session: Session, report: AnteMortemReport, team: Team) -> bool:
    """Say whether a family of this missing person wants ``team`` to read nothing."""
    query = _refusing(sa.literal(report.missing_person_id), sa.literal(team.id))
    return session.scalar(query.limit(1)) is not None


def open_sharings(session: Session, report: AnteMortemReport) -> Sequence[ReportSharing]:
    """Return to whom ``report`` is open now."""
    return [row for row in sharings_of(session, report) if row.ended_at is None]


def consents_of(session: Session, report: AnteMortemReport) -> Sequence[ReportConsent]:
    """Return every answer the family ever gave about ``report``, the latest first."""
    query = sa.select(ReportConsent).where(ReportConsent.report_id == report.id)
    parts = joinedload(ReportConsent.team), joinedload(ReportConsent.recorded_by)
    return session.scalars(query.options(*parts).order_by(ReportConsent.id.desc())).all()


def asked_partners(session: Session, report: AnteMortemReport) -> Sequence[Team]:
    """Return the teams of partners a family can open ``report`` to, by name."""
    query = sa.select(Team).where(
        Team.operation_id == report.missing_person.operation_id, Team.id.in_(teams_of_partners())
    )
    return session.scalars(query.order_by(Team.name, Team.id)).all()


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
    """Return the teams of partners to which ``report`` may be opened now, by code."""
    open_now = sa.select(ReportSharing.team_id).where(
        ReportSharing.report_id == report.id, ReportSharing.ended_at.is_(None)
    )
    refusing = _refusing(sa.literal(report.missing_person_id), Team.id)
    query = sa.select(Team).where(
        Team.operation_id == report.missing_person.operation_id,
        Team.id.in_(teams_of_partners()),
        Team.id.not_in(open_now),
        ~refusing.exists(),
    )
    return session.scalars(query.order_by(Team.code)).all()

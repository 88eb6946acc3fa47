"""Counts of the work, by site and by month, each within a scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from caseman.identification.codes import Outcome, PairingState
from caseman.identification.models import Candidate, Decision, Pairing, Release
from caseman.identification.queries import in_states, overdue, pairings, waiting_for
from caseman.identification.services.signing import PERMISSION_OF
from caseman.permissions import Scope
from caseman.remains.codes import IDENTIFIED, RemainsStatus
from caseman.remains.models import BiologicalProfile, RecoveryEvent, Remains
from caseman.reports.codes import OPEN_STATUSES, TriageState
from caseman.reports.models import AnteMortemReport, MissingPerson
from caseman.reports.queries.scope import reports_within, within
from caseman.sites.models import Site
from caseman.sites.scope import within_sites

HANDED_OVER = frozenset({RemainsStatus.RELEASED, RemainsStatus.REBURIED})
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the remains have come; each number is part of the one before, candidates apart."""

    recovered: int = 0
    examined: int = 0
    with_candidates: int = 0
    identified: int = 0
    released: int = 0

    def __add__(self, other: Self) -> Self:
        sums = [getattr(self, each.name) + getattr(other, each.name) for each in fields(self)]
        return type(self)(*sums)


@dataclass(frozen=True, slots=True)
class SiteProgress:
    """One site and how far its remains have come."""

    code: str
    name: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class Month:
    """A month and how many fell in it."""

    first: date
    count: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many comparisons wait, and for whom."""

    mine: int
    second: int
    board: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Search:
    """Missing persons looked for, and reports nobody has sorted yet."""

    sought: int
    new_reports: int


def progress_by_site(session: Session, scope: Scope) -> list[SiteProgress]:
    """Return every site within ``scope`` with the count of its remains; voided numbers apart."""
    counted = {row.site_id: Progress(*row[1:]) for row in session.execute(_progress(scope))}
    columns: list[Any] = [Site.id, Site.code, Site.name]
    sites = within_sites(sa.select(*columns), Site.id, scope)
    return [
        SiteProgress(site.code, site.name, counted.get(site.id, Progress()))
        for site in session.execute(sites.order_by(Site.code))
    ]


def _progress(scope: Scope) -> sa.Select[Any]:
    profile = BiologicalProfile
    has_findings = sa.or_(
        profile.examined_on.is_not(None),
        profile.sex.is_not(None),
        profile.age_min.is_not(None),
        profile.stature_cm.is_not(None),
    )
    has_candidates = sa.exists().where(Candidate.remains_id == Remains.id)
    columns: list[Any] = [
        Remains.site_id,
        sa.func.count(),
        _number(has_findings),
        _number(has_candidates),
        _number(Remains.status.in_(sorted(IDENTIFIED))),
        _number(Remains.status.in_(sorted(HANDED_OVER))),
    ]
    statement = (
        sa.select(*columns)
        .outerjoin(profile, profile.remains_id == Remains.id)
        .where(Remains.voided_at.is_(None))
        .group_by(Remains.site_id)
    )
    return within_sites(statement, Remains.site_id, scope)


def _number(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def months_of_recovery(session: Session, scope: Scope) -> Sequence[Month]:
    """Return how many remains were recovered in each month, by the day in the record."""
    statement = _by_month(RecoveryEvent.recovered_on).join(RecoveryEvent.remains)
    statement = statement.where(Remains.voided_at.is_(None))
    return _last_months(session, within_sites(statement, Remains.site_id, scope))


def months_of_identification(session: Session, scope: Scope) -> Sequence[Month]:
    """Return how many identifications that stand were decided in each month."""
    statement = _by_month(Decision.decided_at).join(Decision.remains)
    statement = statement.where(
        Decision.outcome == Outcome.IDENTIFIED, Decision.revoked_at.is_(None)
    )
    return _last_months(session, within_sites(statement, Remains.site_id, scope))


def months_of_release(session: Session, scope: Scope) -> Sequence[Month]:
    """Return how many remains went home in each month."""
    statement = _by_month(Release.released_on).join(Release.remains)
    return _last_months(session, within_sites(statement, Remains.site_id, scope))


def _by_month(moment: InstrumentedAttribute[Any]) -> sa.Select[Any]:
    year, month = sa.extract("year", moment), sa.extract("month", moment)
    columns: list[Any] = [year, month, sa.func.count()]
    return (
        sa.select(*columns)
        .select_from(moment.class_)
        .where(moment.is_not(None))
        .group_by(year, month)
    )


def _last_months(session: Session, statement: sa.Select[Any]) -> Sequence[Month]:
    """Return the twelve months up to the last one with anything in it, empty ones included."""
    counted = {(int(year), int(month)): count for year, month, count in session.execute(statement)}
    if not counted:
        return []
    return _filled(counted)


def _filled(counted: Mapping[tuple[int, int], int]) -> Sequence[Month]:
    last_year, last_month = max(counted)
    last = last_year * 12 + last_month - 1
    earliest_year, earliest_month = min(counted)
    first = max(last - MONTHS + 1, earliest_year * 12 + earliest_month - 1)
    months = [divmod(number, 12) for number in range(first, last + 1)]
    return [
        Month(date(year, month + 1, 1), counted.get((year, month + 1), 0)) for year, month in months
    ]


def waiting(session: Session, scope: Scope, today: date) -> Waiting:
    """Return how many comparisons wait for the reader, for signatures, and too long."""
    steps = frozenset(step for step, needed in PERMISSION_OF.items() if scope.may(needed))
    board = frozenset({PairingState.REVIEWED, PairingState.DECIDING})
    return Waiting(
        mine=_count(session, scope, waiting_for(scope, steps)),
        second=_count(session, scope, in_states(frozenset({PairingState.PROPOSED}))),
        board=_count(session, scope, in_states(board)),
        overdue=_count(session, scope, overdue(today)),
    )


def _count(session: Session, scope: Scope, condition: sa.ColumnElement[bool]) -> int:
    counted = pairings(scope).where(condition).with_only_columns(sa.func.count(Pairing.id))
    return session.scalar(counted) or 0


def search(session: Session, scope: Scope) -> Search:
    """Return how many persons are looked for, and how many reports wait to be sorted."""
    sought = within(sa.select(sa.func.count(MissingPerson.id)), scope).where(
        MissingPerson.status.in_(sorted(OPEN_STATUSES))
    )
    reports = reports_within(sa.select(sa.func.count(AnteMortemReport.id)), scope).where(
        AnteMortemReport.triage == TriageState.NEW, AnteMortemReport.withdrawn_at.is_(None)
    )
    return Search(session.scalar(sought) or 0, session.scalar(reports) or 0)

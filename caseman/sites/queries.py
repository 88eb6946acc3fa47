"""Reads of sites and features, each within a scope."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman.accounts.models import Operation, Team
from caseman.accounts.queries import teams_of_partners
from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.permissions import Scope
from caseman.searching import begins_with, begun, says
from caseman.sites.codes import NumberKind, SiteKind, SiteStatus
from caseman.sites.models import (
    Feature,
    NumberBlock,
    Site,
    SiteAssignment,
    SiteTip,
    SiteVisit,
    SiteWord,
)
from caseman.sites.scope import among_sites, within_operations, within_sites


@dataclass(frozen=True, slots=True)
class SiteFilter:
    """What a list of sites is narrowed to."""

    text: str = ""
    kind: SiteKind | None = None
    status: SiteStatus | None = None


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A status with the day it began, as the trail knows it."""

    status: SiteStatus
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class TeamOnSite:
    """A team that sees a site: assigned to it, or because it works on every site."""

    team: Team
    assigned: bool


def sites(scope: Scope) -> sa.Select[Site]:
    """Return the selection of every site within ``scope``."""
    return among_sites(sa.select(Site), scope)


def as_listed(session: Session, scope: Scope, wanted: SiteFilter) -> sa.Select[Site]:
    """Return the sites within ``scope``; where the text begins a code, those whose code does."""
    statement = sites(scope)
    if code := begun(session, Site.code, wanted.text):
        statement = statement.where(begins_with(Site.code, code))
    return statement


def conditions(session: Session, wanted: SiteFilter) -> Iterator[sa.ColumnElement[bool]]:
    """Yield what sites must fit that fit ``wanted``.

    Where the text begins no code, each of its words must begin a word of the code, of a name in
    any script, or of the region.
    """
    if wanted.text and not begun(session, Site.code, wanted.text):
        yield from says(session, Site.id, SiteWord, wanted.text)
    if wanted.kind is not None:
        yield Site.kind == wanted.kind
    if wanted.status is not None:
        yield Site.status == wanted.status


def site_by_code(session: Session, scope: Scope, code: str) -> Site | None:
    """Return the site, or None where it is outside ``scope`` or does not exist."""
    statement = sites(scope).where(Site.code == code)
    return session.scalar(
        statement.options(selectinload(Site.features), joinedload(Site.operation))
    )


def feature_by_number(session: Session, scope: Scope, code: str, number: int) -> Feature | None:
    """Return a feature of a site within ``scope``."""
    statement = sa.select(Feature).join(Feature.site).where(Site.code == code)
    statement = statement.where(Feature.number == number)
    return session.scalar(within_sites(statement, Feature.site_id, scope))


def all_sites(session: Session, scope: Scope) -> Sequence[Site]:
    """Return every site within ``scope``, by code."""
    return session.scalars(sites(scope).order_by(Site.code)).all()


def operations(session: Session, scope: Scope) -> Sequence[Operation]:
    """Return the operations in which the reader works, by code."""
    statement = within_operations(sa.select(Operation), Operation.id, scope)
    return session.scalars(statement.order_by(Operation.code)).all()


def status_history(session: Session, site: Site) -> list[StatusChange]:
    """Return every status of ``site`` since it was registered, the newest first."""
    entries = session.scalars(
        sa.select(AuditEntry)
        .where(
            AuditEntry.table_name == Site.__tablename__,
            AuditEntry.row_id == site.id,
            AuditEntry.action.in_((Action.CREATE, Action.UPDATE)),
        )
        .order_by(AuditEntry.seq.desc())
    )
    return [
        StatusChange(
            SiteStatus(entry.changes["status"][1]), entry.at, entry.actor_name, entry.reason
        )
        for entry in entries
        if "status" in entry.changes
    ]


def tips(scope: Scope) -> sa.Select[SiteTip]:
    """Return the selection of what was told of places within the operations of ``scope``."""
    return within_operations(sa.select(SiteTip), SiteTip.operation_id, scope)


def tip(session: Session, scope: Scope, tip_id: int) -> SiteTip | None:
    """Return one tip, or None where there is none within ``scope``."""
    return session.scalars(tips(scope).where(SiteTip.id == tip_id)).first()


def visits_to(site: Site) -> sa.Select[SiteVisit]:
    """Return the selection of the visits to a site; the caller has found the site."""
    statement = sa.select(SiteVisit).where(SiteVisit.site_id == site.id)
    return statement.options(joinedload(SiteVisit.team))


def last_visit(session: Session, site: Site) -> SiteVisit | None:
    """Return the latest visit to ``site``."""
    newest = (SiteVisit.first_day.desc(), SiteVisit.id.desc())
    return session.scalar(visits_to(site).order_by(*newest).limit(1))


def visit_to(session: Session, site: Site, visit_id: int) -> SiteVisit | None:
    """Return one visit to ``site``, or None."""
    return session.scalar(visits_to(site).where(SiteVisit.id == visit_id))


def teams_of(session: Session, site: Site) -> Sequence[Team]:
    """Return the teams that work on ``site``, those that cover its whole operation included."""
    return [each.team for each in teams_on(session, site)]


def teams_on(session: Session, site: Site) -> list[TeamOnSite]:
    """Return the teams that work on ``site``, and whether each is assigned to it by name."""
    assigned = set(
        session.scalars(sa.select(SiteAssignment.team_id).where(SiteAssignment.site_id == site.id))
    )
    return [
        TeamOnSite(team, team.id in assigned)
        for team in _teams_in(session, site)
        if team.covers_operation or team.id in assigned
    ]


def teams_elsewhere(session: Session, site: Site) -> list[Team]:
    """Return the teams of the site's operation that could be assigned to it.

    Those of partners could not: a partner reads what families opened to it, and no site.
    """
    never = set(session.scalars(teams_of_partners()))
    never |= {each.team.id for each in teams_on(session, site)}
    return [team for team in _teams_in(session, site) if team.id not in never]


def _teams_in(session: Session, site: Site) -> Sequence[Team]:
    statement = sa.select(Team).where(Team.operation_id == site.operation_id)
    return session.scalars(statement.order_by(Team.code)).all()


def teams(session: Session, scope: Scope) -> Sequence[Team]:
    """Return the teams of the operations within ``scope``."""
    statement = within_operations(sa.select(Team), Team.operation_id, scope)
    return session.scalars(statement.order_by(Team.code)).all()


def sees(session: Session, scope: Scope, site: Site) -> bool:
    """Say whether ``site`` lies within ``scope``, as the database stands now."""
    found = session.scalar(sites(scope).with_only_columns(Site.id).where(Site.id == site.id))
    return found is not None


def blocks_of(session: Session, feature: Feature) -> Sequence[NumberBlock]:
    """Return the blocks of numbers reserved in ``feature``, by kind and first number."""
    statement = (
        sa.select(NumberBlock)
        .where(NumberBlock.feature_id == feature.id)
        .options(joinedload(NumberBlock.team))
        .order_by(NumberBlock.kind, NumberBlock.first)
    )
    return session.scalars(statement).all()


def numbers_given(session: Session, site: Site) -> dict[NumberKind, int]:
    """Return how many numbers of each kind were given out in ``site``, voided ones included."""
    given = sa.func.sum(NumberBlock.upcoming - NumberBlock.first)
    rows = session.execute(
        sa.select(NumberBlock.kind, given)
        .join(NumberBlock.feature)
        .where(Feature.site_id == site.id)
        .group_by(NumberBlock.kind)
    )
    counted = {kind: int(count) for kind, count in rows}
    return {kind: counted[kind] for kind in NumberKind if counted.get(kind)}

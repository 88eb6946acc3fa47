"""Reads of sites and features, each within a scope."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from caseman.accounts.models import Team
from caseman.permissions import Scope
from caseman.sites.codes import SiteKind, SiteStatus
from caseman.sites.models import Feature, NumberBlock, Site, SiteAssignment
from caseman.sites.scope import within_operations, within_sites


@dataclass(frozen=True, slots=True)
class SiteFilter:
    """What a list of sites is narrowed to."""

    text: str = ""
    kind: SiteKind | None = None
    status: SiteStatus | None = None


def sites(scope: Scope) -> sa.Select[Site]:
    """Return the selection of every site within ``scope``."""
    return within_sites(sa.select(Site), Site.id, scope)


def filtered(scope: Scope, wanted: SiteFilter) -> sa.Select[Site]:
    """Return the selection of the sites within ``scope`` that fit ``wanted``."""
    statement = sites(scope)
    if wanted.text:
        statement = statement.where(
            sa.or_(
                Site.code.startswith(wanted.text.upper(), autoescape=True),
                Site.name.icontains(wanted.text, autoescape=True),
                Site.region.icontains(wanted.text, autoescape=True),
            )
        )
    if wanted.kind is not None:
        statement = statement.where(Site.kind == wanted.kind)
    if wanted.status is not None:
        statement = statement.where(Site.status == wanted.status)
    return statement


def site_by_code(session: Session, scope: Scope, code: str) -> Site | None:
    """Return the site, or None where it is outside ``scope`` or does not exist."""
    statement = sites(scope).where(Site.code == code).options(selectinload(Site.features))
    return session.scalar(statement)


def feature_by_number(session: Session, scope: Scope, code: str, number: int) -> Feature | None:
    """Return a feature of a site within ``scope``."""
    statement = sa.select(Feature).join(Feature.site).where(Site.code == code)
    statement = statement.where(Feature.number == number)
    return session.scalar(within_sites(statement, Feature.site_id, scope))


def all_sites(session: Session, scope: Scope) -> Sequence[Site]:
    """Return every site within ``scope``, by code."""
    return session.scalars(sites(scope).order_by(Site.code)).all()


def teams_of(session: Session, site: Site) -> Sequence[Team]:
    """Return the teams that work on ``site``, those that cover its whole operation included."""
    assigned = sa.select(SiteAssignment.team_id).where(SiteAssignment.site_id == site.id)
    statement = sa.select(Team).where(
        sa.or_(
            Team.id.in_(assigned),
            sa.and_(Team.operation_id == site.operation_id, Team.covers_operation),
        )
    )
    return session.scalars(statement.order_by(Team.code)).all()


def teams(session: Session, scope: Scope) -> Sequence[Team]:
    """Return the teams of the operations within ``scope``."""
    statement = within_operations(sa.select(Team), Team.operation_id, scope)
    return session.scalars(statement.order_by(Team.code)).all()


def blocks_of(session: Session, feature: Feature) -> Sequence[NumberBlock]:
    """Return the blocks of numbers reserved in ``feature``, by kind and first number."""
    statement = (
        sa.select(NumberBlock)
        .where(NumberBlock.feature_id == feature.id)
        .order_by(NumberBlock.kind, NumberBlock.first)
    )
    return session.scalars(statement).all()

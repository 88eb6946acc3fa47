"""Reads of sites and features, each within a scope."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.permissions import Scope
from caseman.sites.models import Feature, Site
from caseman.sites.scope import within_sites


def sites(scope: Scope) -> sa.Select[Site]:
    """Return the selection of every site within ``scope``."""
    return within_sites(sa.select(Site), Site.id, scope)


def site_by_code(session: Session, scope: Scope, code: str) -> Site | None:
    """Return the site, or None where it is outside ``scope`` or does not exist."""
    return session.scalar(sites(scope).where(Site.code == code))


def feature_by_number(session: Session, scope: Scope, code: str, number: int) -> Feature | None:
    """Return a feature of a site within ``scope``."""
    statement = sa.select(Feature).join(Feature.site).where(Site.code == code)
    statement = statement.where(Feature.number == number)
    return session.scalar(within_sites(statement, Feature.site_id, scope))


def all_sites(session: Session, scope: Scope) -> Sequence[Site]:
    """Return every site within ``scope``, by code."""
    return session.scalars(sites(scope).order_by(Site.code)).all()

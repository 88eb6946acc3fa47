"""The one scope layer: which rows a signed-in person may know of (security.md, S7).

Lists, counts, search, exports and single records all go through ``within_sites`` or
``within_operations``; a row outside is answered as if it did not exist.
"""

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from caseman.permissions import Scope
from caseman.sites.models import Site, SiteAssignment

S = TypeVar("S", bound=sa.Select[Any])


def visible_sites(scope: Scope) -> sa.Select[int]:
    """Return the selection of ids of the sites within ``scope``."""
    if scope.everything or scope.whole_operation_ids:
        return among_sites(sa.select(Site.id), scope)
    return _assigned(scope)


def _assigned(scope: Scope) -> sa.Select[int]:
    teams = SiteAssignment.team_id.in_(sorted(scope.team_ids))
    return sa.select(SiteAssignment.site_id).where(teams)


def among_sites(statement: S, scope: Scope) -> S:
    """Narrow a selection of sites to those within ``scope``.

    What the reader's teams do not need is not asked, for an index answers each half alone.
    """
    if scope.everything:
        return statement
    assigned = _assigned(scope)
    of_operation = Site.operation_id.in_(sorted(scope.whole_operation_ids))
    if scope.operation_ids <= scope.whole_operation_ids:
        return statement.where(of_operation)
    if not scope.whole_operation_ids:
        return statement.where(Site.id.in_(assigned))
    return statement.where(sa.or_(of_operation, Site.id.in_(assigned)))


def within_sites(statement: S, site_id: InstrumentedAttribute[Any], scope: Scope) -> S:
    """Narrow ``statement`` to rows whose ``site_id`` lies within ``scope``."""
    return statement if scope.everything else statement.where(site_id.in_(visible_sites(scope)))


def of_site(site_id: InstrumentedAttribute[Any], code: str) -> sa.ColumnElement[bool]:
    """Return what rows of the site with this code fit; an unknown code has none.

    Not IN: of one site an index gives the rows in their order.
    """
    return site_id == sa.select(Site.id).where(Site.code == code).scalar_subquery()


def within_operations(statement: S, operation_id: InstrumentedAttribute[Any], scope: Scope) -> S:
    """Narrow ``statement`` to rows of the operations within ``scope``."""
    if scope.everything:
        return statement
    return statement.where(operation_id.in_(sorted(scope.operation_ids)))

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
    statement = sa.select(Site.id)
    if scope.everything:
        return statement
    assigned = sa.select(SiteAssignment.site_id).where(
        SiteAssignment.team_id.in_(sorted(scope.team_ids))
    )
    return statement.where(
        sa.or_(
            Site.operation_id.in_(sorted(scope.whole_operation_ids)),
            Site.id.in_(assigned),
        )
    )


def within_sites(statement: S, site_id: InstrumentedAttribute[Any], scope: Scope) -> S:
    """Narrow ``statement`` to rows whose ``site_id`` lies within ``scope``."""
    return statement if scope.everything else statement.where(site_id.in_(visible_sites(scope)))


def within_operations(statement: S, operation_id: InstrumentedAttribute[Any], scope: Scope) -> S:
    """Narrow ``statement`` to rows of the operations within ``scope``."""
    if scope.everything:
        return statement
    return statement.where(operation_id.in_(sorted(scope.operation_ids)))

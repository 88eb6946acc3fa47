"""Sites, features and the teams that work there, for tests; every place is invented."""

from itertools import count

from caseman.sites.codes import FeatureKind, SiteKind
from caseman.sites.services import NewSite, assign, open_feature, register_site
from caseman.values import Position

_numbers = count(1)


def make_site(session, operation, *teams, **facts):
    """A site with one grave, on which ``teams`` work."""
    number = next(_numbers)
    told = {
        "code": f"TST{number:03d}",
        "kind": SiteKind.MASS_GRAVE,
        "name": f"Old quarry {number}",
        "position": Position(35.95, 39.01, 20),
        "informed_by": "a shepherd",
        "hazards": "Unexploded ordnance along the wall",
    } | facts
    site = register_site(session, NewSite(operation_id=operation.id, **told))
    open_feature(session, site, kind=FeatureKind.PRIMARY_MASS)
    for team in teams:
        assign(session, site, team)
    session.flush()
    return site

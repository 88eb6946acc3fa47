"""Graves and the remains in them."""

from itertools import count

from caseman.remains.codes import RemainsKind
from caseman.remains.services import NewRemains, register_all, register_remains
from caseman.sites.codes import FeatureKind, SiteKind
from caseman.sites.services import NewSite, open_feature, register_site
from tests.factories.accounts import make_operation

_sites = count(1)


def make_grave(session, operation=None, code=None):
    """A feature F01 of a new site."""
    operation = operation or make_operation(session)
    new = NewSite(operation.id, code or f"GRV{next(_sites):02d}", SiteKind.MASS_GRAVE, "River bank")
    feature = open_feature(session, register_site(session, new), kind=FeatureKind.PRIMARY_MASS)
    session.flush()
    return feature


def draft(feature, team, kind=RemainsKind.BODY, **known):
    return NewRemains(feature=feature, team_id=team.id, kind=kind, **known)


def make_remains(session, feature, team, kind=RemainsKind.BODY, **known):
    return register_remains(session, draft(feature, team, kind, **known))


def make_many_remains(session, feature, team, number, **known):
    return register_all(session, [draft(feature, team, **known) for _ in range(number)])

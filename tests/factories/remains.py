"""Graves and the remains in them."""

from datetime import date
from itertools import count

from caseman.coding import SexEstimate
from caseman.coding.physical import BodyRegion
from caseman.remains.codes import (
    AgeMethod,
    Assessor,
    BodyCondition,
    BodyPosition,
    Completeness,
    RemainsKind,
    SexMethod,
)
from caseman.remains.drafts import Profile, Recovery
from caseman.remains.services import NewRemains, register_all, register_remains
from caseman.sites.codes import FeatureKind, SiteKind
from caseman.sites.services import NewSite, open_feature, register_site
from caseman.values import Interval
from tests.factories.accounts import make_operation

_sites = count(1)

LIFTED = Recovery(
    recovered_on=date(2018, 11, 5),
    recovered_by="Rana Haddad",
    depth_m=1.2,
    body_position=BodyPosition.RIGHT_SIDE,
    completeness=Completeness.NEARLY_COMPLETE,
    condition=BodyCondition.SKELETONISED,
)
EXAMINED = Profile(
    assessor=Assessor.TRAINED,
    examined_by="Imad Sayegh",
    sex=SexEstimate.PROBABLE_MALE,
    sex_method=SexMethod.PELVIS,
    age=Interval(18, 25),
    age_method=AgeMethod.PELVIS,
    stature_cm=172.0,
    stature=Interval(166.0, 178.0),
    regions_present=(BodyRegion.SKULL, BodyRegion.PELVIS),
    dental_observable=True,
)


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

"""Features: the graves and deposits of a site."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.coding import N_
from caseman.sites.codes import FeatureKind
from caseman.sites.models import Feature, Site
from caseman.sites.services.errors import NumberTakenError

LOOSE = 0
"""The feature that holds what was found outside any feature: F00."""


@dataclass(frozen=True, slots=True)
class NewFeature:
    """What must be known to open or correct a feature."""

    kind: FeatureKind
    name: str = ""
    length_m: float | None = None
    width_m: float | None = None
    depth_m: float | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    notes: str = ""
    absences: Mapping[str, str] = field(default_factory=dict)


def open_feature(
    session: Session, site: Site, *, kind: FeatureKind, number: int | None = None, name: str = ""
) -> Feature:
    """Give the site a feature: the next number, or the one asked for."""
    taken = _taken(session, site)
    if number is None:
        number = 1 + max(taken, default=LOOSE)
    if number in taken:
        raise NumberTakenError(N_("This site already has a feature F%(number)02d."), number=number)
    feature = Feature(number=number, site=site, kind=kind, name=name)
    session.add(feature)
    return feature


def _taken(session: Session, site: Site) -> set[int]:
    """Return the numbers in use, with the site held so that two who ask at once get two."""
    session.flush()
    session.execute(sa.select(Site.id).where(Site.id == site.id).with_for_update())
    return set(session.scalars(sa.select(Feature.number).where(Feature.site_id == site.id)))


def add_feature(session: Session, site: Site, new: NewFeature) -> Feature:
    """Open the next feature of ``site`` with everything that is known of it."""
    feature = open_feature(session, site, kind=new.kind)
    correct_feature(feature, new)
    session.flush()
    return feature


def correct_feature(feature: Feature, corrected: NewFeature) -> None:
    """Bring ``feature`` to what ``corrected`` says."""
    for name in NewFeature.__slots__:
        setattr(feature, name, getattr(corrected, name))
    feature.absences = dict(corrected.absences)

"""Sites: registering one, correcting it, its status and its position."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Team
from caseman.coding import N_
from caseman.names.normalisation import normalise
from caseman.sites.codes import FeatureKind, SiteKind, SiteStatus
from caseman.sites.models import Degrees, Site
from caseman.sites.services.errors import DuplicateSiteCodeError
from caseman.sites.services.features import LOOSE, open_feature
from caseman.sites.services.teams import assign
from caseman.values import Position


@dataclass(frozen=True, slots=True)
class NewSite:
    """What must be known to register a site; all but the first four may be missing."""

    operation_id: int
    code: str
    kind: SiteKind
    name: str
    status: SiteStatus = SiteStatus.REPORTED
    source_id: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    position: Position | None = None
    region: str = ""
    reported_on: date | None = None
    deposit_from: date | None = None
    deposit_to: date | None = None
    hazards: str = ""
    authority: str = ""
    informed_by: str | None = None
    notes: str = ""
    absences: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What of a site can be corrected on one page; its code begins every number and stays."""

    kind: SiteKind
    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    region: str = ""
    reported_on: date | None = None
    deposit_from: date | None = None
    deposit_to: date | None = None
    hazards: str = ""
    authority: str = ""
    informed_by: str | None = None
    """Empty leaves what is stored, because nobody is shown it."""
    notes: str = ""
    absences: Mapping[str, str] = field(default_factory=dict)


SEALED = ("position", "informed_by")
"""Answers that a correction does not show and so does not empty."""


def register_site(session: Session, new: NewSite, *, by_teams: Iterable[int] = ()) -> Site:
    """Add a site, with F00 for what lies outside any feature.

    Those of ``by_teams`` that belong to its operation work on it from now on, so that whoever
    registers a site sees it. Raises ``DuplicateSiteCodeError`` where the code is taken.
    """
    if session.scalar(sa.select(Site.id).where(Site.code == new.code)):
        raise DuplicateSiteCodeError(N_("Another site is called %(code)s."), code=new.code)
    site = Site(**_columns(new))
    session.add(site)
    open_feature(session, site, kind=FeatureKind.UNKNOWN, number=LOOSE)
    session.flush()
    for team in _teams(session, by_teams, new.operation_id):
        assign(session, site, team)
    return site


def _columns(new: NewSite) -> dict[str, Any]:
    values = {name: getattr(new, name) for name in NewSite.__slots__}
    return values | {
        "names": dict(new.names),
        "folded": folded(new.code, new.name, new.names, new.region),
        "absences": dict(new.absences),
        "informed_by": new.informed_by or None,
        "position": _degrees(new.position),
        "precision_m": new.position.precision_m if new.position else None,
    }


def folded(code: str, name: str, names: Mapping[str, str], region: str) -> str:
    """Return the words by which a site is found, in whatever script or spelling."""
    return normalise(" ".join((code, name, *names.values(), region)))


def _degrees(place: Position | None) -> Degrees | None:
    return None if place is None else Degrees(lat=place.lat, lon=place.lon)


def _teams(session: Session, ids: Iterable[int], operation_id: int) -> Iterable[Team]:
    wanted = sa.select(Team).where(Team.id.in_(sorted(ids)), Team.operation_id == operation_id)
    return session.scalars(wanted.order_by(Team.id))


def correct_site(site: Site, facts: SiteFacts) -> None:
    """Bring ``site`` to what ``facts`` say; the trail keeps what it said before."""
    for each in fields(facts):
        if each.name not in {"names", "absences", "informed_by"}:
            setattr(site, each.name, getattr(facts, each.name))
    site.names = dict(facts.names)
    site.folded = folded(site.code, site.name, facts.names, site.region)
    kept = {name: reason for name, reason in site.absences.items() if name in SEALED}
    if facts.informed_by:
        site.informed_by = facts.informed_by
        kept.pop("informed_by", None)
    site.absences = {**kept, **facts.absences}


def set_position(site: Site, position: Position | None, absence: str | None = None) -> None:
    """Enter, correct or remove where the site is; ``absence`` says why it is not known."""
    site.position = _degrees(position)
    site.precision_m = position.precision_m if position else None
    others = {name: reason for name, reason in site.absences.items() if name != "position"}
    site.absences = {**others, **({"position": absence} if absence else {})}


def change_status(site: Site, status: SiteStatus) -> None:
    """Note where the work stands; the trail keeps every status with its day and reason."""
    site.status = status


def free_code(session: Session, prefix: str) -> str:
    """Return the first free site code of ``prefix`` and two or three digits, such as RQA01."""
    taken = set(session.scalars(sa.select(Site.code).where(Site.code.startswith(prefix))))
    return next(
        code for count in range(1, 1_000_000) if (code := f"{prefix}{count:02d}") not in taken
    )

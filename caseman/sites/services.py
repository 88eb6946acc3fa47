"""What can be done with sites, features and numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Team
from caseman.coding import N_
from caseman.database import DomainError
from caseman.sites.codes import FeatureKind, NumberKind, SiteKind, SiteStatus
from caseman.sites.models import Degrees, Feature, NumberBlock, Site, SiteAssignment
from caseman.values import Position

BLOCK_SIZE = 100
"""How many numbers are reserved for a team at a time."""

LOOSE = 0
"""The feature that holds what was found outside any feature: F00."""


class SiteError(DomainError):
    """A site, feature or number cannot be as asked."""


class DuplicateSiteCodeError(SiteError):
    """Another site already bears this code."""


class NumberTakenError(SiteError):
    """A number lies in a block of another team, or was given out before."""


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


def register_site(session: Session, new: NewSite) -> Site:
    """Add a site, with F00 for what lies outside any feature.

    Raises ``DuplicateSiteCodeError`` where the code is taken.
    """
    if session.scalar(sa.select(Site.id).where(Site.code == new.code)):
        raise DuplicateSiteCodeError(N_("Another site is called %(code)s."), code=new.code)
    site = Site(**_columns(new))
    session.add(site)
    open_feature(session, site, kind=FeatureKind.UNKNOWN, number=LOOSE)
    session.flush()
    return site


def _columns(new: NewSite) -> dict[str, Any]:
    values = {name: getattr(new, name) for name in NewSite.__slots__}
    place = new.position
    return values | {
        "names": dict(new.names),
        "absences": dict(new.absences),
        "informed_by": new.informed_by or None,
        "position": None if place is None else Degrees(lat=place.lat, lon=place.lon),
        "precision_m": None if place is None else place.precision_m,
    }


FIXED = frozenset({"operation_id", "code", "source_id"})
"""What a correction never changes: every number in the site begins with its code."""


def correct_site(site: Site, corrected: NewSite) -> None:
    """Bring ``site`` to what ``corrected`` says; the trail keeps what it said before."""
    for name, value in _columns(corrected).items():
        if name not in FIXED:
            setattr(site, name, value)


@dataclass(frozen=True, slots=True)
class NewFeature:
    """What must be known to open or correct a feature."""

    kind: FeatureKind
    name: str = ""
    length_m: float | None = None
    width_m: float | None = None
    depth_m: float | None = None
    notes: str = ""
    absences: Mapping[str, str] = field(default_factory=dict)


def correct_feature(feature: Feature, corrected: NewFeature) -> None:
    """Bring ``feature`` to what ``corrected`` says."""
    for name in NewFeature.__slots__:
        setattr(feature, name, getattr(corrected, name))
    feature.absences = dict(corrected.absences)


def free_code(session: Session, prefix: str) -> str:
    """Return the first free site code of ``prefix`` and two or three digits, such as RQA01."""
    taken = set(session.scalars(sa.select(Site.code).where(Site.code.startswith(prefix))))
    return next(
        code for count in range(1, 1_000_000) if (code := f"{prefix}{count:02d}") not in taken
    )


def open_feature(
    session: Session, site: Site, *, kind: FeatureKind, number: int | None = None, name: str = ""
) -> Feature:
    """Give the site a feature: the next number, or the one asked for."""
    if number is None:
        number = 1 + max((feature.number for feature in site.features), default=0)
    if any(feature.number == number for feature in site.features):
        raise NumberTakenError(N_("This site already has a feature F%(number)02d."), number=number)
    feature = Feature(number=number, site=site, kind=kind, name=name)
    session.add(feature)
    return feature


def assign(session: Session, site: Site, team: Team) -> SiteAssignment:
    """Let ``team`` work on ``site``; a second time changes nothing."""
    found = session.scalar(
        sa.select(SiteAssignment).where(
            SiteAssignment.site_id == site.id, SiteAssignment.team_id == team.id
        )
    )
    if found is None:
        found = SiteAssignment(site=site, team=team)
        session.add(found)
        session.flush()
    return found


def format_number(site_code: str, feature_code: str, kind: NumberKind, sequence: int) -> str:
    """Return the number people read, such as RQA01-F02-B014."""
    return f"{site_code}-{feature_code}-{kind.value}{sequence:03d}"


def reserve_block(
    session: Session,
    feature: Feature,
    team_id: int,
    kind: NumberKind,
    *,
    size: int = BLOCK_SIZE,
) -> NumberBlock:
    """Reserve the next ``size`` numbers of ``kind`` in ``feature`` for one team.

    The feature's row is locked meanwhile, so that two teams that ask at once get two blocks.
    """
    _lock(session, feature)
    highest = session.scalar(
        sa.select(sa.func.max(NumberBlock.last)).where(
            NumberBlock.feature_id == feature.id, NumberBlock.kind == kind
        )
    )
    first = (highest or 0) + 1
    block = NumberBlock(
        feature_id=feature.id,
        team_id=team_id,
        kind=kind,
        first=first,
        last=first + size - 1,
        upcoming=first,
    )
    session.add(block)
    session.flush()
    return block


def next_number(session: Session, feature: Feature, team_id: int, kind: NumberKind) -> int:
    """Return the next sequence of the team's block; a used-up block is followed by a new one."""
    return take_numbers(session, feature, team_id, kind, count=1)[0]


def take_numbers(
    session: Session, feature: Feature, team_id: int, kind: NumberKind, *, count: int
) -> list[int]:
    """Give out ``count`` sequences at once, in order."""
    taken: list[int] = []
    while len(taken) < count:
        block = _open_block(session, feature, team_id, kind) or reserve_block(
            session, feature, team_id, kind, size=max(BLOCK_SIZE, count - len(taken))
        )
        stop = min(block.last + 1, block.upcoming + count - len(taken))
        taken += range(block.upcoming, stop)
        block.upcoming = stop
    session.flush()
    return taken


def _open_block(
    session: Session, feature: Feature, team_id: int, kind: NumberKind
) -> NumberBlock | None:
    _lock(session, feature)
    return session.scalar(
        sa.select(NumberBlock)
        .where(
            NumberBlock.feature_id == feature.id,
            NumberBlock.team_id == team_id,
            NumberBlock.kind == kind,
            NumberBlock.upcoming <= NumberBlock.last,
        )
        .order_by(NumberBlock.first)
        .limit(1)
        .with_for_update()
    )


def _lock(session: Session, feature: Feature) -> None:
    """Hold the feature against other givers of numbers until the transaction ends."""
    session.flush()
    session.execute(sa.select(Feature.id).where(Feature.id == feature.id).with_for_update())

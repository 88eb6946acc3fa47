"""Remains: the columns of ``remains.csv`` (matching.md section 9)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Operation, Team
from caseman.coding import N_, SexEstimate
from caseman.coding.physical import BodyRegion, HairColour, Handedness
from caseman.effects.services import Description, FoundOnRemains, register_all_on
from caseman.exchange.cells import Cells, Fault
from caseman.exchange.codes import ImportKind
from caseman.exchange.importing import Draft
from caseman.exchange.kinds.common import Thing, marks, things
from caseman.exchange.kinds.sites import read_position, register_coded
from caseman.exchange.sheets import Row
from caseman.remains import services
from caseman.remains.codes import (
    AgeMethod,
    Assessor,
    Completeness,
    FoundNameKind,
    RemainsKind,
    SexMethod,
)
from caseman.remains.models import Remains
from caseman.remains.services import NameFound, NewMark, NewRemains, Profile, Recovery
from caseman.sites.codes import SiteKind, SiteStatus
from caseman.sites.models import Feature, Site
from caseman.sites.services import LOOSE, NewSite
from caseman.values import Interval, Position

NAME_KINDS = {
    "id": FoundNameKind.IDENTITY_DOCUMENT,
    "id_card": FoundNameKind.IDENTITY_DOCUMENT,
    "label": FoundNameKind.LABEL,
    "grave_label": FoundNameKind.LABEL,
    "witness": FoundNameKind.WITNESS,
}

TEAM = "IMPORT"
"""Code of the team from whose blocks imported remains get their numbers."""
UNKNOWN_CONTACT = N_("%(id)s was not imported before and is not taken from this file.")


@dataclass(frozen=True, slots=True)
class SiteTold:
    """The site as a row of remains tells it."""

    source_id: str
    name: str
    position: Position | None
    region: str


@dataclass(frozen=True, slots=True)
class RemainsTold:
    """One row: the remains but for their feature, their site, what lay with them."""

    site: SiteTold
    source_id: str
    recovery: Recovery
    profile: Profile
    marks: tuple[NewMark, ...]
    names: tuple[NameFound, ...]
    things: tuple[Thing, ...]
    found_with: tuple[str, ...]
    deposit_from: date | None
    deposit_to: date | None
    layer: int | None
    line: int


class RemainsReader:
    """Reads rows as remains; a site that is not known yet becomes a reported one."""

    kind: ClassVar = ImportKind.REMAINS
    columns: ClassVar = (
        "remains_id",
        "site_id",
        "site_name",
        "site_lat",
        "site_lon",
        "region",
        "deposit_from",
        "deposit_to",
        "preservation",
        "regions_present",
        "assessor",
        "sex_est",
        "sex_method",
        "age_min",
        "age_max",
        "age_method",
        "stature_est",
        "stature_se",
        "handedness",
        "hair",
        "dental_observable",
        "dental",
        "skeletal",
        "clothing",
        "effects",
        "names_found",
        "found_with",
        "layer",
    )
    required: ClassVar = ("remains_id", "site_id")

    def __init__(self, session: Session, operation: Operation) -> None:
        self.operation = operation
        self._session = session

    def identity(self, row: Row) -> str:
        """Return the file's own id."""
        return row.cells["remains_id"].strip()

    def read(self, cells: Cells) -> RemainsTold:
        """Return the remains as the row tells them."""
        first, last = cells.days("deposit_from", "deposit_to")
        hair, hair_told = cells.known("hair", HairColour)
        completeness, preservation_told = cells.known("preservation", Completeness)
        return RemainsTold(
            site=_site(cells),
            source_id=cells.required("remains_id", longest=60),
            recovery=Recovery(completeness=completeness, notes=preservation_told),
            profile=_profile(cells, hair, hair_told),
            marks=tuple(NewMark(mark.kind, mark.code, mark.region) for mark in marks(cells)),
            names=tuple(_names(cells)),
            things=tuple(things(cells)),
            found_with=tuple(cells.items("found_with")),
            deposit_from=first,
            deposit_to=last,
            layer=cells.whole("layer", low=0, high=1000),
            line=cells.row.line,
        )

    def create(self, session: Session, drafts: Sequence[Draft[RemainsTold]]) -> list[int | Fault]:
        """Register the remains with their effects, then what lay in contact with what.

        A row that names remains which are not known is refused: taken without the link, it would
        be "unchanged" ever after and the link lost.
        """
        earlier = self._earlier(session, drafts)
        refused = _of_unknown_contacts([each.value for each in drafts], earlier)
        rows = iter(
            self._register(session, [each for each in drafts if each.line not in refused], earlier)
        )
        return [refused.get(each.line) or next(rows).id for each in drafts]

    def _register(
        self,
        session: Session,
        drafts: Sequence[Draft[RemainsTold]],
        earlier: Mapping[str, Remains],
    ) -> Sequence[Remains]:
        if not drafts:
            return []
        team, features = self._team(session), self._features(session, drafts)
        rows = services.register_all(session, [_new(each.value, features, team) for each in drafts])
        told = [each.value for each in drafts]
        register_all_on(session, _effects(told, rows))
        _link(session, told, rows, earlier)
        return rows

    def _team(self, session: Session) -> Team:
        statement = sa.select(Team).where(Team.operation_id == self.operation.id, Team.code == TEAM)
        team = session.scalar(statement)
        if team is None:
            team = Team(operation=self.operation, code=TEAM, name="Import", covers_operation=False)
            session.add(team)
            session.flush()
        return team

    def _features(
        self, session: Session, drafts: Sequence[Draft[RemainsTold]]
    ) -> dict[str, Feature]:
        """Return the feature F00 of each site of the file; unknown sites are registered."""
        statement = (
            sa.select(Site.source_id, Feature)
            .join(Feature, Feature.site_id == Site.id)
            .where(Site.operation_id == self.operation.id, Feature.number == LOOSE)
        )
        features = {source: row for source, row in session.execute(statement) if source}
        for draft in drafts:
            told = draft.value.site
            if told.source_id not in features:
                site = register_coded(session, self._new_site(told))
                features[told.source_id] = next(f for f in site.features if f.number == LOOSE)
        return features

    def _new_site(self, told: SiteTold) -> NewSite:
        return NewSite(
            operation_id=self.operation.id,
            code="",
            source_id=told.source_id,
            name=told.name or told.source_id,
            kind=SiteKind.OTHER,
            status=SiteStatus.REPORTED,
            position=told.position,
            region=told.region,
        )

    def _earlier(
        self, session: Session, drafts: Sequence[Draft[RemainsTold]]
    ) -> dict[str, Remains]:
        """Return the remains of earlier files that the drafts name as found with theirs."""
        named = {other for each in drafts for other in each.value.found_with}
        wanted = named - {each.value.source_id for each in drafts}
        if not wanted:
            return {}
        statement = (
            sa.select(Remains)
            .join(Remains.site)
            .where(Site.operation_id == self.operation.id, Remains.source_id.in_(sorted(wanted)))
        )
        return {str(row.source_id): row for row in session.scalars(statement)}


def _of_unknown_contacts(
    told: Sequence[RemainsTold], earlier: Mapping[str, Remains]
) -> dict[int, Fault]:
    """Return, by its line, why a row cannot be taken; also of a row that names a refused one."""
    refused: dict[int, Fault] = {}
    while True:
        taken = [each for each in told if each.line not in refused]
        known = earlier.keys() | {each.source_id for each in taken}
        found = {
            each.line: Fault(each.line, "found_with", UNKNOWN_CONTACT, {"id": other})
            for each in taken
            for other in each.found_with
            if other not in known
        }
        if not found:
            return refused
        refused |= found


def _link(
    session: Session,
    told: Sequence[RemainsTold],
    rows: Sequence[Remains],
    earlier: Mapping[str, Remains],
) -> None:
    """Record contacts with remains of this file or of an earlier one."""
    by_source = dict(earlier) | {each.source_id: row for each, row in zip(told, rows, strict=True)}
    services.link_found_with(
        session,
        [
            (row, by_source[other])
            for each, row in zip(told, rows, strict=True)
            for other in each.found_with
        ],
    )


def _new(told: RemainsTold, features: dict[str, Feature], team: Team) -> NewRemains:
    return NewRemains(
        feature=features[told.site.source_id],
        team_id=team.id,
        kind=RemainsKind.BODY,
        source_id=told.source_id,
        deposit_from=told.deposit_from,
        deposit_to=told.deposit_to,
        layer=told.layer,
        recovery=told.recovery,
        profile=told.profile,
        marks=told.marks,
        found_names=told.names,
    )


def _effects(told: Sequence[RemainsTold], rows: Sequence[Remains]) -> Iterator[FoundOnRemains]:
    for each, row in zip(told, rows, strict=True):
        for thing in each.things:
            yield effect_of(row, thing)


def effect_of(remains: Remains, thing: Thing) -> FoundOnRemains:
    """Return ``thing`` as an effect found with ``remains``."""
    return FoundOnRemains(
        remains,
        Description(
            category=thing.category,
            kind=thing.kind,
            slot=thing.slot,
            colour=thing.colour,
            descriptor=thing.descriptor,
        ),
    )


def _site(cells: Cells) -> SiteTold:
    return SiteTold(
        source_id=cells.required("site_id", longest=60),
        name=cells.text("site_name", longest=200),
        position=read_position(cells, "site_lat", "site_lon", "site_precision_m"),
        region=cells.text("region", longest=120),
    )


def _profile(cells: Cells, hair: HairColour | None, hair_told: str) -> Profile:
    sex_method, sex_told = cells.known("sex_method", SexMethod)
    age_method, age_told = cells.known("age_method", AgeMethod)
    return Profile(
        assessor=cells.code("assessor", Assessor),
        sex=cells.code("sex_est", SexEstimate),
        sex_method=sex_method,
        age=_age(cells),
        age_method=age_method,
        stature_cm=cells.number("stature_est", low=20, high=260),
        stature_se_cm=cells.number("stature_se", low=0, high=60),
        handedness=cells.code("handedness", Handedness),
        hair=hair,
        regions_present=tuple(_regions(cells)),
        dental_observable=cells.flag("dental_observable"),
        dental_codes=tuple(cells.items("dental")),
        notes="\n".join(filter(None, (sex_told, age_told, hair_told))),
    )


def _age(cells: Cells) -> Interval | None:
    low = cells.number("age_min", low=0, high=120)
    high = cells.number("age_max", low=0, high=120)
    low, high = high if low is None else low, low if high is None else high
    if low is None or high is None:
        return None
    if low > high:
        cells.fault("age_max", N_("The age interval ends before it begins."))
        return None
    return Interval(low, high)


def _regions(cells: Cells) -> Iterator[BodyRegion]:
    for text in cells.items("regions_present"):
        region, _ = cells.told("regions_present", text, BodyRegion)
        if region is not None:
            yield region


def _names(cells: Cells) -> Iterator[NameFound]:
    for item in cells.objects("names_found"):
        told = str(item.get("kind") or "")
        if told not in NAME_KINDS:
            cells.notice(
                "names_found", N_("“%(text)s” is no known value; kept as told."), text=told[:40]
            )
        kind = NAME_KINDS.get(told, FoundNameKind.LABEL)
        year = str(item.get("birth_year") or "")
        yield NameFound(
            kind,
            str(item.get("name") or "")[:300],
            mother=str(item.get("mother") or "")[:200],
            birth_year=int(year) if year.isdecimal() and len(year) == 4 else None,
        )

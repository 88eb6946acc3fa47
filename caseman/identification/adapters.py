"""Rows become the engine's values here and nowhere else.

The engine sees one ``AnteMortem`` for each missing person: for every answer the first report that
gives one, and everything that any report tells of marks, effects and companions.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman import matching
from caseman.coding import Code
from caseman.coding.belongings import EffectCategory
from caseman.coding.physical import ToothState
from caseman.effects.models import PersonalEffect
from caseman.osteology import ToothRecord
from caseman.remains.models import BiologicalProfile, FoundWith, Remains
from caseman.remains.models import Mark as FoundMark
from caseman.reports.codes import OPEN_STATUSES, DatePrecision, PlacePrecision
from caseman.reports.models import (
    AnteMortemReport,
    MissingPerson,
    ReportedEffect,
    ReportedMark,
)

V = TypeVar("V")

WORN = frozenset({EffectCategory.CLOTHING, EffectCategory.FOOTWEAR})

_PRECISION = {
    DatePrecision.DAY: matching.DatePrecision.DAY,
    DatePrecision.MONTH: matching.DatePrecision.MONTH,
    DatePrecision.SEASON: matching.DatePrecision.SEASON,
    DatePrecision.YEAR: matching.DatePrecision.YEAR,
}


_ENGINE_CODES = {ToothState.FILLED: "UIF", ToothState.CROWN: "UIC"}
"""Where we do not say of which material, the engine's codes for one that is not known."""


def tooth_record(state: ToothState, surfaces: str) -> ToothRecord:
    """Return what the engine knows of one tooth."""
    code = _ENGINE_CODES.get(state, state.value)
    return ToothRecord.read(f"{code}-{surfaces}" if surfaces else code)


def load_remains(session: Session, ids: Iterable[int] | None = None) -> list[matching.PostMortem]:
    """Return the engine's value of all remains that are not voided, or of those with ``ids``."""
    statement = (
        sa.select(Remains)
        .where(Remains.voided_at.is_(None))
        .options(
            joinedload(Remains.site),
            joinedload(Remains.profile),
            joinedload(Remains.recovery),
            selectinload(Remains.marks),
            selectinload(Remains.found_names),
        )
        .order_by(Remains.id)
    )
    if ids is not None:
        statement = statement.where(Remains.id.in_(sorted(ids)))
    effects = _effects_of(session, ids)
    contacts = load_contacts(session, ids)
    return [
        post_mortem(row, effects.get(row.id, []), contacts.get(row.id, frozenset()))
        for row in session.scalars(statement)
    ]


def load_persons(session: Session, ids: Iterable[int] | None = None) -> list[matching.AnteMortem]:
    """Return the engine's value of every person still sought, or of those with ``ids``."""
    statement = (
        sa.select(MissingPerson)
        .options(
            selectinload(MissingPerson.reports).options(
                joinedload(AnteMortemReport.informant),
                selectinload(AnteMortemReport.effects),
                selectinload(AnteMortemReport.marks),
                selectinload(AnteMortemReport.companions),
            )
        )
        .order_by(MissingPerson.id)
    )
    if ids is None:
        statement = statement.where(MissingPerson.status.in_(sorted(OPEN_STATUSES)))
    else:
        statement = statement.where(MissingPerson.id.in_(sorted(ids)))
    return [ante_mortem(row) for row in session.scalars(statement)]


def _effects_of(
    session: Session, ids: Iterable[int] | None
) -> Mapping[int, Sequence[PersonalEffect]]:
    statement = sa.select(PersonalEffect).where(
        PersonalEffect.remains_id.is_not(None), PersonalEffect.voided_at.is_(None)
    )
    if ids is not None:
        statement = statement.where(PersonalEffect.remains_id.in_(sorted(ids)))
    found: dict[int, list[PersonalEffect]] = defaultdict(list)
    for effect in session.scalars(statement):
        if effect.remains_id is not None:
            found[effect.remains_id].append(effect)
    return found


def load_contacts(
    session: Session, ids: Iterable[int] | None = None
) -> Mapping[int, frozenset[str]]:
    """Return, for each remains id or for ``ids``, the keys of those found in contact with them."""
    pairs = sa.select(FoundWith.remains_id, FoundWith.other_id)
    some = [] if ids is None else sorted(ids)
    # Two selections, because one condition on either of two columns follows no index.
    either = (pairs.where(side.in_(some)) for side in (FoundWith.remains_id, FoundWith.other_id))
    found: dict[int, set[str]] = defaultdict(set)
    for one, other in session.execute(pairs if ids is None else sa.union_all(*either)):
        found[one].add(str(other))
        found[other].add(str(one))
    return {key: frozenset(others) for key, others in found.items()}


def post_mortem(
    row: Remains, effects: Sequence[PersonalEffect], found_with: frozenset[str]
) -> matching.PostMortem:
    """Return what the engine is told of ``row``."""
    profile = row.profile or BiologicalProfile(
        regions_present=[], dental_codes=[], dental_observable=None
    )
    examined = row.profile is not None
    return matching.PostMortem(
        key=str(row.id),
        sex=_sex(profile),
        age=_age(profile),
        stature=None
        if profile.stature_cm is None
        else matching.StatureEstimate(profile.stature_cm, profile.stature_se_cm),
        handedness=_as(matching.Hand, profile.handedness),
        hair=_as(str, profile.hair),
        dental=frozenset(profile.dental_codes) if examined else None,
        dental_absence_counts=bool(profile.dental_observable),
        marks=_marks(row.marks) if examined or row.marks else None,
        regions=frozenset(profile.regions_present),
        assessor=_as(matching.Assessor, profile.assessor),
        garments=_garments(effects),
        effects=_belongings(effects),
        names=tuple(
            matching.FoundName(
                name.name,
                matching.NameSource(name.kind.value),
                mother=name.mother or None,
                birth_year=name.birth_year,
            )
            for name in row.found_names
        ),
        deposited=_interval(row.deposit_from, row.deposit_to),
        site=_site(row),
        found_with=found_with,
        layer=None if row.layer is None else str(row.layer),
        preservation=None
        if row.recovery is None or row.recovery.completeness is None
        else row.recovery.completeness.value,
    )


def ante_mortem(row: MissingPerson) -> matching.AnteMortem:
    """Return what the engine is told of ``row``: the first answer that any report gives."""
    reports = [report for report in row.reports if report.withdrawn_at is None]
    effects = [effect for report in reports for effect in report.effects]
    asked = any("effects" not in report.absences for report in reports)
    return matching.AnteMortem(
        key=str(row.id),
        name=_name(reports),
        sex=_first(reports, _reported_sex),
        birth=_first(reports, lambda r: _interval(r.birth_from, r.birth_to)),
        age_told=_first(reports, _age_told),
        stature_cm=_first(reports, lambda r: r.stature_cm),
        stature_category=_first(reports, lambda r: _as(matching.StatureCategory, r.stature_word)),
        handedness=_first(reports, lambda r: _as(matching.Hand, r.handedness)),
        hair=_first(reports, lambda r: _as(str, r.hair)),
        dental=_told(
            reports,
            "dental_text",
            frozenset(code for report in reports for code in report.dental_codes),
        ),
        marks=_told(
            reports,
            "medical_text",
            _marks([mark for report in reports for mark in report.marks]),
        ),
        garments=_garments(effects) if asked or effects else None,
        effects=_belongings(effects) if asked or effects else None,
        last_seen=_first(reports, _last_seen),
        place=_first(reports, _place),
        circumstance=_first(reports, lambda r: _as(str, r.circumstance)),
        companions=tuple(companion.name for report in reports for companion in report.companions),
        group=frozenset(
            f"phone:{report.informant.phone_index}"
            for report in reports
            if report.informant is not None and report.informant.phone_index
        ),
        person=str(row.id),
    )


def _as(kind: Callable[[str], V], code: Code | None) -> V | None:
    """Return our code as the engine's own, which bears the same value."""
    return None if code is None else kind(code.value)


def _first(
    reports: Iterable[AnteMortemReport], answer: Callable[[AnteMortemReport], V | None]
) -> V | None:
    answers = (answer(report) for report in reports)
    return next((value for value in answers if value is not None), None)


def _told(
    reports: Iterable[AnteMortemReport], question: str, told: frozenset[V]
) -> frozenset[V] | None:
    """Return what was told, empty where a family that was asked knows of nothing; else None.

    Who says how tall the person was, or which hair they had, was asked how they looked. A reason
    for not answering ``question`` tells otherwise, and a report without a body is silent.
    """
    asked = any(_describes_body(each) and question not in each.absences for each in reports)
    return told if told or asked else None


def _describes_body(report: AnteMortemReport) -> bool:
    answers = (report.stature_cm, report.stature_word, report.handedness, report.hair)
    said = any(answer is not None for answer in answers)
    return said or bool(report.dental_codes or report.marks)


def _interval(first: date | None, last: date | None) -> matching.DateInterval | None:
    return None if first is None or last is None else matching.DateInterval(first, last)


def _sex(profile: BiologicalProfile) -> matching.SexEstimate | None:
    if profile.sex is None:
        return None
    return matching.SexEstimate(
        matching.SexCall(profile.sex.value),
        method=_as(str, profile.sex_method),
        assessor=_as(matching.Assessor, profile.assessor),
    )


def _age(profile: BiologicalProfile) -> matching.AgeEstimate | None:
    if profile.age_min is None or profile.age_max is None:
        return None
    return matching.AgeEstimate(profile.age_min, profile.age_max, _as(str, profile.age_method))


def _site(row: Remains) -> matching.Site:
    place = row.site.position
    return matching.Site(
        key=row.site.code,
        position=None if place is None else matching.Position(place["lat"], place["lon"]),
        precision_m=row.site.precision_m,
        kind=row.site.kind.value,
    )


def _marks(rows: Sequence[FoundMark] | Sequence[ReportedMark]) -> frozenset[matching.Mark]:
    return frozenset(matching.Mark(row.code or row.kind.value, row.region) for row in rows)


def _garments(
    rows: Sequence[PersonalEffect] | Sequence[ReportedEffect],
) -> frozenset[matching.Garment]:
    return frozenset(
        matching.Garment(
            row.slot.value, row.kind, row.descriptor if row.colour is None else row.colour.value
        )
        for row in rows
        if row.category in WORN and row.slot is not None
    )


def _belongings(
    rows: Sequence[PersonalEffect] | Sequence[ReportedEffect],
) -> frozenset[matching.Effect]:
    return frozenset(
        matching.Effect(row.kind, row.descriptor) for row in rows if row.category not in WORN
    )


def _name(reports: Iterable[AnteMortemReport]) -> matching.NameSlots:
    for report in reports:
        if report.name_full or report.name_given:
            return matching.NameSlots(
                given=report.name_given or None,
                father=report.name_father or None,
                grandfather=report.name_grandfather or None,
                family=report.name_family or None,
                mother=report.name_mother or None,
                full=report.name_full or None,
            )
    return matching.NameSlots()


def _reported_sex(report: AnteMortemReport) -> matching.Sex | None:
    return _as(matching.Sex, report.sex)


def _age_told(report: AnteMortemReport) -> float | None:
    low, high = report.age_told_min, report.age_told_max
    return None if low is None or high is None else (low + high) / 2


def _last_seen(report: AnteMortemReport) -> matching.LastSeenDate | None:
    interval = _interval(report.last_seen_from, report.last_seen_to)
    if interval is None:
        return None
    told = report.last_seen_precision
    precision = _PRECISION.get(told) if told else None
    calendar = _as(str, report.last_seen_calendar)
    return matching.LastSeenDate(interval, precision or _by_length(interval), calendar)


def _by_length(interval: matching.DateInterval) -> matching.DatePrecision:
    for longest, precision in (
        (7, matching.DatePrecision.DAY),
        (45, matching.DatePrecision.MONTH),
        (150, matching.DatePrecision.SEASON),
    ):
        if interval.days <= longest:
            return precision
    return matching.DatePrecision.YEAR


def _place(report: AnteMortemReport) -> matching.LastSeenPlace | None:
    if report.last_seen_lat is None or report.last_seen_lon is None:
        return None
    exact = report.place_precision is PlacePrecision.EXACT
    return matching.LastSeenPlace(
        matching.Position(report.last_seen_lat, report.last_seen_lon),
        matching.PlacePrecision.EXACT if exact else matching.PlacePrecision.TOWN,
    )

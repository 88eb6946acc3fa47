"""How a record of remains is worded: facts with their reasons for absence, history, teeth."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from flask import url_for

from caseman.coding import Absence, Code
from caseman.coding.kinds import DentalFeature
from caseman.coding.physical import BodyRegion
from caseman.remains.bone_names import bone_name
from caseman.remains.codes import NumberEventKind
from caseman.remains.models import (
    NumberEvent,
    RecoveryEvent,
    Remains,
    RemainsSample,
    ToothFinding,
)
from caseman.remains.recovery_codes import Ballistic, BallisticPlace, BoundPlace, BoundWith
from caseman.web.filters import absence, day, label, moment, number, tooth_mark
from caseman.web.words import gettext as _
from caseman.web.words import series

Fact = tuple[str, str | None, Absence | None]


def fact(name: str, value: str | None, absences: Mapping[str, str], field: str) -> Fact:
    """Return one fact, or why there is none."""
    return name, value or None, absence(absences.get(field))


def recovery_facts(row: Remains) -> list[Fact]:
    """Return how the find was lifted."""
    told = row.recovery
    if told is None:
        return []
    why = told.absences
    facts = [
        fact(_("Day of recovery"), _day(told.recovered_on), why, "recovered_on"),
        fact(_("Recovered by"), told.recovered_by, why, "recovered_by"),
        fact(_("How much is there"), _code(told.completeness), why, "completeness"),
        fact(_("Joints"), _code(told.articulation), why, "articulation"),
        fact(_("Condition"), _code(told.condition), why, "condition"),
        fact(_("Surface of the bone"), _code(told.preservation), why, "preservation"),
        fact(_("Weathering of the bone"), _code(told.weathering), why, "weathering"),
        fact(_("Depth below the surface"), _measure(told.depth_m, _("m")), why, "depth_m"),
        fact(_("From the datum"), _from_datum(told.grid_e_m, told.grid_n_m), why, "grid_e_m"),
        *_lying_facts(told, why),
        *_violence_facts(told, why),
    ]
    return facts + ([(_("Notes"), told.notes, None)] if told.notes else [])


def _lying_facts(told: RecoveryEvent, why: Mapping[str, str]) -> Iterator[Fact]:
    yield fact(_("How the body lay"), _code(told.body_position), why, "body_position")
    yield fact(_("Where the face looks"), _code(told.head_facing), why, "head_facing")
    yield fact(_("Arms"), _code(told.arms), why, "arms")
    yield fact(_("Legs"), _code(told.legs), why, "legs")
    yield fact(_("The feet point to"), _code(told.direction), why, "direction")
    degrees = _measure(told.orientation_deg, "°")
    yield fact(_("Direction from head to feet"), degrees, why, "orientation_deg")


def _violence_facts(told: RecoveryEvent, why: Mapping[str, str]) -> Iterator[Fact]:
    yield fact(_("Eyes"), _code(told.blindfold), why, "blindfold")
    lists: Iterable[tuple[str, str, type[Code]]] = (
        (_("Tied, where"), "bound_places", BoundPlace),
        (_("Tied, with what"), "bound_with", BoundWith),
        (_("Traces of weapons"), "ballistic", Ballistic),
        (_("Where the traces of weapons lay"), "ballistic_places", BallisticPlace),
    )
    for name, field, codes in lists:
        values = getattr(told, field) or ()
        yield fact(name, series(label(codes(each)) for each in values), why, field)


def profile_facts(row: Remains) -> list[Fact]:
    """Return the biological profile, each estimate with its method."""
    told = row.profile
    if told is None:
        return []
    why = told.absences
    regions = [label(BodyRegion(each)) for each in told.regions_present if each in set(BodyRegion)]
    teeth = {True: _("can be examined"), False: _("none to examine"), None: None}
    facts = [
        fact(_("Sex, estimated"), _with(_code(told.sex), _code(told.sex_method)), why, "sex"),
        fact(
            _("Age at death"),
            _with(_range(told.age_min, told.age_max, _("years")), _code(told.age_method)),
            why,
            "age",
        ),
        fact(_("Stature"), _with(_stature(row), told.stature_method), why, "stature"),
        fact(_("Preferred hand"), _code(told.handedness), why, "handedness"),
        fact(_("Hair"), _code(told.hair), why, "hair"),
        fact(_("Parts of the body that are there"), series(regions), why, "regions_present"),
        fact(_("Teeth"), teeth[told.dental_observable], why, "dental_state"),
        fact(_("Examined by"), _with(told.examined_by, _code(told.assessor)), why, "examined_by"),
        fact(_("Day of examination"), _day(told.examined_on), why, "examined_on"),
    ]
    if told.dental_codes:
        facts.append((_("What strikes one about the teeth"), _features(told.dental_codes), None))
    return facts + ([(_("Notes"), told.notes, None)] if told.notes else [])


def _features(codes: Iterable[str]) -> str:
    known = set(DentalFeature)
    return series(label(DentalFeature(each)) if each in known else each for each in codes)


def _stature(row: Remains) -> str | None:
    told = row.profile
    if told is None:
        return None
    limits = _range(told.stature_min_cm, told.stature_max_cm, _("cm"))
    best = _measure(told.stature_cm, _("cm"))
    return _with(best, limits) if best else limits


def _code(value: Any) -> str | None:  # noqa: ANN401 - a Code or None
    return None if value is None else label(value)


def _day(value: date | None) -> str | None:
    return None if value is None else day(value)


def _measure(value: float | None, unit: str) -> str | None:
    return None if value is None else number(value, unit)


def _range(low: float | None, high: float | None, unit: str) -> str | None:
    if low is None or high is None:
        return None
    return number(low, unit) if low == high else f"{number(low)}\N{EN DASH}{number(high, unit)}"


def _from_datum(east: float | None, north: float | None) -> str | None:
    if east is None and north is None:
        return None
    metre = _("m")
    return _("%(east)s east, %(north)s north", east=number(east, metre), north=number(north, metre))


def _with(value: str | None, method: str | None) -> str | None:
    return f"{value} ({method})" if value and method else value


def tooth_marks(teeth: Iterable[ToothFinding]) -> dict[int, dict[str, str]]:
    """Return what the chart draws for each tooth."""
    return {
        tooth.fdi: {
            **tooth_mark(tooth.state, tooth.surfaces, tooth.material),
            "note": tooth.note,
        }
        for tooth in teeth
    }


def sample_words(sample: RemainsSample) -> str:
    """Return what a sample is of, and how much of it was cut."""
    bone = bone_name(sample.element) if sample.element else None
    tooth = _("Tooth %(number)s", number=sample.fdi) if sample.fdi is not None else None
    side = label(sample.side) if sample.side is not None else None
    weight = number(sample.weight_g, _("g")) if sample.weight_g is not None else None
    return series([label(sample.material), bone, tooth, side, weight])


def history(row: Remains) -> list[dict[str, Any]]:
    """Return what became of the number, oldest first, beginning with its registration."""
    first = {"when": moment(row.registered_at), "what": _("Number given")}
    since = sorted([*row.number_events, *row.split_from], key=lambda event: event.at)
    return [first, *(_came_from(each) if each.other is row else _event(each) for each in since)]


def _event(event: NumberEvent) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "when": moment(event.at),
        "who": event.by.name if event.by else None,
        "what": label(event.kind),
        "note": event.reason,
    }
    if event.kind is NumberEventKind.MOVED and event.from_feature and event.to_feature:
        entry["what"] = _(
            "Moved from %(before)s to %(after)s",
            before=event.from_feature.audit_subject,
            after=event.to_feature.audit_subject,
        )
    if event.other is not None:
        entry["what"] = _("Split: %(number)s was taken out", number=event.other.number)
        entry["url"] = url_for("remains.show", number=event.other.number)
    return entry


def _came_from(event: NumberEvent) -> dict[str, Any]:
    return {
        "when": moment(event.at),
        "who": event.by.name if event.by else None,
        "what": _("Split off from %(number)s", number=event.remains.number),
        "url": url_for("remains.show", number=event.remains.number),
        "note": event.reason,
    }

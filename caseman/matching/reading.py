"""Reads remains, reports and effects from the CSV files of the exchange format."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from caseman.matching.belongings import Possession, Worn, read_effects, worn_by
from caseman.matching.rows import Problem, Reading, Row, UnreadableFileError, rows_of
from caseman.matching.values import (
    AgeEstimate,
    AnteMortem,
    Assessor,
    DateInterval,
    DatePrecision,
    Effect,
    FoundName,
    Garment,
    Hand,
    LastSeenDate,
    LastSeenPlace,
    Mark,
    NameSlots,
    NameSource,
    PlacePrecision,
    PostMortem,
    Sex,
    SexCall,
    SexEstimate,
    Site,
    StatureCategory,
    StatureEstimate,
)

__all__ = [
    "Problem",
    "Reading",
    "UnreadableFileError",
    "read_effects",
    "read_pairs",
    "read_remains",
    "read_reports",
]

_SOURCES = {"id": NameSource.DOCUMENT, "id_card": NameSource.DOCUMENT} | {
    "label": NameSource.LABEL,
    "grave_label": NameSource.LABEL,
    "witness": NameSource.WITNESS,
}
_PRECISION = ((6, DatePrecision.DAY), (35, DatePrecision.MONTH), (130, DatePrecision.SEASON))
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def read_remains(path: Path, effects: Iterable[Possession] = ()) -> Reading[PostMortem]:
    """Return the remains of a file; rows of `effects` replace the arrays of the file.

    Raises UnreadableFileError if the file cannot be read at all.
    """
    problems: list[Problem] = []
    worn = worn_by("remains", effects)
    rows = _keyed(rows_of(path, ("remains_id",), problems), "remains_id")
    found = tuple(_remains(key, row, worn.get(key)) for key, row in rows)
    return Reading(found, tuple(problems))


def read_reports(path: Path, effects: Iterable[Possession] = ()) -> Reading[AnteMortem]:
    """Return the reports of a file; rows of `effects` replace the arrays of the file.

    Raises UnreadableFileError if the file cannot be read at all.
    """
    problems: list[Problem] = []
    worn = worn_by("report", effects)
    rows = _keyed(rows_of(path, ("report_id",), problems), "report_id")
    found = tuple(_report(key, row, worn.get(key)) for key, row in rows)
    return Reading(found, tuple(problems))


def read_pairs(path: Path) -> Reading[tuple[str, str]]:
    """Return pairs of keys (remains, report); UnreadableFileError if the file is none."""
    problems: list[Problem] = []
    found: list[tuple[str, str]] = []
    for row in rows_of(path, ("remains_id", "report_id"), problems):
        remains, report = row.text("remains_id"), row.text("report_id")
        if remains is None or report is None:
            row.refuse("remains_id", "both keys are needed; this row is skipped")
        else:
            found.append((remains, report))
    return Reading(tuple(found), tuple(problems))


def _keyed(rows: Iterator[Row], column: str) -> Iterator[tuple[str, Row]]:
    seen: set[str] = set()
    for row in rows:
        key = row.text(column)
        if key is None:
            row.refuse(column, "is empty; a row without a number is skipped")
        elif key in seen:
            row.refuse(column, f"{key} was there before; this row is skipped")
        else:
            seen.add(key)
            yield key, row


def _remains(key: str, row: Row, worn: Worn | None) -> PostMortem:
    assessor = row.code("assessor", Assessor)
    call = row.code("sex_est", SexCall)
    return PostMortem(
        key=key,
        sex=SexEstimate(call, row.text("sex_method"), assessor) if call else None,
        age=_age(row),
        stature=_stature(row),
        handedness=row.code("handedness", Hand),
        hair=row.text("hair"),
        dental=_set(row.words("dental")),
        dental_absence_counts=row.text("dental_observable") == "1",
        marks=row.codes("skeletal", "@", Mark, 2),
        regions=_set(row.words("regions_present") or ()) or frozenset(),
        assessor=assessor,
        garments=worn.garments if worn else row.codes("clothing", ":", Garment, 3),
        effects=worn.effects if worn else row.codes("effects", ":", Effect, 2),
        names=_names_found(row),
        deposited=row.interval("deposit_from", "deposit_to"),
        site=_site(row),
        found_with=_set(row.words("found_with") or ()) or frozenset(),
        layer=row.text("layer"),
        preservation=row.text("preservation"),
    )


def _report(key: str, row: Row, worn: Worn | None) -> AnteMortem:
    phone = row.text("reporter_phone")
    return AnteMortem(
        key=key,
        name=_name(row),
        sex=row.code("sex", Sex),
        birth=_birth(row),
        age_told=row.number("age_reported", low=0, high=130),
        stature_cm=row.number("stature_cm", low=20, high=250),
        stature_category=row.code("stature_cat", StatureCategory),
        handedness=row.code("handedness", Hand),
        hair=row.text("hair"),
        dental=_set(row.words("dental")),
        marks=row.codes("skeletal", "@", Mark, 2),
        garments=worn.garments if worn else row.codes("clothing", ":", Garment, 3),
        effects=worn.effects if worn else row.codes("effects", ":", Effect, 2),
        last_seen=_last_seen(row),
        place=_place(row),
        circumstance=row.text("circumstance"),
        companions=row.words("companions") or (),
        group=frozenset({f"phone:{phone}"} if phone else ()),
    )


def _name(row: Row) -> NameSlots:
    return NameSlots(
        given=row.text("name_given"),
        father=row.text("name_father"),
        grandfather=row.text("name_grandfather"),
        family=row.text("name_family"),
        mother=row.text("mother_name"),
        full=row.text("name_full"),
    )


def _age(row: Row) -> AgeEstimate | None:
    low = row.number("age_min", low=0, high=130)
    high = row.number("age_max", low=0, high=130)
    low, high = high if low is None else low, low if high is None else high
    if low is None or high is None:
        return None
    if low > high:
        row.refuse("age_min", f"{low:g} is above age_max {high:g}")
        return None
    return AgeEstimate(low, high, row.text("age_method"))


def _stature(row: Row) -> StatureEstimate | None:
    centimetres = row.number("stature_est", low=20, high=250)
    error = row.number("stature_se", low=0, high=50)
    return None if centimetres is None else StatureEstimate(centimetres, error)


@lru_cache(maxsize=50_000)
def _set(words: tuple[str, ...] | None) -> frozenset[str] | None:
    return None if words is None else frozenset(words)


def _names_found(row: Row) -> tuple[FoundName, ...]:
    found = (_found_name(item, row) for item in row.array("names_found") or ())
    return tuple(name for name in found if name is not None)


def _found_name(item: object, row: Row) -> FoundName | None:
    if not isinstance(item, Mapping) or str(item.get("kind")) not in _SOURCES:
        row.refuse("names_found", f"an entry without a kind out of {', '.join(_SOURCES)}")
        return None
    year = str(item.get("birth_year") or "")
    return FoundName(
        name=str(item.get("name") or "")[:200],
        source=_SOURCES[str(item["kind"])],
        mother=str(item.get("mother") or "")[:200] or None,
        birth_year=int(year) if re.fullmatch(r"[12]\d{3}", year) else None,
    )


def _site(row: Row) -> Site | None:
    key = row.text("site_id")
    if key is None:
        return None
    return Site(
        key,
        position=row.position("site_lat", "site_lon"),
        precision_m=row.number("site_precision_m", low=0, high=1e6),
        kind=row.text("site_kind"),
    )


def _birth(row: Row) -> DateInterval | None:
    told = _DAY_FIRST.fullmatch(row.text("birth_date_text") or "")
    year = row.number("birth_year", low=1850, high=2200)
    if told:
        day, month, year_told = (int(part) for part in told.groups())
        try:
            birth = date(year_told, month, day)
        except ValueError:
            row.refuse("birth_date_text", f"{told.group()} is not a day of the calendar")
        else:
            # A registry writes 1 January where it knows the year only.
            if (day, month) != (1, 1):
                return DateInterval(birth, birth)
            year = float(year_told)
    return None if year is None else DateInterval(date(int(year), 1, 1), date(int(year), 12, 31))


def _last_seen(row: Row) -> LastSeenDate | None:
    interval = row.interval("last_seen_from", "last_seen_to")
    if interval is None:
        return None
    known = (precision for days, precision in _PRECISION if interval.days <= days)
    precision = next(known, DatePrecision.YEAR)
    return LastSeenDate(interval, precision, row.text("last_seen_calendar"))


def _place(row: Row) -> LastSeenPlace | None:
    position = row.position("last_seen_lat", "last_seen_lon")
    if position is None:
        return None
    exact = row.text("place_precision") == PlacePrecision.EXACT
    return LastSeenPlace(position, PlacePrecision.EXACT if exact else PlacePrecision.TOWN)

"""Reports: the columns of ``reports.csv`` (matching.md section 9)."""

import re
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Session

from caseman.accounts.models import Operation
from caseman.coding import N_, Calendar, Language, Sex
from caseman.coding.physical import HairColour, Handedness
from caseman.exchange.cells import Cells, Fault
from caseman.exchange.codes import ImportKind
from caseman.exchange.importing import Draft
from caseman.exchange.kinds.common import marks, things
from caseman.exchange.sheets import Row
from caseman.reports.codes import (
    Channel,
    Circumstance,
    DatePrecision,
    PlacePrecision,
    Relation,
    StatureWord,
)
from caseman.reports.drafts import (
    Answers,
    Intake,
    NewCompanion,
    NewEffect,
    NewInformant,
    NewMark,
    NewReport,
)
from caseman.reports.services.registration import register_reports

LANGUAGES = {
    "ar": Language.ARABIC,
    "en": Language.ENGLISH,
    "ku": Language.KURMANJI,
    "kmr": Language.KURMANJI,
    "ckb": Language.SORANI,
}
DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
VAGUE = "vague"
"""A date told without a calendar, such as a season."""


class ReportReader:
    """Reads rows as reports about missing persons of one operation."""

    kind: ClassVar = ImportKind.REPORTS
    columns: ClassVar = (
        "report_id",
        "lang",
        "source",
        "name_full",
        "name_given",
        "name_father",
        "name_grandfather",
        "name_family",
        "mother_name",
        "sex",
        "birth_date_text",
        "birth_year",
        "age_reported",
        "stature_cm",
        "stature_cat",
        "handedness",
        "hair",
        "dental",
        "skeletal",
        "clothing",
        "effects",
        "last_seen_text",
        "last_seen_calendar",
        "last_seen_from",
        "last_seen_to",
        "last_seen_place",
        "last_seen_lat",
        "last_seen_lon",
        "place_precision",
        "region",
        "circumstance",
        "companions",
        "carried_id",
        "reporter_relation",
        "reporter_phone",
    )
    required: ClassVar = ("report_id",)

    def __init__(self, _session: Session, operation: Operation) -> None:
        self.operation = operation

    def identity(self, row: Row) -> str:
        """Return the file's own id."""
        return row.cells["report_id"].strip()

    def read(self, cells: Cells) -> NewReport:
        """Return the report as it was told."""
        return NewReport(
            intake=Intake(
                operation_id=self.operation.id,
                channel=Channel.IMPORT,
                source=cells.text("source", longest=60) or "import",
                source_id=cells.required("report_id", longest=60),
                language=_language(cells),
            ),
            answers=_answers(cells),
        )

    def create(self, session: Session, drafts: Sequence[Draft[NewReport]]) -> list[int | Fault]:
        """Register each report with a missing person of its own: people link them, not files."""
        return [row.id for row in register_reports(session, [each.value for each in drafts])]


def _answers(cells: Cells) -> Answers:
    birth_from, birth_to = _birth(cells)
    seen_from, seen_to = cells.days("last_seen_from", "last_seen_to")
    calendar = _calendar(cells)
    age = cells.number("age_reported", low=0, high=120)
    hair, hair_told = cells.known("hair", HairColour)
    circumstance, circumstance_told = cells.known("circumstance", Circumstance)
    latitude = cells.number("last_seen_lat", low=-90, high=90)
    longitude = cells.number("last_seen_lon", low=-180, high=180)
    return Answers(
        name_full=cells.text("name_full"),
        name_given=cells.text("name_given", longest=120),
        name_father=cells.text("name_father", longest=120),
        name_grandfather=cells.text("name_grandfather", longest=120),
        name_family=cells.text("name_family", longest=120),
        name_mother=cells.text("mother_name", longest=200),
        sex=cells.code("sex", Sex),
        birth_text=cells.text("birth_date_text", longest=120),
        birth_from=birth_from,
        birth_to=birth_to,
        age_told_min=age,
        age_told_max=age,
        stature_cm=cells.number("stature_cm", low=30, high=260),
        stature_word=cells.code("stature_cat", StatureWord),
        handedness=cells.code("handedness", Handedness),
        hair=hair,
        physical_text=hair_told,
        dental_codes=tuple(cells.items("dental")),
        last_seen_text=cells.text("last_seen_text", longest=200),
        last_seen_calendar=calendar,
        last_seen_precision=_precision(seen_from, seen_to),
        last_seen_from=seen_from,
        last_seen_to=seen_to,
        last_seen_place=cells.text("last_seen_place", longest=300),
        last_seen_lat=latitude,
        last_seen_lon=longitude,
        place_precision=cells.code("place_precision", PlacePrecision),
        region=cells.text("region", longest=120),
        circumstance=circumstance,
        circumstance_text=circumstance_told,
        carried_id=cells.flag("carried_id"),
        effects=_effects(cells),
        marks=tuple(NewMark(mark.kind, mark.code, mark.region) for mark in marks(cells)),
        companions=tuple(NewCompanion(name[:300]) for name in cells.items("companions")),
        informant=_informant(cells),
    )


def _language(cells: Cells) -> Language | None:
    text = cells.text("lang", longest=20)
    language = LANGUAGES.get(text.lower())
    if text and language is None:
        cells.notice("lang", N_("“%(text)s” is no known value; kept as told."), text=text)
    return language


def _effects(cells: Cells) -> tuple[NewEffect, ...]:
    return tuple(
        NewEffect(
            category=thing.category,
            kind=thing.kind,
            slot=thing.slot,
            colour=thing.colour,
            descriptor=thing.descriptor,
        )
        for thing in things(cells)
    )


def _informant(cells: Cells) -> NewInformant | None:
    relation, told = cells.known("reporter_relation", Relation)
    phone = cells.text("reporter_phone", longest=60)
    if relation is None and not told and not phone:
        return None
    return NewInformant(relation=relation, phone=phone, contact=told)


def _calendar(cells: Cells) -> Calendar | None:
    if cells.text("last_seen_calendar", longest=40) == VAGUE:
        return None
    return cells.code("last_seen_calendar", Calendar)


def _birth(cells: Cells) -> tuple[date | None, date | None]:
    """Return the days of birth that are meant.

    1 January stands in registries for a year of which nothing else is known.
    """
    told = DAY_FIRST.fullmatch(cells.text("birth_date_text", longest=120))
    year = cells.whole("birth_year", low=1850, high=2100)
    if told:
        day, month, year_told = (int(part) for part in told.groups())
        try:
            birth = date(year_told, month, day)
        except ValueError:
            cells.fault(
                "birth_date_text", N_("“%(text)s” is no day of the calendar."), text=told.group()
            )
            return None, None
        if (day, month) != (1, 1):
            return birth, birth
        year = year_told
    return (None, None) if year is None else (date(year, 1, 1), date(year, 12, 31))


def _precision(first: date | None, last: date | None) -> DatePrecision | None:
    if first is None or last is None:
        return None
    for longest, precision in (
        (7, DatePrecision.DAY),
        (45, DatePrecision.MONTH),
        (150, DatePrecision.SEASON),
        (400, DatePrecision.YEAR),
    ):
        if (last - first).days < longest:
            return precision
    return DatePrecision.INTERVAL

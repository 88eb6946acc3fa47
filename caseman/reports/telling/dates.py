"""Dates in words: partly known, about, before, after, between, by season, Gregorian or Hijri."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from caseman.calendars import HIJRI_YEARS, PartialDate
from caseman.coding import Calendar
from caseman.reports.codes import DatePrecision
from caseman.reports.telling import words
from caseman.reports.telling.words import folded

_DAY = timedelta(days=1)
_ABOUT = timedelta(days=30)
"""How far "about" reaches beyond a season or an interval."""
_MONTH_NAMES = words.any_of(*words.MONTHS, *words.HIJRI_MONTHS)
_SEASON_NAMES = words.any_of(*words.SEASONS)

_BETWEEN = re.compile(rf"(?:{words.BETWEEN})\s+(.+?)\s+(?:{words.AND})\s*(.+)")
_RANGE = re.compile(r"(.+?)\s+-\s+(.+)|(\d{4})\s*[-/]\s*(\d{4})")
_SIDE = re.compile(rf"(?:(?P<before>{words.BEFORE})|(?P<after>{words.AFTER}))\s+(.+)")
_ABOUT_WORD = re.compile(rf"(?:^|\s)(?:{words.ABOUT})(?=\s|\d|$)|~$")
_FILLER = re.compile(rf"(?:^|(?<=\s))(?:{words.FILLER})(?=\s)")
_CALENDAR = re.compile(rf"(?<=[\d\s])(?:(?P<hijri>{words.HIJRI})|(?:{words.GREGORIAN}))\.?$")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?")
_DAY_FIRST = re.compile(
    r"(?:(?P<day>\d{1,2})\s*[-/.]\s*)?(?P<month>\d{1,2})\s*[-/.]\s*(?P<year>\d{4})"
)
_NAMED = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\.?\s+)?(?P<name>{_MONTH_NAMES})(?:\s+(?P<late>\d{{1,2}}),)?"
    r"[\s,،]+(?P<year>\d{4})"
)
_SEASON = re.compile(rf"(?P<name>{_SEASON_NAMES})\s+(?P<year>\d{{4}})")
_ANY_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Span:
    """What a date in words can mean; an end that nobody told is None."""

    earliest: date | None
    latest: date | None
    precision: DatePrecision
    calendar: Calendar = Calendar.GREGORIAN


def read_date(text: str) -> Span | None:
    """Return what ``text`` means, if it says a date and nothing else."""
    try:
        return _read(folded(text))
    except (ValueError, OverflowError):  # no such day
        return None


def _read(text: str) -> Span | None:
    return _between(text) or _one_sided(text) or _single(text)


def _between(text: str) -> Span | None:
    match = _BETWEEN.fullmatch(text) or _RANGE.fullmatch(text)
    if match is None:
        return None
    first, last = (part for part in match.groups() if part)
    year = _ANY_YEAR.search(last)
    if year and not _ANY_YEAR.search(first):
        first = f"{first} {year[0]}"
    begin, end = _single(first), _single(last)
    if begin is None or end is None or begin.earliest is None or end.latest is None:
        return None
    if begin.earliest > end.latest:
        return None
    return Span(begin.earliest, end.latest, DatePrecision.INTERVAL, end.calendar)


def _one_sided(text: str) -> Span | None:
    match = _SIDE.fullmatch(text)
    told = _single(match[3]) if match else None
    if match is None or told is None or told.earliest is None or told.latest is None:
        return None
    if match["before"]:
        return replace(
            told, earliest=None, latest=told.earliest - _DAY, precision=DatePrecision.INTERVAL
        )
    return replace(told, earliest=told.latest + _DAY, latest=None, precision=DatePrecision.INTERVAL)


def _single(text: str) -> Span | None:
    plain = _ABOUT_WORD.sub(" ", text).strip()
    is_about = plain != text
    plain = " ".join(_FILLER.sub(" ", plain).split())
    marked = _CALENDAR.search(plain)
    plain = _CALENDAR.sub("", plain).strip()
    season = _SEASON.fullmatch(plain)
    if season:
        return _season(season["name"], int(season["year"]), is_about=is_about)
    match = _YEAR_FIRST.fullmatch(plain) or _DAY_FIRST.fullmatch(plain) or _NAMED.fullmatch(plain)
    if match is None:
        return None
    return _partial(match, is_about=is_about, is_hijri=bool(marked and marked["hijri"]))


def _partial(match: re.Match[str], *, is_about: bool, is_hijri: bool) -> Span:
    said = match.groupdict()
    name, year = said.get("name"), int(said["year"])
    month = _month(name) if name else said.get("month")
    day = said.get("day") or said.get("late")
    is_hijri = is_hijri or name in words.HIJRI_MONTHS or year in HIJRI_YEARS
    told = PartialDate(
        year,
        int(month) if month else None,
        int(day) if day else None,
        about=is_about,
        calendar=Calendar.HIJRI if is_hijri else Calendar.GREGORIAN,
    )
    return Span(told.earliest, told.latest, precision_of(told), told.calendar)


def _month(name: str) -> int:
    return words.HIJRI_MONTHS.get(name) or words.MONTHS[name]


def precision_of(told: PartialDate) -> DatePrecision:
    """Return how exactly a date was told."""
    if told.day is not None:
        return DatePrecision.DAY
    return DatePrecision.MONTH if told.month is not None else DatePrecision.YEAR


def _season(name: str, year: int, *, is_about: bool) -> Span:
    first, last = words.SEASONS[name]
    begin = date(year, first, 1)
    if last > 12:  # the winter "of 2016" may be the one that ends then or the one that begins
        begin, year, last = date(year - 1, first, 1), year + 1, last - 12
    end = date(year, last, monthrange(year, last)[1])
    more = _ABOUT if is_about else timedelta(0)
    return Span(begin - more, end + more, DatePrecision.SEASON)

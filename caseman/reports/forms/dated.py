"""From what was told of a date, an age or a height to the columns that keep it, words and all."""

from typing import Any

from caseman.calendars import PartialDate
from caseman.reports.codes import DatePrecision
from caseman.reports.telling import read_age, read_birth_year, read_date, read_height
from caseman.reports.telling.dates import Span, precision_of
from caseman.web.forms import PartialDateField

LONGEST = {"birth": 120, "last_seen": 200}
"""Characters that the words of a date may have."""


def dated(name: str, field: PartialDateField, words: str) -> dict[str, Any]:
    """Return the columns of a date told in figures, in words or both; the figures win."""
    unread = getattr(field, "unread", "")
    told: PartialDate | None = field.data
    text = " · ".join(filter(None, (unread, words)))[: LONGEST[name]]
    if told is not None:
        return _columns(name, words or str(told), _span(told))
    span = read_date(words) if words else None
    return {f"{name}_text": text} if span is None else _columns(name, text, span)


def until(columns: dict[str, Any], last: PartialDate | None) -> dict[str, Any]:
    """Return the columns of the day last seen with its end moved to ``last``."""
    if last is None:
        return columns
    return columns | {
        "last_seen_to": last.latest,
        "last_seen_from": columns.get("last_seen_from"),
        "last_seen_precision": DatePrecision.INTERVAL,
        "last_seen_calendar": last.calendar,
    }


def aged(words: str) -> dict[str, Any]:
    """Return the columns of an age in words."""
    age = read_age(words)
    return {
        "age_text": words or None,
        "age_told_min": age.low if age else None,
        "age_told_max": age.high if age else None,
    }


def born(columns: dict[str, Any], age_words: str) -> dict[str, Any]:
    """Return the columns of the birth, from a year given instead of an age where there is none."""
    year = None if any(columns.values()) else read_birth_year(age_words)
    if year is None:
        return columns
    return _columns("birth", str(year), _span(PartialDate(year)))


def tall(words: str) -> dict[str, Any]:
    """Return the columns of a height; words beside a plain figure would only repeat it."""
    height = read_height(words)
    is_plain = height is not None and words == f"{height:g}"
    return {"stature_cm": height, "stature_text": None if is_plain else words or None}


def _span(told: PartialDate) -> Span:
    return Span(told.earliest, told.latest, precision_of(told), told.calendar)


def _columns(name: str, text: str, span: Span) -> dict[str, Any]:
    columns = {
        f"{name}_text": text,
        f"{name}_calendar": span.calendar,
        f"{name}_from": span.earliest,
        f"{name}_to": span.latest,
    }
    return columns | ({"last_seen_precision": span.precision} if name == "last_seen" else {})

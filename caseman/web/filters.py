"""How values look in a template, in the reader's language."""

from datetime import UTC, date, datetime
from functools import lru_cache

import flask_babel
from babel import Locale
from babel.dates import format_date, format_skeleton
from flask import Flask
from markupsafe import Markup

from caseman.calendars import HIJRI_MONTHS, PartialDate, to_hijri
from caseman.coding import Absence, Calendar, Code
from caseman.coding.physical import ToothState
from caseman.coding.teeth import KEYS, Surface, quadrants, surfaces_of
from caseman.web.addresses import here
from caseman.web.links import link
from caseman.web.words import gettext as _
from caseman.web.words import refusal, series

NOTHING = "\N{EN DASH}"
LONG_DATE = "long"
"""Each language's own way, for Kurdish inflects day, month and year: 3ê tebaxa 2017an."""
ONE_DIGIT = "#,##0.0 %"
LEAST_SHARE = 0.001


def label(code: Code | None) -> str:
    """Return the translated label of a code."""
    return NOTHING if code is None else _(code.label)


def absence(reason: str | None) -> Absence | None:
    """Return the stored reason why a field has no value, for ``words`` to say it."""
    return Absence(reason) if reason in set(Absence) else None


def number(value: float | None, unit: str = "") -> str:
    """Return a number with its unit; without separators that a code or year would not have."""
    if value is None:
        return NOTHING
    text = str(flask_babel.format_decimal(value))
    return f"{text} {unit}" if unit else text


def percent(value: float | None) -> str:
    """Return a share of one as a percentage with one digit; what is not nothing never reads so."""
    if value is None:
        return NOTHING
    if 0 < value < LEAST_SHARE:
        return f"< {flask_babel.format_percent(LEAST_SHARE, ONE_DIGIT)}"
    return str(flask_babel.format_percent(value, ONE_DIGIT))


def tooth_mark(state: ToothState, surfaces: str, material: str = "") -> dict[str, str]:
    """Return what a drawing of the teeth needs of one: its code, surfaces and words."""
    letters = "".join(each.value for each in surfaces_of(surfaces))
    details = " ".join(filter(None, (letters, material)))
    said = f"{label(state)} ({details})" if details else label(state)
    return {"code": state.value, "surfaces": letters, "label": said}


def day(value: date | None) -> str:
    """Return a date with its month in words, so that no two readers read it differently."""
    return NOTHING if value is None else _long_date(value, flask_babel.get_locale())


@lru_cache(maxsize=4096)
def _long_date(value: date, locale: Locale) -> str:
    """Return a day in words, kept because long pages tell the same days again and again."""
    return str(format_date(value, LONG_DATE, locale))


def moment(value: datetime | None) -> str:
    """Return date and time in UTC, and say so."""
    if value is None:
        return NOTHING
    at = value.astimezone(UTC)
    return f"{day(at.date())} {at:%H:%M} UTC"


def hijri(value: date | None) -> str:
    """Return a Gregorian day as a Hijri one."""
    parts = None if value is None else to_hijri(value)
    return NOTHING if parts is None else _hijri_text(*parts)


def told(value: PartialDate | None) -> str:
    """Return a date as it was told: as far as known, and in its calendar."""
    if value is None:
        return NOTHING
    text = _told_hijri(value) if value.calendar is Calendar.HIJRI else _told_gregorian(value)
    return _("about %(date)s", date=text) if value.about else text


def number_code(value: str | None) -> Markup:
    """Return a case number that keeps its order in a right-to-left sentence."""
    return Markup('<bdi dir="ltr" class="code">{}</bdi>').format(value or NOTHING)


def translated(text: str) -> str:
    """Return a stored text in the reader's language if it is one of ours, else as it is written.

    What people write goes through here and never through ``_``: in a template that would mark it
    as markup of ours, and read its percent signs as placeholders.
    """
    return _(text) if text else ""


def _told_gregorian(value: PartialDate) -> str:
    if value.month is None:
        return str(value.year)
    first = date(value.year, value.month, value.day or 1)
    if value.day is not None:
        return day(first)
    return format_skeleton("yMMMM", first, locale=flask_babel.get_locale())


def _told_hijri(value: PartialDate) -> str:
    return _hijri_text(value.year, value.month, value.day)


def _hijri_text(year: int, month: int | None, day_of_month: int | None) -> str:
    if month is None:
        return _("%(year)s AH", year=year)
    name = _(HIJRI_MONTHS[month - 1])
    text = f"{name} {year}" if day_of_month is None else f"{day_of_month} {name} {year}"
    return _("%(year)s AH", year=text)


def init_app(app: Flask) -> None:
    """Give every template these filters, and ``here`` for links to the same list."""
    app.jinja_env.globals.update(here=here, link=link, refusal=refusal)
    app.jinja_env.globals.update(quadrants=quadrants, Surface=Surface, TOOTH_KEYS=KEYS)
    app.jinja_env.filters.update(
        label=label, t=label, number=number, date=day, datetime=moment, hijri=hijri, told=told,
        code=number_code, absence=absence, percent=percent,
        series=series, translated=translated,
    )  # fmt: skip

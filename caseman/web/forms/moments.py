"""A moment by a clock: the day, the time, and how far the clock stands from UTC."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import wtforms
from wtforms.validators import Optional

from caseman.database import now
from caseman.web.filters import day, moment
from caseman.web.forms.dates import DayField
from caseman.web.forms.fields import KitField
from caseman.web.forms.groups import GroupField
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext
from caseman.writing import clean_line, latin_digits

FIRST_DAY = date(1990, 1, 1)
"""No record that is entered here can be older."""
AHEAD = timedelta(minutes=15)
"""How far a clock may run fast."""
_TIME = re.compile(r"(\d{1,2})[:.\u066b]?(\d{2})")
_HALF_HOURS = (210, 270, 330, 390, 570, -210, -570)
OFFSETS = sorted({*(60 * hours for hours in range(-12, 15)), *_HALF_HOURS, 345})
"""Minutes that clocks stand ahead of UTC, or behind it."""


def clock(minutes: int) -> str:
    """Return how far a clock stands from UTC, as it is written."""
    sign = "+" if minutes >= 0 else "\N{MINUS SIGN}"
    hours, rest = divmod(abs(minutes), 60)
    return "UTC" if not minutes else f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


class TimeField(KitField):
    """Hours and minutes in any digits; ``data`` is a time or None."""

    widget = wtforms.widgets.TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = latin_digits(clean_line(valuelist[0])) if valuelist else ""
        self.data = None
        if not text:
            return
        match = _TIME.fullmatch(text)
        hours, minutes = (int(part) for part in match.groups()) if match else (24, 0)
        if hours > 23 or minutes > 59:
            raise ValueError(
                _("“%(time)s” is no time. Write hours and minutes: 14:30.", time=text[:20])
            )
        self.data = time(hours, minutes)

    def _value(self) -> str:
        return self.typed if self.raw_data else f"{self.data:%H:%M}" if self.data else ""


class ClockField(wtforms.SelectField):
    """A clock, by how many minutes it stands ahead of UTC."""

    def __init__(self, label: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(label, coerce=int, choices=_clocks, **kwargs)


def _clocks() -> list[tuple[int, str]]:
    return [(each, clock(each)) for each in OFFSETS]


class _MomentParts(wtforms.Form):
    date = DayField(lazy_gettext("Day"), [Optional()])
    time = TimeField(
        lazy_gettext("Time"),
        render_kw={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"},
    )
    clock = ClockField(lazy_gettext("Clock"))


class MomentField(GroupField):
    """A moment in the past; ``data`` is a time with its zone or None.

    Shown first, it holds the present moment in UTC; ``js/clock.js`` puts the device's own clock
    in its place, because that is the one the people there go by.
    """

    parts_class = _MomentParts

    def make_parts(self, formdata: Any, values: dict[str, Any]) -> wtforms.Form:  # noqa: ANN401
        parts = super().make_parts(formdata, values)
        if formdata is None:
            parts["clock"].render_kw = {"data-device-clock": ""}
        return parts

    def split(self, value: datetime) -> dict[str, Any]:
        offset = int((value.utcoffset() or timedelta()).total_seconds()) // 60
        return {"date": value.date(), "time": value.time(), "clock": offset}

    def join(self) -> datetime | None:
        told, hour, clock = (part.data for part in self.parts)
        if told is None and hour is None:
            return None
        if told is None or hour is None:
            raise ValueError(
                _("%(field)s needs the day and the time.", field=self.label.text),
            )
        if told < FIRST_DAY:
            raise ValueError(
                _(
                    "%(field)s lies before %(first)s. Check the year.",
                    field=self.label.text,
                    first=day(FIRST_DAY),
                )
            )
        at = datetime.combine(told, hour, timezone(timedelta(minutes=clock)))
        if at > now() + AHEAD:
            raise ValueError(
                _(
                    "%(field)s lies in the future: here it is %(now)s. Check day, time and clock.",
                    field=self.label.text,
                    now=moment(now()),
                )
            )
        return at.astimezone(UTC)

"""Dates as people tell them: partly known, about, in the Gregorian or the Hijri calendar."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from hijridate import Gregorian, Hijri

from caseman.coding import N_, Calendar

WRITTEN = re.compile(r"(H?)(\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(~?)")
HIJRI_YEARS = range(1345, 1499)
"""Years for which the Umm al-Qura tables hold, with room for "about" at both ends."""
HIJRI_MONTHS = (
    N_("Muharram"), N_("Safar"), N_("Rabi' al-Awwal"), N_("Rabi' al-Thani"),
    N_("Jumada al-Ula"), N_("Jumada al-Akhirah"), N_("Rajab"), N_("Sha'ban"),
    N_("Ramadan"), N_("Shawwal"), N_("Dhu al-Qa'dah"), N_("Dhu al-Hijjah"),
)  # fmt: skip
DAYS_ABOUT = 7
"""How far "about the 12th" reaches to either side; "about June" reaches a month, a year a year."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, the month or the day; raises ``ValueError`` if there is none such.

    ``str()`` gives a short text to store, which ``parse`` reads back: ``2014-08-03``, ``2014-08``,
    ``2014~`` for about 2014, ``H1435-10`` for a Hijri month.
    """

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False
    calendar: Calendar = Calendar.GREGORIAN

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            message = "a day needs its month"
            raise ValueError(message)
        if self.calendar is Calendar.HIJRI and self.year not in HIJRI_YEARS:
            message = f"Hijri years run from {HIJRI_YEARS[0]} to {HIJRI_YEARS[-1]}"
            raise ValueError(message)
        _first_day(self.calendar, self.year, self.month or 1, self.day or 1)
        _ = self.earliest, self.latest  # both must exist, also one year further if about

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the date that ``str()`` wrote."""
        match = WRITTEN.fullmatch(text)
        if match is None:
            message = "not a date: write 2014-08-03, 2014-08, 2014, 2014~ or H1435-10"
            raise ValueError(message)
        hijri, year, month, day, about = match.groups()
        return cls(
            int(year),
            int(month) if month else None,
            int(day) if day else None,
            about=bool(about),
            calendar=Calendar.HIJRI if hijri else Calendar.GREGORIAN,
        )

    def __str__(self) -> str:
        prefix = "H" if self.calendar is Calendar.HIJRI else ""
        rest = "".join(f"-{part:02d}" for part in (self.month, self.day) if part is not None)
        return f"{prefix}{self.year:04d}{rest}{'~' if self.about else ''}"

    @property
    def earliest(self) -> date:
        """The first Gregorian day that this can mean."""
        year, month = self._months_away(-1)
        first = _first_day(self.calendar, year, month, self.day or 1)
        return first - self._days_about()

    @property
    def latest(self) -> date:
        """The last Gregorian day that this can mean."""
        if self.day is not None and self.month is not None:
            return _first_day(self.calendar, self.year, self.month, self.day) + self._days_about()
        year, month = self._months_away(1)
        return _last_day(self.calendar, year, month)

    def _days_about(self) -> timedelta:
        return timedelta(days=DAYS_ABOUT if self.about and self.day is not None else 0)

    def _months_away(self, side: int) -> tuple[int, int]:
        """Return the outermost month on ``side`` (-1 or 1), one unit further if about."""
        widen = side if self.about and self.day is None else 0
        if self.month is None:
            return self.year + widen, 1 if side < 0 else 12
        years, month = divmod(self.month - 1 + widen, 12)
        return self.year + years, month + 1


def to_hijri(day: date) -> tuple[int, int, int] | None:
    """Return year, month and day in the Umm al-Qura calendar; None outside its tables."""
    try:
        return Gregorian.fromdate(day).to_hijri().datetuple()
    except OverflowError:
        return None


def _first_day(calendar: Calendar, year: int, month: int, day: int) -> date:
    if calendar is Calendar.GREGORIAN:
        return date(year, month, day)
    return date(*Hijri(year, month, day).to_gregorian().datetuple())


def _last_day(calendar: Calendar, year: int, month: int) -> date:
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    return _first_day(calendar, *following, 1) - timedelta(days=1)

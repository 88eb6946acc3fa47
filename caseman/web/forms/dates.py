"""Dates as people tell them."""

from typing import Any

import wtforms

from caseman.calendars import HIJRI_YEARS, PartialDate
from caseman.coding import Calendar
from caseman.web.forms.codes import CodeField
from caseman.web.forms.groups import GroupField
from caseman.web.forms.numbers import WholeField
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext
from caseman.writing import clean_line, latin_digits

LONGEST_UNREAD = 36
"""Characters kept of a figure that is none."""


class DayField(wtforms.DateField):
    """One day, picked or written in any digits; ``data`` is a date or None."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata([latin_digits(each) for each in valuelist])
        except ValueError as error:
            raise ValueError(_("This is no day. Write it like 2019-03-05.")) from error


class _DateParts(wtforms.Form):
    day = WholeField(lazy_gettext("Day"), lowest=1, highest=31)
    month = WholeField(lazy_gettext("Month"), lowest=1, highest=12)
    year = WholeField(lazy_gettext("Year"), lowest=1300, highest=2100)
    about = wtforms.BooleanField(lazy_gettext("About"))
    calendar = CodeField(lazy_gettext("Calendar"), Calendar)


class PartialDateField(GroupField):
    """Year, month and day as far as known, "about", and the calendar they were told in.

    ``data`` is a ``PartialDate`` or None.
    """

    parts_class = _DateParts

    def split(self, value: PartialDate) -> dict[str, Any]:
        return {
            "day": value.day,
            "month": value.month,
            "year": value.year,
            "about": value.about,
            "calendar": value.calendar,
        }

    def join(self) -> PartialDate | None:
        told = {part.short_name: part.data for part in self.parts}
        year, month, day = told["year"], told["month"], told["day"]
        if year is None and month is None and day is None:
            return None
        if year is None:
            raise ValueError(
                _("%(field)s needs a year. Enter it, or tick “About”.", field=self.label.text)
            )
        calendar = told["calendar"] or Calendar.GREGORIAN
        try:
            return PartialDate(year, month, day, about=told["about"], calendar=calendar)
        except ValueError as error:
            raise ValueError(self._no_such_day(calendar)) from error

    def _no_such_day(self, calendar: Calendar) -> str:
        if calendar is Calendar.HIJRI:
            return _(
                "%(field)s is no Hijri date. Years run from %(first)s to %(last)s; "
                "leave the day empty if you are not sure.",
                field=self.label.text,
                first=HIJRI_YEARS[0],
                last=HIJRI_YEARS[-1],
            )
        return _(
            "%(field)s: there is no such day. Leave the day empty if you are not sure.",
            field=self.label.text,
        )


class ToldDateField(PartialDateField):
    """Like its base for people who must not be sent back: what is no date is kept, not refused.

    ``unread`` is then what was typed, as one text, and ``data`` is None.
    """

    unread = ""

    def _read(self) -> None:
        super()._read()
        self.unread = ""
        if self.process_errors:
            self.process_errors = []
            self.unread = self._as_typed()
            self._forgive()

    def _as_typed(self) -> str:
        figures = [self.parts[name] for name in ("day", "month", "year")]
        texts = [
            clean_line(str(each))[:LONGEST_UNREAD]
            for part in figures
            for each in part.raw_data or ()
        ]
        typed = ".".join(filter(None, texts))
        return f"{typed}~" if self.parts["about"].data else typed

    def _forgive(self) -> None:
        for part in self.parts:
            part.errors, part.process_errors = [], []

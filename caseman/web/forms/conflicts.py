"""Two people correct one record: the second sees both texts side by side, and loses neither."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import Field, SelectField

from caseman.calendars import PartialDate
from caseman.coding import Code
from caseman.values import Interval, Position
from caseman.web import filters
from caseman.web.forms.base import Form
from caseman.web.words import gettext as _
from caseman.web.words import series


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that the record answers otherwise than the form that was sent."""

    label: str
    stored: str
    typed: str


def conflict(form: Form, stored: Form, version: int) -> list[Difference]:
    """Return where ``form`` differs from the record, if the record changed after it was shown.

    ``stored`` is a form filled from the record as it is now. With a conflict the form carries the
    present ``version`` on, so that whoever has read both may send it again.
    """
    if form.version.data == version:
        return []
    form.version.data, form.version.raw_data = version, None
    pairs = [(field, stored[field.short_name]) for field in form.questions()]
    differing = [
        Difference(str(typed.label.text), _said(now, stored), _said(typed, form))
        for typed, now in pairs
        if (typed.data or None) != (now.data or None)
    ]
    return differing or [Difference(_("Version"), str(version), _("the same answers"))]


def _said(field: Field, form: Form) -> str:
    """Return an answer, or why there is none, in words."""
    reason = form.absence_field(field.short_name)
    value = _choice_of(field) or field.data
    if not value and value != 0 and reason is not None:
        value = reason.data
    return _in_words(value)


def _choice_of(field: Field) -> str | None:
    """Return what a list calls the row that was chosen; None where rows are not chosen."""
    if not isinstance(field, SelectField) or isinstance(field.data, Code) or not field.choices:
        return None
    chosen = str(field.data or "")
    offered = ((str(choice[0]), str(choice[1])) for choice in field.iter_choices())
    return next((label for value, label in offered if value == chosen), None)


def _in_words(value: Any) -> str:  # noqa: ANN401 - the answer of any field
    match value:
        case None | "":
            text = filters.NOTHING
        case Code():
            text = filters.label(value)
        case PartialDate():
            text = filters.told(value)
        case date():
            text = filters.day(value)
        case Interval(low, high):
            text = f"{low:g}\N{EN DASH}{high:g}"
        case Position(lat, lon, precision):
            text = series((f"{lat:g}", f"{lon:g}"))
            text += "" if precision is None else f" ± {precision:g} {_('m')}"
        case _:
            text = str(value)
    return text

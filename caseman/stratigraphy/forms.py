"""The forms of contexts."""

from collections.abc import Callable, Sequence
from typing import Any

from wtforms import SelectField, ValidationError
from wtforms.validators import Optional

from caseman.coding import Code
from caseman.stratigraphy.codes import ContextKind, Direction
from caseman.stratigraphy.models import Context
from caseman.web.forms import (
    Answered,
    CodeField,
    DayField,
    Form,
    LinesField,
    NumberField,
    TextField,
)
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _


class ContextForm(Form):
    """Record a context, or correct one."""

    kind = CodeField(_("What it is"), ContextKind, required=True)
    colour = TextField(
        _("Colour of the soil"),
        longest=60,
        description=_("In words, or as on Munsell's chart: 10YR 4/3."),
    )
    texture = TextField(
        _("Texture"), longest=120, description=_("Sand, silt or clay; loose or firm; dry or wet.")
    )
    inclusions = TextField(
        _("What is in it"), longest=300, description=_("Stones, lime, rubbish, charcoal.")
    )
    top_m = NumberField(_("Depth of its upper side"), lowest=0, highest=100, unit=_("m"))
    bottom_m = NumberField(_("Depth of its lower side"), lowest=0, highest=100, unit=_("m"))
    recorded_on = DayField(_("Recorded on"), [Optional()])
    recorded_by = TextField(_("Recorded by"), longest=200)
    description = LinesField(_("Description"))
    interpretation = LinesField(
        _("What it is held to be"), description=_("Kept apart from what was seen.")
    )

    def validate_bottom_m(self, field: NumberField) -> None:
        """Refuse a lower side above the upper one."""
        if field.data is not None and self.top_m.data is not None and field.data < self.top_m.data:
            raise ValidationError(gettext("Its lower side cannot lie higher than its upper side."))


def context_answers(context: Context) -> dict[str, Any]:
    """Return what a form shows of ``context``."""
    names = (
        "version",
        "kind",
        "colour",
        "texture",
        "inclusions",
        "top_m",
        "bottom_m",
        "recorded_on",
        "recorded_by",
        "description",
        "interpretation",
    )
    return {name: getattr(context, name) for name in names}


class RelationForm(Form):
    """Say how a context lies to another one of its feature."""

    direction = CodeField(_("This context"), Direction, required=True)
    other_id = SelectField(_("Which other"), [Answered()], coerce=int)

    def offer(self, others: Sequence[Context], label: Callable[[Code], str]) -> None:
        """Offer the other contexts of the feature."""
        self.other_id.choices = [(each.id, f"{each.code} {label(each.kind)}") for each in others]

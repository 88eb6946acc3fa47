"""Forms of burial plots."""

from typing import Any

from wtforms import ValidationError

from caseman.custody.codes import BurialKind
from caseman.custody.drafts import RowOfPlots
from caseman.custody.models import BurialPlot
from caseman.values import Position
from caseman.web.forms import (
    CodeField,
    Form,
    LinesField,
    Matches,
    NumberField,
    PositionField,
    TextField,
    WholeField,
)
from caseman.web.words import gettext
from caseman.web.words import lazy_gettext as _

HIGHEST = 999


class RowForm(Form):
    """A row of plots to be laid out."""

    row = TextField(
        _("Row"),
        [Matches("[A-Za-z]{1,2}", "A")],
        required=True,
        longest=2,
        description=_("One or two letters, as they stand at the row"),
    )
    first = WholeField(_("From number"), required=True, lowest=1, highest=HIGHEST)
    last = WholeField(_("To number"), required=True, lowest=1, highest=HIGHEST)
    kind = CodeField(_("For how long"), BurialKind, required=True)

    def validate_last(self, field: WholeField) -> None:
        """Refuse a row that ends before it begins."""
        if field.data is not None and self.first.data is not None and field.data < self.first.data:
            raise ValidationError(gettext("The last number lies before the first."))

    def row_of_plots(self) -> RowOfPlots:
        """Return what is to be laid out."""
        return RowOfPlots(self.row.data.upper(), self.first.data, self.last.data, self.kind.data)


class PlotForm(Form):
    """What is known of a plot."""

    kind = CodeField(_("For how long"), BurialKind, required=True)
    head_to_deg = WholeField(
        _("To where the head lies"),
        lowest=0,
        highest=359,
        unit="°",
        description=_("As the compass shows: 0 is north, 90 east, 180 south, 270 west."),
    )
    depth_m = NumberField(_("Depth below the surface"), lowest=0, highest=10, unit=_("m"))
    marker = TextField(
        _("What stands on it"),
        longest=300,
        description=_("A stone, a plate: with the number, never with a name."),
    )


class WhereForm(Form):
    """Where a plot is, so that others find it in years."""

    position = PositionField(_("Position"))
    way = LinesField(
        _("How to find it"),
        longest=1000,
        description=_(
            "In words, from what will still stand there in years: so many steps from the north "
            "corner of the wall"
        ),
    )


def plot_answers(plot: BurialPlot) -> dict[str, Any]:
    """Return what the form shows of ``plot``; nothing of it is sealed."""
    names = ("version", "kind", "head_to_deg", "depth_m", "marker")
    return {name: getattr(plot, name) for name in names}


def where_answers(plot: BurialPlot) -> dict[str, Any]:
    """Return what the form of the place shows; whoever sees it is on record."""
    place = plot.position
    position = place and Position(place["lat"], place["lon"], plot.precision_m)
    return {"version": plot.version, "position": position, "way": plot.way or ""}

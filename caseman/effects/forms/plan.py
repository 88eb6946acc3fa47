"""Which part of a plan is shown, and the files that fill it."""

from collections.abc import Iterable
from dataclasses import replace

from wtforms import BooleanField, SelectField

from caseman.coding import N_
from caseman.effects.hand_gps import UnreadablePointsError, is_gps, read_gps
from caseman.effects.plan import Placed
from caseman.effects.total_station import Datum, Point, read_points
from caseman.laboratory.reading.files import MOST_BYTES, text_of
from caseman.laboratory.reading.tables import UnreadableTableError
from caseman.web.forms import (
    FilterForm,
    Form,
    NumberField,
    TableField,
    UploadField,
    WholeField,
)
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext
from caseman.writing import clean_table

LONGEST = 100_000
"""Characters of a file of points; below what one field of CSV may hold."""


class PlanForm(FilterForm):
    """Which part of the grave is drawn."""

    depth_from = NumberField(
        lazy_gettext("Depth from"), lowest=0, highest=100, unit=lazy_gettext("m")
    )
    depth_to = NumberField(lazy_gettext("Depth to"), lowest=0, highest=100, unit=lazy_gettext("m"))
    layer = WholeField(lazy_gettext("Layer"), lowest=0, highest=1000)
    context = SelectField(lazy_gettext("Context"), choices=[], default="")

    def offer(self, codes: Iterable[str]) -> None:
        """Offer the contexts in which something lay; without any the question is not asked."""
        known = sorted(set(codes))
        self.context.choices = [
            ("", lazy_gettext("Every context")),
            *((each, each) for each in known),
        ]
        if not known:
            del self.context

    def shows(self, placed: Placed) -> bool:
        """Say whether a find is in this part; without a depth it is in no range of depths."""
        low, high, layer = self.depth_from.data, self.depth_to.data, self.layer.data
        if (low is not None or high is not None) and placed.depth is None:
            return False
        depth = placed.depth or 0.0
        fits = (low is None or depth >= low) and (high is None or depth <= high)
        context = self.context.data if "context" in self else ""
        lies_in = not context or placed.context == context
        return fits and lies_in and (layer is None or placed.layer == layer)


class DatumForm(Form):
    """Where the datum of the site is on earth: told for one file, kept nowhere."""

    latitude = NumberField(
        lazy_gettext("Latitude of the datum"),
        lowest=-89,
        highest=89,
        unit="°",
        description=lazy_gettext(
            "For files in degrees, in decimal degrees (WGS 84). It is taken off and not kept."
        ),
    )
    longitude = NumberField(
        lazy_gettext("Longitude of the datum"), lowest=-180, highest=180, unit="°"
    )
    turned = NumberField(
        lazy_gettext("North of the site's metres, clockwise from true north"),
        lowest=-360,
        highest=360,
        unit="°",
        description=lazy_gettext("Only for files in degrees; empty where both are the same."),
    )
    datum_height = NumberField(lazy_gettext("Height of the surface"))

    @property
    def datum(self) -> Datum:
        """What is taken off each point, or added to it."""
        on_earth = (self.latitude.data, self.longitude.data, self.turned.data or 0.0)
        return Datum(0.0, 0.0, self.datum_height.data, *on_earth)


class StationForm(DatumForm):
    """Points of a total station or a hand GPS, looked at before they are taken over."""

    file = UploadField(
        lazy_gettext("A file"),
        description=lazy_gettext(
            "A table as text (CSV), waypoints (GPX) or points (GeoJSON). It is shown below as it "
            "was read, and kept nowhere."
        ),
    )
    points = TableField(
        lazy_gettext("Lines of the total station"),
        longest=LONGEST,
        description=lazy_gettext(
            "One point a line, as CSV: number, east, north, height. A first line may name the "
            "columns: number, east, north, height or depth. B001 stands for a number of this "
            "feature."
        ),
    )
    datum_east = NumberField(lazy_gettext("East of the datum, as the station has it"))
    datum_north = NumberField(lazy_gettext("North of the datum, as the station has it"))
    datum_height = NumberField(
        lazy_gettext("Height of the surface, as the station has it"),
        description=lazy_gettext("Needed where points have a height and no depth."),
    )
    in_metres = BooleanField(lazy_gettext("The GeoJSON file is in metres, not in degrees."))
    checked = BooleanField(lazy_gettext("I have looked at the points below: take them over."))

    @property
    def datum(self) -> Datum:
        """What is taken off each point; it is not kept."""
        east, north = self.datum_east.data or 0.0, self.datum_north.data or 0.0
        return replace(super().datum, east=east, north=north)

    def read(self) -> list[Point]:
        """Return the points sent or pasted; none, with an error, where nothing can be read."""
        is_file = self.file.data is not None
        try:
            if is_file:
                # What a file holds is shown first, whatever was ticked.
                self.checked.data = False
                self._take_file()
            if not self.points.data:
                self.points.errors = [_("Choose a file, or paste the lines.")]
                return []
            if is_gps(self.points.data):
                return read_gps(self.points.data, self.datum, in_metres=self.in_metres.data)
            return read_points(self.points.data, self.datum)
        except UnreadableTableError as fault:
            self.file.errors = [_(fault.doubt.message, **fault.doubt.values)]
        except UnreadablePointsError as fault:
            (self.file if is_file else self.points).errors = [_(str(fault))]
        return []

    def _take_file(self) -> None:
        """Put the text of the file where it is seen and sent again."""
        text = clean_table(text_of(self.file.content(MOST_BYTES)).text)
        if self.points.data:
            pasted = N_(
                "Something is pasted already. Empty the lines, or send them without the file."
            )
            raise UnreadablePointsError(pasted)
        if len(text) > LONGEST:
            raise UnreadablePointsError(N_("The file is too long: divide it."))
        self.points.data = text

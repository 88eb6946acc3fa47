"""The plan of a grave: drawn, listed, printed, filled from files of points, taken out as GeoJSON.

Its metres are of the site's local datum, whose place on earth is kept nowhere: what everybody who
reads the remains may see already, one by one, tells nobody where the grave is. Coordinates of a
country's grid are refused; the datum that is taken off them is not stored.
"""

import json
from collections.abc import Iterable
from typing import NamedTuple

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, SelectField

from caseman.accounts.reading import opened
from caseman.coding import N_
from caseman.effects import queries, services
from caseman.effects.hand_gps import UnreadablePointsError, is_gps, read_gps
from caseman.effects.models import PersonalEffect
from caseman.effects.plan import Placed, PlanKind, as_geojson, draw
from caseman.effects.total_station import Datum, Point, read_points
from caseman.effects.views.blueprint import effects
from caseman.laboratory.reading.files import MOST_BYTES, text_of
from caseman.laboratory.reading.tables import UnreadableTableError
from caseman.permissions import Permission
from caseman.remains.codes import RemainsKind
from caseman.remains.models import Remains
from caseman.remains.services import place as place_remains
from caseman.sites.models import Feature
from caseman.sites.queries import feature_by_number
from caseman.sites.views.blueprint import feature_parts
from caseman.web.forms import (
    FilterForm,
    Form,
    LinesField,
    NumberField,
    UploadField,
    WholeField,
)
from caseman.web.guards import current_scope, may, requires
from caseman.web.links import link
from caseman.web.unit_of_work import found, session
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


class PointsField(LinesField):
    """A pasted table or file, in which tabs part the columns."""

    clean = staticmethod(clean_table)


class StationForm(Form):
    """Points of a total station or a hand GPS, looked at before they are taken over."""

    file = UploadField(
        lazy_gettext("A file"),
        description=lazy_gettext(
            "A table as text (CSV), waypoints (GPX) or points (GeoJSON). It is shown below as it "
            "was read, and kept nowhere."
        ),
    )
    points = PointsField(
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
    latitude = NumberField(
        lazy_gettext("Latitude of the datum"),
        lowest=-89,
        highest=89,
        unit="°",
        description=lazy_gettext(
            "For points of a hand GPS, in decimal degrees (WGS 84). It is taken off and not kept."
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
        description=lazy_gettext("Only for points of a hand GPS; empty where both are the same."),
    )
    in_metres = BooleanField(lazy_gettext("The GeoJSON file is in metres, not in degrees."))
    checked = BooleanField(lazy_gettext("I have looked at the points below: take them over."))

    @property
    def datum(self) -> Datum:
        """What is taken off each point; it is not kept."""
        east, north = self.datum_east.data or 0.0, self.datum_north.data or 0.0
        on_earth = (self.latitude.data, self.longitude.data, self.turned.data or 0.0)
        return Datum(east, north, self.datum_height.data, *on_earth)

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


class Matched(NamedTuple):
    """A point of the station and the find that it is of."""

    point: Point
    target: Remains | PersonalEffect | None
    said: str


def _feature(code: str, number: int) -> Feature:
    return found(feature_by_number(session, current_scope(), code, number))


def placed_in(feature: Feature) -> tuple[list[Placed], list[str]]:
    """Return what has a place in ``feature``, and the numbers of the remains that have none."""
    scope = current_scope()
    all_remains = queries.remains_of_feature(session, scope, feature)
    placed = [each for row in all_remains for each in _of_remains(row)]
    for effect in queries.effects_of_feature(session, scope, feature):
        if effect.grid_e_m is not None and effect.grid_n_m is not None:
            layer = effect.remains.layer if effect.remains else None
            where = (effect.grid_e_m, effect.grid_n_m, effect.depth_m, layer)
            lay_in = _context(effect)
            placed.append(Placed(PlanKind.EFFECT, effect.number, *where, context=lay_in))
    on_plan = {each.number for each in placed if each.kind is not PlanKind.PHOTOGRAPH}
    return placed, [row.number for row in all_remains if row.number not in on_plan]


def _context(find: Remains | PersonalEffect) -> str | None:
    return find.context.code if find.context is not None else None


def _of_remains(row: Remains) -> list[Placed]:
    found_at, placed = row.recovery, []
    depth = found_at.depth_m if found_at else None
    if found_at and found_at.grid_e_m is not None and found_at.grid_n_m is not None:
        kind = PlanKind.BODY if row.kind is RemainsKind.BODY else PlanKind.PART
        where = (found_at.grid_e_m, found_at.grid_n_m, depth, row.layer)
        bearing = found_at.orientation_deg
        placed.append(Placed(kind, row.number, *where, bearing, _context(row)))
    for photo in row.photographs:
        if photo.grid_e_m is not None and photo.grid_n_m is not None:
            where = (photo.grid_e_m, photo.grid_n_m, depth, row.layer)
            facing = photo.facing_deg
            placed.append(Placed(PlanKind.PHOTOGRAPH, row.number, *where, facing, _context(row)))
    return placed


@effects.get("/sites/<code>/features/<int:number>/plan")
@requires(Permission.REMAINS_READ)
def plan(code: str, number: int) -> ResponseReturnValue:
    feature = _feature(code, number)
    opened(feature)
    placed, unplaced = placed_in(feature)
    form = PlanForm()
    form.offer(each.context for each in placed if each.context)
    valid = form.validate()
    shown = [each for each in placed if not valid or form.shows(each)]
    page = render_template(
        "effects/plan.html",
        feature=feature,
        form=form,
        placed=shown,
        hidden=len(placed) - len(shown),
        unplaced=unplaced,
        plan=draw(shown, feature.audit_subject),
        kinds=list(PlanKind),
        url_of=_url_of,
    )
    return page, 200 if valid else 422


def _url_of(placed: Placed) -> str | None:
    endpoint = "effects.show" if placed.kind is PlanKind.EFFECT else "remains.show"
    return link(endpoint, number=placed.number)


@feature_parts.append
def on_feature(feature: Feature) -> str:
    """Draw the plan on the page of a feature; nothing for who reads no remains."""
    if not may(Permission.REMAINS_READ):
        return ""
    placed, unplaced = placed_in(feature)
    return render_template(
        "effects/on_feature.html",
        feature=feature,
        plan=draw(placed, feature.audit_subject),
        unplaced=unplaced,
        kinds=list(PlanKind),
        url_of=_url_of,
    )


@effects.get("/sites/<code>/features/<int:number>/plan.geojson")
@requires(Permission.EXPORT)
def plan_geojson(code: str, number: int) -> ResponseReturnValue:
    feature = _feature(code, number)
    opened(feature)
    placed, _unplaced = placed_in(feature)
    body = json.dumps(as_geojson(feature.audit_subject, placed), ensure_ascii=False, indent=1)
    name = f"{feature.audit_subject}-plan.geojson"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, mimetype="application/geo+json", headers=headers)


@effects.route("/sites/<code>/features/<int:number>/plan/points", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def plan_points(code: str, number: int) -> ResponseReturnValue:
    """Take in points of a total station or a hand GPS, after they were shown."""
    feature = _feature(code, number)
    form, matched = StationForm(), list[Matched]()
    if form.validate_on_submit():
        matched = _matched(feature, form.read())
        usable = [each for each in matched if each.target is not None]
        if form.checked.data and usable:
            for each in usable:
                _place(each)
            return redirect(url_for(".plan", code=code, number=number))
        if not usable and not form.errors:
            form.points.errors = [_("No line is of a find that is recorded in this feature.")]
    page = render_template("effects/plan_points.html", feature=feature, form=form, matched=matched)
    return page, 422 if form.is_submitted() else 200


def _matched(feature: Feature, points: list[Point]) -> list[Matched]:
    scope = current_scope()
    known: dict[str, Remains | PersonalEffect] = {}
    for row in queries.remains_of_feature(session, scope, feature):
        known[row.number] = row
    for effect in queries.effects_of_feature(session, scope, feature):
        known[effect.number] = effect
    return [_match(point, known, feature.audit_subject) for point in points]


def _match(point: Point, known: dict[str, Remains | PersonalEffect], stem: str) -> Matched:
    if point.wrong:
        return Matched(point, None, _(point.wrong, **point.values))
    target = known.get(point.number) or known.get(f"{stem}-{point.number}")
    said = "" if target is not None else _("No find of this number is recorded here.")
    return Matched(point, target, said)


def _place(matched: Matched) -> None:
    point, target = matched.point, matched.target
    if isinstance(target, Remains):
        place_remains(session, target, point.east, point.north, point.depth)
    elif target is not None:
        services.place(session, target, point.east, point.north, point.depth)

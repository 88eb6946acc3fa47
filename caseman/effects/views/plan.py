"""The plan of a grave: drawn, listed, printed, filled from files of points.

Its metres are of the site's local datum, whose place on earth is kept nowhere: what everybody who
reads the remains may see already, one by one, tells nobody where the grave is. Coordinates of a
country's grid are refused; the datum that is taken off them is not stored.
"""

from typing import NamedTuple

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.effects import queries, services
from caseman.effects.forms.plan import PlanForm, StationForm
from caseman.effects.models import PersonalEffect
from caseman.effects.plan import Placed, PlanKind, draw
from caseman.effects.queries.plan import is_placed, photographs_in, placed_in
from caseman.effects.total_station import Point
from caseman.effects.views.blueprint import effects
from caseman.permissions import Permission
from caseman.remains.models import Remains
from caseman.remains.services import place as place_remains
from caseman.sites.models import Feature
from caseman.sites.queries import feature_by_number
from caseman.sites.views.blueprint import feature_parts
from caseman.web.guards import current_scope, may, requires
from caseman.web.links import link
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

MOST_PICTURES = 50
"""Photographs without a place that one page lists."""


class Matched(NamedTuple):
    """A point of the station and the find that it is of."""

    point: Point
    target: Remains | PersonalEffect | None
    said: str


def _feature(code: str, number: int) -> Feature:
    return found(feature_by_number(session, current_scope(), code, number))


@effects.get("/sites/<code>/features/<int:number>/plan")
@requires(Permission.REMAINS_READ)
def plan(code: str, number: int) -> ResponseReturnValue:
    feature = _feature(code, number)
    opened(feature)
    placed, unplaced = placed_in(session, current_scope(), feature)
    pictures = photographs_in(session, current_scope(), feature)
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
        unplaced_pictures=[each for each in pictures if not is_placed(each)],
        most=MOST_PICTURES,
        plan=draw(shown, feature.audit_subject),
        kinds=list(PlanKind),
        url_of=url_of,
        export_url=link("exports.plan", code=code, number=number),
    )
    return page, 200 if valid else 422


def url_of(placed: Placed) -> str | None:
    """Return the page of what a sign of the plan stands for."""
    if placed.kind is PlanKind.PHOTOGRAPH:
        return link("effects.camera", number=placed.number, picture_id=placed.picture)
    endpoint = "effects.show" if placed.kind is PlanKind.EFFECT else "remains.show"
    return link(endpoint, number=placed.number)


@feature_parts.append
def on_feature(feature: Feature) -> str:
    """Draw the plan on the page of a feature; nothing for who reads no remains."""
    if not may(Permission.REMAINS_READ):
        return ""
    placed, unplaced = placed_in(session, current_scope(), feature)
    return render_template(
        "effects/on_feature.html",
        feature=feature,
        plan=draw(placed, feature.audit_subject),
        unplaced=unplaced,
        kinds=list(PlanKind),
        url_of=url_of,
    )


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

"""How good the suggestions were, seen from what people decided."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from caseman.coding import Sex
from caseman.database import now
from caseman.identification import quality as figures
from caseman.identification.quality import FEWEST, PLACES, GroupStanding, Standing
from caseman.identification.queries import quality as queries
from caseman.identification.views.blueprint import bp
from caseman.permissions import OPERATOR, Permission, Scope
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _


@bp.get("/quality")
@requires(Permission.QUALITY_READ)
def quality() -> ResponseReturnValue:
    scope = _reach(current_scope())
    cases = queries.decided_cases(session, scope)
    signed = queries.conclusions(session, scope)
    overall = figures.standing(cases)
    return render_template(
        "identification/quality.html",
        decided=len(cases),
        overall=overall,
        places=_places(overall),
        bins=figures.calibration(cases),
        agreements=[
            (one, other, figures.agreement(pairs)) for (one, other), pairs in signed.items()
        ],
        groups=[
            (_("By site"), figures.by_group(cases, lambda case: case.site)),
            (_("By sex"), _named(figures.by_group(cases, lambda case: case.sex))),
            (_("By age when last seen"), figures.by_group(cases, lambda case: case.age)),
        ],
        bounds=list(zip(figures.BOUNDS, figures.BOUNDS[1:], strict=False)),
        lengths=PLACES,
        fewest=FEWEST,
    )


@bp.get("/quality/calibration.svg")
@requires(Permission.QUALITY_READ)
def calibration_picture() -> Response:
    cases = queries.decided_cases(session, _reach(current_scope()))
    bins = figures.calibration(cases)
    if not any(bins):
        raise NotFound
    picture = render_template(
        "identification/calibration.svg", bins=bins, cases=len(cases), today=now().date()
    )
    return Response(picture, mimetype="image/svg+xml")


def _reach(scope: Scope) -> Scope:
    """Return what is counted: for an auditor every operation, as in the trail."""
    return OPERATOR if scope.may(Permission.AUDIT_READ) else scope


def _places(overall: Standing) -> list[tuple[str, int]]:
    """Return how many right persons stood where, in classes that do not overlap."""
    first, five, ten, twenty = (overall.within[place] for place in PLACES)
    return [
        (_("First"), first),
        (_("Second to fifth"), five - first),
        (_("Sixth to tenth"), ten - five),
        (_("Eleventh to twentieth"), twenty - ten),
        (_("Not on the list"), overall.cases - twenty),
    ]


def _named(groups: list[GroupStanding[str]]) -> list[GroupStanding[str]]:
    labels = {sex.value: _(sex.label) for sex in Sex}
    return [GroupStanding(labels.get(each.group, ""), each.standing) for each in groups]

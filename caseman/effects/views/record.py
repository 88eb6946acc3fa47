"""The page of an effect, and its place on the page of remains."""

from flask import render_template
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.effects import queries
from caseman.effects.queries.catalogues import items_of_effect
from caseman.effects.views import panels as panels_of_effect
from caseman.effects.views.blueprint import effects, record
from caseman.effects.words import facts, kind_of
from caseman.permissions import Permission
from caseman.remains.models import Remains
from caseman.remains.views import panels
from caseman.web.guards import current_scope, requires
from caseman.web.links import link
from caseman.web.unit_of_work import session


@effects.get("/effects/<path:number>")
@requires(Permission.REMAINS_READ)
def show(number: str) -> ResponseReturnValue:
    effect = record(number)
    opened(effect)
    exhibit = effect.exhibit or (effect.remains and effect.remains.exhibit)
    return render_template(
        "effects/show.html",
        effect=effect,
        title=kind_of(effect),
        facts=facts(effect),
        custody=link("custody.exhibit", number=exhibit.number) if exhibit else None,
        shown_in=items_of_effect(session, current_scope(), effect),
        panels=panels_of_effect.drawn(effect),
    )


@panels.add
def on_remains(remains: Remains) -> str:
    """Draw the effects that belong with ``remains``."""
    rows = queries.effects_with_remains(session, current_scope(), remains)
    return render_template(
        "effects/on_remains.html",
        remains=remains,
        rows=[(each, kind_of(each)) for each in rows],
    )

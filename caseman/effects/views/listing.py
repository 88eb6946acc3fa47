"""The list of effects."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.effects import queries
from caseman.effects.forms import EffectFilterForm
from caseman.effects.models import PersonalEffect
from caseman.effects.views.blueprint import effects
from caseman.effects.words import kind_of
from caseman.permissions import Permission
from caseman.sites.queries import all_sites
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import session

ORDERS = {"number": PersonalEffect.number, "registered": PersonalEffect.registered_at}


@effects.get("/effects/")
@requires(Permission.REMAINS_READ)
def index() -> ResponseReturnValue:
    form = EffectFilterForm([site.code for site in all_sites(session, current_scope())])
    valid, wanted = form.validate(), form.wanted()
    number = wanted.text.upper()
    if number and queries.effect_by_number(session, current_scope(), number) is not None:
        return redirect(url_for(".show", number=number))
    page = paginate(
        session,
        queries.as_listed(session, current_scope(), wanted),
        ORDERS,
        PersonalEffect.id,
        filters=queries.conditions(session, wanted),
    )
    html = render_template(
        "effects/list.html",
        page=page,
        rows=[_row(each) for each in page.items],
        form=form,
        active=form.active,
    )
    return html, 200 if valid else 422


def _row(effect: PersonalEffect) -> dict[str, object]:
    return {
        "number": effect.number,
        "what": kind_of(effect),
        "colour": effect.colour,
        "colour_absence": effect.absences.get("colour"),
        "inscription": effect.inscription,
        "remains": effect.remains.number if effect.remains else None,
        "voided": effect.voided_at is not None,
        "url": url_for(".show", number=effect.number),
    }

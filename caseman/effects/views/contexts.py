"""What was found in a context: shown on its page, and chosen from the finds of the feature."""

from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField

from caseman.effects import queries, services
from caseman.effects.models import PersonalEffect
from caseman.effects.views.blueprint import effects
from caseman.effects.words import kind_of
from caseman.permissions import Permission
from caseman.remains.models import Remains
from caseman.sites.models import Feature
from caseman.stratigraphy.models import Context
from caseman.stratigraphy.views import CONTEXT, context_of, context_parts
from caseman.web.filters import label
from caseman.web.forms import Form
from caseman.web.guards import current_scope, may, requires
from caseman.web.links import link
from caseman.web.unit_of_work import session
from caseman.web.words import lazy_gettext, series

FINDS = f"/sites/<code>/features/<int:number>/contexts{CONTEXT}/finds"
Find = Remains | PersonalEffect


@dataclass(frozen=True, slots=True)
class Listed:
    """A find as a list names it."""

    number: str
    what: str
    url: str | None


class FindsForm(Form):
    """Which finds of a feature lay in one context."""

    finds = SelectMultipleField(
        lazy_gettext("Finds of this context"),
        description=lazy_gettext("Tick what lay in it. A find lies in one context only."),
    )


@context_parts.append
def on_context(context: Context) -> str:
    """List what was found in a context; nothing for who reads no remains."""
    if not may(Permission.REMAINS_READ):
        return ""
    inside = [each for each in finds_of(context.feature) if each.context_id == context.id]
    return render_template(
        "effects/on_context.html",
        context=context,
        finds=[_listed(each) for each in inside],
    )


@effects.route(
    f"/sites/<code>/features/<int:number>/contexts{CONTEXT}/finds", methods=["GET", "POST"]
)
@requires(Permission.REMAINS_WRITE)
def context_finds(code: str, number: int, which: int) -> ResponseReturnValue:
    context = context_of(code, number, which)
    every = finds_of(context.feature)
    now_here = [each.number for each in every if each.context_id == context.id]
    form = FindsForm(data={"finds": now_here})
    form.finds.choices = [(each.number, _offered(each, context)) for each in every]
    if not form.validate_on_submit():
        page = render_template("effects/context_finds.html", context=context, form=form)
        return page, 422 if form.errors else 200
    chosen = frozenset(form.finds.data or ())
    services.put_in_context(session, context, every, chosen)
    return redirect(url_for("stratigraphy.show", code=code, number=number, which=which) + "#finds")


def finds_of(feature: Feature) -> list[Find]:
    """Return remains and effects of a feature by number, as far as the reader may see them."""
    scope = current_scope()
    return [
        *queries.remains_of_feature(session, scope, feature),
        *queries.effects_of_feature(session, scope, feature),
    ]


def _offered(find: Find, context: Context) -> str:
    elsewhere = find.context if find.context_id not in (None, context.id) else None
    short = find.number.removeprefix(f"{context.feature.audit_subject}-")
    return series((f"{short} {_what(find)}", elsewhere.code if elsewhere else None))


def _listed(find: Find) -> Listed:
    endpoint = "remains.show" if isinstance(find, Remains) else "effects.show"
    return Listed(find.number, _what(find), link(endpoint, number=find.number))


def _what(find: Find) -> str:
    return label(find.kind) if isinstance(find, Remains) else kind_of(find)

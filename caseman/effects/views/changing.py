"""Correcting an effect, voiding it, and saying where it belongs."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.coding.kinds import EffectKind
from caseman.effects import services
from caseman.effects.forms import (
    FIRST,
    MORE,
    NOWHERE,
    PLACE,
    BelongsForm,
    EffectForm,
    ReasonForm,
)
from caseman.effects.queries import beside
from caseman.effects.views.blueprint import ask, effects, record, say_why
from caseman.permissions import Permission
from caseman.remains.models import Remains
from caseman.remains.queries import remains_by_number
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _
from caseman.writing import written


@effects.route("/effects/<path:number>/change", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def change(number: str) -> ResponseReturnValue:
    effect = record(number)
    if request.method == "GET":
        opened(effect)
    form = EffectForm(obj=effect)
    form.show_absences(effect.absences)
    others = [each for each in beside(session, current_scope(), effect) if each is not effect]
    form.offer(others)
    if not form.is_submitted() and "inside" in form:
        form.inside.process_data(effect.inside_id or NOWHERE)
    if not form.is_submitted() and effect.kind in set(EffectKind) - {EffectKind.OTHER.value}:
        form.category.process_data(None)  # the kind says it
    if form.validate_on_submit():
        form.expects(effect.version)
        try:
            services.describe(effect, form.described(effect))
            services.lay_in(effect, form.lay_in(others))
            return redirect(url_for(".show", number=number))
        except services.EffectError as refused:
            say_why(form, refused)
    page = render_template(
        "effects/change.html", form=form, effect=effect, first=FIRST, more=MORE, place=PLACE
    )
    return page, 422 if form.is_submitted() else 200


@effects.route("/effects/<path:number>/void", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def void(number: str) -> ResponseReturnValue:
    effect = record(number)
    form = ReasonForm(data={"version": effect.version})
    if form.validate_on_submit():
        form.expects(effect.version)
        try:
            services.void(effect, form.reason.data)
            return redirect(url_for(".show", number=number))
        except services.EffectError as refused:
            say_why(form, refused)
    return ask(
        effect,
        form,
        _("Void this effect"),
        consequences=[
            _("It was recorded by mistake: there is no such thing."),
            _("Its number stays visible with your reason, and is never given again."),
            _("It is compared with no report any more."),
        ],
        submit=_("Void the effect"),
    )


@effects.route("/effects/<path:number>/move", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def move(number: str) -> ResponseReturnValue:
    effect = record(number)
    present = effect.remains.number if effect.remains else ""
    form = BelongsForm(data={"version": effect.version, "remains": present})
    if form.validate_on_submit():
        form.expects(effect.version)
        try:
            services.belongs_to(effect, _named(form), form.reason.data)
            return redirect(url_for(".show", number=number))
        except services.EffectError as refused:
            say_why(form, refused)
    return ask(
        effect,
        form,
        _("Where it belongs"),
        consequences=[
            _("It keeps the number under which it was found; your reason stays on the record."),
            _("Candidates of both remains are ranked anew."),
        ],
    )


def _named(form: BelongsForm) -> Remains | None:
    """Return the remains that the form names, or None where it names none."""
    if not form.remains.data:
        return None
    remains: Remains | None = remains_by_number(
        session, current_scope(), written(form.remains.data)
    )
    if remains is None:
        raise services.EffectError(services.UNKNOWN_REMAINS, number=form.remains.data)
    return remains

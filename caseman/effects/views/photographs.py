"""Photographs of effects."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.effects import services
from caseman.effects.forms import MorePhotographsForm
from caseman.effects.models import EffectPhotograph
from caseman.effects.views.blueprint import ask, effects, record
from caseman.media.codes import DerivativeKind
from caseman.media.receiving import keep, received
from caseman.media.sending import send_derivative, send_original
from caseman.permissions import Permission
from caseman.web.guards import requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _


@effects.route("/effects/<path:number>/photographs/new", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def add_photographs(number: str) -> ResponseReturnValue:
    effect = record(number)
    form = MorePhotographsForm()
    if form.validate_on_submit():
        files = received(form)
        if files:
            for file in files:
                services.attach_photograph(session, effect, file, form.caption.data)
            return redirect(url_for(".show", number=number))
        if files is not None:
            form.photographs.errors = [_("Choose at least one photograph.")]
    if form.is_submitted():
        keep(form)
    return ask(effect, form, _("Add photographs"))


@effects.get("/effects/<path:number>/photographs/<int:photograph_id>/<kind>")
@requires(Permission.REMAINS_READ)
def photograph(number: str, photograph_id: int, kind: str) -> ResponseReturnValue:
    picture = _picture(number, photograph_id)
    wanted = found(kind if kind in set(DerivativeKind) else None)
    return send_derivative(picture.media_file, DerivativeKind(wanted))


@effects.get("/effects/<path:number>/photographs/<int:photograph_id>/original")
@requires(Permission.REMAINS_READ)
def original(number: str, photograph_id: int) -> ResponseReturnValue:
    picture = _picture(number, photograph_id)
    opened(picture)
    return send_original(picture.media_file)


def _picture(number: str, photograph_id: int) -> EffectPhotograph:
    pictures = record(number).photographs
    return found(next((each for each in pictures if each.id == photograph_id), None))

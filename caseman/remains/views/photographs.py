"""Photographs of remains: shown as clean copies only, blurred until they are opened."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.media.codes import DerivativeKind
from caseman.media.receiving import keep, received
from caseman.media.sending import send_derivative, send_original
from caseman.permissions import Permission
from caseman.remains import services
from caseman.remains.forms.examination import MorePhotographsForm
from caseman.remains.models import RemainsPhotograph
from caseman.remains.views.blueprint import ask, record, remains
from caseman.web.guards import requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _


@remains.route("/remains/<number>/photographs/new", methods=["GET", "POST"])
@requires(Permission.REMAINS_WRITE)
def add_photographs(number: str) -> ResponseReturnValue:
    row = record(number)
    form = MorePhotographsForm()
    if form.validate_on_submit():
        files = received(form)
        if files:
            said = form.to(services.NewPhotograph)
            for file in files:
                services.attach_photograph(session, row, file, said)
            return redirect(url_for(".show", number=row.number))
        if files is not None:
            form.photographs.errors = [_("Choose at least one photograph.")]
    if form.is_submitted():
        keep(form)
    return ask(row, form, _("Add photographs"))


@remains.get("/remains/<number>/photographs/<int:photograph_id>/<kind>")
@requires(Permission.REMAINS_READ)
def photograph(number: str, photograph_id: int, kind: str) -> ResponseReturnValue:
    picture = _picture(number, photograph_id)
    wanted = found(kind if kind in set(DerivativeKind) else None)
    return send_derivative(picture.media_file, DerivativeKind(wanted))


@remains.get("/remains/<number>/photographs/<int:photograph_id>/original")
@requires(Permission.REMAINS_READ)
def original(number: str, photograph_id: int) -> ResponseReturnValue:
    picture = _picture(number, photograph_id)
    opened(picture)
    return send_original(picture.media_file)


def _picture(number: str, photograph_id: int) -> RemainsPhotograph:
    pictures = record(number).photographs
    return found(next((each for each in pictures if each.id == photograph_id), None))

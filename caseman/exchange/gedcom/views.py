"""Pages on which a family tree is taken out as GEDCOM."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from caseman.accounts.identity import actor
from caseman.exchange.exports.services import Refused
from caseman.exchange.exports.views import too_many
from caseman.exchange.gedcom import services
from caseman.exchange.gedcom.forms import TakeOutForm
from caseman.exchange.gedcom.services import TreeStaysError, Wanted
from caseman.permissions import Permission
from caseman.reports.queries import person_by_number
from caseman.web import unit_of_work
from caseman.web.guards import current_scope, may, requires
from caseman.web.installation import installation
from caseman.web.unit_of_work import found
from caseman.web.words import refusal

gedcom = Blueprint("gedcom", __name__, url_prefix="/missing/<number>/relatives/gedcom")

MEDIA_TYPE = "text/vnd.familysearch.gedcom"


@gedcom.route("/export", methods=["GET", "POST"])
@requires(Permission.EXPORT, beside=Permission.REPORT_READ)
def take_out(number: str) -> ResponseReturnValue:
    form = TakeOutForm()
    if not may(Permission.CONTACT_READ):
        del form.with_names
    if not form.validate_on_submit():
        return _out_page(form, number), 422 if form.errors else 200
    is_named = "with_names" in form and form.with_names.data
    wanted = Wanted(form.file.data, form.recipient.data, is_named, form.purpose.data)
    # In a transaction of its own: that it was refused must be on record too.
    try:
        with installation().sessions.transaction(actor=actor()) as session:
            taken = services.take_out(session, current_scope(), number, wanted)
    except TreeStaysError as refused:
        form.form_errors.append(refusal(refused))
        return _out_page(form, number), 422
    if taken is None:
        raise NotFound
    if isinstance(taken, Refused):
        form.form_errors.append(too_many(taken))
        return _out_page(form, number), 429
    disposition = {"Content-Disposition": f'attachment; filename="{number}.ged"'}
    return Response(taken, content_type=f"{MEDIA_TYPE}; charset=utf-8", headers=disposition)


def _out_page(form: TakeOutForm, number: str) -> str:
    person = found(person_by_number(unit_of_work.session, current_scope(), number))
    return render_template("exchange/tree_out.html", form=form, person=person)

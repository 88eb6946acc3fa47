"""Coded samples: the list, and one with its steps."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.accounts.reading import opened
from caseman.database import now
from caseman.laboratory import queries, services
from caseman.laboratory.codes import BY_HAND, STEPS
from caseman.laboratory.forms import SpecimenFilterForm, StepForm
from caseman.laboratory.models import Specimen
from caseman.laboratory.reading.markers import kits
from caseman.laboratory.views.blueprint import laboratory, say_why, specimen_of
from caseman.permissions import Permission
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import session

ORDERS = {"code": Specimen.code}


@laboratory.get("")
@requires(Permission.LABORATORY_READ)
def index() -> ResponseReturnValue:
    form = SpecimenFilterForm()
    valid = form.validate()
    statement = queries.specimens(current_scope(), form.wanted())
    page = paginate(session, statement, ORDERS, Specimen.id)
    html = render_template("laboratory/specimens.html", page=page, form=form, active=form.active)
    return html, 200 if valid else 422


@laboratory.get("/specimens/<code>")
@requires(Permission.LABORATORY_READ)
def specimen(code: str) -> ResponseReturnValue:
    row = specimen_of(code)
    opened(row)
    following = STEPS[row.status] & BY_HAND
    return render_template(
        "laboratory/specimen.html", specimen=row, following=following, kits=kits()
    )


@laboratory.route("/specimens/<code>/step", methods=["GET", "POST"])
@requires(Permission.LABORATORY_WRITE)
def step(code: str) -> ResponseReturnValue:
    row = specimen_of(code)
    form = StepForm(data={"version": row.version, "happened_on": now().date()})
    form.offer(row.status)
    if form.validate_on_submit():
        form.expects(row.version)
        try:
            services.advance(session, row, form.to(services.Step, by=own_account()))
        except services.StepRefusedError as refused:
            say_why(form, refused)
        else:
            return redirect(url_for(".specimen", code=code))
    page = render_template("laboratory/step.html", form=form, specimen=row)
    return page, 422 if form.errors else 200

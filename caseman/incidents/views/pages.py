"""Incidents: the list, one incident, registering and correcting."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.accounts.reading import opened
from caseman.incidents import queries, services
from caseman.incidents.forms import (
    CorrectIncidentForm,
    IncidentFilterForm,
    NewIncidentForm,
    incident_answers,
)
from caseman.incidents.models import Incident
from caseman.incidents.views.blueprint import incident_of, incidents, tie_kinds
from caseman.permissions import Permission
from caseman.sites import queries as site_queries
from caseman.sites.models import Site
from caseman.web.forms.conflicts import conflict
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _

SORTS = {
    "-day": Incident.first_day,
    "day": Incident.first_day,
    "name": Incident.name,
    "kind": Incident.kind,
}


@incidents.get("")
@requires(Permission.INCIDENT_READ)
def index() -> ResponseReturnValue:
    form = IncidentFilterForm()
    valid = form.validate()
    page = paginate(
        session,
        queries.incidents(current_scope()),
        SORTS,
        Incident.id,
        filters=queries.conditions(session, form.wanted()),
    )
    html = render_template("incidents/index.html", page=page, form=form)
    return html, 200 if valid else 422


@incidents.get("/<number>")
@requires(Permission.INCIDENT_READ)
def show(number: str) -> ResponseReturnValue:
    incident = incident_of(number)
    opened(incident)
    scope = current_scope()
    ties = [
        (kind, session.scalars(kind.ties(scope, incident).order_by(kind.model.id)).all())
        for kind in tie_kinds.open_to(scope)
    ]
    return render_template("incidents/show.html", incident=incident, ties=ties)


@incidents.route("/new", methods=["GET", "POST"])
@requires(Permission.INCIDENT_WRITE)
def new() -> ResponseReturnValue:
    form = _new_form()
    site = _site_of(form) if form.validate_on_submit() else None
    if form.errors or not form.is_submitted():
        return render_template("incidents/form.html", form=form), 422 if form.errors else 200
    facts = form.to(services.IncidentFacts)
    incident = services.register_incident(session, form.operation_id.data, facts)
    if site is not None:
        services.tie_site(session, incident, site, by=own_account())
    flash(_("The incident %(number)s is registered.", number=incident.number), "done")
    return redirect(url_for(".show", number=incident.number))


def _new_form() -> NewIncidentForm:
    form = NewIncidentForm(data={"site_code": request.args.get("site", "")[:8]})
    form.operation_id.choices = [
        (operation.id, f"{operation.code} {operation.name}")
        for operation in site_queries.operations(session, current_scope())
    ]
    return form


def _site_of(form: NewIncidentForm) -> Site | None:
    """Return the site that was typed; whoever sees single sites only must name one of them."""
    code, operation_id = form.site_code.data.upper(), form.operation_id.data
    if not code and operation_id not in current_scope().whole_operation_ids:
        form.site_code.errors = [_("Name a site you work on, else you would not see it again.")]
        return None
    site = site_queries.site_by_code(session, current_scope(), code) if code else None
    if code and (site is None or site.operation_id != operation_id):
        form.site_code.errors = [_("There is no site %(code)s in this operation.", code=code)]
    return site


@incidents.route("/<number>/correct", methods=["GET", "POST"])
@requires(Permission.INCIDENT_WRITE)
def correct(number: str) -> ResponseReturnValue:
    incident = incident_of(number)
    form = CorrectIncidentForm(data=incident_answers(incident))
    if not form.validate_on_submit():
        page = render_template("incidents/form.html", form=form, incident=incident)
        return page, 422 if form.errors else 200
    stored = CorrectIncidentForm(formdata=None, data=incident_answers(incident))
    if differences := conflict(form, stored, incident.version):
        page = render_template(
            "incidents/form.html", form=form, incident=incident, differences=differences
        )
        return page, 409
    services.correct_incident(incident, form.to(services.IncidentFacts))
    return redirect(url_for(".show", number=number))

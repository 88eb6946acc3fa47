"""Tying an incident to something by its number, loosening the tie, and undoing that."""

from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session, joinedload
from werkzeug.exceptions import BadRequest

from caseman.accounts.identity import own_account
from caseman.coding import N_
from caseman.incidents import queries, services
from caseman.incidents.forms import StepForm, TieForm
from caseman.incidents.models import Incident, IncidentSite
from caseman.incidents.views.blueprint import (
    Shown,
    TieKind,
    incident_of,
    incidents,
    tie_kind,
    tie_kinds,
    tie_of,
)
from caseman.permissions import Permission, Scope
from caseman.sites.models import Site
from caseman.sites.queries import site_by_code
from caseman.sites.scope import within_sites
from caseman.web.guards import current_scope, requires
from caseman.web.links import link
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import lazy_gettext

STEPS = {"loosen": services.loosen, "again": services.tie_again}


@incidents.route("/<number>/<key>/tie", methods=["GET", "POST"])
@requires(Permission.INCIDENT_WRITE)
def tie(number: str, key: str) -> ResponseReturnValue:
    incident, kind, form = incident_of(number), tie_kind(key), TieForm()
    form.target.label.text = kind.number
    target = _target(form, kind, incident) if form.validate_on_submit() else None
    if target is None:
        page = render_template("incidents/tie.html", form=form, incident=incident, kind=kind)
        return page, 422 if form.errors else 200
    row = kind.model(incident=incident, why=form.why.data, **{kind.target.key: target.id})
    services.tie(session, row, kind.target, own_account())
    return redirect(url_for(".show", number=number))


def _target(form: TieForm, kind: TieKind, incident: Incident) -> Any | None:  # noqa: ANN401 - a row of the kind's own model
    typed = form.target.data
    target = kind.find(session, current_scope(), incident, typed)
    if target is None:
        form.target.errors = [_(kind.unknown, number=typed)]
    return target


@incidents.post("/<number>/<key>/<int(max=2147483647):tie_id>/<step>")
@requires(Permission.INCIDENT_WRITE)
def step(number: str, key: str, tie_id: int, step: str) -> ResponseReturnValue:
    """Loosen a tie, or undo that; a team may thereby lose sight of the incident."""
    incident = incident_of(number)
    row = tie_of(tie_kind(key), incident, tie_id)
    act = found(STEPS.get(step))
    if not StepForm().validate_on_submit():
        raise BadRequest
    act(row)
    if row.loosened_at:
        flash(_("It is tied no more. Below you can undo this."), "done")
    session.flush()
    if queries.incident_by_number(session, current_scope(), number):
        return redirect(url_for(".show", number=number))
    return redirect(url_for(".index"))


def _site(session: Session, scope: Scope, incident: Incident, typed: str) -> Site | None:
    site = site_by_code(session, scope, typed.upper())
    return site if site is not None and site.operation_id == incident.operation_id else None


def _within(statement: sa.Select[Any], scope: Scope) -> sa.Select[Any]:
    statement = statement.options(joinedload(IncidentSite.site), joinedload(IncidentSite.tied_by))
    return within_sites(statement, IncidentSite.site_id, scope)


def _shown(row: IncidentSite) -> Shown:
    return Shown(row.site.code, row.site.name, link("sites.show", code=row.site.code))


tie_kinds.add(
    TieKind(
        key="sites",
        permission=Permission.SITE_READ,
        title=lazy_gettext("Sites it explains"),
        absent=lazy_gettext("No site is tied to it yet."),
        add=lazy_gettext("Tie a site to it"),
        number=lazy_gettext("Code of a site"),
        unknown=N_("There is no site %(number)s here."),
        model=IncidentSite,
        target=IncidentSite.site_id,
        find=_site,
        within=_within,
        show=_shown,
    )
)

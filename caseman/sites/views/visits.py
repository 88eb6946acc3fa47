"""Visits to a site: the list, one visit, recording and correcting it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.reading import opened
from caseman.permissions import Permission
from caseman.sites import queries, services
from caseman.sites.codes import HazardState
from caseman.sites.forms import VisitForm, visit_answers
from caseman.sites.models import Site, SiteVisit
from caseman.sites.views.blueprint import site_of, sites
from caseman.web.forms.conflicts import conflict
from caseman.web.guards import current_scope, requires
from caseman.web.paging import paginate
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

BY_DAY = {"-day": SiteVisit.first_day, "day": SiteVisit.first_day}
VISIT = "/<code>/visits/<int(max=2147483647):visit_id>"


@sites.get("/<code>/visits")
@requires(Permission.SITE_READ)
def visits(code: str) -> ResponseReturnValue:
    site = site_of(code)
    opened(site)
    page = paginate(session, queries.visits_to(site), BY_DAY, SiteVisit.id)
    return render_template("sites/visits.html", site=site, page=page)


@sites.route("/<code>/visits/new", methods=["GET", "POST"])
@requires(Permission.SITE_WRITE)
def new_visit(code: str) -> ResponseReturnValue:
    site = site_of(code)
    form = VisitForm(data={"authority": site.authority, "team_id": _own_team(site)})
    _offer_teams(form, site)
    if not form.validate_on_submit():
        page = render_template("sites/visit_form.html", form=form, site=site)
        return page, 422 if form.errors else 200
    visit = services.record_visit(session, site, form.to(services.VisitFacts, **form.facts()))
    flash(_("The visit is recorded."), "done")
    if visit.hazard in {HazardState.SUSPECTED, HazardState.FOUND}:
        flash(_("Write the danger into the record of the site, where everybody reads it first."))
    return redirect(url_for(".visit", code=code, visit_id=visit.id))


def _offer_teams(form: VisitForm, site: Site) -> None:
    teams = [(team.id, f"{team.code} {team.name}") for team in queries.teams_of(session, site)]
    form.team_id.choices = [(0, _("No team of ours")), *teams]


def _own_team(site: Site) -> int:
    mine = current_scope().team_ids
    return next((team.id for team in queries.teams_of(session, site) if team.id in mine), 0)


def _visit(code: str, visit_id: int) -> SiteVisit:
    return found(queries.visit_to(session, site_of(code), visit_id))


@sites.get(VISIT)
@requires(Permission.SITE_READ)
def visit(code: str, visit_id: int) -> ResponseReturnValue:
    row = _visit(code, visit_id)
    opened(row)
    return render_template("sites/visit.html", visit=row, site=row.site)


@sites.route(f"{VISIT}/correct", methods=["GET", "POST"])
@requires(Permission.SITE_WRITE)
def correct_visit(code: str, visit_id: int) -> ResponseReturnValue:
    row = _visit(code, visit_id)
    form = VisitForm(data=visit_answers(row))
    _offer_teams(form, row.site)
    if not form.validate_on_submit():
        page = render_template("sites/visit_form.html", form=form, site=row.site, visit=row)
        return page, 422 if form.errors else 200
    stored = VisitForm(formdata=None, data=visit_answers(row))
    _offer_teams(stored, row.site)
    if differences := conflict(form, stored, row.version):
        page = render_template(
            "sites/visit_form.html", form=form, site=row.site, visit=row, differences=differences
        )
        return page, 409
    services.correct_visit(row, form.to(services.VisitFacts, **form.facts()))
    return redirect(url_for(".visit", code=code, visit_id=visit_id))

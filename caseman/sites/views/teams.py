"""Which teams work on a site, and so see it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from caseman.accounts.models import Team
from caseman.permissions import Permission
from caseman.sites import queries, services
from caseman.sites.forms import AssignForm, UnassignForm
from caseman.sites.models import Site
from caseman.sites.views.blueprint import site_of, sites
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _


@sites.route("/<code>/teams", methods=["GET", "POST"])
@requires(Permission.SITE_ASSIGN)
def teams(code: str) -> ResponseReturnValue:
    site = site_of(code)
    form = AssignForm()
    others = queries.teams_elsewhere(session, site)
    form.team_id.choices = [(team.id, f"{team.code} {team.name}") for team in others]
    if not form.validate_on_submit():
        rows = queries.teams_on(session, site)
        page = render_template("sites/teams.html", form=form, site=site, teams=rows)
        return page, 422 if form.errors else 200
    services.assign(session, site, _team(site, form.team_id.data))
    return redirect(url_for(".teams", code=code))


@sites.post("/<code>/teams/<int:team_id>/remove")
@requires(Permission.SITE_ASSIGN)
def unassign(code: str, team_id: int) -> ResponseReturnValue:
    site = site_of(code)
    if not UnassignForm().validate_on_submit():
        raise BadRequest
    team = _team(site, team_id)
    services.unassign(session, site, team)
    flash(_("%(team)s no longer works on %(site)s.", team=team.name, site=site.code), "done")
    if queries.sees(session, current_scope(), site):
        return redirect(url_for(".teams", code=code))
    return redirect(url_for(".index"))


def _team(site: Site, team_id: int) -> Team:
    team = session.get(Team, team_id)
    return found(team if team is not None and team.operation_id == site.operation_id else None)

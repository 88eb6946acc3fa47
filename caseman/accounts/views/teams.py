"""Operations and teams."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from caseman.accounts.forms.users import (
    ConfirmForm,
    MemberForm,
    NewTeamForm,
    OperationForm,
    TeamForm,
)
from caseman.accounts.identity import own_account
from caseman.accounts.models import Membership, Operation, Team, User
from caseman.accounts.queries import all_operations, all_teams, all_users
from caseman.accounts.services import teams as services
from caseman.permissions import Permission
from caseman.web.guards import requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import refusal

teams = Blueprint("teams", __name__)


@teams.get("/teams")
@requires(Permission.USER_MANAGE, Permission.AUDIT_READ)
def index() -> ResponseReturnValue:
    rows = [
        {
            "code": f"{team.operation.code} {team.code}",
            "name": team.name,
            "members": len(team.memberships),
            "covers_operation": team.covers_operation,
            "url": url_for(".show", team_id=team.id),
        }
        for team in all_teams(session)
    ]
    return render_template("accounts/teams.html", rows=rows, operations=all_operations(session))


@teams.route("/operations/new", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE)
def new_operation() -> ResponseReturnValue:
    form = OperationForm()
    if not form.validate_on_submit():
        page = render_template("accounts/new_operation.html", form=form)
        return page, 422 if form.errors else 200
    try:
        services.open_operation(session, form.to(services.NewOperation))
    except services.DuplicateCodeError as refused:
        form.code.errors = [refusal(refused)]
        return render_template("accounts/new_operation.html", form=form), 409
    return redirect(url_for(".index"))


@teams.route("/operations/<int:operation_id>/teams/new", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE)
def new_team(operation_id: int) -> ResponseReturnValue:
    operation = found(session.get(Operation, operation_id))
    form = NewTeamForm()
    if not form.validate_on_submit():
        page = render_template("accounts/new_team.html", form=form, operation=operation)
        return page, 422 if form.errors else 200
    try:
        team = services.form_team(session, operation, form.to(services.NewTeam))
    except services.DuplicateCodeError as refused:
        form.code.errors = [refusal(refused)]
        return render_template("accounts/new_team.html", form=form, operation=operation), 409
    return redirect(url_for(".show", team_id=team.id))


@teams.get("/teams/<int:team_id>")
@requires(Permission.USER_MANAGE, Permission.AUDIT_READ)
def show(team_id: int) -> ResponseReturnValue:
    team = found(session.get(Team, team_id))
    return render_template("accounts/team.html", team=team, member_form=_member_form(team))


def _member_form(team: Team) -> MemberForm:
    form = MemberForm()
    inside = {membership.user_id for membership in team.memberships}
    form.user_id.choices = [
        (user.id, f"{user.name} ({user.username})")
        for user in all_users(session)
        if user.active and user.id not in inside
    ]
    return form


@teams.route("/teams/<int:team_id>/change", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE)
def change(team_id: int) -> ResponseReturnValue:
    team = found(session.get(Team, team_id))
    form = TeamForm(obj=team)
    if not form.validate_on_submit():
        page = render_template("accounts/change_team.html", form=form, team=team)
        return page, 422 if form.errors else 200
    form.expects(team.version)
    services.change_team(session, team, form.to(services.TeamChange), own_account())
    return redirect(url_for(".show", team_id=team.id))


@teams.post("/teams/<int:team_id>/members")
@requires(Permission.USER_MANAGE)
def add_member(team_id: int) -> ResponseReturnValue:
    team = found(session.get(Team, team_id))
    form = _member_form(team)
    if not form.validate_on_submit():
        return render_template("accounts/team.html", team=team, member_form=form), 422
    user = found(session.get(User, form.user_id.data))
    services.add_member(session, team, user, own_account())
    return redirect(url_for(".show", team_id=team.id))


@teams.post("/teams/<int:team_id>/members/<int:membership_id>/remove")
@requires(Permission.USER_MANAGE)
def remove_member(team_id: int, membership_id: int) -> ResponseReturnValue:
    if not ConfirmForm().validate_on_submit():
        raise BadRequest
    membership = found(session.get(Membership, membership_id))
    found(membership if membership.team_id == team_id else None)
    services.remove_member(session, membership, own_account())
    return redirect(url_for(".show", team_id=team_id))

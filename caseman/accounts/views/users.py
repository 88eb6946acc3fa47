"""Accounts and roles, for those who manage them; auditors may look."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from caseman.accounts.forms.users import ConfirmForm, GrantForm, InviteForm
from caseman.accounts.fresh import fresh_sign_in
from caseman.accounts.identity import own_account
from caseman.accounts.models import RoleGrant, User
from caseman.accounts.queries import account_state, all_persons, all_users, grant_state, open_reset
from caseman.accounts.services import roles, users
from caseman.database import now
from caseman.permissions import SENSITIVE_ROLES, Permission
from caseman.web.guards import requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _
from caseman.web.words import refusal

people = Blueprint("users", __name__, url_prefix="/users")


@people.get("")
@requires(Permission.USER_MANAGE, Permission.AUDIT_READ)
def index() -> ResponseReturnValue:
    search = request.args.get("q", "")
    rows = [
        {
            "name": user.name,
            "username": user.username,
            "roles": sorted(user.live_roles),
            "state": account_state(user),
            "url": url_for(".show", user_id=user.id),
        }
        for user in all_users(session, search)
    ]
    return render_template("accounts/users.html", rows=rows, search=search)


@people.route("/invite", methods=["GET", "POST"])
@requires(Permission.USER_MANAGE)
@fresh_sign_in
def invite() -> ResponseReturnValue:
    form = InviteForm()
    known = [(str(person.id), person.name) for person in all_persons(session)]
    form.person_id.choices = [("", _("No, this is the first")), *known]
    if not form.validate_on_submit():
        page = render_template("accounts/invite.html", form=form)
        return page, 422 if form.errors else 200
    try:
        user, code = users.invite(session, form.to(users.NewUser), own_account())
    except users.UsernameError as refused:
        form.username.errors = [refusal(refused)]
        return render_template("accounts/invite.html", form=form), 409
    return render_template("accounts/code.html", user=user, code=code, purpose="invitation")


@people.get("/<int:user_id>")
@requires(Permission.USER_MANAGE, Permission.AUDIT_READ)
@fresh_sign_in
def show(user_id: int) -> ResponseReturnValue:
    user = found(session.get(User, user_id))
    at = now()
    return render_template(
        "accounts/user.html",
        user=user,
        state=account_state(user),
        grants=[(given, grant_state(given, at)) for given in user.grants],
        reset=open_reset(session, user),
        grant_form=GrantForm(),
        is_own=user.person_id == own_account().person_id,
    )


@people.post("/<int:user_id>/roles")
@requires(Permission.USER_MANAGE)
@fresh_sign_in
def grant(user_id: int) -> ResponseReturnValue:
    user = found(session.get(User, user_id))
    form = GrantForm()
    if not form.validate_on_submit():
        flash(_("Choose a role."), "warning")
        return redirect(url_for(".show", user_id=user.id))
    roles.grant(session, user, form.role.data, own_account())
    if form.role.data in SENSITIVE_ROLES:
        flash(_("The role waits for a second person, who finds it under Confirmations."), "info")
    return redirect(url_for(".show", user_id=user.id))


@people.post("/<int:user_id>/roles/<int:grant_id>/revoke")
@requires(Permission.USER_MANAGE)
@fresh_sign_in
def revoke(user_id: int, grant_id: int) -> ResponseReturnValue:
    given = found(session.get(RoleGrant, grant_id))
    found(given if given.user_id == user_id else None)
    _check_token()
    roles.revoke(session, given, own_account())
    return redirect(url_for(".show", user_id=user_id))


def _check_token() -> None:
    if not ConfirmForm().validate_on_submit():
        raise BadRequest


@people.post("/<int:user_id>/invite-again")
@requires(Permission.USER_MANAGE)
@fresh_sign_in
def invite_again(user_id: int) -> ResponseReturnValue:
    user = found(session.get(User, user_id))
    _check_token()
    code = users.invite_again(session, user, own_account())
    return render_template("accounts/code.html", user=user, code=code, purpose="invitation")


@people.post("/<int:user_id>/deactivate")
@requires(Permission.USER_MANAGE)
@fresh_sign_in
def deactivate(user_id: int) -> ResponseReturnValue:
    user = found(session.get(User, user_id))
    _check_token()
    users.deactivate(session, user, own_account())
    return redirect(url_for(".show", user_id=user_id))


@people.post("/<int:user_id>/reactivate")
@requires(Permission.USER_MANAGE)
@fresh_sign_in
def reactivate(user_id: int) -> ResponseReturnValue:
    user = found(session.get(User, user_id))
    _check_token()
    users.reactivate(session, user, own_account())
    return redirect(url_for(".show", user_id=user_id))

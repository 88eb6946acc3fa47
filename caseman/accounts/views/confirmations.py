"""What waits for a second person: sensitive roles and lost second factors."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from caseman.accounts.forms.users import ConfirmForm, LostFactorForm
from caseman.accounts.fresh import fresh_sign_in
from caseman.accounts.identity import own_account
from caseman.accounts.models import RoleGrant, SecondFactorReset, User
from caseman.accounts.queries import all_users, open_resets, waiting_grants
from caseman.accounts.services import roles, second_factor
from caseman.permissions import Permission
from caseman.web.guards import requires
from caseman.web.unit_of_work import found, session
from caseman.web.words import gettext as _

confirmations = Blueprint("confirmations", __name__, url_prefix="/confirmations")


def _check_token() -> None:
    if not ConfirmForm().validate_on_submit():
        raise BadRequest


@confirmations.get("")
@requires(Permission.SENSITIVE_GRANT, Permission.USER_MANAGE)
@fresh_sign_in
def index() -> ResponseReturnValue:
    return render_template(
        "accounts/confirmations.html",
        grants=waiting_grants(session),
        resets=open_resets(session),
        own_person_id=own_account().person_id,
    )


@confirmations.post("/roles/<int:grant_id>")
@requires(Permission.SENSITIVE_GRANT)
@fresh_sign_in
def confirm_role(grant_id: int) -> ResponseReturnValue:
    _check_token()
    given = found(session.get(RoleGrant, grant_id))
    roles.confirm(session, given, own_account())
    flash(_("The role is in force for twelve months."), "done")
    return redirect(url_for(".index"))


@confirmations.post("/roles/<int:grant_id>/refuse")
@requires(Permission.SENSITIVE_GRANT)
@fresh_sign_in
def refuse_role(grant_id: int) -> ResponseReturnValue:
    _check_token()
    roles.refuse(session, found(session.get(RoleGrant, grant_id)), own_account())
    return redirect(url_for(".index"))


@confirmations.route("/second-factor/new", methods=["GET", "POST"])
@requires(Permission.SENSITIVE_GRANT, Permission.USER_MANAGE)
@fresh_sign_in
def ask() -> ResponseReturnValue:
    form = LostFactorForm()
    form.user_id.choices = [(user.id, user.name) for user in all_users(session) if user.active]
    if not form.validate_on_submit():
        page = render_template("accounts/lost_second_factor.html", form=form)
        return page, 422 if form.errors else 200
    user = found(session.get(User, form.user_id.data))
    second_factor.ask_reset(session, user, own_account(), form.reason.data)
    flash(_("Another person must confirm it now."), "info")
    return redirect(url_for(".index"))


@confirmations.post("/second-factor/<int:reset_id>")
@requires(Permission.SENSITIVE_GRANT, Permission.USER_MANAGE)
@fresh_sign_in
def confirm(reset_id: int) -> ResponseReturnValue:
    _check_token()
    reset = found(session.get(SecondFactorReset, reset_id))
    code = second_factor.confirm_reset(session, reset, own_account())
    return render_template(
        "accounts/code.html", user=reset.user, code=code, purpose="second factor"
    )


@confirmations.post("/second-factor/<int:reset_id>/withdraw")
@requires(Permission.SENSITIVE_GRANT, Permission.USER_MANAGE)
@fresh_sign_in
def withdraw(reset_id: int) -> ResponseReturnValue:
    _check_token()
    reset = found(session.get(SecondFactorReset, reset_id))
    second_factor.withdraw_reset(session, reset, own_account())
    return redirect(url_for(".index"))

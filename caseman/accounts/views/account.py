"""One's own account: password, second factor, language, sessions; and how it first opens."""

from typing import cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from caseman.accounts.forms.account import ChangePasswordForm, InvitationForm, LanguageForm
from caseman.accounts.forms.users import ConfirmForm
from caseman.accounts.identity import own_account, stay_signed_in
from caseman.accounts.models import ServerSession, User
from caseman.accounts.queries import live_sessions
from caseman.accounts.services import sessions, users
from caseman.accounts.sessions import BrowserSession
from caseman.accounts.state import accounts_state, hasher
from caseman.accounts.throttles import spend_invitation
from caseman.accounts.usernames import normal_username
from caseman.permissions import Permission
from caseman.web.guards import requires
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _
from caseman.web.words import refusal

BROWSERS = ("Firefox", "Edg", "OPR", "SamsungBrowser", "Chrome", "Safari")
"""As browsers name themselves, the more special first: most also claim to be others."""
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")

account = Blueprint("account", __name__, url_prefix="/account")
invitations = Blueprint("invitations", __name__)


def _this_session() -> int | None:
    row = cast("BrowserSession", browser_session).row
    return row.id if row else None


@account.get("")
@requires(Permission.SIGNED_IN)
def show() -> ResponseReturnValue:
    user = own_account()
    return render_template(
        "accounts/account.html",
        user=user,
        language_form=LanguageForm(language=user.language),
        others_form=ConfirmForm(),
        sessions=[(row, _device(row)) for row in live_sessions(session, user)],
        here=_this_session(),
    )


def _device(row: ServerSession) -> str:
    agent = str(accounts_state().sessions.describe(row).get("device", ""))
    parts = (next((name for name in known if name in agent), "") for known in (BROWSERS, SYSTEMS))
    return " · ".join(part for part in parts if part)


@account.route("/password", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        page = render_template("accounts/password.html", form=form)
        return page, 422 if form.errors else 200
    new_hash = hasher().hash(str(form.new_password.data))
    user = own_account()
    users.set_password(user, new_hash)
    stay_signed_in(user)
    flash(_("Your password has been changed. You were signed out everywhere else."), "done")
    return redirect(url_for(".show"))


@account.post("/language")
@requires(Permission.SIGNED_IN)
def language() -> ResponseReturnValue:
    form = LanguageForm()
    if not form.validate_on_submit():
        return redirect(url_for(".show"))
    users.speak(own_account(), form.language.data)
    return redirect(
        url_for("language.choose", code=form.language.data, next=url_for("account.show"))
    )


@account.post("/sessions/end")
@requires(Permission.SIGNED_IN)
def end_other_sessions() -> ResponseReturnValue:
    if ConfirmForm().validate_on_submit():
        sessions.end_others(session, own_account(), keep=_this_session())
        flash(_("You were signed out everywhere else."), "done")
    return redirect(url_for(".show"))


@invitations.route("/invitation", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def accept() -> ResponseReturnValue:
    form = InvitationForm()
    if form.validate_on_submit() and _accepted(form):
        flash(_("Your password is set. Sign in with it now."), "done")
        return redirect(url_for("security.login"))
    page = render_template("accounts/invitation.html", form=form)
    return page, 422 if form.is_submitted() else 200


def _accepted(form: InvitationForm) -> User | None:
    spend_invitation(normal_username(form.username.data), request.remote_addr)
    new_hash = hasher().hash(str(form.new_password.data))
    try:
        return users.accept(session, form.username.data, form.one_time_secret.data, new_hash)
    except users.InvitationError as refused:
        form.form_errors.append(refusal(refused))
        return None

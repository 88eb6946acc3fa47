"""Sign-in: Flask-Security's views under our addresses, each with a permission."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from flask import (
    Blueprint,
    Flask,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as browser_session
from flask.typing import ResponseReturnValue
from flask_security import recovery_codes, views
from flask_security.tf_plugin import tf_check_state
from sqlalchemy import select

from caseman.accounts import signin, throttles
from caseman.accounts.credentials import note_refusal
from caseman.accounts.forms.signin import PaperCodeForm
from caseman.accounts.models import User
from caseman.accounts.services import second_factor
from caseman.permissions import Permission
from caseman.web import unit_of_work
from caseman.web.guards import is_signed_in, requires
from caseman.web.installation import installation
from caseman.web.unit_of_work import session
from caseman.web.words import gettext as _

security = Blueprint("security", __name__)
security.record_once(lambda state: signin.init_app(cast("Flask", state.app)))

View = Callable[[], ResponseReturnValue]
BOTH = ["GET", "POST"]


def _refusing(view: View) -> View:
    """Answer 422 where the library draws a posted form again with status 200."""

    @wraps(view)
    def answered() -> ResponseReturnValue:
        answer = view()
        return (answer, 422) if request.method == "POST" and isinstance(answer, str) else answer

    return answered


def _throttled(view: View) -> View:
    """Count a try of a second factor before anything looks at it; record a failed one."""

    @wraps(view)
    def counted() -> ResponseReturnValue:
        whose = browser_session.get("tf_user_id") or browser_session.get("_user_id")
        if request.method != "POST" or whose is None:
            return view()
        throttles.spend_code(whose, request.remote_addr)
        answer = _refusing(view)()
        if isinstance(answer, tuple):
            unit_of_work.discard()
            note_refusal("second factor", _name_of(whose))
        return answer

    return counted


def _name_of(session_key: str) -> str:
    with installation().sessions.read() as reader:
        user = reader.scalar(select(User).where(User.fs_uniquifier == session_key))
        return user.username if user else ""


def _enter_code() -> ResponseReturnValue:
    is_new = browser_session.get("tf_state") == "validating_profile"
    if is_signed_in() and not is_new:
        return redirect(url_for("account.show"))
    answer = views.two_factor_token_validation()
    if is_new and not isinstance(answer, str) and "_user_id" in browser_session:
        return redirect(url_for("security.mf_recovery_codes"))
    return cast("ResponseReturnValue", answer)


def _sign_out() -> ResponseReturnValue:
    answer: Response = make_response(views.logout())
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _route(rule: str, endpoint: str, permission: Permission, view: View) -> None:
    methods = ["POST"] if endpoint == "logout" else BOTH
    security.add_url_rule(rule, endpoint, requires(permission)(view), methods=methods)


_route("/sign-in", "login", Permission.PUBLIC, _refusing(views.login))
_route("/sign-out", "logout", Permission.SIGNED_IN, _sign_out)
_route("/sign-in/again", "verify", Permission.SIGNED_IN, _refusing(views.verify))
_route("/second-factor/new", "two_factor_setup", Permission.PUBLIC, views.two_factor_setup)
_route(
    "/second-factor",
    "two_factor_token_validation",
    Permission.PUBLIC,
    _throttled(_enter_code),
)
_route(
    "/second-factor/recovery",
    "mf_recovery",
    Permission.PUBLIC,
    _throttled(recovery_codes.mf_recovery),
)
_route(
    "/account/recovery-codes",
    "mf_recovery_codes",
    Permission.SIGNED_IN,
    recovery_codes.mf_recovery_codes,
)


def _restore() -> ResponseReturnValue:
    """Take the code that two people gave out in place of a lost second factor."""
    form = PaperCodeForm()
    user = cast("User | None", tf_check_state(["ready"]))
    if user is None:
        return redirect(url_for("security.login"))
    if form.validate_on_submit():
        if second_factor.use_reset(session, user, form.code.data):
            browser_session.update(tf_user_id=user.fs_uniquifier, tf_state="setup_from_login")
            return redirect(url_for("security.two_factor_setup"))
        form.code.errors = [_("This code is not right, or it was used or is too old.")]
    return render_template("security/lost_second_factor.html", form=form)


# The library's page of ways to enter a code leads here by this name.
_route("/second-factor/lost", "two_factor_rescue", Permission.PUBLIC, _throttled(_restore))

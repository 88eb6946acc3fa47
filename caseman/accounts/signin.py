"""Sets up sign-in: Flask-Login and Flask-Security over our sessions, accounts and forms.

Flask-Security brings a great deal that we do not use. Its own blueprint is not registered (ours
names the few views that are, each with a permission), tokens and JSON answers are off, and its
messages stay silent because our forms speak for themselves.
"""

from datetime import timedelta
from http import HTTPStatus
from typing import Any, cast

from flask import Flask, request, url_for
from flask import session as browser_session
from flask_login import LoginManager, user_logged_in, user_logged_out
from flask_security import Security

from caseman.accounts import identity
from caseman.accounts.datastore import AccountDatastore, DigestedCodes
from caseman.accounts.forms import signin as forms
from caseman.accounts.models import User
from caseman.accounts.passwords import Cost, Hasher, TooBusyError
from caseman.accounts.sessions import Lifetime, ServerSessions, Vault
from caseman.accounts.state import AccountsState
from caseman.accounts.throttles import TooManyTriesError, forgive_passwords
from caseman.accounts.totp import SingleUseTotp
from caseman.accounts.usernames import normal_username
from caseman.audit.codes import Action
from caseman.audit.recorder import Actor, note_act
from caseman.sealing.keys import Keyring
from caseman.web import errors
from caseman.web.installation import KEY, Installation, installation
from caseman.web.unit_of_work import session

errors.status_of[TooManyTriesError] = HTTPStatus.TOO_MANY_REQUESTS
errors.status_of[TooBusyError] = HTTPStatus.SERVICE_UNAVAILABLE

FRESH_FOR = timedelta(minutes=10)
ISSUER = "caseman"
LONGEST_DEVICE = 200


def init_app(app: Flask) -> None:
    """Join accounts to ``app``, after the kit and before any page."""
    place = cast("Installation", app.extensions[KEY])
    keyring = cast("Keyring", place.sessions.info["keyring"])
    config = place.config
    lifetime = Lifetime(
        timedelta(minutes=config.idle_minutes), timedelta(hours=config.session_hours)
    )
    AccountsState(
        hasher=Hasher(Cost(memory_kib=config.password_memory_kib)),
        sessions=ServerSessions(place.sessions, Vault(keyring), lifetime),
    ).install(app)
    place.sessions.info["second_factor_required"] = config.second_factor
    place.on_session_open.append(identity.introduce)
    place.preferred_language = identity.preferred_language
    place.sign_in_endpoint = "security.login"
    _set_up_security(app, keyring)
    app.context_processor(_page_variables)
    user_logged_in.connect(_note_sign_in, app)
    user_logged_out.connect(_note_sign_out, app)


def _set_up_security(app: Flask, keyring: Keyring) -> None:
    app.config.update(settings(keyring))
    security = Security(
        app,
        AccountDatastore(),
        register_blueprint=False,
        totp_cls=SingleUseTotp,
        mf_recovery_codes_util_cls=DigestedCodes,
        login_form=forms.SignInForm,
        logout_form=forms.SignOutForm,
        verify_form=forms.SignInAgainForm,
        two_factor_setup_form=forms.SecondFactorSetupForm,
        two_factor_verify_code_form=forms.CodeForm,
        two_factor_rescue_form=forms.OtherWaysForm,
        mf_recovery_form=forms.RecoveryCodeForm,
        mf_recovery_codes_form=forms.NewRecoveryCodesForm,
    )
    security.want_json(lambda _request: False)
    manager: LoginManager = security.login_manager
    manager.session_protection = None  # a phone's address changes; the session's id does not
    manager.user_loader(identity.load_account)
    manager.request_loader(lambda _request: None)


def settings(keyring: Keyring) -> dict[str, Any]:
    """Return what Flask-Security reads from the application's configuration."""
    chosen = {
        "TWO_FACTOR": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "TWO_FACTOR_POST_SETUP_VIEW": "account.show",
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "TOTP_SECRETS": {1: keyring.derived("second factors").hex()},
        "TOTP_ISSUER": ISSUER,
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        "PASSWORD_SINGLE_HASH": ["argon2"],
        "PASSWORD_SALT": keyring.derived("unused").hex(),
        "USER_IDENTITY_ATTRIBUTES": [{"username": {"mapper": normal_username}}],
        "API_ENABLED_METHODS": ["session"],
        "FRESHNESS": FRESH_FOR,
        "FRESHNESS_GRACE_PERIOD": FRESH_FOR,
        "POST_LOGIN_VIEW": "/",
        "POST_LOGOUT_VIEW": "security.login",
        "FLASH_MESSAGES": False,
        "CLI_USERS_NAME": None,
        "CLI_ROLES_NAME": None,
    }
    return {f"SECURITY_{name}": value for name, value in chosen.items()}


def _page_variables() -> dict[str, object]:
    return {
        "account_url": url_for("account.show"),
        "sign_out_url": url_for("security.logout"),
        "second_factor_required": installation().config.second_factor,
    }


def _note_sign_in(_app: Flask, user: User, **_: object) -> None:
    session.info["actor"] = Actor(user.username, user.id)
    browser_session["device"] = request.user_agent.string[:LONGEST_DEVICE]
    forgive_passwords(session, user.username, request.remote_addr)
    note_act(session, Action.SIGN_IN, user.username)


def _note_sign_out(_app: Flask, user: User, **_: object) -> None:
    note_act(session, Action.SIGN_OUT, user.username)

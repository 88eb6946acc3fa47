"""Who acts in the current request: for the guards, for the audit trail, for the language."""

from typing import cast

from flask import g, request
from flask import session as browser_session
from flask_login import current_user
from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.accounts.sessions import BrowserSession
from caseman.audit.recorder import PUBLIC, Actor
from caseman.web.guards import is_signed_in
from caseman.web.unit_of_work import SAFE_METHODS, session
from caseman.writing import clean_line

REASON_FIELD = "reason"
LONGEST_REASON = 1000


def load_account(session_key: str) -> User | None:
    """Return the account that the server's own session names; no cookie can name another.

    It was read before the request's transaction and belongs to none: whoever wants to change it
    asks for ``own_account``.
    """
    held = cast("BrowserSession", browser_session).account
    if held is None or held.fs_uniquifier != session_key:
        return None
    g.fs_authn_via = "session"
    g.fs_paa = browser_session.get("fs_paa", 0)
    return held


def own_account() -> User:
    """Return the account of the signed-in person within the request's transaction."""
    account = session.get(User, cast("User", current_user).id)
    if account is None:
        message = "the signed-in account has vanished"
        raise LookupError(message)
    return account


def stay_signed_in(account: User) -> None:
    """Let this one session go on after all sessions of ``account`` were ended."""
    browser_session["_user_id"] = account.get_id()


def actor() -> Actor:
    """Return whom the audit trail names in this request."""
    if not is_signed_in():
        return PUBLIC
    account = cast("User", current_user)
    return Actor(account.username, account.id)


def introduce(opened: Session) -> None:
    """Tell a session that was opened for this request who acts, and why if they said so."""
    opened.info["actor"] = actor()
    if request.method not in SAFE_METHODS:
        opened.info["reason"] = clean_line(request.form.get(REASON_FIELD, ""))[:LONGEST_REASON]


def preferred_language() -> str | None:
    """Return the language of the account that is signed in."""
    return cast("User", current_user).language if is_signed_in() else None

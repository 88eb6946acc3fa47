"""Keeping a report that is not sent yet: by itself with a script, by a button without one."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

from caseman.accounts.state import hasher
from caseman.audit.recorder import PUBLIC
from caseman.permissions import Permission
from caseman.reports import services
from caseman.reports.models import FamilyDraft
from caseman.reports.numbers import in_groups, new_secret
from caseman.reports.services.drafts import Typed
from caseman.reports.views import drafts
from caseman.web.guards import requires
from caseman.web.installation import installation
from caseman.web.limits import at_most
from caseman.web.throttle import allow

keeping = Blueprint("keeping", __name__, url_prefix="/family")

SAVES = "3000/hour"
BEGUN = 60
"""Drafts that one address may begin in an hour; an internet café sends many families."""


@keeping.post("/draft")
@requires(Permission.PUBLIC)
@at_most(SAVES)
def save() -> ResponseReturnValue:
    """Keep what is posted. A transaction of its own: to save twice is no form sent twice."""
    if (typed := drafts.typed()) is None:
        raise RequestEntityTooLarge
    reference = _saved_again(typed) or _begun(typed)
    if request.accept_mimetypes.best == "application/json":
        secret = (drafts.held() or {}).get("secret")
        return {"reference": in_groups(reference), "secret": secret and in_groups(secret)}
    return redirect(url_for(".kept"))


def save_again() -> None:
    """Keep what is posted where a draft was begun: without a script each step is one."""
    typed = drafts.typed()
    if typed is not None:
        _saved_again(typed)


def _saved_again(typed: Typed) -> str | None:
    """Keep the draft of this browser anew; return its reference, or None where there is none."""
    if (tie := drafts.held()) is None:
        return None
    with installation().sessions.transaction(actor=PUBLIC) as session:
        draft = session.get(FamilyDraft, tie["draft"])
        if draft is None:
            return None
        services.keep_draft(draft, typed)
        reference = draft.reference
    drafts.touch()
    return reference


def _begun(typed: Typed) -> str:
    key = f"family|draft|{request.remote_addr}"
    if not allow(installation().sessions, key, limit=BEGUN, window=timedelta(hours=1)):
        raise TooManyRequests
    secret = new_secret()
    secret_hash = hasher().hash(secret)  # before the transaction: hashing is slow
    with installation().sessions.transaction(actor=PUBLIC) as session:
        draft = services.begin_draft(session, typed, secret_hash)
        drafts.begin(draft.id, secret)
        return draft.reference


@keeping.get("/kept")
@requires(Permission.PUBLIC)
def kept() -> ResponseReturnValue:
    """Show the two numbers of the draft as long as this browser may show it."""
    draft = drafts.stored() if drafts.is_shown() else None
    if draft is None:
        return redirect(url_for("family.come_back"))
    secret = (drafts.held() or {}).get("secret")
    return render_template(
        "family/kept.html",
        reference=in_groups(draft.reference),
        secret=secret and in_groups(secret),
        days=services.DRAFTS_KEPT.days,
    )

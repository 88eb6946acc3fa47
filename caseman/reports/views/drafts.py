"""The draft of this browser: what was typed, and for how long it is shown again here.

As on a family's visit, after ten minutes without a step the phone shows nothing of it any more; it
is then opened by its two numbers.
"""

from typing import Any

from flask import request
from flask import session as browser_session
from werkzeug.datastructures import MultiDict

from caseman.database import now
from caseman.reports.forms import FamilyForm
from caseman.reports.models import FamilyDraft
from caseman.reports.services.drafts import Typed
from caseman.reports.views import visits
from caseman.web.forms.base import PLAIN_FIELDS
from caseman.web.unit_of_work import session

KEY = "family_draft"
LONGEST = 200_000
"""Characters of a draft; a report that fills every field has a tenth of it."""


def begin(draft_id: int, secret: str | None) -> None:
    """Tie the draft to this browser, with its secret where it was just given out."""
    browser_session[KEY] = {"draft": draft_id, "secret": secret, "seen": now().timestamp()}


def held() -> dict[str, Any] | None:
    """Return what ties a draft to this browser."""
    found: dict[str, Any] | None = browser_session.get(KEY)
    return found


def end() -> None:
    """Forget in this browser that there is a draft; the draft itself stays."""
    browser_session.pop(KEY, None)


def touch() -> None:
    """Count the ten minutes anew."""
    if (tie := held()) is not None:
        browser_session[KEY] = {**tie, "seen": now().timestamp()}


def is_shown() -> bool:
    """Say whether this browser may still show its draft."""
    tie = held()
    return tie is not None and now().timestamp() - tie["seen"] <= visits.IDLE.total_seconds()


def stored() -> FamilyDraft | None:
    """Return the draft of this browser, if it still exists."""
    tie = held()
    return None if tie is None else session.get(FamilyDraft, tie["draft"])


def typed() -> Typed | None:
    """Return what is posted as it is kept: answers only; None where it is too much."""
    pairs = [
        [name, text]
        for name, text in request.form.items(multi=True)
        if text and name not in PLAIN_FIELDS | {"more"}
    ]
    return pairs if sum(len(name) + len(text) for name, text in pairs) <= LONGEST else None


def form() -> FamilyForm:
    """Return the form of a report: as posted, else as it was kept, else empty."""
    if request.method != "GET":
        return FamilyForm()
    draft = stored() if is_shown() else None
    if draft is None:
        end()  # whoever writes here next must not write over what another family began
        visits.forget_writer()
        return FamilyForm()
    touch()
    return FamilyForm(formdata=MultiDict([tuple(pair) for pair in draft.answers or ()]))

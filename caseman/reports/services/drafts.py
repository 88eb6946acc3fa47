"""Reports that families have begun: kept sealed, and forgotten when they are sent or left lying."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.database import now
from caseman.jobs.registry import at_each_sweep
from caseman.reports.models import FamilyAccess, FamilyDraft
from caseman.reports.numbers import read_code
from caseman.reports.services.registration import fresh_numbers
from caseman.sealing.keys import Keyring

KEPT = timedelta(days=30)
"""Whoever does not come back within this time finds the report gone, and is told so beforehand."""

Typed = list[list[str]]


def begin_draft(session: Session, typed: Typed, secret_hash: str) -> FamilyDraft:
    """Keep what was typed for the first time, under a reference that no report bears."""
    draft = FamilyDraft(reference=fresh_reference(session), secret_hash=secret_hash)
    draft.answers = typed
    session.add(draft)
    session.flush()
    return draft


def keep_draft(draft: FamilyDraft, typed: Typed) -> None:
    """Keep what is typed now instead of what was kept before."""
    draft.answers, draft.saved_at = typed, now()


def draft_of(session: Session, typed_reference: str) -> FamilyDraft | None:
    """Return the draft that a reference names, if there is one."""
    code = read_code(typed_reference)
    return session.scalar(sa.select(FamilyDraft).where(FamilyDraft.reference == code))


def forget_draft(session: Session, draft: FamilyDraft) -> None:
    """Delete the draft and the key that opens it, also in older backups."""
    keyring: Keyring = session.info["keyring"]
    keyring.destroy(draft.seal_subject)
    session.delete(draft)


@at_each_sweep
def forget_old_drafts(session: Session) -> None:
    """Forget the drafts to which nobody came back."""
    for draft in session.scalars(sa.select(FamilyDraft).where(FamilyDraft.saved_at < now() - KEPT)):
        forget_draft(session, draft)


def fresh_reference(session: Session) -> str:
    """Return a reference that neither a report nor a draft bears."""
    while True:
        (drawn,) = fresh_numbers(session, FamilyAccess.reference, "", 1)
        if draft_of(session, drawn) is None:
            return drawn

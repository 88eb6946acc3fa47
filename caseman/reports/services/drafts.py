"""Reports that families have begun: kept sealed, and forgotten when they are sent or left lying."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.database import now
from caseman.jobs.registry import at_each_sweep
from caseman.reports.models import (
    AnotherDraft,
    AnteMortemReport,
    Draft,
    FamilyAccess,
    FamilyDraft,
)
from caseman.reports.numbers import read_code
from caseman.reports.services.registration import fresh_numbers
from caseman.sealing.shredding import shred

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


def keep_draft(draft: Draft, typed: Typed) -> None:
    """Keep what is typed now instead of what was kept before."""
    draft.answers, draft.saved_at = typed, now()


def draft_of(session: Session, typed_reference: str) -> FamilyDraft | None:
    """Return the draft that a reference names, if there is one."""
    code = read_code(typed_reference)
    return session.scalar(sa.select(FamilyDraft).where(FamilyDraft.reference == code))


def keep_another(session: Session, first_report_id: int, typed: Typed) -> None:
    """Keep what the family of this report types of one more person."""
    one_at_a_time = sa.select(AnteMortemReport.id).where(AnteMortemReport.id == first_report_id)
    session.execute(one_at_a_time.with_for_update())
    draft = draft_of_another(session, first_report_id)
    if draft is None:
        draft = AnotherDraft(first_report_id=first_report_id)
        session.add(draft)
    keep_draft(draft, typed)
    session.flush()


def draft_of_another(session: Session, first_report_id: int) -> AnotherDraft | None:
    """Return what the family of this report began to tell of one more person."""
    query = sa.select(AnotherDraft).where(AnotherDraft.first_report_id == first_report_id)
    return session.scalar(query)


def forget_another(session: Session, first_report_id: int) -> None:
    """Forget what the family of this report began to tell of one more person, if it did."""
    if (draft := draft_of_another(session, first_report_id)) is not None:
        forget_draft(session, draft)


def forget_draft(session: Session, draft: Draft) -> None:
    """Delete the draft and, once that is certain, the key that opens it, also in older backups."""
    shred(session, [draft.seal_subject])
    session.delete(draft)


@at_each_sweep
def forget_old_drafts(session: Session) -> None:
    """Forget the drafts to which nobody came back."""
    last = now() - KEPT
    lying: list[Draft] = [
        *session.scalars(sa.select(FamilyDraft).where(FamilyDraft.saved_at < last)),
        *session.scalars(sa.select(AnotherDraft).where(AnotherDraft.saved_at < last)),
    ]
    for draft in lying:
        forget_draft(session, draft)


def fresh_reference(session: Session) -> str:
    """Return a reference that neither a report nor a draft bears."""
    while True:
        (drawn,) = fresh_numbers(session, FamilyAccess.reference, "", 1)
        if draft_of(session, drawn) is None:
            return drawn

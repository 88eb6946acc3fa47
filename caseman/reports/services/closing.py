"""Where a report and a search stand: sorted, withdrawn, closed, opened again, by a person."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.audit.reasons import because
from caseman.database import now
from caseman.reports.codes import CLOSING, OPEN_STATUSES, MissingPersonStatus, TriageState
from caseman.reports.errors import NotOpenError, ReasonMissingError
from caseman.reports.models import AnteMortemReport, DnaConsent, MissingPerson
from caseman.reports.services.consent import heed_refusals
from caseman.reports.services.correction import renew
from caseman.reports.services.drafts import forget_another
from caseman.reports.services.relatives import withdraw_consent
from caseman.reports.services.same import end_link_of
from caseman.reports.services.summary import end_search


def triage(session: Session, report: AnteMortemReport, state: TriageState, note: str = "") -> None:
    """Record what becomes of an incoming report; a refusal needs a word of explanation."""
    if state in {TriageState.OUT_OF_SCOPE, TriageState.ABUSIVE} and not note.strip():
        raise ReasonMissingError
    with because(session, note):
        report.triage, report.triage_note = state, note
        renew(session, report)


def withdraw(
    session: Session,
    report: AnteMortemReport,
    reason: str,
    consents: Iterable[DnaConsent] = (),
    by: User | None = None,
) -> None:
    """Withdraw ``report``: at once no search finds it and no candidate rests on it.

    With its last report the search is closed; a decision that was signed before stays. With the
    last report of its family goes what that family began to tell of one more person. Those of
    ``consents`` that were given through this report are withdrawn with it.
    """
    _explain(reason)
    if report.withdrawn_at is not None:
        raise NotOpenError
    with because(session, reason):
        report.withdrawn_at, report.withdrawn_reason = now(), reason
        person = report.missing_person
        if all(each.withdrawn_at for each in person.reports) and person.status in OPEN_STATUSES:
            end_search(person, MissingPersonStatus.CLOSED_WITHDRAWN, reason)
        renew(session, report)
        session.flush()
        heed_refusals(session, person)
    first_id = report.told_with_id or report.id
    if not _stands_any(session, first_id):
        forget_another(session, first_id)
    for consent in consents:
        withdraw_consent(session, consent, reason, by)


def _stands_any(session: Session, first_id: int) -> bool:
    """Say whether the family of this report left any of its reports with us."""
    of_family = sa.or_(AnteMortemReport.id == first_id, AnteMortemReport.told_with_id == first_id)
    standing = sa.select(AnteMortemReport.id).where(
        of_family, AnteMortemReport.withdrawn_at.is_(None)
    )
    return session.scalar(standing.limit(1)) is not None


def close(
    session: Session, person: MissingPerson, status: MissingPersonStatus, reason: str
) -> None:
    """Close the search for ``person``: found alive or out of scope; a duplicate is linked."""
    _explain(reason)
    if person.status not in OPEN_STATUSES or status not in CLOSING:
        raise NotOpenError
    if status is MissingPersonStatus.CLOSED_DUPLICATE:
        raise NotOpenError
    with because(session, reason):
        end_search(person, status, reason)


def reopen(session: Session, person: MissingPerson, reason: str, by: User | None = None) -> None:
    """Take the search for ``person`` up again; a link to another person is undone."""
    _explain(reason)
    if person.status not in CLOSING:
        raise NotOpenError
    if end_link_of(session, person, reason, by):
        return
    with because(session, reason):
        person.status = MissingPersonStatus.REPORTED
        person.closed_at, person.closed_reason, person.duplicate_of_id = None, "", None
        if person.reports:
            renew(session, person.reports[0])


def _explain(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissingError

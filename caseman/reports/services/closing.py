"""Where a report and a search stand: sorted, withdrawn, closed, opened again, by a person."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.audit.reasons import because
from caseman.database import now
from caseman.reports.codes import CLOSING, OPEN_STATUSES, MissingPersonStatus, TriageState
from caseman.reports.errors import NotOpenError, ReasonMissingError
from caseman.reports.models import AnteMortemReport, DnaConsent, MissingPerson
from caseman.reports.services.consent import heed_refusals
from caseman.reports.services.correction import renew
from caseman.reports.services.relatives import withdraw_consent


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

    With its last report the search is closed; a decision that was signed before stays. Those of
    ``consents`` that were given through this report are withdrawn with it.
    """
    _explain(reason)
    if report.withdrawn_at is not None:
        raise NotOpenError
    with because(session, reason):
        report.withdrawn_at, report.withdrawn_reason = now(), reason
        person = report.missing_person
        if all(each.withdrawn_at for each in person.reports) and person.status in OPEN_STATUSES:
            _close(person, MissingPersonStatus.CLOSED_WITHDRAWN, reason)
        renew(session, report)
        session.flush()
        heed_refusals(session, person)
    for consent in consents:
        withdraw_consent(session, consent, reason, by)


def close(
    session: Session,
    person: MissingPerson,
    status: MissingPersonStatus,
    reason: str,
    duplicate_of: MissingPerson | None = None,
) -> None:
    """Close the search for ``person``: found alive, the same as another, or out of scope."""
    _explain(reason)
    is_duplicate = status is MissingPersonStatus.CLOSED_DUPLICATE
    if person.status not in OPEN_STATUSES or status not in CLOSING:
        raise NotOpenError
    if is_duplicate != (duplicate_of is not None) or duplicate_of is person:
        raise NotOpenError
    with because(session, reason):
        _close(person, status, reason)
        person.duplicate_of_id = duplicate_of.id if duplicate_of else None


def reopen(session: Session, person: MissingPerson, reason: str) -> None:
    """Take the search for ``person`` up again."""
    _explain(reason)
    if person.status not in CLOSING:
        raise NotOpenError
    with because(session, reason):
        person.status = MissingPersonStatus.REPORTED
        person.closed_at, person.closed_reason, person.duplicate_of_id = None, "", None
        if person.reports:
            renew(session, person.reports[0])


def _close(person: MissingPerson, status: MissingPersonStatus, reason: str) -> None:
    person.status = status
    person.closed_at, person.closed_reason = now(), reason
    person.evidence_changed_at = now()


def _explain(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissingError

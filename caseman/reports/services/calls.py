"""Calling families: by which rules, and what came of it."""

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.reports.codes import CallNext, CallReason, TriageState
from caseman.reports.drafts import Called
from caseman.reports.errors import NotCallableError
from caseman.reports.models import AnteMortemReport, CallRecord, Informant, Reach
from caseman.reports.services.closing import triage


def set_reach(session: Session, informant: Informant, reach: Reach, *, may_contact: bool) -> None:
    """Write down by which rules a family may be called, or that nobody may."""
    informant.reach, informant.may_contact = reach, may_contact
    session.flush()


def record_call(session: Session, report: AnteMortemReport, by: User, called: Called) -> CallRecord:
    """Record a call; whoever asks for it is never called again.

    A report that was to be called back is accepted when nothing more is to be done.
    """
    informant = report.informant
    if informant is None or not informant.may_contact or report.withdrawn_at is not None:
        raise NotCallableError
    row = CallRecord(
        report=report,
        called_at=called.called_at,
        called_by=by,
        call_reason=called.call_reason,
        call_outcome=called.call_outcome,
        next_step=called.next_step,
        not_before=called.not_before,
        phone=informant.phone,
        said=called.said or None,
    )
    session.add(row)
    if called.next_step is CallNext.NEVER:
        informant.may_contact = False
    is_done = called.call_reason is CallReason.CALL_BACK and called.next_step is CallNext.NOTHING
    if is_done and report.triage is TriageState.CALL_BACK:
        triage(session, report, TriageState.ACCEPTED, report.triage_note)
    session.flush()
    return row

"""In which order a family is told, and who of it."""

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.audit.reasons import because
from caseman.coding import N_
from caseman.database import now
from caseman.identification.errors import ReconciliationError
from caseman.identification.models import Decision, FamilyNotification, RelativeToTell
from caseman.identification.queries.telling import relatives_to_tell
from caseman.reports.codes import Relation


def plan_to_tell(
    session: Session, decision: Decision, by: User, who: str, relation: Relation | None
) -> RelativeToTell:
    """Put a relative at the end of those who are to be told."""
    last = max((each.ordinal for each in relatives_to_tell(session, decision)), default=0)
    row = RelativeToTell(
        decision=decision, ordinal=last + 1, relation=relation, who=who, added_by=by
    )
    session.add(row)
    session.flush()
    return row


def tell_earlier(session: Session, row: RelativeToTell) -> None:
    """Let a relative be told before whoever stands before them and waits too."""
    _must_wait(row)
    before = [
        each
        for each in relatives_to_tell(session, row.decision)
        if each.waits and each.ordinal < row.ordinal
    ]
    if not before:
        return
    other = before[-1]
    row.ordinal, other.ordinal = other.ordinal, row.ordinal
    session.flush()


def leave_out(session: Session, row: RelativeToTell, reason: str) -> None:
    """Tell a relative nothing, for a reason: they died, or the family asks for it."""
    _must_wait(row)
    with because(session, reason):
        row.left_out_at, row.left_out_reason = now(), reason
        session.flush()


def was_told(session: Session, row: RelativeToTell, told: FamilyNotification) -> None:
    """Write down by which notification a relative was told."""
    _must_wait(row)
    row.notification = told
    session.flush()


def _must_wait(row: RelativeToTell) -> None:
    if not row.waits:
        raise ReconciliationError(N_("This relative is told already, or is left out."))

"""Where the work on remains stands."""

from sqlalchemy.orm import Session

from caseman.remains.codes import TRANSITIONS, RemainsStatus
from caseman.remains.models import Remains
from caseman.remains.services.errors import StatusRefusedError, VoidedError


def change_status(
    session: Session, remains: Remains, status: RemainsStatus, *, reason: str = ""
) -> None:
    """Move the work one step on; the reason goes into the trail with the change."""
    if remains.voided_at is not None:
        raise VoidedError(remains.number)
    if status is remains.status:
        return
    if status not in TRANSITIONS[remains.status]:
        raise StatusRefusedError(remains.number, remains.status, status)
    session.flush()
    before = session.info.get("reason", "")
    session.info["reason"] = reason or before
    remains.status = status
    session.flush()
    session.info["reason"] = before

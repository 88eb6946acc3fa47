"""Holding two units to be of one person: proposed by one, signed by another, undone by anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.audit.reasons import because
from caseman.coding import N_
from caseman.database import now
from caseman.remains.codes import ReassociationState
from caseman.remains.models import Reassociation, Remains
from caseman.remains.services.errors import RemainsError
from caseman.remains.services.findings import touch


class ReassociationError(RemainsError):
    """Two units cannot be held to be of one person so."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Why two units may be of one person, and what the tests said."""

    reason: str
    tests: Sequence[dict[str, Any]] = ()


def propose(
    session: Session, first: Remains, second: Remains, proposal: Proposal, by: User
) -> Reassociation:
    """Write down that somebody holds two units to be of one person.

    Raises ``ReassociationError`` for a unit with itself or one already proposed, ``VoidedError``
    where a number is voided.
    """
    if first.id == second.id:
        raise ReassociationError(N_("These are one unit already."))
    if standing_between(session, first, second) is not None:
        raise ReassociationError(N_("It is proposed already."))
    for each in (first, second):
        touch(each)
    one, other = sorted((first, second), key=lambda each: each.id)
    row = Reassociation(
        remains=one,
        other=other,
        reason=proposal.reason,
        tests=list(proposal.tests),
        proposed_by=by,
    )
    session.add(row)
    session.flush()
    return row


def sign(session: Session, row: Reassociation, by: User) -> None:
    """Sign as the second person; raises ``ReassociationError`` for whoever proposed it."""
    if row.state is not ReassociationState.PROPOSED:
        raise ReassociationError(N_("It waits for no signature any more."))
    if row.proposed_by_id == by.id:
        raise ReassociationError(N_("Someone other than the person who proposed it has to sign."))
    for each in (row.remains, row.other):
        touch(each)
    row.state, row.signed_by, row.signed_at = ReassociationState.SIGNED, by, now()
    session.flush()


def undo(session: Session, row: Reassociation, reason: str, by: User) -> None:
    """Take it back; it stays on the record. Raises ``ReassociationError`` if it is undone."""
    if row.state is ReassociationState.UNDONE:
        raise ReassociationError(N_("It is undone already."))
    with because(session, reason):
        row.state, row.undone_by, row.undone_at = ReassociationState.UNDONE, by, now()
        row.undone_reason = reason
        for each in (row.remains, row.other):
            each.evidence_changed_at = now()  # also of a number voided meanwhile
        session.flush()


def standing_between(session: Session, first: Remains, second: Remains) -> Reassociation | None:
    """Return what stands between two units: proposed or signed."""
    one, other = sorted((first.id, second.id))
    return session.scalar(
        sa.select(Reassociation).where(
            Reassociation.remains_id == one,
            Reassociation.other_id == other,
            Reassociation.undone_at.is_(None),
        )
    )

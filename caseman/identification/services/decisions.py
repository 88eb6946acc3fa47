"""What follows from a decision, and how it is taken back."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.audit.chain import canonical
from caseman.coding import N_
from caseman.database import now, random_code
from caseman.identification.codes import Basis, Outcome, PairingState, ReleaseState
from caseman.identification.errors import ReconciliationError, SamePersonError
from caseman.identification.models import (
    Candidate,
    Decision,
    Pairing,
    Release,
    Revocation,
    Signature,
)
from caseman.identification.services.versions import content
from caseman.remains.codes import RemainsStatus
from caseman.reports.codes import MissingPersonStatus

SHORTEST_REASON = 20
RIVALS = 5
"""Other candidates named in a decision."""


def decide(session: Session, pairing: Pairing, last: Signature) -> Decision:
    """Record what both deciders signed and bring both records into their new state."""
    decision = Decision(
        number=f"D-{random_code(7)}",
        pairing=pairing,
        remains=pairing.remains,
        missing_person=pairing.missing_person,
        outcome=last.outcome,
        basis=last.basis,
        snapshot=_snapshot(session, pairing),
    )
    session.add(decision)
    pairing.state = PairingState(last.outcome.value)
    pairing.closed_at = now()
    if last.outcome is Outcome.IDENTIFIED:
        pairing.remains.status = (
            RemainsStatus.IDENTIFIED_SCIENTIFIC
            if last.basis is Basis.SCIENTIFIC
            else RemainsStatus.IDENTIFIED_COMBINED
        )
        pairing.missing_person.status = MissingPersonStatus.LOCATED_DEAD
    session.flush()
    return decision


def _snapshot(session: Session, pairing: Pairing) -> dict[str, Any]:
    plain: dict[str, Any] = canonical(content(session, pairing))
    return plain | {
        "before": {
            "remains_status": pairing.remains.status.value,
            "person_status": pairing.missing_person.status.value,
        },
        "log10_lr": pairing.log10_lr,
        "posterior": pairing.posterior,
        "prior_overlap": pairing.prior_overlap,
        "prior_persons": pairing.prior_persons,
        "model": pairing.model,
        "rivals": _rivals(session, pairing),
    }


def _rivals(session: Session, pairing: Pairing) -> list[dict[str, Any]]:
    """Return the other candidates that were highest for the same remains."""
    rows = session.scalars(
        sa.select(Candidate)
        .where(
            Candidate.remains_id == pairing.remains_id,
            Candidate.missing_person_id != pairing.missing_person_id,
        )
        .order_by(Candidate.log10_lr.desc())
        .limit(RIVALS)
    )
    return [{"person": row.missing_person.number, "log10_lr": row.log10_lr} for row in rows]


@dataclass(frozen=True, slots=True)
class Dependents:
    """What rests on a decision."""

    notifications: tuple[str, ...]
    releases: tuple[str, ...]
    exclusions: tuple[str, ...]

    def as_plain(self) -> dict[str, Any]:
        """Return the lists as they are kept with the revocation."""
        return {
            "notifications": list(self.notifications),
            "releases": list(self.releases),
            "exclusions": list(self.exclusions),
        }


def dependents(session: Session, decision: Decision) -> Dependents:
    """Return who was told, what was released, and which exclusions followed the decision.

    An exclusion is taken to rest on it where it concerns the same remains or the same person and
    was decided afterwards.
    """
    exclusions = session.scalars(
        sa.select(Decision.number)
        .where(
            Decision.id != decision.id,
            Decision.outcome == Outcome.EXCLUDED,
            Decision.revoked_at.is_(None),
            Decision.decided_at >= decision.decided_at,
            sa.or_(
                Decision.remains_id == decision.remains_id,
                Decision.missing_person_id == decision.missing_person_id,
            ),
        )
        .order_by(Decision.id)
    )
    return Dependents(
        notifications=tuple(
            f"{told.told_on.isoformat()}: {told.told_by}" for told in decision.notifications
        ),
        releases=tuple(
            f"{release.number}: {release.state.label}"
            for release in decision.releases
            if release.state is not ReleaseState.HALTED
        ),
        exclusions=tuple(exclusions),
    )


def ask_revocation(session: Session, decision: Decision, asker: User, reason: str) -> Revocation:
    """Ask to take a decision back; a second person must confirm."""
    if decision.revoked_at is not None:
        raise ReconciliationError(N_("This decision is revoked already."))
    if pending_revocation(decision) is not None:
        raise ReconciliationError(N_("A revocation already waits for its second person."))
    if len(reason) < SHORTEST_REASON:
        raise ReconciliationError(
            N_("Give the reason in at least %(count)d characters."), count=SHORTEST_REASON
        )
    revocation = Revocation(
        decision=decision,
        reason=reason,
        asked_by=asker,
        asked_by_person_id=asker.person_id,
        rested_on_it=dependents(session, decision).as_plain(),
    )
    session.add(revocation)
    session.flush()
    return revocation


def pending_revocation(decision: Decision) -> Revocation | None:
    """Return the revocation that waits for its second person."""
    return next((row for row in decision.revocations if row.confirmed_at is None), None)


def confirm_revocation(session: Session, revocation: Revocation, confirmer: User) -> None:
    """Take the decision back: both searches go on, and a release not yet made is halted."""
    decision = revocation.decision
    if revocation.confirmed_at is not None or decision.revoked_at is not None:
        raise ReconciliationError(N_("This decision is revoked already."))
    if confirmer.person_id == revocation.asked_by_person_id:
        raise SamePersonError(N_("Another person than the one who asked must confirm."))
    revocation.confirmed_by = confirmer
    revocation.confirmed_by_person_id = confirmer.person_id
    revocation.confirmed_at = now()
    revocation.rested_on_it = dependents(session, decision).as_plain()
    decision.revoked_at = now()
    if decision.outcome is Outcome.IDENTIFIED:
        _reopen(decision)
    session.flush()


def _reopen(decision: Decision) -> None:
    decision.remains.status = RemainsStatus.REOPENED
    decision.remains.evidence_changed_at = now()
    decision.missing_person.status = MissingPersonStatus.SOUGHT
    decision.missing_person.evidence_changed_at = now()
    for release in decision.releases:
        _halt(release)


def _halt(release: Release) -> None:
    if release.state in {ReleaseState.PREPARED, ReleaseState.APPROVED}:
        release.state = ReleaseState.HALTED

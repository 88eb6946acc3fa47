"""Effects leave on their own and may come back; two people answer for each hand-over."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.coding import N_
from caseman.database import now, random_code
from caseman.effects.models import PersonalEffect
from caseman.identification.codes import EffectReleaseBasis, EffectReleaseState
from caseman.identification.errors import ReconciliationError, SamePersonError
from caseman.identification.models import EffectGivenOut, EffectRelease, Recipient
from caseman.identification.queries.effect_releases import bound_effects

S = EffectReleaseState


def prepare(
    session: Session,
    effects: Sequence[PersonalEffect],
    preparer: User,
    *,
    basis: EffectReleaseBasis,
    why: str,
) -> EffectRelease:
    """Prepare that ``effects``, all of one site, are given out.

    Raises ``ReconciliationError`` where one is voided, away already or about to leave.
    """
    bound = bound_effects(session, [each.id for each in effects])
    for effect in effects:
        if effect.voided_at is not None:
            raise ReconciliationError(N_("%(number)s is voided."), number=effect.number)
        if effect.id in bound:
            raise ReconciliationError(
                N_("%(number)s has left already, or another hand-over of it is prepared."),
                number=effect.number,
            )
    release = EffectRelease(
        number=f"E-{random_code(7)}",
        site_id=effects[0].site_id,
        basis=basis,
        why=why,
        prepared_by=preparer,
        items=[EffectGivenOut(effect=effect) for effect in effects],
    )
    session.add(release)
    session.flush()
    return release


def approve(release: EffectRelease, approver: User) -> None:
    """Let a second person approve what was prepared."""
    _must_be(release, S.PREPARED, N_("Only a prepared hand-over can be approved."))
    if approver.person_id == release.prepared_by.person_id:
        raise SamePersonError(N_("Another person than the one who prepared it must approve."))
    release.approved_by, release.approved_at = approver, now()
    release.state = S.APPROVED


def record(release: EffectRelease, releaser: User, recipient: Recipient, on: date) -> None:
    """Record that the effects were handed over."""
    _must_be(release, S.APPROVED, N_("The hand-over must be approved first, and is recorded once."))
    release.recipient, release.released_by, release.released_on = recipient, releaser, on
    release.state = S.RELEASED


def halt(release: EffectRelease, by: User, because: str) -> None:
    """Give a hand-over up before anything left."""
    if release.state not in {S.PREPARED, S.APPROVED}:
        raise ReconciliationError(N_("Only a hand-over that has not taken place can be given up."))
    _end(release, S.HALTED, by, because, now().date())


def take_back(release: EffectRelease, by: User, because: str, on: date) -> None:
    """Record that the effects came back; they may be given out anew."""
    _must_be(release, S.RELEASED, N_("Only what was handed over can come back."))
    if release.released_on is not None and on < release.released_on:
        raise ReconciliationError(N_("It cannot have come back before it was handed over."))
    _end(release, S.RETURNED, by, because, on)


def _must_be(release: EffectRelease, state: EffectReleaseState, otherwise: str) -> None:
    if release.state is not state:
        raise ReconciliationError(otherwise)


def _end(
    release: EffectRelease, state: EffectReleaseState, by: User, because: str, on: date
) -> None:
    release.state, release.ended_by = state, by
    release.ended_because, release.ended_on = because, on

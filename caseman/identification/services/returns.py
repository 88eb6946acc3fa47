"""The last link: the family is told by a person, then remains and effects go home."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.coding import N_
from caseman.database import now, random_code
from caseman.effects.models import PersonalEffect
from caseman.identification.codes import Outcome, ReleaseState
from caseman.identification.drafts import Handing, Telling
from caseman.identification.errors import ReconciliationError, SamePersonError
from caseman.identification.models import (
    Decision,
    FamilyNotification,
    Release,
    ReleasedEffect,
)
from caseman.remains.codes import RemainsStatus


def tell_family(
    session: Session, decision: Decision, teller: User, telling: Telling
) -> FamilyNotification:
    """Record that the family was told, after the decision and not before."""
    _must_stand(decision)
    if telling.told_on < decision.decided_at.date():
        raise ReconciliationError(
            N_("The family cannot have been told before the decision of %(date)s."),
            date=decision.decided_at.date().isoformat(),
        )
    row = FamilyNotification(
        decision=decision,
        told=telling.told,
        told_by=telling.told_by,
        told_by_user_id=teller.id,
        told_on=telling.told_on,
        manner=telling.manner,
        place=telling.place,
        wishes=telling.wishes,
        recorded_at=now(),
    )
    session.add(row)
    if decision.remains.status not in {RemainsStatus.RELEASED, RemainsStatus.REBURIED}:
        decision.remains.status = RemainsStatus.FAMILY_NOTIFIED
    session.flush()
    return row


def must_be_ready_to_prepare(decision: Decision) -> None:
    """Raise ``ReconciliationError`` where no release can be prepared yet, or no more."""
    _must_stand(decision)
    if not decision.notifications:
        raise ReconciliationError(N_("The family must be told first, by a person."))
    if any(release.state is not ReleaseState.HALTED for release in decision.releases):
        raise ReconciliationError(N_("A release is already prepared for this decision."))


def must_be_ready_to_record(release: Release) -> None:
    """Raise ``ReconciliationError`` where the hand-over cannot be recorded yet, or no more."""
    _must_stand(release.decision)
    if release.state is ReleaseState.RELEASED:
        raise ReconciliationError(N_("The hand-over is recorded already."))
    if release.state is not ReleaseState.APPROVED:
        raise ReconciliationError(N_("The release must be approved first."))


def prepare_release(
    session: Session,
    decision: Decision,
    preparer: User,
    *,
    effects: Sequence[PersonalEffect],
    not_recovered: str = "",
) -> Release:
    """Prepare the hand-over of the remains and of ``effects``."""
    must_be_ready_to_prepare(decision)
    release = Release(
        number=f"R-{random_code(7)}",
        decision=decision,
        remains=decision.remains,
        prepared_by=preparer,
        not_recovered=not_recovered,
        effects=[ReleasedEffect(effect=effect) for effect in effects],
    )
    session.add(release)
    session.flush()
    return release


def approve_release(release: Release, approver: User) -> None:
    """Let a second person approve what was prepared."""
    _must_stand(release.decision)
    if release.state is not ReleaseState.PREPARED:
        raise ReconciliationError(N_("Only a prepared release can be approved."))
    if approver.person_id == release.prepared_by.person_id:
        raise SamePersonError(N_("Another person than the one who prepared it must approve."))
    release.approved_by = approver
    release.approved_at = now()
    release.state = ReleaseState.APPROVED


def record_release(release: Release, releaser: User, handing: Handing) -> None:
    """Record that the remains were handed over, and where they rest."""
    must_be_ready_to_record(release)
    release.recipient = handing.recipient
    release.released_by = releaser
    release.released_on = handing.released_on
    release.reburial_place = handing.reburial_place
    release.reburial_plot = handing.reburial_plot
    release.reburied_on = handing.reburied_on
    if handing.reburial_position is not None:
        place = handing.reburial_position
        release.reburial_position = {"lat": place.lat, "lon": place.lon}
    release.state = ReleaseState.RELEASED
    buried = handing.reburied_on is not None
    release.remains.status = RemainsStatus.REBURIED if buried else RemainsStatus.RELEASED


def _must_stand(decision: Decision) -> None:
    if decision.outcome is not Outcome.IDENTIFIED or decision.revoked_at is not None:
        raise ReconciliationError(N_("There is no identification in force."))

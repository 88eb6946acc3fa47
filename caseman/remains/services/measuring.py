"""Lengths of bones, and what methods say: kept, taken over into the profile, set aside."""

from dataclasses import asdict

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.coding import N_
from caseman.database import now
from caseman.remains.drafts import Measured, TakenOver
from caseman.remains.models import (
    BiologicalProfile,
    BoneMeasurement,
    EstimateSetAside,
    MethodEstimate,
    ProfileSource,
    Remains,
)
from caseman.remains.queries import measurements_of, set_aside_of, sources_of
from caseman.remains.services.errors import RemainsError
from caseman.remains.services.findings import must_stand, touch


def measure(session: Session, remains: Remains, measured: Measured) -> BoneMeasurement:
    """Record a length; measured a second time on that side, the new one stands."""
    touch(remains)
    for row in measurements_of(session, remains):
        if (row.measure, row.side) == (measured.measure, measured.side):
            break
    else:
        row = BoneMeasurement(remains=remains)
        session.add(row)
    for name, value in asdict(measured).items():
        setattr(row, name, value)
    session.flush()
    return row


def remove_measurement(session: Session, row: BoneMeasurement) -> None:
    """Take back a length measured by mistake; the trail keeps it, and so does what used it."""
    touch(row.remains)
    session.delete(row)
    session.flush()


def keep(session: Session, remains: Remains, taken: TakenOver, by: User) -> MethodEstimate:
    """Keep what a method says, with its inputs and figures, beside the profile."""
    must_stand(remains)
    told = asdict(taken)
    del told["columns"]
    estimate = MethodEstimate(remains=remains, taken_by=by, **told)
    session.add(estimate)
    session.flush()
    return estimate


def take_over(session: Session, remains: Remains, taken: TakenOver, by: User) -> MethodEstimate:
    """Keep an estimate and write it into the profile."""
    touch(remains)
    estimate = keep(session, remains, taken, by)
    if remains.profile is None:
        remains.profile = BiologicalProfile()
    profile = remains.profile
    for name, value in taken.columns.items():
        setattr(profile, name, value)
    told_why = profile.absences or {}
    profile.absences = {name: why for name, why in told_why.items() if name != taken.about.value}
    _stand_on(session, remains, estimate)
    session.flush()
    return estimate


def set_aside(
    session: Session, estimate: MethodEstimate, reason: str, by: User
) -> EstimateSetAside:
    """Let a result no longer count in the combination; the profile stays as it is."""
    must_stand(estimate.remains)
    if any(each.estimate is estimate for each in set_aside_of(session, estimate.remains)):
        raise RemainsError(N_("This result is already set aside."))
    row = EstimateSetAside(remains=estimate.remains, estimate=estimate, reason=reason, set_by=by)
    session.add(row)
    session.flush()
    return row


def count_again(row: EstimateSetAside, by: User) -> None:
    """Let a result that was set aside count again."""
    must_stand(row.remains)
    if row.lifted_at is not None:
        raise RemainsError(N_("This result counts already."))
    row.lifted_at, row.lifted_by = now(), by


def _stand_on(session: Session, remains: Remains, estimate: MethodEstimate) -> None:
    for source in sources_of(session, remains):
        if source.about is estimate.about:
            source.estimate = estimate
            return
    session.add(ProfileSource(remains=remains, about=estimate.about, estimate=estimate))

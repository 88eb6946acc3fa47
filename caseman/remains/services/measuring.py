"""Lengths of bones, and estimates that an examiner takes over into the profile."""

from dataclasses import asdict

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.remains.drafts import Measured, TakenOver
from caseman.remains.models import (
    BiologicalProfile,
    BoneMeasurement,
    MethodEstimate,
    ProfileSource,
    Remains,
)
from caseman.remains.queries import measurements_of, sources_of
from caseman.remains.services.findings import touch


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


def take_over(session: Session, remains: Remains, taken: TakenOver, by: User) -> MethodEstimate:
    """Write an estimate into the profile and keep the method, inputs and figures behind it."""
    touch(remains)
    told = asdict(taken)
    columns = told.pop("columns")
    estimate = MethodEstimate(remains=remains, taken_by=by, **told)
    session.add(estimate)
    if remains.profile is None:
        remains.profile = BiologicalProfile()
    profile = remains.profile
    for name, value in columns.items():
        setattr(profile, name, value)
    told_why = profile.absences or {}
    profile.absences = {name: why for name, why in told_why.items() if name != taken.about.value}
    _stand_on(session, remains, estimate)
    session.flush()
    return estimate


def _stand_on(session: Session, remains: Remains, estimate: MethodEstimate) -> None:
    for source in sources_of(session, remains):
        if source.about is estimate.about:
            source.estimate = estimate
            return
    session.add(ProfileSource(remains=remains, about=estimate.about, estimate=estimate))

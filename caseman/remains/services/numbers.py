"""Mistakes with numbers.

A number never changes and never vanishes: it is voided, its remains are moved or split, each with
a reason that stays on the record.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from caseman.database import now
from caseman.remains.codes import IDENTIFIED, NumberEventKind, RemainsStatus
from caseman.remains.drafts import NewRemains
from caseman.remains.models import NumberEvent, Remains
from caseman.remains.services.errors import (
    DecidedError,
    NotVoidedError,
    SameFeatureError,
    StillHeldError,
    VoidedError,
)
from caseman.remains.services.findings import touch
from caseman.remains.services.registering import register_remains
from caseman.sites.models import Feature

Move = Callable[[Session, Remains], None]
Count = Callable[[Session, Remains], int]

follow_move: list[Move] = []
"""What must follow when remains move to another feature; effects add themselves here."""

count_held: list[Count] = []
"""How many things still bear the number; effects add themselves here."""

_DECIDED = IDENTIFIED | {RemainsStatus.UNDER_RECONCILIATION}


def void(session: Session, remains: Remains, reason: str) -> NumberEvent:
    """Void a number that was given by mistake; it stays visible and is never given again."""
    _refuse_voided(remains)
    if remains.status in _DECIDED:
        raise DecidedError(remains.number)
    held = sum(count(session, remains) for count in count_held)
    if held:
        raise StillHeldError(remains.number, held)
    touch(remains)
    remains.voided_at = remains.exhibit.voided_at = now()
    return _note(session, remains, NumberEvent(kind=NumberEventKind.VOIDED, reason=reason))


def restore(session: Session, remains: Remains, reason: str) -> NumberEvent:
    """Take back a voiding that was itself the mistake."""
    if remains.voided_at is None:
        raise NotVoidedError(remains.number)
    remains.voided_at = remains.exhibit.voided_at = None
    touch(remains)
    return _note(session, remains, NumberEvent(kind=NumberEventKind.RESTORED, reason=reason))


def move(session: Session, remains: Remains, feature: Feature, reason: str) -> NumberEvent:
    """Record that the remains belong to another feature than their number says."""
    _refuse_voided(remains)
    if feature.id == remains.feature_id:
        raise SameFeatureError(remains.number)
    event = NumberEvent(
        kind=NumberEventKind.MOVED,
        reason=reason,
        from_feature=remains.feature,
        to_feature=feature,
    )
    remains.feature, remains.site = feature, feature.site
    remains.exhibit.site = feature.site
    touch(remains)
    for follow in follow_move:
        follow(session, remains)
    return _note(session, remains, event)


def split(session: Session, remains: Remains, new: NewRemains, reason: str) -> Remains:
    """Give what turned out to be another unit a number of its own; return the new unit."""
    touch(remains)
    other = register_remains(session, new)
    _note(session, remains, NumberEvent(kind=NumberEventKind.SPLIT, reason=reason, other=other))
    return other


def _refuse_voided(remains: Remains) -> None:
    if remains.voided_at is not None:
        raise VoidedError(remains.number)


def _note(session: Session, remains: Remains, event: NumberEvent) -> NumberEvent:
    actor = session.info.get("actor")
    event.by_id = actor.user_id if actor else None
    remains.number_events.append(event)
    session.flush()
    return event

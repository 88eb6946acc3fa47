"""Storage places: adding one, and correcting what is said of it."""

from dataclasses import fields

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.coding import N_
from caseman.custody.drafts import PlaceFacts
from caseman.custody.models import StoragePlace
from caseman.custody.queries import above
from caseman.custody.services.errors import DuplicatePlaceCodeError, PlaceInItselfError


def add_place(session: Session, operation_id: int, facts: PlaceFacts) -> StoragePlace:
    """Add a storage place under a code that no other place of the operation bears."""
    place = StoragePlace(operation_id=operation_id)
    _describe(session, place, facts)
    session.add(place)
    session.flush()
    return place


def correct_place(session: Session, place: StoragePlace, facts: PlaceFacts) -> None:
    """Bring ``place`` to what ``facts`` say; the trail keeps what it said before."""
    with session.no_autoflush:
        _describe(session, place, facts)
    session.flush()


def _describe(session: Session, place: StoragePlace, facts: PlaceFacts) -> None:
    taken = sa.select(StoragePlace.id).where(
        StoragePlace.operation_id == place.operation_id, StoragePlace.code == facts.code
    )
    if place.id is not None:
        taken = taken.where(StoragePlace.id != place.id)
    if session.scalar(taken):
        raise DuplicatePlaceCodeError(
            N_("Another storage place is called %(code)s."), code=facts.code
        )
    _check_parent(session, place, facts)
    for each in fields(facts):
        setattr(place, each.name, getattr(facts, each.name))


def _check_parent(session: Session, place: StoragePlace, facts: PlaceFacts) -> None:
    if facts.parent_id is None or place.id is None:
        return
    parent = session.get_one(StoragePlace, facts.parent_id)
    if place in (parent, *above(parent)):
        raise PlaceInItselfError(
            N_("%(code)s cannot lie in itself or in a place within it."), code=place.code
        )

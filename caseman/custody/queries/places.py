"""Reads of storage places, and of how many exhibits each keeps."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.custody.codes import Standing
from caseman.custody.models import Exhibit, StoragePlace
from caseman.permissions import Scope
from caseman.sites.scope import visible_sites, within_operations

Children = Mapping[int | None, list[StoragePlace]]
Kept = Mapping[int | None, int]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A storage place in the tree of places; counts hold only exhibits the reader may see."""

    place: StoragePlace
    depth: int
    kept: int
    kept_below: int
    """Here and in every place within it."""

    @property
    def share(self) -> float | None:
        """How much of it is taken, 1 where it is full or more; None where nobody knows."""
        capacity = self.place.capacity
        return None if capacity is None else min(1.0, self.kept_below / capacity)

    @property
    def is_full(self) -> bool:
        """Whether it keeps as many as it holds, or more."""
        return self.share == 1.0

    @property
    def over(self) -> int:
        """How many more it keeps than it holds."""
        return max(0, self.kept_below - self.place.capacity) if self.place.capacity else 0


def places(session: Session, scope: Scope) -> Sequence[StoragePlace]:
    """Return the storage places of the operations within ``scope``, by code."""
    statement = sa.select(StoragePlace).order_by(StoragePlace.code, StoragePlace.id)
    return session.scalars(within_operations(statement, StoragePlace.operation_id, scope)).all()


def place_by_id(session: Session, scope: Scope, place_id: int) -> StoragePlace | None:
    """Return the storage place, or None where it is outside ``scope``."""
    statement = sa.select(StoragePlace).where(StoragePlace.id == place_id)
    return session.scalar(within_operations(statement, StoragePlace.operation_id, scope))


def within(places: Iterable[StoragePlace], place: StoragePlace) -> set[int]:
    """Return the ids of ``place`` and of all that lies in it."""
    children = _children(places)
    return {each.id for each, _ in _walk(children, [place], 0)}


def above(place: StoragePlace) -> list[StoragePlace]:
    """Return the places that ``place`` lies in, the outermost first."""
    chain: list[StoragePlace] = []
    upper = place.parent
    while upper is not None and upper not in chain:
        chain.insert(0, upper)
        upper = upper.parent
    return chain


def shelves(session: Session, scope: Scope) -> list[Shelf]:
    """Return every place of ``scope`` as a tree: what lies in a place follows it."""
    every = places(session, scope)
    kept, children = _kept(session, scope), _children(every)
    in_order = list(_walk(children, children[None], 0))
    reached = {place.id for place, _ in in_order}
    # Two corrections at once can close a ring of places; they stay visible at the end.
    in_order += [(place, 0) for place in every if place.id not in reached]
    return [_shelf(place, depth, children, kept) for place, depth in in_order]


def _kept(session: Session, scope: Scope) -> Kept:
    statement = (
        sa.select(Exhibit.place_id, sa.func.count())
        .where(
            Exhibit.place_id.is_not(None),
            Exhibit.standing == Standing.KEPT,
            Exhibit.voided_at.is_(None),
            Exhibit.site_id.in_(visible_sites(scope)),
        )
        .group_by(Exhibit.place_id)
    )
    return dict(session.execute(statement).all())


def _children(places: Iterable[StoragePlace]) -> Children:
    children: dict[int | None, list[StoragePlace]] = defaultdict(list)
    for place in places:
        children[place.parent_id].append(place)
    return children


def _walk(
    children: Children,
    roots: Iterable[StoragePlace],
    depth: int,
    seen: frozenset[int] = frozenset(),
) -> Iterator[tuple[StoragePlace, int]]:
    for place in roots:
        if place.id not in seen:
            yield place, depth
            yield from _walk(children, children.get(place.id, ()), depth + 1, seen | {place.id})


def _shelf(place: StoragePlace, depth: int, children: Children, kept: Kept) -> Shelf:
    inside = [each.id for each, _ in _walk(children, [place], 0)]
    return Shelf(place, depth, kept.get(place.id, 0), sum(kept.get(each, 0) for each in inside))

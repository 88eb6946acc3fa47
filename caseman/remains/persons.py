"""Which units people hold to be of one person: signed by two, followed from unit to unit."""

from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.permissions import Scope
from caseman.remains.codes import ReassociationState
from caseman.remains.models import Reassociation, Remains
from caseman.sites.models import Site
from caseman.sites.scope import within_sites

Pair = tuple[int, int]


def of_one_person(session: Session, scope: Scope, row: Remains) -> Sequence[Remains]:
    """Return the other units within ``scope`` that are held to be of one person with ``row``.

    What holds A to B and B to C holds A to C; a unit out of scope is passed through unnamed.
    """
    pairs = _followed(session, sa.select(Remains.id).where(Remains.id == row.id))
    group = next((each for each in joined(pairs) if row.id in each), {row.id})
    statement = sa.select(Remains).where(Remains.id.in_(sorted(group - {row.id})))
    return session.scalars(
        within_sites(statement, Remains.site_id, scope).order_by(Remains.number)
    ).all()


def groups_at(session: Session, site: Site) -> list[frozenset[int]]:
    """Return the ids of units held to be of one person, for each who has some at ``site``."""
    pairs = _followed(session, sa.select(Remains.id).where(Remains.site_id == site.id))
    return joined(pairs)


def _followed(session: Session, start: sa.Select[int]) -> set[Pair]:
    """Return every signed pair that leads on from the units of ``start``."""
    found = set(_touching(session, start))
    asked: set[int] = set()
    while ids := {each for pair in found for each in pair} - asked:
        asked |= ids
        found |= set(_touching(session, sorted(ids)))
    return found


def _touching(session: Session, ids: sa.Select[int] | Collection[int]) -> Iterable[Pair]:
    # Two selections, because one condition on either of two columns follows no index.
    either = (
        sa.select(Reassociation.remains_id, Reassociation.other_id).where(
            Reassociation.state == ReassociationState.SIGNED, side.in_(ids)
        )
        for side in (Reassociation.remains_id, Reassociation.other_id)
    )
    return ((one, other) for one, other in session.execute(sa.union(*either)))


def joined(pairs: Iterable[Pair]) -> list[frozenset[int]]:
    """Return the connected groups of ``pairs``, the one with the least id first."""
    groups: list[frozenset[int]] = []
    for pair in sorted(pairs):
        touched = [each for each in groups if each & set(pair)]
        groups = [each for each in groups if each not in touched]
        groups.append(frozenset(pair).union(*touched))
    return sorted(groups, key=min)

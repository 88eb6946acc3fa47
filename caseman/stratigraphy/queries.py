"""Reads of contexts, each within a scope."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.permissions import Scope
from caseman.sites.models import Feature
from caseman.sites.queries import feature_by_number
from caseman.stratigraphy.codes import RelationKind
from caseman.stratigraphy.harris import Matrix, matrix
from caseman.stratigraphy.models import Context, ContextRelation

IN_ORDER = frozenset({RelationKind.ABOVE, RelationKind.CUTS, RelationKind.FILLS})
"""Relations that say which context is the later one."""


def contexts_of(session: Session, feature: Feature) -> Sequence[Context]:
    """Return the contexts of a feature by number; the caller has found the feature."""
    statement = sa.select(Context).where(Context.feature_id == feature.id)
    return session.scalars(statement.order_by(Context.number)).all()


def context_by_number(
    session: Session, scope: Scope, code: str, feature: int, number: int
) -> Context | None:
    """Return one context, or None where its site is outside ``scope``."""
    row = feature_by_number(session, scope, code, feature)
    if row is None:
        return None
    statement = sa.select(Context).where(Context.feature_id == row.id, Context.number == number)
    return session.scalar(statement)


def relations_in(session: Session, feature: Feature) -> Sequence[ContextRelation]:
    """Return every relation between contexts of a feature, in the order of entry."""
    statement = sa.select(ContextRelation).join(ContextRelation.upper)
    statement = statement.where(Context.feature_id == feature.id)
    return session.scalars(statement.order_by(ContextRelation.id)).all()


def matrix_of(
    contexts: Iterable[Context], relations: Iterable[tuple[int, int, RelationKind]]
) -> Matrix:
    """Return the matrix of contexts by their ids.

    Raises ``harris.ContradictionError`` where one would be later than itself.
    """
    known = list(relations)
    return matrix(
        [each.id for each in contexts],
        [(upper, lower) for upper, lower, kind in known if kind in IN_ORDER],
        [(upper, lower) for upper, lower, kind in known if kind is RelationKind.SAME],
    )


def as_pairs(relations: Iterable[ContextRelation]) -> list[tuple[int, int, RelationKind]]:
    """Return relations as ``matrix_of`` takes them."""
    return [(each.upper_id, each.lower_id, each.kind) for each in relations]

"""Contexts are numbered, described and related; what contradicts earlier relations is refused."""

from dataclasses import asdict, dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.coding import N_
from caseman.database import DomainError
from caseman.sites.models import Feature
from caseman.stratigraphy.codes import TURNED, ContextKind, Direction, RelationKind
from caseman.stratigraphy.harris import ContradictionError
from caseman.stratigraphy.models import Context, ContextRelation
from caseman.stratigraphy.queries import as_pairs, contexts_of, matrix_of, relations_in


@dataclass(frozen=True, slots=True)
class ContextFacts:
    """What is known of a context; depths are metres below the surface."""

    kind: ContextKind
    colour: str = ""
    texture: str = ""
    inclusions: str = ""
    top_m: float | None = None
    bottom_m: float | None = None
    recorded_on: date | None = None
    recorded_by: str = ""
    description: str = ""
    interpretation: str = ""


class RelatedAlreadyError(DomainError):
    """The two contexts have a relation already."""

    def __init__(self, other: Context) -> None:
        super().__init__(
            N_("How it lies to %(other)s is recorded already. Take that back first."),
            other=other.code,
        )


class CircleError(DomainError):
    """With this relation a context would be later than itself."""

    def __init__(self, path: str) -> None:
        super().__init__(
            N_(
                "With what is recorded already this cannot be: each of %(path)s would lie above "
                "the next. Look at the section again, or take one of those relations back."
            ),
            path=path,
        )


def add_context(session: Session, feature: Feature, facts: ContextFacts) -> Context:
    """Give ``feature`` its next context."""
    session.flush()
    session.execute(sa.select(Feature.id).where(Feature.id == feature.id).with_for_update())
    highest = sa.select(sa.func.max(Context.number)).where(Context.feature_id == feature.id)
    number = 1 + (session.scalar(highest) or 0)
    context = Context(feature=feature, number=number, **asdict(facts))
    session.add(context)
    session.flush()
    return context


def correct_context(context: Context, facts: ContextFacts) -> None:
    """Bring ``context`` to what ``facts`` say."""
    for name, value in asdict(facts).items():
        setattr(context, name, value)


def relate(
    session: Session, context: Context, other: Context, direction: Direction
) -> ContextRelation:
    """Record how ``context`` lies to ``other``.

    Raises ``RelatedAlreadyError``, and ``CircleError`` where a context would be later than itself.
    """
    feature = context.feature
    session.execute(sa.select(Feature.id).where(Feature.id == feature.id).with_for_update())
    known = relations_in(session, feature)
    if any({each.upper_id, each.lower_id} == {context.id, other.id} for each in known):
        raise RelatedAlreadyError(other)
    turned = direction in TURNED
    upper, lower = (other, context) if turned else (context, other)
    kind = TURNED[direction] if turned else RelationKind(direction.value)
    every = contexts_of(session, feature)
    try:
        matrix_of(every, [*as_pairs(known), (upper.id, lower.id, kind)])
    except ContradictionError as circle:
        codes = {each.id: each.code for each in every}
        path = " > ".join(codes[each] for each in circle.path)
        raise CircleError(path) from None
    relation = ContextRelation(upper=upper, lower=lower, kind=kind)
    session.add(relation)
    session.flush()
    return relation


def unrelate(session: Session, relation: ContextRelation) -> None:
    """Take a relation back; the trail keeps that it was there."""
    session.delete(relation)
    session.flush()

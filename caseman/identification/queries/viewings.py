"""Reads of viewings and recognitions, each within a scope.

A viewing is seen by whoever may know of its missing person. Which effect a picture shows is told
only where the effect too lies within the scope.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman.effects.models import CatalogueItem, EffectPhotograph, PersonalEffect
from caseman.effects.queries import effects
from caseman.identification.codes import RecognitionAnswer
from caseman.identification.models import BelongingsViewing, Recognition
from caseman.permissions import Scope
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson
from caseman.reports.queries.scope import within

KNOWN = (RecognitionAnswer.RECOGNISED, RecognitionAnswer.SIMILAR)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What somebody said of a picture of an effect, beside what they said of decoys."""

    viewing: BelongingsViewing
    recognition: Recognition
    effect: PersonalEffect
    decoys_known: int
    """How many pictures of things not found here the same person recognised or found similar."""
    decoys_shown: int


def viewings(scope: Scope) -> sa.Select[BelongingsViewing]:
    """Return the selection of viewings for persons within ``scope``, struck ones included."""
    return within(
        sa.select(BelongingsViewing).join(BelongingsViewing.missing_person), scope
    ).options(
        joinedload(BelongingsViewing.missing_person),
        joinedload(BelongingsViewing.catalogue),
        selectinload(BelongingsViewing.recognitions)
        .joinedload(Recognition.item)
        .joinedload(CatalogueItem.photograph),
    )


def viewing_by_number(session: Session, scope: Scope, number: str) -> BelongingsViewing | None:
    """Return the viewing, or None where its person is outside ``scope``."""
    return session.scalar(viewings(scope).where(BelongingsViewing.number == number))


def viewings_for(
    session: Session, scope: Scope, person: MissingPerson
) -> Sequence[BelongingsViewing]:
    """Return the viewings for ``person``, the newest first."""
    mine = viewings(scope).where(BelongingsViewing.missing_person_id == person.id)
    return session.scalars(mine.order_by(BelongingsViewing.id.desc())).all()


def items_of(session: Session, viewing: BelongingsViewing) -> Sequence[CatalogueItem]:
    """Return what was shown, in its order."""
    statement = (
        sa.select(CatalogueItem)
        .where(CatalogueItem.catalogue_id == viewing.catalogue_id)
        .options(
            joinedload(CatalogueItem.photograph).joinedload(EffectPhotograph.effect),
            joinedload(CatalogueItem.decoy),
        )
    )
    return session.scalars(statement.order_by(CatalogueItem.place)).all()


def effects_of(
    session: Session, scope: Scope, items: Iterable[CatalogueItem]
) -> dict[int, PersonalEffect]:
    """Return by id the effects that ``items`` show, as far as they lie within ``scope``."""
    ids = {each.photograph.effect_id for each in items if each.photograph is not None}
    rows = session.scalars(effects(scope).where(PersonalEffect.id.in_(ids)))
    return {each.id: each for each in rows}


def answers_in(viewing: BelongingsViewing) -> dict[int, Recognition]:
    """Return, by item id, what counts: the last that was written down of each picture."""
    return {each.item_id: each for each in viewing.recognitions}


def recognised(
    session: Session,
    scope: Scope,
    *,
    effect: PersonalEffect | None = None,
    remains: Remains | None = None,
    person: MissingPerson | None = None,
) -> list[Recognised]:
    """Return which effects were recognised or found similar, of those all arguments name."""
    statement = viewings(scope).where(BelongingsViewing.struck_at.is_(None))
    if person is not None:
        statement = statement.where(BelongingsViewing.missing_person_id == person.id)
    asked = effects(scope).where(PersonalEffect.voided_at.is_(None))
    if effect is not None:
        asked = asked.where(PersonalEffect.id == effect.id)
    if remains is not None:
        asked = asked.where(PersonalEffect.remains_id == remains.id)
    if effect is not None or remains is not None:
        shown = (
            sa.select(CatalogueItem.catalogue_id)
            .join(CatalogueItem.photograph)
            .where(EffectPhotograph.effect_id.in_(asked.with_only_columns(PersonalEffect.id)))
        )
        statement = statement.where(BelongingsViewing.catalogue_id.in_(shown))
    looked = session.scalars(statement.order_by(BelongingsViewing.id)).all()
    return _known(session, looked, asked) if looked else []


def _known(
    session: Session, looked: Iterable[BelongingsViewing], asked: sa.Select[PersonalEffect]
) -> list[Recognised]:
    found = [
        (viewing, row, row.item.photograph.effect_id)
        for viewing in looked
        for row in answers_in(viewing).values()
        if row.answer in KNOWN and row.item.photograph is not None
    ]
    ids = {effect_id for _, _, effect_id in found}
    rows = session.scalars(asked.where(PersonalEffect.id.in_(ids))) if ids else ()
    seen = {each.id: each for each in rows}
    return [
        Recognised(viewing, row, seen[effect_id], *_decoys(viewing))
        for viewing, row, effect_id in found
        if effect_id in seen
    ]


def _decoys(viewing: BelongingsViewing) -> tuple[int, int]:
    """Return how many decoys were known and how many were answered for."""
    decoys = [each for each in answers_in(viewing).values() if each.item.decoy_id is not None]
    return sum(each.answer in KNOWN for each in decoys), len(decoys)

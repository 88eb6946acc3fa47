"""Reads of effects, each within a scope."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman.coding.belongings import Colour, EffectCategory
from caseman.custody.models import Exhibit
from caseman.effects.models import EffectWord, PersonalEffect
from caseman.permissions import Scope
from caseman.remains.models import Remains
from caseman.remains.queries import remains as all_remains
from caseman.searching import begins_with, begun, says
from caseman.sites.models import Feature
from caseman.sites.scope import of_site, within_sites


@dataclass(frozen=True, slots=True)
class EffectFilter:
    """What a list of effects is narrowed to."""

    text: str = ""
    category: EffectCategory | None = None
    colour: Colour | None = None
    kind: str = ""
    site: str = ""
    loose_only: bool = False


def effects(scope: Scope) -> sa.Select[PersonalEffect]:
    """Return the selection of effects within ``scope``, voided ones included."""
    return within_sites(sa.select(PersonalEffect), PersonalEffect.site_id, scope)


def as_listed(session: Session, scope: Scope, wanted: EffectFilter) -> sa.Select[PersonalEffect]:
    """Return the effects within ``scope`` that fit the text of ``wanted`` and what a list shows.

    The text is the beginning of a number, or words that all must be said of the effect.
    """
    statement = effects(scope).options(joinedload(PersonalEffect.remains))
    if number := begun(session, PersonalEffect.number, wanted.text):
        statement = statement.where(begins_with(PersonalEffect.number, number))
    return statement


def conditions(session: Session, wanted: EffectFilter) -> Iterator[sa.ColumnElement[bool]]:
    """Yield what effects must fit that fit ``wanted``."""
    if wanted.text and not begun(session, PersonalEffect.number, wanted.text):
        yield from says(session, PersonalEffect.id, EffectWord, wanted.text)
    if wanted.category is not None:
        yield PersonalEffect.category == wanted.category
    if wanted.colour is not None:
        yield PersonalEffect.colour == wanted.colour
    if wanted.kind:
        yield PersonalEffect.kind == wanted.kind
    if wanted.site:
        yield of_site(PersonalEffect.site_id, wanted.site)
    if wanted.loose_only:
        yield PersonalEffect.remains_id.is_(None)


def effect_by_number(session: Session, scope: Scope, number: str) -> PersonalEffect | None:
    """Return the effect, or None where it is outside ``scope``."""
    statement = (
        effects(scope)
        .where(PersonalEffect.number == number)
        .options(
            joinedload(PersonalEffect.remains),
            joinedload(PersonalEffect.found_on),
            selectinload(PersonalEffect.photographs),
        )
    )
    return session.scalar(statement)


def effects_with_remains(
    session: Session, scope: Scope, remains: Remains
) -> Sequence[PersonalEffect]:
    """Return the effects now held to belong with ``remains``, voided ones left out."""
    statement = (
        effects(scope)
        .where(PersonalEffect.remains_id == remains.id, PersonalEffect.voided_at.is_(None))
        .order_by(PersonalEffect.id)
        .options(selectinload(PersonalEffect.photographs))
    )
    return session.scalars(statement).all()


def effects_in(session: Session, scope: Scope, exhibit: Exhibit) -> Sequence[PersonalEffect]:
    """Return the effects in the bag ``exhibit``: its own, or those with the remains in it."""
    in_it = sa.select(Remains.id).where(Remains.exhibit_id == exhibit.id)
    statement = effects(scope).where(
        sa.or_(PersonalEffect.exhibit_id == exhibit.id, PersonalEffect.remains_id.in_(in_it)),
        PersonalEffect.voided_at.is_(None),
    )
    return session.scalars(statement.order_by(PersonalEffect.id)).all()


def remains_of_feature(session: Session, scope: Scope, feature: Feature) -> Sequence[Remains]:
    """Return the remains in ``feature`` with how they were lifted and their photographs."""
    statement = (
        all_remains(scope)
        .where(Remains.feature_id == feature.id, Remains.voided_at.is_(None))
        .options(
            joinedload(Remains.recovery),
            joinedload(Remains.context),
            selectinload(Remains.photographs),
        )
    )
    return session.scalars(statement.order_by(Remains.number)).all()


def effects_of_feature(
    session: Session, scope: Scope, feature: Feature
) -> Sequence[PersonalEffect]:
    """Return the effects in ``feature``, those with remains too."""
    statement = effects(scope).where(
        PersonalEffect.feature_id == feature.id, PersonalEffect.voided_at.is_(None)
    )
    statement = statement.options(joinedload(PersonalEffect.context))
    return session.scalars(statement.order_by(PersonalEffect.number)).all()


def beside(session: Session, scope: Scope, effect: PersonalEffect) -> Sequence[PersonalEffect]:
    """Return what ``effect`` may have lain in: effects of its remains, or loose in its feature."""
    if effect.remains is None:
        return loose_effects(session, scope, effect.feature)
    return effects_with_remains(session, scope, effect.remains)


def loose_effects(session: Session, scope: Scope, feature: Feature) -> Sequence[PersonalEffect]:
    """Return the effects that lie loose in ``feature``."""
    statement = effects(scope).where(
        PersonalEffect.feature_id == feature.id,
        PersonalEffect.remains_id.is_(None),
        PersonalEffect.voided_at.is_(None),
    )
    return session.scalars(statement.order_by(PersonalEffect.number)).all()

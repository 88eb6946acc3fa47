"""Reads of catalogues and decoys, each within a scope.

Whoever reads remains sees a catalogue where all of its sites lie within the scope. Whoever only
speaks with families sees what may be shown, and never which item is what.
"""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from caseman.coding.belongings import EffectCategory
from caseman.effects.codes import CatalogueState
from caseman.effects.models import (
    BelongingsCatalogue,
    CatalogueItem,
    CatalogueSite,
    Decoy,
    EffectPhotograph,
    PersonalEffect,
)
from caseman.effects.queries import EffectFilter, conditions
from caseman.permissions import Permission, Scope
from caseman.searching import begins_with, begun
from caseman.sites.scope import visible_sites, within_operations

NEVER_SHOWN = (EffectCategory.RESTRAINT, EffectCategory.BALLISTIC)
"""What tells how somebody died is no belonging that a family is asked to recognise."""


def catalogues(scope: Scope) -> sa.Select[BelongingsCatalogue]:
    """Return the selection of catalogues that ``scope`` opens, for whichever work."""
    statement = within_operations(
        sa.select(BelongingsCatalogue), BelongingsCatalogue.operation_id, scope
    )
    if scope.may(Permission.REMAINS_READ):
        outside = sa.select(CatalogueSite.id).where(
            CatalogueSite.catalogue_id == BelongingsCatalogue.id,
            CatalogueSite.site_id.not_in(visible_sites(scope)),
        )
        return statement.where(~outside.exists())
    if scope.may(Permission.REPORT_WRITE):
        return statement.where(BelongingsCatalogue.state != CatalogueState.CHOOSING)
    return statement.where(sa.false())


def catalogue_by_number(session: Session, scope: Scope, number: str) -> BelongingsCatalogue | None:
    """Return the catalogue with its items, or None where it is outside ``scope``."""
    photograph = joinedload(CatalogueItem.photograph).joinedload(EffectPhotograph.effect)
    statement = (
        catalogues(scope)
        .where(BelongingsCatalogue.number == number)
        .options(
            selectinload(BelongingsCatalogue.items).options(
                photograph, joinedload(CatalogueItem.decoy)
            ),
            selectinload(BelongingsCatalogue.sites).joinedload(CatalogueSite.site),
        )
    )
    return session.scalar(statement)


def to_be_shown(session: Session, scope: Scope, operation_id: int) -> Sequence[BelongingsCatalogue]:
    """Return the catalogues of an operation that may be shown now, the newest first."""
    statement = catalogues(scope).where(
        BelongingsCatalogue.operation_id == operation_id,
        BelongingsCatalogue.state == CatalogueState.FIXED,
    )
    return session.scalars(statement.order_by(BelongingsCatalogue.id.desc())).all()


def counts_of(session: Session, catalogue_ids: Sequence[int]) -> dict[int, int]:
    """Return how many items each of some catalogues has."""
    statement = (
        sa.select(CatalogueItem.catalogue_id, sa.func.count().label("items"))
        .where(CatalogueItem.catalogue_id.in_(catalogue_ids))
        .group_by(CatalogueItem.catalogue_id)
    )
    return {row.catalogue_id: row.items for row in session.execute(statement)}


def choosable(
    session: Session, catalogue: BelongingsCatalogue, wanted: EffectFilter
) -> sa.Select[EffectPhotograph]:
    """Return the photographs that may go into ``catalogue`` once somebody found them fit.

    An effect is shown once, so that none of its photographs is offered when one is taken.
    """
    sites = sa.select(CatalogueSite.site_id).where(CatalogueSite.catalogue_id == catalogue.id)
    taken = (
        sa.select(EffectPhotograph.effect_id)
        .join(CatalogueItem, CatalogueItem.photograph_id == EffectPhotograph.id)
        .where(CatalogueItem.catalogue_id == catalogue.id)
    )
    return (
        sa.select(EffectPhotograph)
        .join(EffectPhotograph.effect)
        .where(
            PersonalEffect.site_id.in_(sites),
            PersonalEffect.voided_at.is_(None),
            PersonalEffect.category.not_in(NEVER_SHOWN),
            PersonalEffect.id.not_in(taken),
            *_fitting(session, wanted),
        )
        .options(contains_eager(EffectPhotograph.effect))
    )


def _fitting(session: Session, wanted: EffectFilter) -> Iterator[sa.ColumnElement[bool]]:
    if number := begun(session, PersonalEffect.number, wanted.text):
        yield begins_with(PersonalEffect.number, number)
    yield from conditions(session, wanted)


def decoys(scope: Scope) -> sa.Select[Decoy]:
    """Return the selection of decoys of the operations within ``scope``."""
    return within_operations(sa.select(Decoy), Decoy.operation_id, scope)


def decoy_by_number(session: Session, scope: Scope, number: str) -> Decoy | None:
    """Return the decoy, or None where it is outside ``scope``."""
    return session.scalar(decoys(scope).where(Decoy.number == number))


def decoys_for(catalogue: BelongingsCatalogue) -> sa.Select[Decoy]:
    """Return the decoys that may still go into ``catalogue``."""
    taken = sa.select(CatalogueItem.decoy_id).where(
        CatalogueItem.catalogue_id == catalogue.id, CatalogueItem.decoy_id.is_not(None)
    )
    return sa.select(Decoy).where(
        Decoy.operation_id == catalogue.operation_id,
        Decoy.retired_at.is_(None),
        Decoy.id.not_in(taken),
    )


def items_of_effect(
    session: Session, scope: Scope, effect: PersonalEffect
) -> Sequence[CatalogueItem]:
    """Return where ``effect`` stands in catalogues that ``scope`` opens, with the catalogue."""
    seen = catalogues(scope).with_only_columns(BelongingsCatalogue.id)
    statement = (
        sa.select(CatalogueItem)
        .join(CatalogueItem.photograph)
        .where(EffectPhotograph.effect_id == effect.id, CatalogueItem.catalogue_id.in_(seen))
        .options(joinedload(CatalogueItem.catalogue))
    )
    return session.scalars(statement.order_by(CatalogueItem.id)).all()

"""Reads of effects given out on their own, each within a scope."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.custody.models import Exhibit
from caseman.effects.models import PersonalEffect
from caseman.effects.queries import effects_with_remains
from caseman.identification.codes import STANDING_RELEASES, EffectReleaseState, ReleaseState
from caseman.identification.models import EffectGivenOut, EffectRelease, Release, ReleasedEffect
from caseman.permissions import Scope
from caseman.sites.scope import within_sites


def effect_releases(scope: Scope) -> sa.Select[EffectRelease]:
    """Return the selection of hand-overs of effects within ``scope``."""
    return within_sites(sa.select(EffectRelease), EffectRelease.site_id, scope)


def effect_release_by_number(session: Session, scope: Scope, number: str) -> EffectRelease | None:
    """Return the hand-over, or None where there is none within ``scope``."""
    return session.scalar(effect_releases(scope).where(EffectRelease.number == number))


def releases_of_effect(
    session: Session, scope: Scope, effect: PersonalEffect
) -> Sequence[EffectRelease]:
    """Return every hand-over that ``effect`` was part of, the last one first."""
    statement = (
        effect_releases(scope)
        .join(EffectRelease.items)
        .where(EffectGivenOut.effect_id == effect.id)
        .order_by(EffectRelease.id.desc())
    )
    return session.scalars(statement).all()


def given_out_in(session: Session, scope: Scope, exhibit: Exhibit) -> EffectRelease | None:
    """Return the hand-over by which the effect in ``exhibit`` is away now."""
    statement = (
        effect_releases(scope)
        .join(EffectRelease.items)
        .join(EffectGivenOut.effect)
        .where(
            PersonalEffect.exhibit_id == exhibit.id,
            EffectRelease.state == EffectReleaseState.RELEASED,
        )
        .order_by(EffectRelease.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def effects_beside(session: Session, scope: Scope, effect: PersonalEffect) -> list[PersonalEffect]:
    """Return what may be given out together with ``effect``: itself and those it lies with."""
    rows = (
        [effect]
        if effect.remains is None
        else list(effects_with_remains(session, scope, effect.remains))
    )
    bound = bound_effects(session, [each.id for each in rows])
    return [each for each in rows if each.id not in bound and each.voided_at is None]


def bound_effects(session: Session, effect_ids: Sequence[int]) -> set[int]:
    """Return which of the effects have left, or are about to: with remains or on their own."""
    alone = (
        sa.select(EffectGivenOut.effect_id)
        .join(EffectGivenOut.release)
        .where(EffectGivenOut.effect_id.in_(effect_ids), EffectRelease.state.in_(STANDING_RELEASES))
    )
    with_remains = (
        sa.select(ReleasedEffect.effect_id)
        .join(ReleasedEffect.release)
        .where(ReleasedEffect.effect_id.in_(effect_ids), Release.state != ReleaseState.HALTED)
    )
    return set(session.scalars(alone)) | set(session.scalars(with_remains))

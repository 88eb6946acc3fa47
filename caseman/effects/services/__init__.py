"""What can be done with personal effects.

An effect found on remains stays in their bag and bears their number with an ordinal; a loose one
has a number and an exhibit of its own. A number once given is kept: a mistake is voided with a
reason, and an effect that changes its place keeps the number it was found under.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.coding import N_
from caseman.custody.codes import ExhibitKind
from caseman.custody.models import Exhibit
from caseman.database import DomainError, now
from caseman.effects.drafts import SHORTEST_REASON, Description
from caseman.effects.models import EffectPhotograph, PersonalEffect
from caseman.media.models import MediaFile
from caseman.remains.models import Remains
from caseman.remains.services import numbers
from caseman.sites.codes import NumberKind
from caseman.sites.models import Feature
from caseman.sites.services import format_number, next_number
from caseman.stratigraphy.models import Context

__all__ = [
    "UNKNOWN_REMAINS",
    "Description",
    "EffectError",
    "FoundOnRemains",
    "attach_photograph",
    "belongs_to",
    "describe",
    "lay_in",
    "place",
    "put_in_context",
    "register_all_on",
    "register_loose",
    "register_on",
    "void",
]

UNKNOWN_REMAINS = N_("%(number)s is no number of remains that you can see. Check it.")


class EffectError(DomainError):
    """An effect cannot be as asked."""


@dataclass(frozen=True, slots=True)
class FoundOnRemains:
    """An effect that lay with remains."""

    remains: Remains
    what: Description


def register_on(session: Session, remains: Remains, what: Description) -> PersonalEffect:
    """Record an effect found on ``remains``, under their number."""
    return register_all_on(session, [FoundOnRemains(remains, what)])[0]


def register_all_on(session: Session, found: Iterable[FoundOnRemains]) -> list[PersonalEffect]:
    """Record any number of effects found on remains, in their order, with few statements."""
    drafts = list(found)
    if any(draft.remains.voided_at for draft in drafts):
        raise EffectError(N_("These remains are voided: nothing can be added to them."))
    upcoming = _ordinals(session, sorted({draft.remains.id for draft in drafts}))
    rows = []
    for draft in drafts:
        remains = draft.remains
        upcoming[remains.id] += 1
        ordinal = upcoming[remains.id]
        rows.append(
            PersonalEffect(
                number=f"{remains.number}/{ordinal}",
                ordinal=ordinal,
                site_id=remains.site_id,
                feature_id=remains.feature_id,
                found_on=remains,
                remains=remains,
                **_columns(draft.what),
            )
        )
    session.add_all(rows)
    for remains in {draft.remains.id: draft.remains for draft in drafts}.values():
        remains.evidence_changed_at = now()
    session.flush()
    return rows


def _ordinals(session: Session, remains_ids: Sequence[int]) -> dict[int, int]:
    """Return the highest ordinal given so far for each of the remains."""
    highest: dict[int, int] = defaultdict(int)
    for start in range(0, len(remains_ids), 500):
        some = remains_ids[start : start + 500]
        query = (
            sa.select(PersonalEffect.found_on_id, sa.func.max(PersonalEffect.ordinal))
            .where(PersonalEffect.found_on_id.in_(some))
            .group_by(PersonalEffect.found_on_id)
        )
        highest.update({key: ordinal for key, ordinal in session.execute(query) if key})
    return highest


def register_loose(
    session: Session, feature: Feature, team_id: int, what: Description
) -> PersonalEffect:
    """Record an effect found loose in ``feature``, with a number and an exhibit of its own."""
    sequence = next_number(session, feature, team_id, NumberKind.EFFECT)
    number = format_number(feature.site.code, feature.code, NumberKind.EFFECT, sequence)
    row = PersonalEffect(
        number=number,
        ordinal=sequence,
        site_id=feature.site_id,
        feature=feature,
        exhibit=Exhibit(number=number, kind=ExhibitKind.EFFECT, site=feature.site),
        **_columns(what),
    )
    session.add(row)
    session.flush()
    return row


def place(
    session: Session, effect: PersonalEffect, east: float, north: float, depth: float | None = None
) -> None:
    """Write down where an effect lay, in metres from the datum; a depth that is not told stays."""
    effect.grid_e_m, effect.grid_n_m = east, north
    if depth is not None:
        effect.depth_m = depth
    session.flush()


def put_in_context(
    session: Session,
    context: Context,
    every: Iterable[Remains | PersonalEffect],
    chosen: Collection[str],
) -> None:
    """Say which of the finds of a feature lay in ``context``: those whose number is chosen."""
    for find in every:
        if find.number in chosen:
            find.context = context
        elif find.context_id == context.id:
            find.context = None
    session.flush()


def describe(effect: PersonalEffect, what: Description) -> None:
    """Bring the description of ``effect`` to what is now known; the trail keeps the old one."""
    _refuse_voided(effect)
    for name, value in _columns(what).items():
        setattr(effect, name, value)
    _touch(effect.remains)


def lay_in(effect: PersonalEffect, other: PersonalEffect | None) -> None:
    """Say in whose pocket, or inside what, ``effect`` lay; None takes that back."""
    _refuse_voided(effect)
    holder = other
    while holder is not None:
        if holder is effect:
            raise EffectError(N_("A thing cannot lie in itself, nor in what lies in it."))
        holder = holder.inside
    effect.inside = other


def void(effect: PersonalEffect, reason: str) -> None:
    """Void an effect recorded by mistake; its number stays visible and is never given again."""
    _refuse_voided(effect)
    if len(reason.strip()) < SHORTEST_REASON:
        raise EffectError(N_("Say why this effect is voided."))
    effect.voided_at = now()
    effect.void_reason = reason
    if effect.exhibit is not None:
        effect.exhibit.voided_at = effect.voided_at
    _touch(effect.remains)


def belongs_to(effect: PersonalEffect, remains: Remains | None, reason: str) -> None:
    """Say with which remains an effect belongs, or that it belongs with none.

    It keeps the number it was found under; the reason stays on the record.
    """
    _refuse_voided(effect)
    if len(reason.strip()) < SHORTEST_REASON:
        raise EffectError(N_("Say why the effect belongs there."))
    if remains is not None and remains.site_id != effect.site_id:
        raise EffectError(N_("The effect and the remains were found at different sites."))
    before = effect.remains
    effect.remains = remains
    effect.moved_because = reason
    for each in (before, remains):
        _touch(each)


def attach_photograph(
    session: Session, effect: PersonalEffect, file: MediaFile, caption: str = ""
) -> EffectPhotograph:
    """Attach a photograph; the same file twice is attached once."""
    for photograph in effect.photographs:
        if photograph.media_file_id == file.id:
            return photograph
    row = EffectPhotograph(media_file=file, caption=caption)
    effect.photographs.append(row)
    session.flush()
    return row


def _columns(what: Description) -> dict[str, Any]:
    values = {name: getattr(what, name) for name in Description.__slots__}
    return values | {"absences": dict(what.absences)}


def _refuse_voided(effect: PersonalEffect) -> None:
    if effect.voided_at is not None:
        raise EffectError(N_("This effect is voided."))


def _touch(remains: Remains | None) -> None:
    if remains is not None:
        remains.evidence_changed_at = now()


def _follow(session: Session, remains: Remains) -> None:
    """Let the effects that belong with ``remains`` lie where these now lie."""
    mine = sa.select(PersonalEffect).where(PersonalEffect.remains_id == remains.id)
    for effect in session.scalars(mine):
        effect.feature, effect.site = remains.feature, remains.site


def _count_held(session: Session, remains: Remains) -> int:
    """Count the effects that would be left with a voided number."""
    held = sa.select(sa.func.count(PersonalEffect.id)).where(
        PersonalEffect.remains_id == remains.id, PersonalEffect.voided_at.is_(None)
    )
    return session.scalar(held) or 0


numbers.follow_move.append(_follow)
numbers.count_held.append(_count_held)

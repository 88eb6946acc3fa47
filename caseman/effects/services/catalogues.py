"""What can be done with catalogues of belongings.

Only photographs that somebody looked at and found fit go into one. The order is drawn once, when
the catalogue is fixed, and holds from then on: item 7 is item 7 for every family.
"""

import random
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.coding import N_
from caseman.database import now, random_code
from caseman.effects.codes import CatalogueState
from caseman.effects.drafts import SHORTEST_REASON, LookedLike
from caseman.effects.models import (
    BelongingsCatalogue,
    CatalogueItem,
    CatalogueSite,
    Decoy,
    EffectPhotograph,
)
from caseman.effects.queries.catalogues import NEVER_SHOWN
from caseman.effects.services import EffectError
from caseman.media.models import MediaFile
from caseman.sites.models import Site

__all__ = [
    "add_decoys",
    "choose",
    "choose_decoys",
    "fix",
    "judge_fit",
    "leave_out",
    "open_catalogue",
    "retire",
    "withdraw",
]

NOT_FIT = N_("%(number)s: somebody must look at this photograph first and find it fit.")


def judge_fit(photograph: EffectPhotograph, by: User, *, is_fit: bool) -> None:
    """Keep whether families may see ``photograph``; one that they may not leaves every page."""
    photograph.fit_at = now() if is_fit else None
    photograph.fit_by = by


def add_decoys(
    session: Session, operation_id: int, files: Sequence[MediaFile], like: LookedLike, by: User
) -> list[Decoy]:
    """Add a decoy for each of ``files`` to the pictures of an operation, unless it is there."""
    ids = [each.id for each in files]
    found = sa.select(EffectPhotograph.id).where(EffectPhotograph.media_file_id.in_(ids))
    if session.scalar(found.limit(1)) is not None:
        raise EffectError(N_("One of these is a photograph of an effect: it cannot be a decoy."))
    held = sa.select(Decoy.media_file_id).where(
        Decoy.operation_id == operation_id, Decoy.media_file_id.in_(ids)
    )
    known = set(session.scalars(held))
    rows = [
        Decoy(
            number=f"Y-{random_code(7)}",
            operation_id=operation_id,
            media_file=file,
            category=like.category,
            kind=like.kind,
            colour=like.colour,
            origin=like.origin,
            added_by=by,
        )
        for file in {each.id: each for each in files if each.id not in known}.values()
    ]
    session.add_all(rows)
    session.flush()
    return rows


def retire(decoy: Decoy, *, is_retired: bool) -> None:
    """Let ``decoy`` go into no new catalogue, or into new ones again; fixed ones keep it."""
    decoy.retired_at = (decoy.retired_at or now()) if is_retired else None


def open_catalogue(
    session: Session, sites: Sequence[Site], title: str, by: User
) -> BelongingsCatalogue:
    """Begin a catalogue of effects from ``sites``, which are of one operation."""
    if not sites:
        raise EffectError(N_("Choose at least one site."))
    if len({site.operation_id for site in sites}) > 1:
        raise EffectError(N_("The sites of a catalogue must be of one operation."))
    row = BelongingsCatalogue(
        number=f"K-{random_code(7)}",
        operation_id=sites[0].operation_id,
        title=title,
        made_by=by,
        sites=[CatalogueSite(site=site) for site in sites],
    )
    session.add(row)
    session.flush()
    return row


def choose(
    session: Session, catalogue: BelongingsCatalogue, photographs: Sequence[EffectPhotograph]
) -> int:
    """Take ``photographs`` into ``catalogue`` and return how many; an effect is shown once."""
    _must_be_open(catalogue)
    sites = {each.site_id for each in catalogue.sites}
    held = {item.photograph.effect_id for item in catalogue.items if item.photograph is not None}
    before = len(held)
    for each in photographs:
        effect = each.effect
        if not each.is_fit or effect.voided_at is not None or effect.category in NEVER_SHOWN:
            raise EffectError(NOT_FIT, number=effect.number)
        if effect.site_id not in sites:
            raise EffectError(
                N_("%(number)s is of no site of this catalogue."), number=effect.number
            )
        if effect.id not in held:
            held.add(effect.id)
            item = CatalogueItem(photograph=each, category=effect.category, kind=effect.kind)
            item.colour = effect.colour
            catalogue.items.append(item)
    session.flush()
    return len(held) - before


def choose_decoys(session: Session, catalogue: BelongingsCatalogue, decoys: Iterable[Decoy]) -> int:
    """Take ``decoys`` into ``catalogue`` and return how many were not yet in it."""
    _must_be_open(catalogue)
    held = {item.decoy_id for item in catalogue.items}
    new = [each for each in decoys if each.id not in held and each.retired_at is None]
    for each in new:
        item = CatalogueItem(decoy=each, category=each.category, kind=each.kind)
        item.colour = each.colour
        catalogue.items.append(item)
    session.flush()
    return len(new)


def leave_out(session: Session, catalogue: BelongingsCatalogue, item: CatalogueItem) -> None:
    """Take ``item`` out of a catalogue that is still being put together."""
    _must_be_open(catalogue)
    session.delete(item)
    session.flush()
    session.expire(catalogue, ["items"])


def fix(catalogue: BelongingsCatalogue, by: User) -> None:
    """Draw the order and fix it; words are kept as they are now, whatever is corrected later."""
    _must_be_open(catalogue)
    if not any(item.photograph_id for item in catalogue.items):
        raise EffectError(N_("Choose at least one effect."))
    if not any(item.decoy_id for item in catalogue.items):
        raise EffectError(
            N_("Choose at least one decoy: without any, nothing tells how much to trust a choice.")
        )
    for item in catalogue.items:
        if item.picture is None:
            number = item.photograph.effect.number if item.photograph else ""
            raise EffectError(NOT_FIT, number=number)
        if item.photograph is not None:
            effect = item.photograph.effect
            item.category, item.kind, item.colour = effect.category, effect.kind, effect.colour
    places = list(range(1, len(catalogue.items) + 1))
    random.SystemRandom().shuffle(places)
    for place, item in zip(places, catalogue.items, strict=True):
        item.place = place
    catalogue.state = CatalogueState.FIXED
    catalogue.fixed_by, catalogue.fixed_at = by, now()


def withdraw(catalogue: BelongingsCatalogue, reason: str) -> None:
    """Show ``catalogue`` no more; what was recognised in it stays."""
    if catalogue.state is not CatalogueState.FIXED:
        raise EffectError(N_("Only a fixed catalogue can be withdrawn."))
    if len(reason.strip()) < SHORTEST_REASON:
        raise EffectError(N_("Say why this catalogue is withdrawn."))
    catalogue.state = CatalogueState.WITHDRAWN
    catalogue.withdrawn_reason = reason


def _must_be_open(catalogue: BelongingsCatalogue) -> None:
    if catalogue.state is not CatalogueState.CHOOSING:
        raise EffectError(N_("This catalogue is fixed: nothing in it can be changed."))

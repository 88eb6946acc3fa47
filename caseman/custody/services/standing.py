"""Where an exhibit stands follows from its hand-overs; nothing else moves it."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.custody.codes import Standing, TransferPurpose
from caseman.custody.models import Exhibit, TransferItem
from caseman.custody.queries import Hand, paths_of
from caseman.jobs.registry import after_upgrade


def settle(session: Session, exhibits: Iterable[Exhibit]) -> None:
    """Bring standing, place and seal of ``exhibits`` to what their hand-overs say.

    Of several hand-overs the one counts that by its own words was the last: a paper sheet that is
    entered weeks later moves nothing.
    """
    rows = {exhibit.id: exhibit for exhibit in exhibits}
    for exhibit_id, hands in paths_of(session, rows).items():
        _settle(rows[exhibit_id], hands)
    session.flush()


@after_upgrade
def settle_old(session: Session) -> None:
    """Settle exhibits that were handed over before their standing was kept."""
    moved = sa.select(TransferItem.exhibit_id)
    old = sa.select(Exhibit).where(Exhibit.standing.is_(None), Exhibit.id.in_(moved))
    settle(session, session.scalars(old))


def _settle(exhibit: Exhibit, hands: Sequence[Hand]) -> None:
    moves = sorted((hand for hand in hands if _is_move(hand)), key=lambda hand: hand.told_order)
    last = moves[-1] if moves else None
    arrived = next((hand for hand in reversed(moves) if hand.arrived), None)
    exhibit.standing = _standing(last) if last else None
    exhibit.last_transfer_id = last.transfer.id if last else None
    exhibit.place_id = arrived.transfer.to_place_id if arrived else None
    seals = (seal for hand in reversed(moves) for seal in hand.seals if seal)
    exhibit.seal_number = next(seals, exhibit.seal_number)


def _is_move(hand: Hand) -> bool:
    """Say whether ``hand`` moved it: not where nobody gave it and its arrival was taken back."""
    return hand.given is not None or hand.arrived


def _standing(last: Hand) -> Standing:
    if last.found is None:
        return Standing.ON_THE_WAY
    if not last.found.received:
        return Standing.MISSING
    if last.transfer.purpose is TransferPurpose.RELEASE:
        return Standing.RELEASED
    return Standing.KEPT

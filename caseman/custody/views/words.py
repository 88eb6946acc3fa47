"""How custody is worded: where an exhibit stands, and the links of its path."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseman.custody.codes import TransferState
from caseman.custody.models import (
    CustodyTransfer,
    Exhibit,
    ReceiptItem,
    StoragePlace,
    TransferItem,
)
from caseman.custody.numbers import isolated
from caseman.custody.queries import Gap, Hand, clocks_disagree, mismatch, steps
from caseman.web.filters import label
from caseman.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step of a path as a page tells it: a hand-over with what breaks it, or a gap."""

    hand: Hand | None
    doubts: tuple[str, ...]
    """What does not hold, in words; for a gap this is all there is."""


def told_path(hands: Sequence[Hand]) -> list[ToldStep]:
    """Return the steps from the find-spot on, each gap among them."""
    backwards = clocks_disagree(hands)
    return [_told(step, backwards) for step in steps(hands)]


def _told(step: Hand | Gap, backwards: set[int]) -> ToldStep:
    if isinstance(step, Gap):
        return ToldStep(None, (_gap(step),))
    doubts = [label(each) for each in step.breaks]
    if step.transfer.id in backwards:
        doubts.append(_("It tells an earlier time than a hand-over that was entered before it."))
    return ToldStep(step, tuple(doubts))


def _gap(gap: Gap) -> str:
    if gap.before is None:
        return _(
            "Nobody recorded how it came from the find-spot to %(place)s.",
            place=_beginning(gap.after),
        )
    return _(
        "Nobody recorded how it came from %(before)s to %(after)s.",
        before=_end(gap.before),
        after=_beginning(gap.after),
    )


def _end(hand: Hand) -> str:
    return _whereabouts(*hand.end)


def _beginning(hand: Hand) -> str:
    return _whereabouts(hand.transfer.from_place, hand.transfer.given_by)


def _whereabouts(place: StoragePlace | None, holder: str) -> str:
    if place is None:
        return isolated(holder)
    return f"{isolated(holder)} ({isolated(place.name)})"


def state(transfer: CustodyTransfer, listed: int) -> TransferState:
    """Return how far a hand-over is; ``listed`` is how many numbers the giver named."""
    last = transfer.receipts[-1] if transfer.receipts else None
    if last is None:
        miscounted = transfer.declared_count != listed
        return TransferState.MISCOUNTED if miscounted else TransferState.WAITING
    # Receipts older than the column say nothing themselves.
    agrees = last.agrees if last.agrees is not None else not mismatch(transfer)
    return TransferState.AGREES if agrees else TransferState.DISAGREES


@dataclass(frozen=True, slots=True)
class Line:
    """One exhibit of a hand-over as each end tells it."""

    exhibit: Exhibit
    given: TransferItem | None
    found: ReceiptItem | None


def lines(transfer: CustodyTransfer) -> list[Line]:
    """Return every exhibit that either end names, by number, as the last receipt found it."""
    last = transfer.receipts[-1].items if transfer.receipts else []
    given = {item.exhibit_id: item for item in transfer.items}
    found = {item.exhibit_id: item for item in last}
    exhibits = {item.exhibit_id: item.exhibit for item in transfer.items}
    exhibits |= {item.exhibit_id: item.exhibit for item in last}
    every = [Line(each, given.get(key), found.get(key)) for key, each in exhibits.items()]
    return sorted(every, key=lambda line: line.exhibit.number)

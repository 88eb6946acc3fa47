"""The path of an exhibit from the find-spot to today: hand-overs, and where it breaks.

Hand-overs stand in the order in which the server took them in. The clocks of devices can be wrong,
or set back to make a hand-over look older than it is; both times are kept and a path says where
they disagree.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman.custody.codes import Break, ExhibitCondition, StorageKind
from caseman.custody.models import (
    CustodyReceipt,
    CustodyTransfer,
    Exhibit,
    ReceiptItem,
    StoragePlace,
    TransferItem,
)
from caseman.writing import clean_line


@dataclass(frozen=True, slots=True)
class Given:
    """What the giver of one exhibit says."""

    seal_number: str
    condition: ExhibitCondition | None


@dataclass(frozen=True, slots=True)
class Found:
    """What the last receipt says of one exhibit."""

    seal_number: str
    condition: ExhibitCondition | None
    received: bool
    received_by: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Hand:
    """One link of an exhibit's path: both ends of one hand-over, as recorded."""

    transfer: CustodyTransfer
    given: Given | None
    """None where the exhibit arrived without having been listed."""
    found: Found | None
    """What the last receipt says; None until the receiver has counted."""

    @property
    def arrived(self) -> bool:
        """Whether the receiver found it."""
        return self.found is not None and self.found.received

    @property
    def is_gap(self) -> bool:
        """Whether one of the two ends is missing or says that it did not arrive."""
        return self.given is None or not self.arrived

    @property
    def breaks(self) -> list[Break]:
        """What does not hold in this link."""
        return list(_breaks(self))

    @property
    def at(self) -> datetime:
        """When it was handed over, by the clock of the people there."""
        return self.transfer.handed_over_at

    @property
    def end(self) -> tuple[StoragePlace | None, str]:
        """Where and with whom this leaves the exhibit; unreceived, it is the giver's."""
        if self.found is not None and self.found.received:
            return self.transfer.to_place, self.found.received_by
        return self.transfer.from_place, self.transfer.given_by

    @property
    def told_order(self) -> tuple[datetime, int]:
        """By what hand-overs are put in the order that people tell."""
        return self.at, self.transfer.id

    @property
    def seals(self) -> tuple[str, str]:
        """The seals that were read, the last one first; empty where none was."""
        return (
            self.found.seal_number if self.found is not None else "",
            self.given.seal_number if self.given is not None else "",
        )

    @property
    def condition(self) -> ExhibitCondition | None:
        """How it was found, or else how it was given."""
        if self.found is not None and self.found.condition is not None:
            return self.found.condition
        return self.given.condition if self.given is not None else None


@dataclass(frozen=True, slots=True)
class Gap:
    """Between two links nobody recorded how the exhibit came from one to the other."""

    before: Hand | None
    """None at the beginning: from the find-spot on."""
    after: Hand


Step = Hand | Gap


def path_of(session: Session, exhibit: Exhibit) -> list[Hand]:
    """Return every hand-over of ``exhibit`` in the order in which they were recorded."""
    return paths_of(session, [exhibit.id])[exhibit.id]


def paths_of(session: Session, exhibit_ids: Iterable[int]) -> dict[int, list[Hand]]:
    """Return the hand-overs of each of the exhibits, with as few statements as for one."""
    ids = sorted(exhibit_ids)
    given, found = _given(session, ids), _found(session, ids)
    named = given.keys() | found.keys()
    rows = session.scalars(
        sa.select(CustodyTransfer)
        .where(CustodyTransfer.id.in_(sorted({transfer_id for _, transfer_id in named})))
        .options(joinedload(CustodyTransfer.from_place), joinedload(CustodyTransfer.to_place))
    )
    transfers = {row.id: row for row in rows}
    paths: dict[int, list[Hand]] = {exhibit_id: [] for exhibit_id in ids}
    for key in sorted(named):
        exhibit_id, transfer_id = key
        paths[exhibit_id].append(Hand(transfers[transfer_id], given.get(key), found.get(key)))
    return paths


# Plain values, for a path of many hand-overs is read often and never written.
def _given(session: Session, exhibit_ids: Sequence[int]) -> dict[tuple[int, int], Given]:
    """Return, by exhibit and hand-over, what the giver says."""
    rows = session.execute(
        sa.select(
            TransferItem.exhibit_id,
            TransferItem.transfer_id,
            TransferItem.seal_number,
            TransferItem.condition,
        ).where(TransferItem.exhibit_id.in_(exhibit_ids))
    )
    return {
        (row.exhibit_id, row.transfer_id): Given(row.seal_number, row.condition) for row in rows
    }


def _found(session: Session, exhibit_ids: Sequence[int]) -> dict[tuple[int, int], Found]:
    """Return, by exhibit and hand-over, what the last receipt that speaks of it says."""
    rows = session.execute(
        sa.select(
            ReceiptItem.exhibit_id,
            CustodyReceipt.transfer_id,
            ReceiptItem.seal_number,
            ReceiptItem.condition,
            ReceiptItem.received,
            CustodyReceipt.received_by,
            CustodyReceipt.received_at,
        )
        .join(ReceiptItem.receipt)
        .where(ReceiptItem.exhibit_id.in_(exhibit_ids))
        .order_by(CustodyReceipt.id)
    )
    return {
        (row.exhibit_id, row.transfer_id): Found(
            row.seal_number, row.condition, row.received, row.received_by, row.received_at
        )
        for row in rows
    }


def steps(hands: Sequence[Hand]) -> list[Step]:
    """Return ``hands`` with the gaps between them."""
    return list(_steps(hands))


def _steps(hands: Sequence[Hand]) -> Iterator[Step]:
    for before, after in pairwise((None, *hands)):
        if after is None:
            continue
        if not _follows(before, after):
            yield Gap(before, after)
        yield after


def _follows(before: Hand | None, after: Hand) -> bool:
    """Say whether ``after`` begins where ``before`` ended: in the same place or the same hands."""
    begins = after.transfer.from_place
    if before is None:
        return begins is None or begins.kind is StorageKind.FIELD
    place, holder = before.end
    same_place = place is not None and begins is not None and place.id == begins.id
    return same_place or _plain(holder) == _plain(after.transfer.given_by)


def _plain(name: str) -> str:
    return clean_line(name).casefold()


def clocks_disagree(hands: Iterable[Hand]) -> set[int]:
    """Return the ids of hand-overs that tell an earlier time than one recorded before them."""
    latest: datetime | None = None
    backwards = set()
    for hand in hands:
        if latest is not None and hand.at < latest:
            backwards.add(hand.transfer.id)
        latest = hand.at if latest is None else max(latest, hand.at)
    return backwards


def _breaks(hand: Hand) -> Iterator[Break]:
    if hand.given is None:
        yield Break.NOT_LISTED
    if hand.found is None:
        yield Break.WAITING
    elif not hand.found.received:
        yield Break.NOT_ARRIVED
    elif hand.given is not None and _differ(hand.given.seal_number, hand.found.seal_number):
        yield Break.SEAL
    if hand.found is not None and hand.found.received_at < hand.at:
        yield Break.CLOCKS


def _differ(given: str, found: str) -> bool:
    return bool(given and found and given != found)

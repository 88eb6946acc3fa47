"""What can be done with exhibits: keep them somewhere, hand them over, count them at both ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.coding import N_
from caseman.custody.codes import ExhibitCondition, ExhibitKind, StorageKind, TransferPurpose
from caseman.custody.models import (
    CustodyReceipt,
    CustodyTransfer,
    Exhibit,
    ReceiptItem,
    StoragePlace,
    TransferItem,
)
from caseman.database import DomainError, now, random_code
from caseman.sites.models import Site


class CustodyError(DomainError):
    """A hand-over cannot be recorded as asked."""


@dataclass(frozen=True, slots=True)
class NewPlace:
    """What must be known of a storage place."""

    operation_id: int
    code: str
    name: str
    kind: StorageKind
    parent_id: int | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class ItemGiven:
    """One exhibit as it is handed over."""

    exhibit: Exhibit
    condition: ExhibitCondition = ExhibitCondition.INTACT
    seal_number: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """The giver's end of a hand-over."""

    operation_id: int
    given_by: str
    given_to: str
    purpose: TransferPurpose
    declared_count: int
    handed_over_at: datetime
    items: Sequence[ItemGiven]
    given_by_user_id: int | None = None
    from_place_id: int | None = None
    to_place_id: int | None = None
    authority: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class ItemFound:
    """One exhibit as the receiver finds it; ``condition`` is None where it is not there."""

    exhibit: Exhibit
    condition: ExhibitCondition | None
    seal_number: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receiver's end of a hand-over."""

    received_by: str
    received_count: int
    received_at: datetime
    items: Sequence[ItemFound]
    received_by_user_id: int | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What does not agree between the two ends of a hand-over; empty where all does."""

    declared: int
    listed: int
    received: int | None = None
    not_received: tuple[str, ...] = ()
    not_listed: tuple[str, ...] = ()
    seals_differ: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        counts = {self.declared, self.listed} | ({self.received} - {None})
        return len(counts) > 1 or bool(self.not_received or self.not_listed or self.seals_differ)


def add_place(session: Session, new: NewPlace) -> StoragePlace:
    """Add a storage place under a code that no other place of the operation bears."""
    taken = session.scalar(
        sa.select(StoragePlace.id).where(
            StoragePlace.operation_id == new.operation_id, StoragePlace.code == new.code
        )
    )
    if taken:
        raise CustodyError(N_("Another storage place is called %(code)s."), code=new.code)
    place = StoragePlace(**{name: getattr(new, name) for name in NewPlace.__slots__})
    session.add(place)
    session.flush()
    return place


def register_exhibit(
    session: Session, *, number: str, kind: ExhibitKind, site: Site, description: str = ""
) -> Exhibit:
    """Add an exhibit under its number, which no other exhibit ever bears."""
    exhibit = Exhibit(number=number, kind=kind, site=site, description=description)
    session.add(exhibit)
    return exhibit


def hand_over(session: Session, given: HandOver) -> CustodyTransfer:
    """Record the giver's end. Counts that differ from the list are kept as they were said."""
    if not given.items:
        raise CustodyError(N_("List at least one exhibit that is handed over."))
    numbers = [item.exhibit.number for item in given.items]
    if repeated := sorted({number for number in numbers if numbers.count(number) > 1}):
        raise CustodyError(N_("Listed twice: %(numbers)s."), numbers=", ".join(repeated))
    if voided := [item.exhibit.number for item in given.items if item.exhibit.voided_at]:
        raise CustodyError(N_("Voided numbers: %(numbers)s."), numbers=", ".join(voided))
    sites = {item.exhibit.site_id for item in given.items}
    transfer = CustodyTransfer(
        number=f"T-{random_code(7)}",
        site_id=sites.pop() if len(sites) == 1 else None,
        recorded_at=now(),
        items=[
            TransferItem(
                exhibit=item.exhibit, condition=item.condition, seal_number=item.seal_number
            )
            for item in given.items
        ],
        **{name: getattr(given, name) for name in HandOver.__slots__ if name != "items"},
    )
    session.add(transfer)
    session.flush()
    return transfer


def receive(session: Session, transfer: CustodyTransfer, receipt: Receipt) -> CustodyReceipt:
    """Record the receiver's end and put what arrived in its new place.

    An exhibit that nobody listed is recorded too, and one that did not arrive stays where it was.
    """
    row = CustodyReceipt(
        transfer=transfer,
        recorded_at=now(),
        items=[
            ReceiptItem(
                exhibit=item.exhibit,
                received=item.condition is not None,
                condition=item.condition,
                seal_number=item.seal_number,
            )
            for item in receipt.items
        ],
        **{name: getattr(receipt, name) for name in Receipt.__slots__ if name != "items"},
    )
    session.add(row)
    for item in receipt.items:
        if item.condition is not None:
            _keep(item, transfer.to_place_id)
    session.flush()
    return row


def _keep(item: ItemFound, place_id: int | None) -> None:
    item.exhibit.place_id = place_id
    if item.seal_number:
        item.exhibit.seal_number = item.seal_number


def mismatch(transfer: CustodyTransfer) -> Mismatch:
    """Return what differs between the giver's end and the latest receipt."""
    given = {item.exhibit.number: item.seal_number for item in transfer.items}
    if not transfer.receipts:
        return Mismatch(declared=transfer.declared_count, listed=len(given))
    latest = transfer.receipts[-1]
    found = {item.exhibit.number: item.seal_number for item in latest.items if item.received}
    return Mismatch(
        declared=transfer.declared_count,
        listed=len(given),
        received=latest.received_count,
        not_received=tuple(sorted(given.keys() - found.keys())),
        not_listed=tuple(sorted(found.keys() - given.keys())),
        seals_differ=_seals_that_differ(given, found),
    )


def _seals_that_differ(
    given: Mapping[str, str], found: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    return {
        number: (given[number], found[number])
        for number in sorted(given.keys() & found.keys())
        if given[number] and found[number] and given[number] != found[number]
    }

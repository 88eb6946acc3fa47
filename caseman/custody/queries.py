"""Reads of exhibits, storage places and hand-overs, each within a scope."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman.custody.codes import ExhibitCondition
from caseman.custody.models import (
    CustodyReceipt,
    CustodyTransfer,
    Exhibit,
    ReceiptItem,
    StoragePlace,
    TransferItem,
)
from caseman.permissions import Scope
from caseman.sites.scope import visible_sites, within_operations, within_sites


@dataclass(frozen=True, slots=True)
class Hand:
    """One link of an exhibit's path: both ends of one hand-over, as recorded."""

    transfer: CustodyTransfer
    given: TransferItem | None
    """None where the exhibit arrived without having been listed."""
    found: ReceiptItem | None
    """None until the receiver has counted."""

    @property
    def is_gap(self) -> bool:
        """Whether one of the two ends is missing or says that it did not arrive."""
        return self.given is None or self.found is None or not self.found.received

    @property
    def at(self) -> datetime:
        """When it was handed over."""
        return self.transfer.handed_over_at

    @property
    def condition(self) -> ExhibitCondition | None:
        """How it was found, or else how it was given."""
        if self.found is not None and self.found.condition is not None:
            return self.found.condition
        return self.given.condition if self.given is not None else None


def exhibits(scope: Scope) -> sa.Select[Exhibit]:
    """Return the selection of exhibits within ``scope``."""
    return within_sites(sa.select(Exhibit), Exhibit.site_id, scope)


def exhibit_by_number(session: Session, scope: Scope, number: str) -> Exhibit | None:
    """Return the exhibit, or None where it is outside ``scope``."""
    return session.scalar(exhibits(scope).where(Exhibit.number == number))


def exhibits_by_number(
    session: Session, scope: Scope, numbers: Iterable[str]
) -> dict[str, Exhibit]:
    """Return those of the numbered exhibits that lie within ``scope``."""
    rows = session.scalars(exhibits(scope).where(Exhibit.number.in_(sorted(set(numbers)))))
    return {exhibit.number: exhibit for exhibit in rows}


def places(session: Session, scope: Scope) -> Sequence[StoragePlace]:
    """Return the storage places of the operations within ``scope``, by code."""
    statement = sa.select(StoragePlace).order_by(StoragePlace.code)
    return session.scalars(within_operations(statement, StoragePlace.operation_id, scope)).all()


def transfers(scope: Scope) -> sa.Select[CustodyTransfer]:
    """Return the selection of hand-overs that hold an exhibit within ``scope``."""
    statement = sa.select(CustodyTransfer)
    if scope.everything:
        return statement
    seen = (
        sa.select(TransferItem.id)
        .join(TransferItem.exhibit)
        .where(
            TransferItem.transfer_id == CustodyTransfer.id,
            Exhibit.site_id.in_(visible_sites(scope)),
        )
    )
    return statement.where(
        CustodyTransfer.operation_id.in_(sorted(scope.operation_ids)), seen.exists()
    )


def transfer_by_number(session: Session, scope: Scope, number: str) -> CustodyTransfer | None:
    """Return a hand-over with both its ends, or None outside ``scope``."""
    statement = (
        transfers(scope)
        .where(CustodyTransfer.number == number)
        .options(
            selectinload(CustodyTransfer.items).joinedload(TransferItem.exhibit),
            selectinload(CustodyTransfer.receipts)
            .selectinload(CustodyReceipt.items)
            .joinedload(ReceiptItem.exhibit),
            joinedload(CustodyTransfer.from_place),
            joinedload(CustodyTransfer.to_place),
        )
    )
    return session.scalar(statement)


def path_of(session: Session, exhibit: Exhibit) -> list[Hand]:
    """Return every hand-over of ``exhibit``, from the find-spot to today, gaps included."""
    given = {
        item.transfer_id: item
        for item in session.scalars(
            sa.select(TransferItem).where(TransferItem.exhibit_id == exhibit.id)
        )
    }
    found = {
        item.receipt.transfer_id: item
        for item in session.scalars(
            sa.select(ReceiptItem)
            .where(ReceiptItem.exhibit_id == exhibit.id)
            .options(joinedload(ReceiptItem.receipt))
            .order_by(ReceiptItem.id)
        )
    }
    wanted = sorted(given.keys() | found.keys())
    rows = session.scalars(
        sa.select(CustodyTransfer)
        .where(CustodyTransfer.id.in_(wanted))
        .options(joinedload(CustodyTransfer.from_place), joinedload(CustodyTransfer.to_place))
        .order_by(CustodyTransfer.handed_over_at, CustodyTransfer.id)
    )
    return [Hand(row, given.get(row.id), found.get(row.id)) for row in rows]

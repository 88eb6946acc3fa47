"""Reads of hand-overs, each within a scope."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman.custody.models import (
    CustodyReceipt,
    CustodyTransfer,
    Exhibit,
    ReceiptItem,
    TransferItem,
)
from caseman.permissions import Scope
from caseman.sites.scope import visible_sites


def transfers(scope: Scope) -> sa.Select[CustodyTransfer]:
    """Return the selection of hand-overs that hold an exhibit within ``scope``."""
    statement = sa.select(CustodyTransfer)
    if scope.everything:
        return statement
    visible = Exhibit.site_id.in_(visible_sites(scope))
    given = (
        sa.select(TransferItem.id)
        .join(TransferItem.exhibit)
        .where(TransferItem.transfer_id == CustodyTransfer.id, visible)
    )
    found = (
        sa.select(ReceiptItem.id)
        .join(ReceiptItem.receipt)
        .join(ReceiptItem.exhibit)
        .where(CustodyReceipt.transfer_id == CustodyTransfer.id, visible)
    )
    return statement.where(
        CustodyTransfer.operation_id.in_(sorted(scope.operation_ids)),
        sa.or_(given.exists(), found.exists()),
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

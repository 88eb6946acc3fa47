"""Reads of hand-overs, each within a scope."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman.accounts.models import User
from caseman.custody.models import (
    CustodyReceipt,
    CustodyTransfer,
    Exhibit,
    ReceiptItem,
    TransferItem,
    TransferSummary,
)
from caseman.permissions import Scope
from caseman.sites.scope import visible_sites, within_sites

MOST_COUNTED = 1_000


def transfers(scope: Scope) -> sa.Select[CustodyTransfer]:
    """Return the selection of hand-overs that hold an exhibit within ``scope``.

    A hand-over belongs to one operation, so whoever sees every site of it sees every hand-over.
    """
    statement = sa.select(CustodyTransfer)
    if scope.everything:
        return statement
    whole = CustodyTransfer.operation_id.in_(sorted(scope.whole_operation_ids))
    partly = scope.operation_ids - scope.whole_operation_ids
    if not partly:
        return statement.where(whole)
    of_those = CustodyTransfer.operation_id.in_(sorted(partly))
    return statement.where(sa.or_(whole, sa.and_(of_those, CustodyTransfer.id.in_(_seen(scope)))))


def _seen(scope: Scope) -> sa.CompoundSelect[int]:
    """Return the ids of hand-overs of which either end names an exhibit within ``scope``."""
    visible = Exhibit.site_id.in_(visible_sites(scope))
    given = sa.select(TransferItem.transfer_id).join(TransferItem.exhibit).where(visible)
    found = (
        sa.select(CustodyReceipt.transfer_id)
        .join(CustodyReceipt.items)
        .join(ReceiptItem.exhibit)
        .where(visible)
    )
    return sa.union(given, found)


def waiting() -> sa.ColumnElement[bool]:
    """Return what is true of the hand-overs that nobody has received."""
    return TransferSummary.is_received == sa.false()


def disagreeing() -> sa.ColumnElement[bool]:
    """Return what is true of those whose ends, or whose list and count, do not agree."""
    return TransferSummary.disagrees == sa.true()


def summarised(scope: Scope) -> sa.Select[CustodyTransfer]:
    """Return the hand-overs within ``scope``, each beside its summary, for the two conditions."""
    same = TransferSummary.transfer_id == CustodyTransfer.id
    return transfers(scope).outerjoin(TransferSummary, same)


def as_listed(scope: Scope) -> sa.Select[CustodyTransfer]:
    """Return the hand-overs within ``scope`` with what a list shows of each."""
    return summarised(scope).options(
        selectinload(CustodyTransfer.receipts),
        joinedload(CustodyTransfer.from_place),
        joinedload(CustodyTransfer.to_place),
    )


def how_many(session: Session, scope: Scope, condition: sa.ColumnElement[bool]) -> int:
    """Count the hand-overs within ``scope`` of which ``condition`` is true, at most a thousand."""
    fitting = summarised(scope).where(condition).with_only_columns(CustodyTransfer.id)
    some = fitting.limit(MOST_COUNTED).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(some)) or 0


def listed_counts(session: Session, transfer_ids: Iterable[int]) -> Mapping[int, int]:
    """Return how many numbers the giver listed in each of the hand-overs."""
    statement = (
        sa.select(TransferItem.transfer_id, sa.func.count())
        .where(TransferItem.transfer_id.in_(sorted(transfer_ids)))
        .group_by(TransferItem.transfer_id)
    )
    return dict(session.execute(statement).all())


def transfer_by_number(session: Session, scope: Scope, number: str) -> CustodyTransfer | None:
    """Return a hand-over with both its ends, or None outside ``scope``."""
    statement = (
        transfers(scope)
        .where(CustodyTransfer.number == number)
        .options(
            selectinload(CustodyTransfer.items).joinedload(TransferItem.exhibit),
            selectinload(CustodyTransfer.receipts).options(
                selectinload(CustodyReceipt.items).joinedload(ReceiptItem.exhibit),
                joinedload(CustodyReceipt.received_by_user).joinedload(User.person),
            ),
            joinedload(CustodyTransfer.given_by_user).joinedload(User.person),
            joinedload(CustodyTransfer.from_place),
            joinedload(CustodyTransfer.to_place),
        )
    )
    return session.scalar(statement)


def numbers_seen(session: Session, scope: Scope, exhibits: Iterable[Exhibit]) -> set[str]:
    """Return the numbers of those of ``exhibits`` that lie within ``scope``."""
    ids = sorted({exhibit.id for exhibit in exhibits})
    statement = within_sites(sa.select(Exhibit.number), Exhibit.site_id, scope)
    return set(session.scalars(statement.where(Exhibit.id.in_(ids))))

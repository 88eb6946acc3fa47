"""Receiving exhibits: the other end of a hand-over."""

from collections import Counter

from sqlalchemy.orm import Session

from caseman.coding import N_
from caseman.custody.drafts import Receipt
from caseman.custody.models import CustodyReceipt, CustodyTransfer, Exhibit, ReceiptItem
from caseman.custody.queries import mismatch
from caseman.custody.services.errors import CustodyError
from caseman.custody.services.standing import settle
from caseman.database import now


def receive(session: Session, transfer: CustodyTransfer, receipt: Receipt) -> CustodyReceipt:
    """Record the receiver's end and put what arrived in its new place.

    An exhibit that nobody listed is recorded too, and one that did not arrive stays where it was.
    A second receipt corrects the first, which stays. Every exhibit that the giver or an earlier
    receipt named must be answered for.
    """
    _check_items(transfer, receipt)
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
    with session.no_autoflush:
        row.agrees = not mismatch(transfer, row)
    session.flush()
    settle(session, [item.exhibit for item in receipt.items])
    return row


def expected(transfer: CustodyTransfer) -> list[Exhibit]:
    """Return the exhibits that a receipt must answer for, those of the giver first."""
    named = [item.exhibit for item in transfer.items]
    for receipt in transfer.receipts:
        named += [item.exhibit for item in receipt.items]
    return list({exhibit.id: exhibit for exhibit in named}.values())


def _check_items(transfer: CustodyTransfer, receipt: Receipt) -> None:
    counted = Counter(item.exhibit.number for item in receipt.items)
    if repeated := sorted(number for number, count in counted.items() if count > 1):
        raise CustodyError(N_("Listed twice: %(numbers)s."), numbers=repeated)
    if missing := sorted({each.number for each in expected(transfer)} - counted.keys()):
        raise CustodyError(N_("Say of each whether it is there: %(numbers)s."), numbers=missing)

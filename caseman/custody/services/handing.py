"""Handing exhibits over: the giver's end."""

from collections import Counter

from sqlalchemy.orm import Session

from caseman.coding import N_
from caseman.custody.codes import ExhibitKind
from caseman.custody.drafts import HandOver
from caseman.custody.models import CustodyTransfer, Exhibit, StoragePlace, TransferItem
from caseman.custody.services.errors import CustodyError
from caseman.custody.services.standing import settle
from caseman.database import now, random_code
from caseman.sites.models import Site


def register_exhibit(
    session: Session, *, number: str, kind: ExhibitKind, site: Site, description: str = ""
) -> Exhibit:
    """Add an exhibit under its number, which no other exhibit ever bears."""
    exhibit = Exhibit(number=number, kind=kind, site=site, description=description)
    session.add(exhibit)
    return exhibit


def hand_over(session: Session, given: HandOver) -> CustodyTransfer:
    """Record the giver's end. Counts that differ from the list are kept as they were said."""
    _check_items(given)
    _check_operation(session, given)
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
    settle(session, [item.exhibit for item in given.items])
    return transfer


def _check_items(given: HandOver) -> None:
    if not given.items:
        raise CustodyError(N_("List at least one exhibit that is handed over."))
    counted = Counter(item.exhibit.number for item in given.items)
    if repeated := sorted(number for number, count in counted.items() if count > 1):
        raise CustodyError(N_("Listed twice: %(numbers)s."), numbers=repeated)
    if voided := [item.exhibit.number for item in given.items if item.exhibit.voided_at]:
        raise CustodyError(N_("Voided numbers: %(numbers)s."), numbers=voided)


def _check_operation(session: Session, given: HandOver) -> None:
    if any(item.exhibit.site.operation_id != given.operation_id for item in given.items):
        raise CustodyError(
            N_("These exhibits belong to different operations. Hand over those of each apart.")
        )
    for place_id in {given.from_place_id, given.to_place_id} - {None}:
        if session.get_one(StoragePlace, place_id).operation_id != given.operation_id:
            raise CustodyError(N_("The storage place belongs to another operation."))

"""Storage places and exhibits; every place is invented."""

from datetime import UTC, datetime, timedelta
from itertools import count

from caseman.custody.codes import ExhibitCondition, ExhibitKind, StorageKind, TransferPurpose
from caseman.custody.drafts import HandOver, ItemFound, ItemGiven, PlaceFacts, Receipt
from caseman.custody.services import add_place, expected, hand_over, receive, register_exhibit

_numbers = count(1)
MORNING = datetime(2019, 3, 5, 8, 30, tzinfo=UTC)


def make_place(session, operation, parent=None, **facts):
    """A storage place, within ``parent`` if one is given."""
    number = next(_numbers)
    told = {
        "code": f"P{number}",
        "name": f"Cold room {number}",
        "kind": StorageKind.COLD_ROOM,
        "parent_id": parent.id if parent else None,
    } | facts
    return add_place(session, operation.id, PlaceFacts(**told))


def make_exhibit(session, site, number=None, *, kind=ExhibitKind.REMAINS, **known):
    """An exhibit that was never handed over."""
    number = number or f"{site.code}-F01-B{next(_numbers):03d}"
    exhibit = register_exhibit(session, number=number, kind=kind, site=site)
    for name, value in known.items():
        setattr(exhibit, name, value)
    session.flush()
    return exhibit


def give(session, exhibits, *, seals=None, condition=ExhibitCondition.INTACT, **told):
    """The giver's end of a hand-over of ``exhibits``; ``seals`` are by number."""
    seals = seals or {}
    said = {
        "operation_id": exhibits[0].site.operation_id,
        "given_by": "Rana Haddad",
        "given_to": "Imad Sayegh",
        "purpose": TransferPurpose.STORAGE,
        "declared_count": len(exhibits),
        "handed_over_at": MORNING,
    } | told
    items = [ItemGiven(each, condition, seals.get(each.number, "")) for each in exhibits]
    return hand_over(session, HandOver(items=items, **said))


def take(session, transfer, *, missing=(), extra=(), seals=None, **told):
    """The receiver's end: all that was expected but ``missing`` is there, and ``extra`` too."""
    seals = seals or {}
    there = [each for each in (*expected(transfer), *extra) if each not in missing]
    said = {
        "received_by": transfer.given_to,
        "received_count": len(there),
        "received_at": transfer.handed_over_at + timedelta(hours=2),
    } | told
    items = [
        *(ItemFound(each, ExhibitCondition.INTACT, seals.get(each.number, "")) for each in there),
        *(ItemFound(each, None) for each in missing),
    ]
    return receive(session, transfer, Receipt(items=items, **said))

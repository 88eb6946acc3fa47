"""What is said of a hand-over and hardly can be so. Nothing here blocks: people look again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from caseman.coding import N_
from caseman.custody.codes import Standing
from caseman.custody.drafts import HandOver, Receipt
from caseman.custody.models import CustodyTransfer, Exhibit
from caseman.custody.numbers import isolated, several
from caseman.values import Doubt
from caseman.writing import clean_line

ELSEWHERE = {
    Standing.ON_THE_WAY: N_(
        "Still on the way by an earlier hand-over that nobody received: %(numbers)s."
    ),
    Standing.MISSING: N_("Missing after an earlier hand-over: %(numbers)s."),
    Standing.RELEASED: N_("With the family by the record: %(numbers)s."),
}


def about_hand_over(given: HandOver) -> list[Doubt]:
    """Return what makes one look again before the giver's end is stored."""
    exhibits = [item.exhibit for item in given.items]
    return [
        *_about_count(given.declared_count, len(exhibits)),
        *_about_hands(given.given_by, given.given_to),
        *_about_standing(exhibits),
        *_about_place(given, exhibits),
        *_about_seals(given),
        *_about_time(given, exhibits),
    ]


def about_receipt(transfer: CustodyTransfer, receipt: Receipt) -> list[Doubt]:
    """Return what makes one look again before the receiver's end is stored."""
    there = sum(item.condition is not None for item in receipt.items)
    doubts = [*_about_hands(transfer.given_by, receipt.received_by)]
    if receipt.received_count != there:
        doubts.append(
            Doubt(
                N_("You counted %(count)s, but %(there)s numbers are marked as there."),
                {"count": receipt.received_count, "there": there},
            )
        )
    if receipt.received_at < transfer.handed_over_at:
        doubts.append(Doubt(N_("It would be received before it was handed over.")))
    return doubts


def _about_count(declared: int, listed: int) -> Iterator[Doubt]:
    if declared != listed:
        yield Doubt(
            N_("You counted %(count)s, but %(listed)s numbers are in the list."),
            {"count": declared, "listed": listed},
        )


def _about_hands(giver: str, receiver: str) -> Iterator[Doubt]:
    if clean_line(giver).casefold() == clean_line(receiver).casefold():
        yield Doubt(
            N_("%(name)s gives and receives: two people sign a hand-over."),
            {"name": isolated(giver)},
        )


def _about_standing(exhibits: Iterable[Exhibit]) -> Iterator[Doubt]:
    for standing, message in ELSEWHERE.items():
        numbers = [each.number for each in exhibits if each.standing is standing]
        if numbers:
            yield Doubt(message, {"numbers": several(numbers)})


def _about_place(given: HandOver, exhibits: Iterable[Exhibit]) -> Iterator[Doubt]:
    kept: dict[str, list[str]] = defaultdict(list)
    for each in exhibits:
        if each.standing is Standing.KEPT and each.place and each.place_id != given.from_place_id:
            kept[each.place.name].append(each.number)
    for name, numbers in kept.items():
        yield Doubt(
            N_("Kept in %(place)s by the record, which is not where they leave: %(numbers)s."),
            {"place": isolated(name), "numbers": several(numbers)},
        )


def _about_seals(given: HandOver) -> Iterator[Doubt]:
    for item in given.items:
        known = item.exhibit.seal_number
        if known and item.seal_number and known != item.seal_number:
            yield Doubt(
                N_("%(number)s bears the seal %(known)s by the record, not %(seal)s."),
                {
                    "number": isolated(item.exhibit.number),
                    "known": isolated(known),
                    "seal": isolated(item.seal_number),
                },
            )


def _about_time(given: HandOver, exhibits: Iterable[Exhibit]) -> Iterator[Doubt]:
    later = [
        each.number
        for each in exhibits
        if each.last_transfer and each.last_transfer.handed_over_at > given.handed_over_at
    ]
    if later:
        yield Doubt(
            N_(
                "A later hand-over is recorded already: %(numbers)s. "
                "This one is kept as an older one and moves nothing."
            ),
            {"numbers": several(later)},
        )

"""What the two ends of a hand-over say, compared: counts, numbers, seals."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from caseman.custody.models import CustodyReceipt, CustodyTransfer


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What does not agree between the two ends of a hand-over; empty where all does."""

    declared: int
    listed: int
    received: int | None = None
    arrived: int | None = None
    """How many numbers the receiver found; None until there is a receipt."""
    not_received: tuple[str, ...] = ()
    not_listed: tuple[str, ...] = ()
    seals_differ: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Number -> the seal it left with and the one it arrived with."""
    unseen: int = 0
    """Of the numbers that do not agree, how many are not open to the reader."""

    def __bool__(self) -> bool:
        counts = {self.declared, self.listed, self.received, self.arrived} - {None}
        return len(counts) > 1 or bool(self.not_received or self.not_listed or self.seals_differ)

    def seen_by(self, numbers: AbstractSet[str]) -> "Mismatch":
        """Return the same with only those of its numbers that are in ``numbers``."""
        concerned = {*self.not_received, *self.not_listed, *self.seals_differ}
        return replace(
            self,
            not_received=_only(self.not_received, numbers),
            not_listed=_only(self.not_listed, numbers),
            seals_differ={key: pair for key, pair in self.seals_differ.items() if key in numbers},
            unseen=len(concerned - numbers),
        )


def mismatch(transfer: CustodyTransfer, receipt: CustodyReceipt | None = None) -> Mismatch:
    """Return what differs between the giver's end and ``receipt``, by default the last one."""
    given = {item.exhibit.number: item.seal_number for item in transfer.items}
    if receipt is None and transfer.receipts:
        receipt = transfer.receipts[-1]
    if receipt is None:
        return Mismatch(declared=transfer.declared_count, listed=len(given))
    found = {item.exhibit.number: item.seal_number for item in receipt.items if item.received}
    return Mismatch(
        declared=transfer.declared_count,
        listed=len(given),
        received=receipt.received_count,
        arrived=len(found),
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


def _only(numbers: Iterable[str], seen: AbstractSet[str]) -> tuple[str, ...]:
    return tuple(number for number in numbers if number in seen)

"""Rows of remains become values of the osteology engine here, and nowhere else."""

from collections import defaultdict
from collections.abc import Iterable
from statistics import fmean
from typing import Final, NamedTuple

from caseman.osteology import SAME_LENGTH, MinimumNumber, Specimen, Unit, minimum_number
from caseman.osteology.counting import UNNUMBERED_RIB
from caseman.osteology.tables import rows
from caseman.remains.codes import AgeClass, BoneSide, BoneState
from caseman.remains.measures import measures
from caseman.remains.models import BoneFinding, BoneMeasurement

_SIDES: Final = {BoneSide.LEFT: "left", BoneSide.RIGHT: "right"}


class Element(NamedTuple):
    """A kind of bone of the adult inventory."""

    code: str
    region: str
    is_paired: bool

    @property
    def sides(self) -> tuple[BoneSide, ...]:
        """The sides that it can be of, the person's right first."""
        return (BoneSide.RIGHT, BoneSide.LEFT) if self.is_paired else (BoneSide.MIDDLE,)


class BoneCount(NamedTuple):
    """So many bones of one kind, side and class of age.

    Those of units that are held to be of one person share the key ``person``.
    """

    element: str
    side: BoneSide
    age_class: AgeClass | None
    pieces: int
    is_part: bool = False
    person: str = ""


class PairCount(NamedTuple):
    """On how many persons the left, the right and both of one kind of bone are there."""

    element: str
    left: int
    right: int
    pairs: int


ELEMENTS: Final = tuple(
    Element(row["code"], row["region"], row["sides"] == "paired") for row in rows("bones")
)
UNNUMBERED: Final = Element(UNNUMBERED_RIB, "thorax", is_paired=True)
"""A rib of which nobody can tell the number."""


def lengths_of(measured: Iterable[BoneMeasurement]) -> dict[str, float]:
    """Return mm by measure, the mean of the sides, under each name that the engine knows it by."""
    sides: dict[str, list[float]] = {}
    for each in measured:
        sides.setdefault(each.measure, []).append(each.length_mm)
    lengths = {code: fmean(found) for code, found in sides.items()}
    return lengths | {
        theirs: lengths[ours] for ours, theirs in SAME_LENGTH.items() if ours in lengths
    }


def minimum_number_of(counts: Iterable[BoneCount]) -> MinimumNumber:
    """Return how many persons these bones are of at least."""
    return minimum_number(
        Specimen(
            each.element,
            _SIDES.get(each.side, ""),
            each.age_class.value if each.age_class else "",
            count=each.pieces,
            person=each.person,
            is_part=each.is_part,
        )
        for each in counts
    )


def unit_of(
    key: str, measured: Iterable[BoneMeasurement], inventory: Iterable[BoneFinding]
) -> Unit:
    """Return one unit as it is sorted: lengths by side, and the whole bones that it has.

    A bone that was measured is there, whatever the inventory says.
    """
    lengths: dict[str, dict[str, float]] = defaultdict(dict)
    bones = {
        (each.element, _SIDES.get(each.side, ""))
        for each in inventory
        if each.state is BoneState.WHOLE and each.side is not BoneSide.UNKNOWN
    }
    for each in measured:
        side = _SIDES.get(each.side, "")
        lengths[side][each.measure] = each.length_mm
        if each.side is not BoneSide.UNKNOWN:
            bones.add((measures()[each.measure].element, side))
    return Unit(key, lengths, frozenset(bones))

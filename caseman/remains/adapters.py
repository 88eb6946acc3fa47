"""Rows of remains become values of the osteology engine here, and nowhere else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean
from types import MappingProxyType
from typing import Final, NamedTuple

from caseman.osteology import (
    COLUMNS,
    SAME_LENGTH,
    MinimumNumber,
    OwnMethods,
    PhaseTable,
    Sectioning,
    Specimen,
    StatureEquation,
    Status,
    Unit,
    minimum_number,
    parts_of,
    phases_of,
    sizes_of,
    zones_of_part,
)
from caseman.osteology.counting import UNNUMBERED_RIB
from caseman.osteology.stature import equation_of
from caseman.osteology.tables import rows
from caseman.remains.codes import AgeClass, BoneSide, BoneState, OwnTableKind
from caseman.remains.measures import measures
from caseman.remains.methods import Kept
from caseman.remains.models import (
    BoneFinding,
    BoneMeasurement,
    MethodEstimate,
    OwnEquation,
    OwnTable,
)
from caseman.remains.persons import joined

_SIDES: Final = {BoneSide.LEFT: "left", BoneSide.RIGHT: "right"}


def kept_of(row: MethodEstimate) -> Kept:
    """Return a stored result as results are put together."""
    return Kept(
        row.id,
        row.about,
        row.method,
        row.inputs,
        row.population,
        row.status,
        row.unit,
        row.value,
        row.lowest,
        row.highest,
        row.interval_kind,
    )


def equation_of_own(row: OwnEquation) -> StatureEquation:
    """Return an equation that an operation has of its own as the engine runs it."""
    given = {name: getattr(row, name) for name in COLUMNS}
    texts = {name: "" if value is None else str(value) for name, value in given.items()}
    return equation_of({**texts, "status": Status.LOCAL, "error_status": ""})


def methods_of_own(equations: Iterable[OwnEquation], tables: Iterable[OwnTable]) -> OwnMethods:
    """Return what an operation has of its own as the engine runs it."""
    sizes: list[Sectioning] = []
    phases: list[PhaseTable] = []
    for table in tables:
        if table.kind is OwnTableKind.SIZES:
            sizes += [sizes_of(line) for line in table.lines]
        else:
            phases += _phases_by_site(table)
    return OwnMethods([equation_of_own(each) for each in equations], sizes, phases)


def _phases_by_site(table: OwnTable) -> Iterator[PhaseTable]:
    lines = [{**line, "status": Status.LOCAL.value} for line in table.lines]
    for site in dict.fromkeys(line["site"] for line in lines):
        yield phases_of([line for line in lines if line["site"] == site])


class Element(NamedTuple):
    """A kind of bone of the adult inventory."""

    code: str
    region: str
    is_paired: bool

    @property
    def sides(self) -> tuple[BoneSide, ...]:
        """The sides that it can be of, the person's right first."""
        return (BoneSide.RIGHT, BoneSide.LEFT) if self.is_paired else (BoneSide.MIDDLE,)


class Part(NamedTuple):
    """A part that a young bone of one side grows from."""

    element: str
    side: BoneSide
    name: str


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
    zones: frozenset[str] = frozenset()
    bone: str = ""
    """A key that fragments share which are said to fit together."""
    is_fused: bool = False
    """Whether it is a part of a bone that is counted already."""


class BoneLine(NamedTuple):
    """One line of an inventory, as it is counted."""

    unit: str
    """Number of the remains."""
    element: str
    side: BoneSide
    age_class: AgeClass | None
    pieces: int
    state: BoneState
    zones: frozenset[str]
    joins: frozenset[str]
    """Numbers of remains to whose fragments of this bone it fits."""

    @classmethod
    def of(cls, unit: str, bone: BoneFinding) -> "BoneLine":
        """Return the line of a bone of the remains numbered ``unit``."""
        return cls(
            unit,
            bone.element,
            bone.side,
            bone.age_class,
            bone.pieces,
            bone.state,
            frozenset(bone.zones or zones_filled(bone.element, bone.part)),
            frozenset(bone.joins or ()),
        )

    @property
    def kind(self) -> tuple[str, BoneSide]:
        """What two fragments of one bone have in common."""
        return self.element, self.side


class PairCount(NamedTuple):
    """On how many persons the left, the right and both of one kind of bone are there."""

    element: str
    left: int
    right: int
    pairs: int


ELEMENTS: Final = tuple(
    Element(row["code"], row["region"], row["sides"] == "paired") for row in rows("bones")
)
PARTS: Final = tuple(
    Part(element.code, side, name)
    for element in ELEMENTS
    for name in parts_of(element.code)
    for side in element.sides
)
UNNUMBERED: Final = Element(UNNUMBERED_RIB, "thorax", is_paired=True)
"""A rib of which nobody can tell the number."""


def zones_filled(element: str, part: str | None) -> frozenset[str]:
    """Return the zones that a part of a young bone fills; none where it is no part."""
    return zones_of_part(element, part) if part else frozenset()


def lengths_of(measured: Iterable[BoneMeasurement]) -> dict[str, float]:
    """Return mm by measure, the mean of the sides, under each name that the engine knows it by."""
    sides: dict[str, list[float]] = {}
    for each in measured:
        sides.setdefault(each.measure, []).append(each.length_mm)
    lengths = {code: fmean(found) for code, found in sides.items()}
    return lengths | {
        theirs: lengths[ours] for ours, theirs in SAME_LENGTH.items() if ours in lengths
    }


def counted_lines(
    lines: Sequence[BoneLine], person_of: Mapping[str, str] = MappingProxyType({})
) -> list[BoneCount]:
    """Return lines as they are counted.

    ``person_of`` gives units that are held to be of one person the same key. Fragments that are
    said to fit together are of one person too, however their units are held.
    """
    bones, persons = _keys(lines, person_of)
    counts = []
    for place, line in enumerate(lines):
        count = BoneCount(
            line.element,
            line.side,
            line.age_class,
            line.pieces,
            line.state is not BoneState.WHOLE,
            persons.get(place, ""),
            line.zones,
            bones.get(place, ""),
            line.state is BoneState.FUSED,
        )
        if count.bone and line.pieces > 1:
            person = count.person if line.unit in person_of else ""
            counts.append(count._replace(pieces=line.pieces - 1, person=person, bone=""))
            count = count._replace(pieces=1)
        counts.append(count)
    return counts


def _keys(
    lines: Sequence[BoneLine], person_of: Mapping[str, str]
) -> tuple[dict[int, str], dict[int, str]]:
    """Return by the place of a line the key of its bone and of its person, where there is one."""
    beside: dict[tuple[str, str, BoneSide], list[int]] = defaultdict(list)
    first: dict[tuple[str, str, BoneSide], int] = {}
    owner = list(range(len(lines)))
    for place, line in enumerate(lines):
        beside[line.unit, *line.kind].append(place)
        if line.unit in person_of:
            owner[place] = first.setdefault((person_of[line.unit], *line.kind), place)
    fits = {
        (place, other)
        for place, line in enumerate(lines)
        for unit in line.joins
        if (other := _fitting(lines, place, beside[unit, *line.kind])) is not None
    }
    bones = _named(joined(fits))
    owners = _named(joined({(owner[one], owner[other]) for one, other in fits}))
    persons = {
        place: owners.get(owner[place]) or person_of.get(line.unit, "")
        for place, line in enumerate(lines)
    }
    return bones, persons


def _named(groups: Iterable[frozenset[int]]) -> dict[int, str]:
    return {each: f"fits {key}" for key, group in enumerate(groups) for each in group}


def _fitting(lines: Sequence[BoneLine], place: int, among: Sequence[int]) -> int | None:
    """Return which line of a unit is most likely meant by one that is said to fit to its bones.

    One that says the same back, then one without a zone in common, then one that is no whole bone.
    """
    line = lines[place]

    def unlikely(other: int) -> tuple[bool, bool, bool]:
        it = lines[other]
        return line.unit not in it.joins, bool(it.zones & line.zones), it.state is BoneState.WHOLE

    return min((each for each in among if each != place), key=unlikely, default=None)


def kind_of(element: str, side: BoneSide, age_class: AgeClass | None) -> tuple[str, str, str]:
    """Return the key of a kind of bone in what the engine counted."""
    return element, _SIDES.get(side, ""), age_class.value if age_class else ""


def minimum_number_of(counts: Iterable[BoneCount]) -> MinimumNumber:
    """Return how many persons these bones are of at least."""
    return minimum_number(
        Specimen(
            *kind_of(each.element, each.side, each.age_class),
            each.zones,
            count=each.pieces,
            person=each.person,
            is_part=each.is_part,
            bone=each.bone,
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
        if each.state is BoneState.WHOLE and not each.part and each.side is not BoneSide.UNKNOWN
    }
    for each in measured:
        side = _SIDES.get(each.side, "")
        lengths[side][each.measure] = each.length_mm
        if each.side is not BoneSide.UNKNOWN:
            bones.add((measures()[each.measure].element, side))
    return Unit(key, lengths, frozenset(bones))

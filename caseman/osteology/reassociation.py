"""Which units of a commingled grave may be of one person, as far as bones can say.

Every test between two units that their measures allow; then the least p of all, times how many
there are (Dunn 1961), because among many tests one is small by chance. Nothing here associates:
what is first is merely what size speaks least against.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from caseman.osteology.sorting import SizeTest, compare_association, compare_joint, compare_pair
from caseman.osteology.tables import rows

SIDES = ("left", "right")

Lengths = Mapping[str, float]
"""Length in mm by measure."""

Bone = tuple[str, str]
"""A bone of the inventory and its side, empty for one of the middle."""


class Relation(StrEnum):
    """What is asked of two bones."""

    PAIR = "pair"
    """Left and right of one kind: ``compare_pair``."""
    JOINT = "joint"
    """Two surfaces of one joint: ``compare_joint``."""
    SIZE = "size"
    """Two bones of different kinds: ``compare_association``."""


@dataclass(frozen=True)
class Unit:
    """One numbered unit: its lengths by side, and the whole bones it has."""

    key: str
    lengths_mm: Mapping[str, Lengths]
    bones: frozenset[Bone] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One test between two units, by these measures of the one and of the other."""

    relation: Relation
    first: tuple[str, ...]
    first_side: str
    second: tuple[str, ...]
    second_side: str
    test: SizeTest


@dataclass(frozen=True, slots=True)
class Match:
    """Another unit: every test with it, and the whole bones that both have."""

    key: str
    comparisons: tuple[Comparison, ...]
    repeated: frozenset[Bone]

    @property
    def p(self) -> float:
        """The least p times the number of tests, at most 1; 1 where nothing can be tested."""
        tests = [each.test.p for each in self.comparisons]
        return min(1.0, len(tests) * min(tests)) if tests else 1.0


def matches(unit: Unit, others: Iterable[Unit]) -> list[Match]:
    """Return every other unit, what speaks least against first, by p.

    Those that share a whole bone with ``unit`` come last, before them those that cannot be tested.
    """
    found = [
        Match(other.key, compare_units(unit, other), unit.bones & other.bones) for other in others
    ]
    return sorted(
        found, key=lambda each: (bool(each.repeated), not each.comparisons, -each.p, each.key)
    )


def compare_units(first: Unit, second: Unit) -> tuple[Comparison, ...]:
    """Return every test between two units: pairs of sides, joints, then sizes."""
    return (*_pairs(first, second), *_joints(first, second), *_sizes(first, second))


def _pairs(first: Unit, second: Unit) -> Iterator[Comparison]:
    for side, opposite in (SIDES, SIDES[::-1]):
        one, other = first.lengths_mm.get(side, {}), second.lengths_mm.get(opposite, {})
        for measures in _by_bone(one.keys() & other.keys() & _paired()):
            of_sides = {side: one, opposite: other}
            left, right = ({m: of_sides[each][m] for m in measures} for each in SIDES)
            test = compare_pair(left, right)
            yield Comparison(Relation.PAIR, measures, side, measures, opposite, test)


def _by_bone(measures: Iterable[str]) -> list[tuple[str, ...]]:
    bones: dict[str, list[str]] = {}
    for each in sorted(measures):
        bones.setdefault(_bone(each), []).append(each)
    return [tuple(own) for own in bones.values()]


def _joints(first: Unit, second: Unit) -> Iterator[Comparison]:
    for side in SIDES:
        one, other = first.lengths_mm.get(side, {}), second.lengths_mm.get(side, {})
        for row in rows("joints"):
            for a, b in ((row["first"], row["second"]), (row["second"], row["first"])):
                if a in one and b in other:
                    test = compare_joint({a: one[a]}, {b: other[b]})
                    yield Comparison(Relation.JOINT, (a,), side, (b,), side, test)


def _sizes(first: Unit, second: Unit) -> Iterator[Comparison]:
    """Yield one test for each two kinds of bone, by the regression that correlates best.

    Of bones that have it on both sides, those of one side are taken rather than those of two.
    """
    best: dict[tuple[str, str], tuple[int, bool, tuple[str, str], bool]] = {}
    for units, is_turned in (((first, second), False), ((second, first), True)):
        for sides, found in _predicted(*units):
            for at in found:
                bones = _regressions()[at].bones
                key = bones[::-1] if is_turned else bones
                choice = at, sides[0] != sides[1], sides, is_turned
                best[key] = min(best.get(key, choice), choice)
    for at, _, sides, is_turned in best.values():
        units = (second, first) if is_turned else (first, second)
        yield _size(units, _regressions()[at], sides, is_turned=is_turned)


def _predicted(one: Unit, other: Unit) -> Iterator[tuple[tuple[str, str], frozenset[int]]]:
    """Yield by sides which regressions predict a bone of the other from one of the first."""
    for side, lengths in one.lengths_mm.items():
        for opposite, others in other.lengths_mm.items():
            found = _with_x(frozenset(lengths)) & _with_y(frozenset(others))
            yield (side, opposite), found


def _size(
    units: tuple[Unit, Unit], size: "_Regression", sides: tuple[str, str], *, is_turned: bool
) -> Comparison:
    x, y = (
        {measure: unit.lengths_mm[side][measure] for measure in measures}
        for unit, side, measures in zip(units, sides, (size.x, size.y), strict=True)
    )
    ends = (size.x, sides[0], size.y, sides[1])
    if is_turned:
        ends = (size.y, sides[1], size.x, sides[0])
    return Comparison(Relation.SIZE, *ends, compare_association(x, y))


class _Regression(NamedTuple):
    x: tuple[str, ...]
    y: tuple[str, ...]
    bones: tuple[str, str]
    r: float


@cache
def _regressions() -> tuple[_Regression, ...]:
    """Return those of one bone on another kind of bone, the best correlated first."""
    found = []
    for row in rows("associations"):
        x, y = tuple(row["x"].split("+")), tuple(row["y"].split("+"))
        of_x, of_y = ({_bone(each) for each in some} for some in (x, y))
        if len(of_x) == len(of_y) == 1 and of_x != of_y:
            found.append(_Regression(x, y, (_bone(x[0]), _bone(y[0])), float(row["r"])))
    return tuple(sorted(found, key=lambda each: -each.r))


@lru_cache(4096)
def _with_x(measures: frozenset[str]) -> frozenset[int]:
    return frozenset(at for at, each in enumerate(_regressions()) if measures.issuperset(each.x))


@lru_cache(4096)
def _with_y(measures: frozenset[str]) -> frozenset[int]:
    return frozenset(at for at, each in enumerate(_regressions()) if measures.issuperset(each.y))


@cache
def _paired() -> frozenset[str]:
    return frozenset(row["measurement"] for row in rows("pair_differences"))


def _bone(measure: str) -> str:
    return measure.partition("_")[0]

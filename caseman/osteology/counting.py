"""How many persons commingled remains are of, at least and most likely.

Both max(L, R) and L + R - P are called MNI in the literature, so each result names its formula.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate
from math import ceil, exp, floor, inf, log
from typing import Final

from caseman.osteology.tables import rows
from caseman.osteology.values import refuse

Key = tuple[str, str, str]
"""Element, side, class of age."""

UNNUMBERED_RIB: Final = "RIB"
"""A rib of which the number cannot be told."""

CAP: Final = 400
"""Persons up to which the likelihood is normalised: a flat prior needs an end."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """One bone or fragment of the inventory.

    ``side`` is "left", "right" or "" where unknown or in the middle. ``zones`` are those present
    on a fragment: two fragments with a zone in common are of two bones. Empty means the whole.
    ``person`` is a key that bones held to be of one person share: their parts of a bone are one.
    """

    element: str
    side: str = ""
    age_class: str = ""
    zones: frozenset[str] = frozenset()
    count: int = 1
    person: str = ""
    is_part: bool = False
    """Whether a part of a bone is there of which nobody says the zones."""
    bone: str = ""
    """A key that fragments share which fit together: they are one bone."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """What an MNI rests on: so many of this element, side and class of age.

    ``zone`` is the one by which fragments of it were counted, where the zones of any were told.
    """

    element: str
    side: str
    age_class: str
    count: int
    zone: str = ""


@dataclass(frozen=True, slots=True)
class OfKind:
    """How many persons the bones of one element, side and class of age are of at least."""

    persons: int
    zones: tuple[tuple[str, int], ...]
    """How often each zone of its fragments is there; the first is the one that decides."""


@dataclass(slots=True)
class _Pile:
    """Bones of one element and side: fragments count by their commonest zone."""

    in_one: int
    """How many of them one person has."""
    bones: int = 0
    zones: Counter[str] = field(default_factory=Counter)

    @property
    def zone(self) -> str:
        """The commonest zone; the first by name of several."""
        return min(self.zones, key=lambda each: (-self.zones[each], each), default="")

    @property
    def fragments(self) -> int:
        """How many bones the fragments are of at least."""
        return self.zones[self.zone]

    @property
    def persons(self) -> int:
        """How many persons all of it is of at least."""
        return ceil((self.bones + self.fragments) / self.in_one)

    @property
    def of_kind(self) -> OfKind:
        """What is told of it."""
        zones = sorted(self.zones.items(), key=lambda each: (-each[1], each[0]))
        return OfKind(self.persons, tuple(zones))


@dataclass(frozen=True, slots=True)
class MinimumNumber:
    """A minimum number of individuals: ``value`` persons; it never falls as bones are added."""

    value: int
    deciding: tuple[Deciding, ...]
    by_element: dict[str, int]
    by_kind: dict[Key, OfKind]


def minimum_number(specimens: Iterable[Specimen]) -> MinimumNumber:
    """Return the MNI of White (1953), max over element and side, added over classes of age.

    An adult's and a child's bone are of two persons. Bones without a class of age may be of anyone:
    they raise the number only where they alone are more than all that have one.
    """
    piles = _piles(_by_person(specimens))
    classes = sorted({age for _, _, age in piles if age})
    sums: dict[str, Deciding] = {}
    for element in dict.fromkeys(element for element, _, _ in piles):
        sides = [_of_side(piles, element, side) for side in ("left", "right", "")]
        sums[element] = max(sides, key=lambda each: each.count)
    by_element = {element: each.count for element, each in sums.items()}
    parts = [_most(piles, age) for age in classes]
    by_class = sum(part.count for part in parts)
    by_kind = {key: pile.of_kind for key, pile in piles.items()}
    whole = max(sums.values(), key=lambda each: each.count, default=None)
    if whole is None or by_class >= whole.count:
        return MinimumNumber(by_class, tuple(parts), by_element, by_kind)
    return MinimumNumber(whole.count, (whole,), by_element, by_kind)


def _by_person(specimens: Iterable[Specimen]) -> Iterator[Specimen]:
    """Yield bones with the parts of each bone of one person, and those that fit, put together."""
    held: dict[tuple[str, str, str], list[Specimen]] = defaultdict(list)
    for each in specimens:
        if each.person and _in_one(each.element, each.side) == 1:
            held[each.person, each.element, each.side].append(each)
        elif each.bone:
            held[each.bone, each.element, each.side].append(each)
        else:
            yield each
    for bones in held.values():
        yield from _put_together(bones)


def _put_together(bones: list[Specimen]) -> Iterator[Specimen]:
    """Yield bones of one person, element and side: parts are of the whole one, or of one bone.

    Two whole ones stay two and two classes of age stay apart, whatever people hold.
    """
    classes = {each.age_class for each in bones if each.age_class}
    wholes = [each for each in bones if not (each.is_part or each.zones)]
    if len(classes) > 1:
        yield from bones
    elif not wholes:
        yield replace(_of_parts(bones), age_class=next(iter(classes), ""))
    elif not classes or any(each.age_class for each in wholes):
        yield from wholes
    else:
        first, *others = wholes
        yield replace(first, age_class=next(iter(classes)), count=1)
        if first.count > 1:
            yield replace(first, count=first.count - 1)
        yield from others


def _of_parts(parts: list[Specimen]) -> Specimen:
    """Return the parts of one bone as one; one without zones may have any of them."""
    known = all(each.zones for each in parts)
    zones = frozenset[str]().union(*(each.zones for each in parts)) if known else frozenset[str]()
    return replace(parts[0], zones=zones, count=1)


def _piles(specimens: Iterable[Specimen]) -> dict[Key, _Pile]:
    """Return the bones by element, side and class of age."""
    piles: dict[Key, _Pile] = {}
    for each in specimens:
        if each.count < 1:
            refuse(each.element, f"{each.count} is given, 1 or more is expected")
        key = (each.element, each.side, each.age_class)
        pile = piles.setdefault(key, _Pile(_in_one(each.element, each.side)))
        if each.zones:
            pile.zones.update(dict.fromkeys(each.zones, each.count))
        else:
            pile.bones += each.count
    return piles


def _in_one(element: str, side: str) -> int:
    """Return how many bones of an element one person has, on one side or where it is unknown."""
    if element == UNNUMBERED_RIB:
        return 12 if side else 24
    row = next((row for row in rows("bones") if row["code"] == element), None)
    if row is None:
        known = ", ".join(row["code"] for row in rows("bones"))
        refuse("element", f"{element} is given, one of {known} or {UNNUMBERED_RIB} is expected")
    return 2 if row["sides"] == "paired" and not side else 1


def _of_side(piles: dict[Key, _Pile], element: str, side: str) -> Deciding:
    """Return the persons by one element and side, whatever their age.

    A fragment without a class of age may be of one bone with that of any class, so it counts by
    zones with all of them; fragments of two classes are never of one bone.
    """
    found = {age: pile for (name, at, age), pile in piles.items() if (name, at) == (element, side)}
    of_classes = [pile for age, pile in found.items() if age]
    together = _Pile(_in_one(element, side))
    for pile in found.values():
        together.bones += pile.bones
        together.zones.update(pile.zones)
    fragments = max(together.fragments, sum(pile.fragments for pile in of_classes))
    count = max(
        ceil((together.bones + fragments) / together.in_one),
        sum(pile.persons for pile in of_classes),
    )
    return Deciding(element, side, "", count, together.zone)


def _most(piles: dict[Key, _Pile], age_class: str) -> Deciding:
    of_age = {key: pile for key, pile in piles.items() if key[2] == age_class}
    (element, side, _), pile = max(of_age.items(), key=lambda pair: pair[1].persons)
    return Deciding(element, side, age_class, pile.persons, pile.zone)


@dataclass(frozen=True, slots=True)
class LikelyNumber:
    """How many persons there were, from lefts, rights and pairs of one element.

    ``lincoln`` is None without a pair; ``mlni`` is the floor of the Chapman form. ``interval`` is
    the 95 % credible one under a flat prior up to ``cap`` persons.
    """

    at_least: int
    grand_total: int
    lincoln: float | None
    mlni: int
    mode: int
    interval: tuple[int, int]
    recovery_rate: float
    cap: int


def likely_number(left: int, right: int, pairs: int, cap: int = CAP) -> LikelyNumber:
    """Return the MLNI of Adams & Konigsberg (2004) with its interval.

    N = floor((L + 1)(R + 1) / (P + 1) - 1); the likelihood of N is hypergeometric,
    C(L, P) C(N - L, R - P) / C(N, R). It needs correct pairing and random loss; without a pair the
    interval is the prior's. Raises ``RefusedInputError`` for counts that cannot be.
    """
    for name, count in (("left", left), ("right", right), ("pairs", pairs)):
        if count < 0:
            refuse(name, f"{count} is given, 0 or more is expected")
    if pairs > min(left, right):
        expected = f"at most {min(left, right)} of {left} left and {right} right is expected"
        refuse("pairs", f"{pairs} is given, {expected}")
    grand_total = left + right - pairs
    if cap < max(grand_total, 1):
        refuse("cap", f"{cap} is given, at least {grand_total} is expected")
    chances = _chances(left, right, pairs, cap)
    return LikelyNumber(
        max(left, right),
        grand_total,
        left * right / pairs if pairs else None,
        floor((left + 1) * (right + 1) / (pairs + 1) - 1),
        grand_total + max(range(len(chances)), key=chances.__getitem__),
        _middle(chances, grand_total),
        2 * pairs / (left + right) if left + right else 0.0,
        cap,
    )


def _chances(left: int, right: int, pairs: int, cap: int) -> list[float]:
    """Return the likelihood of each number of persons up to ``cap``, as a share of the highest.

    From one number to the next it is multiplied by (N - L)(N - R) / (N (N - L - R + P)).
    """
    first = left + right - pairs
    steps = (
        log((n - left) * (n - right)) - log(n * (n - first)) if n > max(left, right) else -inf
        for n in range(first + 1, cap + 1)
    )
    logs = [0.0, *accumulate(steps)]
    highest = max(logs)
    return [exp(each - highest) for each in logs]


def _middle(chances: list[float], first: int) -> tuple[int, int]:
    """Return the numbers between which the middle 95 % of the likelihood lie."""
    total, below, ends = sum(chances), 0.0, []
    for number, chance in enumerate(chances, first):
        before, below = below, below + chance / total
        ends += [number for share in (0.025, 0.975) if before < share <= below]
    ends += [first + len(chances) - 1] * (2 - len(ends))
    return ends[0], ends[1]


def zones_of(element: str) -> tuple[str, ...]:
    """Return the zones of an element, none where it is too small to be told in parts.

    A zone of a right and a left half of one bone begins with R or L.
    """
    like = "R3" if element == UNNUMBERED_RIB else element
    parts = next(row["parts"] for row in rows("bones") if row["code"] == like)
    named = [each.strip() for each in parts.split(";") if each.strip()]
    return tuple(
        zone
        for each in named
        for zone in (
            [f"{half} {each.removesuffix(' R/L')}" for half in "RL"]
            if each.endswith(" R/L")
            else [each]
        )
    )


def bones_of_an_adult() -> int:
    """Return how many bones the inventory of one adult has: 206."""
    return sum(int(row["count"]) for row in rows("bones"))

"""How many persons commingled remains are of, at least and most likely.

Both max(L, R) and L + R - P are called MNI in the literature, so each result names its formula.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class Deciding:
    """What an MNI rests on: so many of this element, side and class of age."""

    element: str
    side: str
    age_class: str
    count: int


@dataclass(frozen=True, slots=True)
class MinimumNumber:
    """A minimum number of individuals: ``value`` persons; it never falls as bones are added."""

    value: int
    deciding: tuple[Deciding, ...]
    by_element: dict[str, int]


def minimum_number(specimens: Iterable[Specimen]) -> MinimumNumber:
    """Return the MNI of White (1953), max over element and side, added over classes of age.

    An adult's and a child's bone are of two persons. Bones without a class of age may be of anyone:
    they raise the number only where they alone are more than all that have one.
    """
    counts = _counts(_by_person(specimens))
    classes = sorted({age for _, _, age in counts if age})
    sums: dict[str, int] = {}
    for element in dict.fromkeys(element for element, _, _ in counts):
        sums[element] = max(_of_side(counts, element, side) for side in ("left", "right", ""))
    parts = [_most(counts, age) for age in classes]
    by_class = sum(part.count for part in parts)
    whole = max(sums.items(), key=lambda pair: pair[1], default=("", 0))
    if by_class >= whole[1]:
        return MinimumNumber(by_class, tuple(parts), sums)
    side = max(("left", "right", ""), key=lambda each: _of_side(counts, whole[0], each))
    return MinimumNumber(whole[1], (Deciding(whole[0], side, "", whole[1]),), sums)


def _by_person(specimens: Iterable[Specimen]) -> Iterator[Specimen]:
    """Yield bones with the parts of each bone of one person put together."""
    held: dict[tuple[str, str, str], list[Specimen]] = defaultdict(list)
    for each in specimens:
        if each.person and _in_one(each.element, each.side) == 1:
            held[each.person, each.element, each.side].append(each)
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


def _counts(specimens: Iterable[Specimen]) -> Counter[Key]:
    """Return persons by element, side and class of age; fragments count by their commonest zone."""
    bones: Counter[Key] = Counter()
    zones: dict[Key, Counter[str]] = defaultdict(Counter)
    for each in specimens:
        if each.count < 1:
            refuse(each.element, f"{each.count} is given, 1 or more is expected")
        key = (each.element, each.side, each.age_class)
        if each.zones:
            zones[key].update(dict.fromkeys(each.zones, each.count))
        else:
            bones[key] += each.count
    for key, found in zones.items():
        bones[key] += max(found.values())
    return Counter({key: ceil(n / _in_one(key[0], key[1])) for key, n in bones.items()})


def _in_one(element: str, side: str) -> int:
    """Return how many bones of an element one person has, on one side or where it is unknown."""
    if element == UNNUMBERED_RIB:
        return 12 if side else 24
    row = next((row for row in rows("bones") if row["code"] == element), None)
    if row is None:
        known = ", ".join(row["code"] for row in rows("bones"))
        refuse("element", f"{element} is given, one of {known} or {UNNUMBERED_RIB} is expected")
    return 2 if row["sides"] == "paired" and not side else 1


def _of_side(counts: Counter[Key], element: str, side: str) -> int:
    return sum(n for (name, at, _), n in counts.items() if (name, at) == (element, side))


def _most(counts: Counter[Key], age_class: str) -> Deciding:
    of_age = {key: n for key, n in counts.items() if key[2] == age_class}
    (element, side, _), count = max(of_age.items(), key=lambda pair: pair[1])
    return Deciding(element, side, age_class, count)


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


def bones_of_an_adult() -> int:
    """Return how many bones the inventory of one adult has: 206."""
    return sum(int(row["count"]) for row in rows("bones"))

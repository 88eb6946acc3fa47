"""How good the suggestions were, seen from what people decided: counts and shares, no database.

Whoever is small in number could be told from a share: groups of fewer than ``FEWEST`` cases are
kept back, and with a single one of them the next smallest too, or it would follow from the total.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import median
from typing import Generic, NamedTuple, TypeVar

FEWEST = 5
"""Cases in a group or a class of probability below which nothing is told of it."""

BOUNDS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
"""Of the classes of probability in which suggestions are compared with decisions."""

PLACES = (1, 5, 10, 20)
"""Lengths of a list at which one asks whether the right person was on it."""

_Z = 1.96  # of a normal distribution, for intervals of 95 %

Group = TypeVar("Group", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Case:
    """One pair that people decided, and what the engine had said when it was opened."""

    is_identified: bool
    rank: int | None
    posterior: float | None
    site: str = ""
    sex: str = ""
    age: str = ""


class Standing(NamedTuple):
    """Of ``cases`` identified persons, how many stood among the first so many, by so many."""

    cases: int
    within: Mapping[int, int]
    unlisted: int
    middle: float | None
    """The median place of those who were listed."""

    def share(self, place: int) -> float:
        """Return the share of cases in which the person stood among the first ``place``."""
        return self.within[place] / self.cases if self.cases else 0.0


def standing(cases: Iterable[Case]) -> Standing:
    """Return where the right persons had stood."""
    ranks = [case.rank for case in cases if case.is_identified]
    listed = [rank for rank in ranks if rank is not None]
    within = {place: sum(rank <= place for rank in listed) for place in PLACES}
    middle = float(median(listed)) if listed else None
    return Standing(len(ranks), within, len(ranks) - len(listed), middle)


@dataclass(frozen=True, slots=True)
class GroupStanding(Generic[Group]):
    """One group of cases; ``standing`` is None where it is kept back."""

    group: Group
    standing: Standing | None


def by_group(
    cases: Iterable[Case], group_of: Callable[[Case], Group]
) -> list[GroupStanding[Group]]:
    """Return where the right persons had stood in each group, the largest first."""
    groups: dict[Group, list[Case]] = {}
    for case in cases:
        if case.is_identified:
            groups.setdefault(group_of(case), []).append(case)
    order = sorted(groups, key=lambda group: (-len(groups[group]), str(group)))
    back = kept_back([len(groups[group]) for group in order])
    return [
        GroupStanding(group, None if is_kept else standing(groups[group]))
        for group, is_kept in zip(order, back, strict=True)
    ]


def kept_back(sizes: Sequence[int]) -> list[bool]:
    """Return which groups are kept back; ``sizes`` from large to small."""
    small = [0 < size < FEWEST for size in sizes]
    if sum(small) == 1:
        place = small.index(True)
        if place > 0:
            small[place - 1] = True
    return small


class Bin(NamedTuple):
    """A class of probability: what was said on average, and how often it was so."""

    low: float
    high: float
    cases: int
    said: float
    found: float
    least: float
    most: float
    """Limits of Wilson's interval of 95 % around ``found``."""


def calibration(cases: Iterable[Case]) -> list[Bin | None]:
    """Return by class of probability what was said and what was found; None for too few cases."""
    told = [(case.posterior, case.is_identified) for case in cases if case.posterior is not None]
    return [_bin(told, low, high) for low, high in pairwise(BOUNDS)]


def _bin(told: Sequence[tuple[float, bool]], low: float, high: float) -> Bin | None:
    inside = [(p, was) for p, was in told if low <= p < high or p == high == BOUNDS[-1]]
    if len(inside) < FEWEST:
        return None
    count = len(inside)
    said, found = sum(p for p, _ in inside) / count, sum(was for _, was in inside) / count
    return Bin(low, high, count, said, found, *wilson(found, count))


def wilson(share: float, count: int) -> tuple[float, float]:
    """Return the limits of a share of ``count`` cases (Wilson 1927), with 95 % confidence."""
    square = _Z * _Z / count
    middle = (share + square / 2) / (1 + square)
    half = _Z * sqrt(share * (1 - share) / count + square / (4 * count)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


class Agreement(NamedTuple):
    """How often two people who signed the same cases concluded the same."""

    cases: int
    agreed: int
    kappa: float | None
    """Cohen's kappa, which takes off what chance would give; None where all concluded the same."""


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement | None:
    """Return the agreement over (one conclusion, the other); None for too few cases."""
    if len(pairs) < FEWEST:
        return None
    count = len(pairs)
    agreed = sum(one == other for one, other in pairs)
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(ones[each] * others[each] for each in ones) / count**2
    kappa = None if chance == 1 else (agreed / count - chance) / (1 - chance)
    return Agreement(count, agreed, kappa)


AGE_GROUPS = ((0, 13, "0-12"), (13, 18, "13-17"), (18, 40, "18-39"), (40, 60, "40-59"))


def age_group(years: float | None) -> str:
    """Return the age group of somebody, empty where the age is not known."""
    if years is None:
        return ""
    return next((label for low, high, label in AGE_GROUPS if low <= years < high), "60+")

"""Who is who among remains found together, weighed all at once: nobody has two bodies.

An assignment gives each of the remains one report or none, and no report twice. Its weight is the
product of the odds of its pairs, where the odds of a pair are its share of the prior times its LR
over the weight of *none of those listed*. What is asked of a pair is summed over all assignments
(with one list for everybody, the permanent of Narahara et al. 2013).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy.optimize import linear_sum_assignment

from caseman.matching.assignments import Claims, bounded_chances, counted_chances

Odds: TypeAlias = Mapping[str, Mapping[str, float]]
"""By remains and report, over the weight of none of those listed; each is 0 or more."""

CLOSE = 0.005
"""How far a chance may be off for its sum over assignments to count as exact to the percent."""

_SET_ASIDE = (0.0, 1e-6, 1e-4, 1e-3)
"""Odds from which pairs compete with others, tried in turn until the sum is within reach."""


@dataclass(frozen=True, slots=True)
class GroupPair:
    """One pair: how likely by its own list alone, and with all the others; at least, at most."""

    remains: str
    report: str
    alone: float
    together: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Group:
    """Remains that want the same reports, and what all assignments together say of each pair.

    `nobody` is the chance that remains are none of those listed. `best` is the likeliest single
    assignment, without the remains that it gives nobody.
    """

    remains: tuple[str, ...]
    pairs: tuple[GroupPair, ...]
    nobody: Mapping[str, float]
    best: Mapping[str, str]

    @property
    def bound(self) -> float:
        """The most that a chance can be off."""
        return max((each.most - each.least for each in self.pairs), default=0.0)

    @property
    def is_exact(self) -> bool:
        """Whether every chance is right to half a percent."""
        return self.bound <= 2 * CLOSE


def solve_group(odds: Odds) -> tuple[Group, ...]:
    """Return the solution of remains found together, one group for those that compete.

    Sums are exact where a table over the reports taken stays small, else chances lie between
    bounds that are told. The order of the input makes no difference. Raises ValueError for odds
    that are negative or not finite.
    """
    _refuse_wrong(odds)
    return tuple(_solved({key: odds[key] for key in members}) for members in _competing(odds))


def _refuse_wrong(odds: Odds) -> None:
    for remains, wanted in odds.items():
        for report, value in wanted.items():
            if not 0 <= value < np.inf:
                message = f"odds of {remains} and {report} must be 0 or more, not {value}"
                raise ValueError(message)


def _competing(odds: Odds) -> Iterator[list[str]]:
    """Yield the remains of each component: linked if they want the same report."""
    seekers: dict[str, list[str]] = defaultdict(list)
    for remains in sorted(odds):
        for report in odds[remains]:
            seekers[report].append(remains)
    left = set(odds)
    for first in sorted(odds):
        if first not in left:
            continue
        members, ahead = {first}, [first]
        while ahead:
            near = {other for report in odds[ahead.pop()] for other in seekers[report]}
            ahead += sorted(near - members)
            members |= near
        left -= members
        yield sorted(members)


def _solved(odds: Odds) -> Group:
    remains = tuple(odds)
    reports = sorted({report for wanted in odds.values() for report in wanted})
    place = {report: number for number, report in enumerate(reports)}
    claims = [{place[j]: odds[i][j] for j in sorted(odds[i]) if odds[i][j]} for i in remains]
    chances = _chances(claims)
    pairs, nobody = [], {}
    for key, own, found in zip(remains, claims, chances, strict=True):
        total = 1 + sum(own.values())
        for number, (least, value, most) in found.items():
            alone = own[number] / total
            pairs.append(GroupPair(key, reports[number], alone, value, least, most))
        nobody[key] = max(0.0, 1 - sum(value for _, value, _ in found.values()))
    best = {remains[i]: reports[j] for i, j in _best(claims, len(reports))}
    return Group(remains, tuple(pairs), nobody, best)


def _chances(claims: Sequence[Claims]) -> list[dict[int, tuple[float, float, float]]]:
    """Return least, value and most of every pair."""
    for threshold in _SET_ASIDE:
        contested, free = _split(claims, threshold)
        found = counted_chances(contested)
        if found is None:
            continue
        whole = [
            _joined(own, other, at) for own, other, at in zip(claims, free, found, strict=True)
        ]
        off = _set_aside(claims, whole, threshold)
        if off <= CLOSE:
            return [
                {j: (max(0.0, p - off), p, min(1.0, p + off)) for j, p in each.items()}
                for each in whole
            ]
    return _bounded(claims)


def _split(
    claims: Sequence[Claims], threshold: float
) -> tuple[list[dict[int, float]], list[dict[int, float]]]:
    """Return the odds that compete, over nobody and those that do not; and those that do not.

    A report that one of the remains wants alone takes nothing from others. So do odds up to the
    threshold, nearly.
    """
    wanted: dict[int, int] = defaultdict(int)
    for own in claims:
        for report, odds in own.items():
            wanted[report] += odds > threshold
    contested, free = [], []
    for own in claims:
        apart = {j: v for j, v in own.items() if v <= threshold or wanted[j] < 2}
        base = 1 + sum(apart.values())
        contested.append({j: v / base for j, v in own.items() if j not in apart})
        free.append(apart)
    return contested, free


def _joined(own: Claims, free: Claims, contested: Mapping[int, float]) -> dict[int, float]:
    """Return the chances of all pairs of some remains from those of the pairs that compete."""
    left = max(0.0, 1 - sum(contested.values())) / (1 + sum(free.values()))
    return {j: contested[j] if j in contested else own[j] * left for j in own}


def _set_aside(
    claims: Sequence[Claims], chances: Sequence[Mapping[int, float]], threshold: float
) -> float:
    """Return the most that chances are off because odds up to the threshold did not compete.

    What is summed is too much by assignments that give a report twice; one of the two pairs was
    set aside. So no chance is off by more than the chance of any such assignment.
    """
    taken: dict[int, float] = defaultdict(float)
    for found in chances:
        for report, chance in found.items():
            taken[report] += chance
    return sum(
        chances[i][report] * min(1.0, taken[report] - chances[i][report])
        for i, own in enumerate(claims)
        for report, odds in own.items()
        if odds <= threshold
    )


def _bounded(claims: Sequence[Claims]) -> list[dict[int, tuple[float, float, float]]]:
    contested, free = _split(claims, 0.0)
    found = []
    for own, other, chances in zip(claims, free, bounded_chances(contested), strict=True):
        base = 1 + sum(other.values())
        least, value, most = (max(0.0, 1 - sum(c[k] for c in chances.values())) for k in (2, 1, 0))
        mine = {j: (v * least / base, v * value / base, v * most / base) for j, v in other.items()}
        found.append({j: chances[j] if j in chances else mine[j] for j in own})
    return found


def _best(claims: Sequence[Claims], reports: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs of the likeliest assignment (Kuhn 1955; Crouse 2016)."""
    gain = np.full((len(claims), reports + len(claims)), -np.inf)
    for i, own in enumerate(claims):
        gain[i, reports + i] = 0.0
        for report, odds in own.items():
            gain[i, report] = np.log(odds)
    rows, columns = linear_sum_assignment(np.where(np.isinf(gain), -1e9, gain), maximize=True)
    for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
        if j < reports:
            yield i, j

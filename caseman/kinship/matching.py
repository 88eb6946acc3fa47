"""Sums over all ways to give families remains, no remains twice: a table over who is used.

Families that want the same remains form a component. Within one, a table over the subsets of its
remains is carried from family to family, forward and backward, which gives totals, the best, the
worst and the number of assignments, and each of these for every single choice. With one missing
person in each family the total is the permanent of Narahara et al. (2013).
"""

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from caseman.kinship.arrays import Floats, Int64s

WIDEST_COMPONENT = 20
"""The most remains that one component may share: its tables have 2 to that power of cells."""


@dataclass(frozen=True)
class Ways:
    """The options of one family: which remains each uses, as bits within the component."""

    masks: Int64s
    log_weights: Floats

    def __iter__(self) -> Iterator[tuple[int, float]]:
        """Yield mask and log weight of each option."""
        return zip(self.masks.tolist(), self.log_weights.tolist(), strict=True)


@dataclass(frozen=True)
class Fold:
    """How alternatives are joined: their sum, the largest or the smallest of them."""

    join: np.ufunc
    nothing: float


TOTAL = Fold(np.logaddexp, -math.inf)
LARGEST = Fold(np.maximum, -math.inf)
SMALLEST = Fold(np.fmin, math.inf)


@dataclass(frozen=True)
class Component:
    """Families and the number of remains they share; bit i of a mask is the i-th of these."""

    families: tuple[Ways, ...]
    width: int

    def count(self) -> int:
        """Return the number of assignments, the impossible ones included; rounded above 2^53."""
        subsets = np.arange(1 << self.width)
        before = np.zeros(len(subsets))
        before[0] = 1.0
        for ways in self.families:
            after = np.zeros(len(before))
            for mask in ways.masks.tolist():
                free = subsets[(subsets & mask) == 0]
                after[free | mask] += before[free]
            before = after
        return round(float(before.sum()))


class Sweep:
    """One component under one fold, with its tables over the subsets of used remains.

    `before[f]` is of what the first f families took, `after[f]` of what can still come from
    family f on if these remains are used already.
    """

    def __init__(self, component: Component, fold: Fold) -> None:
        self.component, self.fold = component, fold
        self.subsets = np.arange(1 << component.width)
        with np.errstate(invalid="ignore"):
            self.before, self.after = self._forward(), self._backward()

    @property
    def total(self) -> float:
        """The fold over all assignments."""
        return float(self.after[0][0])

    def _forward(self) -> list[Floats]:
        tables = [np.full(len(self.subsets), self.fold.nothing)]
        tables[0][0] = 0.0
        for ways in self.component.families:
            before, after = tables[-1], np.full(len(self.subsets), self.fold.nothing)
            for mask, weight in ways:
                free = self._without(mask)
                after[free | mask] = self.fold.join(after[free | mask], before[free] + weight)
            tables.append(after)
        return tables

    def _backward(self) -> list[Floats]:
        tables = [np.zeros(len(self.subsets))]
        for ways in reversed(self.component.families):
            after, before = tables[-1], np.full(len(self.subsets), self.fold.nothing)
            for mask, weight in ways:
                free = self._without(mask)
                before[free] = self.fold.join(before[free], after[free | mask] + weight)
            tables.append(before)
        return tables[::-1]

    def _without(self, mask: int) -> Int64s:
        """Return all subsets that use none of the mask."""
        found: Int64s = self.subsets[(self.subsets & mask) == 0]
        return found

    def by_choice(self) -> list[Floats]:
        """Return, for every option of every family, the fold over all assignments with it."""
        return [self._by_choice(at) for at in range(len(self.component.families))]

    def _by_choice(self, at: int) -> Floats:
        ways = self.component.families[at]
        values = np.empty(len(ways.masks))
        with np.errstate(invalid="ignore"):
            for option, (mask, weight) in enumerate(ways):
                free = self._without(mask)
                both = self.before[at][free] + self.after[at + 1][free | mask]
                values[option] = self.fold.join.reduce(both) + weight
        return values

    def by_use(self) -> list[tuple[float, float]]:
        """Return, for each of the remains, the fold over assignments (without, with) it."""
        final = self.before[-1]
        pairs = []
        for bit in range(self.component.width):
            used = (self.subsets >> bit & 1).astype(bool)
            pairs.append((self._reduced(final[~used]), self._reduced(final[used])))
        return pairs

    def _reduced(self, values: Floats) -> float:
        return float(self.fold.join.reduce(values)) if len(values) else self.fold.nothing


def best_first(components: Sequence[Component]) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Yield all assignments, best first, as (log weight, option of each family in turn).

    What the rest can give at best is known exactly, so no way is followed in vain. Impossible
    assignments come last. Equal weights come in the order of the options.
    """
    families = [(c, at) for c, each in enumerate(components) for at in range(len(each.families))]
    rest = [Sweep(each, LARGEST).after for each in components]
    later = np.cumsum([0.0, *(tables[0][0] for tables in rest[::-1])])[::-1]
    waiting: list[tuple[float, tuple[int, ...], float, int]] = [(-float(later[0]), (), 0.0, 0)]
    while waiting:
        _, chosen, weight, used = heapq.heappop(waiting)
        if len(chosen) == len(families):
            yield weight, chosen
            continue
        c, at = families[len(chosen)]
        used = used if at else 0
        ways = components[c].families[at]
        for option, (mask, more) in enumerate(ways):
            if not used & mask:
                bound = weight + more + rest[c][at + 1][used | mask] + later[c + 1]
                entry = (-float(bound), (*chosen, option), weight + more, used | mask)
                heapq.heappush(waiting, entry)

"""What every line of evidence is made of.

A report is turned into *cells* (what it says), remains into an *observation* (what they show). A
line weighs every distinct observation against every distinct cell once; a pair is then a sum of
table entries. Densities become likelihood ratios by dividing by their mean over the reports at
hand, so that what is common among them weighs little (Steadman, Adams and Konigsberg 2006).
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from caseman.matching.arrays import Floats
from caseman.matching.evidence import Finding, LineName
from caseman.matching.values import AnteMortem, PostMortem

Observed = TypeVar("Observed", bound=Hashable)
Cell = TypeVar("Cell", bound=Hashable)

# Natural log; one line of evidence never says more than this.
LEAST, MOST = -5.0, 7.0
_ROWS = 256  # observations at a time, so that memory stays bounded


@dataclass(frozen=True)
class Population(Generic[Observed, Cell]):
    """The distinct cells and observations of a data set, in a fixed order, and how often."""

    cells: tuple[Cell, ...]
    cell_counts: Floats
    reports: int
    observations: tuple[Observed, ...]
    observation_counts: Floats


@dataclass(frozen=True)
class Setting:
    """What is typical of the reports at hand, where a single report is silent."""

    typical_year: float
    typical_spread: float


class Weigher(ABC, Generic[Observed, Cell]):
    """A line of evidence made ready for one population."""

    @abstractmethod
    def log_lr(self, observations: Sequence[Observed], cells: Sequence[Cell]) -> Floats:
        """Return natural log LRs, one row for each observation, one column for each cell."""


class Line(ABC, Generic[Observed, Cell]):
    """One line of evidence."""

    name: LineName

    @abstractmethod
    def observe(self, remains: PostMortem) -> Observed | None:
        """Return what the remains show, None if it was not recorded."""

    @abstractmethod
    def tell(self, report: AnteMortem) -> Sequence[Cell]:
        """Return what the report says, nothing if it is silent."""

    @abstractmethod
    def prepare(self, population: Population[Observed, Cell]) -> Weigher[Observed, Cell]:
        """Return the line made ready for a population."""

    @abstractmethod
    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        """Return the level and the values of one pair; only called when both sides speak."""


class DensityLine(Line[Observed, Cell], ABC):
    """A line given by f(observation | cell); the LR is f over its mean in the population."""

    @abstractmethod
    def density_among(
        self, population: Population[Observed, Cell]
    ) -> Callable[[Sequence[Observed], Sequence[Cell]], Floats]:
        """Return f(observation | cell) > 0 as a function: one row for each observation."""

    def group(self, cell: Cell) -> Hashable:
        """Return the class within which the mean is taken; one for all unless overridden."""
        del cell
        return None

    def prepare(self, population: Population[Observed, Cell]) -> Weigher[Observed, Cell]:
        """Return the line with its means over `population`."""
        return _MeanWeigher(self, population)


class FixedDensityLine(DensityLine[Observed, Cell], ABC):
    """A density line that does not look at the population, but for its mean."""

    @abstractmethod
    def density(self, observations: Sequence[Observed], cells: Sequence[Cell]) -> Floats:
        """Return f(observation | cell) > 0, one row for each observation."""

    def density_among(
        self, population: Population[Observed, Cell]
    ) -> Callable[[Sequence[Observed], Sequence[Cell]], Floats]:
        """Return the density, the same in every population."""
        del population
        return self.density


class _MeanWeigher(Weigher[Observed, Cell]):
    def __init__(
        self, line: DensityLine[Observed, Cell], population: Population[Observed, Cell]
    ) -> None:
        self._group = line.group
        self._density = line.density_among(population)
        self._cells = population.cells
        counts = population.cell_counts
        groups = [line.group(cell) for cell in population.cells]
        self._shares = {group: _shares(groups, group, counts) for group in set(groups)}
        self._all = counts / max(1.0, float(counts.sum()))
        self._means: dict[tuple[Observed, Hashable], float] = {}

    def log_lr(self, observations: Sequence[Observed], cells: Sequence[Cell]) -> Floats:
        weights = np.log(self._density(observations, cells))
        groups = [self._group(cell) for cell in cells]
        for group in set(groups):
            columns = np.array([g == group for g in groups])
            weights[:, columns] -= np.log(self._mean(observations, group))[:, None]
        return weights

    def _mean(self, observations: Sequence[Observed], group: Hashable) -> Floats:
        new = [o for o in observations if (o, group) not in self._means]
        shares = self._shares.get(group, self._all)
        for start in range(0, len(new) if self._cells else 0, _ROWS):
            block = new[start : start + _ROWS]
            # A reduction along rows gives the same bits whatever the number of rows; a matrix
            # product does not, and scores must not depend on how the work was cut.
            means = np.add.reduce(self._density(block, self._cells) * shares, axis=1)
            self._means.update(((o, group), float(m)) for o, m in zip(block, means, strict=True))
        return np.array([self._means.get((o, group), 1.0) for o in observations])


def _shares(groups: Sequence[Hashable], group: Hashable, counts: Floats) -> Floats:
    inside = np.where([g == group for g in groups], counts, 0.0)
    return inside / max(1.0, float(inside.sum()))


def normal_density(deviation: Floats, spread: Floats) -> Floats:
    """Return the normal density of `deviation` for standard deviation `spread`."""
    density: Floats = np.exp(-0.5 * (deviation / spread) ** 2) / (spread * np.sqrt(2 * np.pi))
    return density

"""What every line of evidence is made of.

A report is turned into *cells* (what it says), remains into an *observation* (what they show). A
line weighs every distinct observation against every distinct cell once; a pair is then a sum of
table entries. Densities become likelihood ratios by dividing by their mean over the reports at
hand, so that what is common among them weighs little (Steadman, Adams and Konigsberg 2006).
"""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from caseman.matching.arrays import Floats, Int32s
from caseman.matching.evidence import Finding, LineName
from caseman.matching.values import AnteMortem, PostMortem

Observed = TypeVar("Observed", bound=Hashable)
Cell = TypeVar("Cell", bound=Hashable)
Packed: TypeAlias = npt.NDArray[Any]
"""Observations or cells as arrays, first axis one each: numbers, or objects where there are few."""

# Natural log; one line of evidence never says more than this.
LEAST, MOST = -5.0, 7.0
_ENTRIES = 2_000_000  # of a density at a time, so that memory stays bounded


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
    """A line of evidence made ready for one population. All weights are natural log LRs."""

    population: Population[Observed, Cell]

    @abstractmethod
    def log_lr(self, observations: Sequence[Observed], cells: Sequence[Cell]) -> Floats:
        """Return one row for each observation, one column for each cell, of any population."""

    def among(self, places: Int32s) -> Floats:
        """Return the rows of the population's observations at `places` over all its cells."""
        return self.shown([self.population.observations[place] for place in places.tolist()])

    def shown(self, observations: Sequence[Observed]) -> Floats:
        """Return the rows of observations, in the population or new to it, over all its cells."""
        return self.log_lr(observations, self.population.cells)

    def column(self, cells: Sequence[Cell]) -> Floats:
        """Return the rows of all the population's observations over some cells."""
        return self.log_lr(self.population.observations, cells)


class Line(ABC, Generic[Observed, Cell]):
    """One line of evidence."""

    name: LineName
    always_told: Cell | None = None
    """The cell of every report that speaks at all, where a line has one."""

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


class Density(ABC, Generic[Observed, Cell]):
    """f(observation | cell) > 0, in three steps: pack either side once, then combine."""

    @abstractmethod
    def seen(self, observations: Sequence[Observed]) -> Packed:
        """Return observations as an array, one row each."""

    @abstractmethod
    def told(self, cells: Sequence[Cell]) -> Packed:
        """Return cells as an array, one row each."""

    @abstractmethod
    def chances(self, seen: Packed, told: Packed) -> Floats:
        """Return the densities, one row for each observation, one column for each cell."""


class DensityLine(Line[Observed, Cell], ABC):
    """A line given by f(observation | cell); the LR is f over its mean in the population."""

    @abstractmethod
    def density(self, population: Population[Observed, Cell]) -> Density[Observed, Cell]:
        """Return the density, which may look at the population."""

    def group(self, cell: Cell) -> Hashable:
        """Return the class within which the mean is taken; one for all unless overridden."""
        del cell
        return None

    def prepare(self, population: Population[Observed, Cell]) -> Weigher[Observed, Cell]:
        """Return the line with its means over `population`."""
        return _MeanWeigher(self, population)


class FixedDensityLine(DensityLine[Observed, Cell], Density[Observed, Cell], ABC):
    """A density line that does not look at the population, but for its mean."""

    def density(self, population: Population[Observed, Cell]) -> Density[Observed, Cell]:
        """Return the line itself, the same in every population."""
        del population
        return self


class _MeanWeigher(Weigher[Observed, Cell]):
    """Both sides of the population packed once; a mean is kept from when it is first taken.

    A full run takes all of them on its way, so that a single report later costs one column.
    """

    def __init__(
        self, line: DensityLine[Observed, Cell], population: Population[Observed, Cell]
    ) -> None:
        self.population = population
        self._group = line.group
        self._density = line.density(population)
        self._seen = self._density.seen(population.observations)
        self._told = self._density.told(population.cells)
        self._groups = [line.group(cell) for cell in population.cells]
        counts = population.cell_counts
        self._shares = {g: _shares(self._groups, g, counts) for g in {*self._groups}}
        self._all = counts / max(1.0, float(counts.sum()))
        self._means: dict[Hashable, Floats] = {}

    def log_lr(self, observations: Sequence[Observed], cells: Sequence[Cell]) -> Floats:
        seen = self._density.seen(observations)
        groups = [self._group(cell) for cell in cells]
        means = {group: self._mean(seen, group) for group in {*groups}}
        return _over_means(self._density.chances(seen, self._density.told(cells)), groups, means)

    def among(self, places: Int32s) -> Floats:
        chances = self._density.chances(self._seen[places], self._told)
        means = self._means_of(chances)
        for group, mean in means.items():
            self._kept(group)[places] = mean
        return _over_means(chances, self._groups, means)

    def shown(self, observations: Sequence[Observed]) -> Floats:
        chances = self._density.chances(self._density.seen(observations), self._told)
        return _over_means(chances, self._groups, self._means_of(chances))

    def column(self, cells: Sequence[Cell]) -> Floats:
        groups = [self._group(cell) for cell in cells]
        chances = self._density.chances(self._seen, self._density.told(cells))
        return _over_means(chances, groups, {group: self._known_mean(group) for group in {*groups}})

    def _means_of(self, chances: Floats) -> dict[Hashable, Floats]:
        return {group: self._mean_of(chances, group) for group in self._shares}

    def _kept(self, group: Hashable) -> Floats:
        return self._means.setdefault(group, np.full(len(self._seen), np.nan))

    def _known_mean(self, group: Hashable) -> Floats:
        kept = self._kept(group)
        unknown = np.isnan(kept)
        if unknown.any():
            kept[unknown] = self._mean(self._seen[unknown], group)
        return kept

    def _mean(self, seen: Packed, group: Hashable) -> Floats:
        means = np.ones(len(seen))
        if not len(self._told):
            return means
        step = max(1, _ENTRIES // len(self._told))
        for start in range(0, len(seen), step):
            block = slice(start, start + step)
            chances = self._density.chances(seen[block], self._told)
            means[block] = self._mean_of(chances, group)
        return means

    def _mean_of(self, chances: Floats, group: Hashable) -> Floats:
        # A reduction along rows gives the same bits whatever the number of rows; a matrix
        # product does not, and scores must not depend on how the work was cut.
        mean: Floats = np.add.reduce(chances * self._shares.get(group, self._all), axis=1)
        return mean


def _over_means(
    chances: Floats, groups: Sequence[Hashable], means: dict[Hashable, Floats]
) -> Floats:
    """Return log densities over the logs of their means; `chances` is overwritten."""
    weights: Floats = np.log(chances, out=chances)
    if len(means) == 1:
        weights -= np.log(next(iter(means.values())))[:, None]
        return weights
    for group, mean in means.items():
        columns = np.array([g == group for g in groups])
        weights[:, columns] -= np.log(mean)[:, None]
    return weights


def _shares(groups: Sequence[Hashable], group: Hashable, counts: Floats) -> Floats:
    inside = np.where([g == group for g in groups], counts, 0.0)
    return inside / max(1.0, float(inside.sum()))


def objects(values: Sequence[Any]) -> Packed:
    """Return values as an array of objects, tuples among them kept whole."""
    packed = np.empty(len(values), dtype=object)
    for place, value in enumerate(values):
        packed[place] = value
    return packed


def normal_density(deviation: Floats, spread: Floats) -> Floats:
    """Return the normal density of `deviation` for standard deviation `spread`."""
    density: Floats = np.exp(-0.5 * (deviation / spread) ** 2) / (spread * np.sqrt(2 * np.pi))
    return density


def smoothed(counts: Mapping[str, float]) -> dict[str, float]:
    """Return the share of each, one added to every count, so that none is certain or impossible."""
    total = sum(counts.values()) + len(counts) + 1
    return {name: (count + 1) / total for name, count in counts.items()}

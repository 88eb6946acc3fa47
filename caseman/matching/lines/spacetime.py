"""When and where: last seen against deposition, and the place against the site."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.matching.arrays import Floats
from caseman.matching.evidence import Agreement, Finding, LineName
from caseman.matching.lines.base import (
    Density,
    DensityLine,
    FixedDensityLine,
    Packed,
    Population,
)
from caseman.matching.parameters import Parameters
from caseman.matching.values import AnteMortem, PlacePrecision, PostMortem

_REACH = 4000  # days on either side of last seen that are told apart
_EARTH_KM = 6371.0
_PLACES = 2_000  # told at a time, so that memory stays bounded


class Days(NamedTuple):
    """Ordinal days, both included."""

    first: int
    last: int


class Seen(NamedTuple):
    """The days on which somebody may have been seen last, and what happened then."""

    first: int
    last: int
    circumstance: str


class LastSeenLine(FixedDensityLine[Days, Seen]):
    """P(deposited within the site's days | last seen), from a distribution of the days between.

    People die soon after an attack and late after an arrest; families misremember days and slip
    by a year; site dates are wrong. So a body found before its person was last seen costs
    something, and never everything.
    """

    name = LineName.LAST_SEEN

    def __init__(self, parameters: Parameters) -> None:
        self._prompt = parameters.table("last_seen.prompt_share")
        self._mean_prompt = parameters.number("last_seen.prompt_mean_days")
        self._mean_late = parameters.number("last_seen.late_mean_days")
        self._misremembered = parameters.number("last_seen.misremembered_share")
        self._misremembered_days = parameters.number("last_seen.misremembered_days")
        self._slip = parameters.number("last_seen.year_slip_share")
        self._uniform = parameters.number("last_seen.uniform_share")
        self._near = parameters.number("last_seen.explainable_days_early")
        self._circumstances = {name: place for place, name in enumerate(self._prompt)}
        self._areas = np.array([self._area(share) for share in self._prompt.values()])

    def _area(self, prompt: float) -> Floats:
        """Return the twice summed distribution of days from last seen to deposition."""
        lag = np.arange(-_REACH, _REACH + 1, dtype=np.float64)
        after = lag >= 0
        gap = prompt * _unit(np.where(after, np.exp(-np.abs(lag) / self._mean_prompt), 0.0))
        gap += (1 - prompt) * _unit(np.where(after, np.exp(-np.abs(lag) / self._mean_late), 0.0))
        blurred = _unit(np.exp(-np.abs(lag) / self._misremembered_days))
        slipped = (np.roll(gap, 365) + np.roll(gap, -365)) / 2
        rest = 1 - self._misremembered - self._slip
        days = rest * gap + self._misremembered * blurred + self._slip * slipped
        return np.cumsum(np.cumsum(days))

    def observe(self, remains: PostMortem) -> Days | None:
        if remains.deposited is None:
            return None
        return Days(remains.deposited.first.toordinal(), remains.deposited.last.toordinal())

    def tell(self, report: AnteMortem) -> Sequence[Seen]:
        if report.last_seen is None:
            return ()
        interval = report.last_seen.interval
        known = report.circumstance if report.circumstance in self._prompt else "unknown"
        return (Seen(interval.first.toordinal(), interval.last.toordinal(), known or "unknown"),)

    def seen(self, observations: Sequence[Days]) -> Packed:
        return np.array(observations, dtype=np.int64).reshape(-1, 2)

    def told(self, cells: Sequence[Seen]) -> Packed:
        rows = [(cell.first, cell.last, self._circumstances[cell.circumstance]) for cell in cells]
        return np.array(rows, dtype=np.int64).reshape(-1, 3)

    def chances(self, seen: Packed, told: Packed) -> Floats:
        chances = np.empty((len(seen), len(told)))
        _within(seen, told, self._areas, self._uniform, chances)
        return chances

    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        deposited, seen = remains.deposited, report.last_seen
        if deposited is None or seen is None:
            raise AssertionError
        after = (deposited.first - seen.interval.last).days
        before = (seen.interval.first - deposited.last).days
        level, agreement = self._grade(after, before)
        return Finding(
            level,
            agreement,
            {"first": deposited.first.isoformat(), "last": deposited.last.isoformat()},
            {
                "first": seen.interval.first.isoformat(),
                "last": seen.interval.last.isoformat(),
                "precision": seen.precision.value,
                "calendar": seen.calendar,
                "days_after": max(0, after),
                "days_before": max(0, before),
            },
        )

    def _grade(self, after: int, before: int) -> tuple[str, Agreement]:
        if before > self._near:
            return "found_long_before", Agreement.CONTRADICTS
        if before > 0:
            return "found_shortly_before", Agreement.EXPLAINABLE
        if after > 45:
            return "long_after", Agreement.EXPLAINABLE
        return ("soon_after" if after > 0 else "same_time"), Agreement.AGREES


def _unit(weights: Floats) -> Floats:
    total: Floats = weights / weights.sum()
    return total


@compiled
def _summed(area: Floats, lag: int) -> float:
    if lag < -_REACH:
        return 0.0
    if lag > _REACH:
        return float(area[2 * _REACH]) + (lag - _REACH)
    return float(area[lag + _REACH])


@compiled
def _within(seen: Packed, told: Packed, areas: Floats, uniform: float, chances: Floats) -> None:
    """Fill in P(first <= day <= last) for a person seen last on any day from start to end."""
    for row in range(len(seen)):
        first, last = seen[row, 0], seen[row, 1]
        least = uniform * min(1.0, (last - first + 1) / (2 * _REACH))
        for column in range(len(told)):
            start, end, area = told[column, 0], told[column, 1], areas[told[column, 2]]
            upper = _summed(area, last - start) - _summed(area, last - end - 1)
            lower = _summed(area, first - 1 - start) - _summed(area, first - 2 - end)
            share = max(0.0, upper - lower) / (end - start + 1)
            chances[row, column] = (1 - uniform) * share + least


class SitePoint(NamedTuple):
    """A site as a point."""

    key: str
    latitude: float
    longitude: float


class PlaceTold(NamedTuple):
    """A place of last sight, how exactly it was told, and what happened."""

    latitude: float
    longitude: float
    precision: PlacePrecision
    circumstance: str


class PlaceLine(DensityLine[SitePoint, PlaceTold]):
    """P(site | place of loss): sites near the place draw more, large sites draw more, any may.

    A choice among the sites that exist, with attraction falling with distance; detention and
    relocation carry bodies anywhere.
    """

    name = LineName.PLACE

    def __init__(self, parameters: Parameters) -> None:
        self._scale = parameters.table("place.scale_km")
        self._power = parameters.number("place.power")
        self._anywhere = parameters.table("place.anywhere_share")

    def observe(self, remains: PostMortem) -> SitePoint | None:
        if remains.site is None or remains.site.position is None:
            return None
        position = remains.site.position
        return SitePoint(
            remains.site.key, round(position.latitude, 4), round(position.longitude, 4)
        )

    def tell(self, report: AnteMortem) -> Sequence[PlaceTold]:
        if report.place is None:
            return ()
        position, precision = report.place.position, report.place.precision
        known = report.circumstance if report.circumstance in self._anywhere else "unknown"
        # To a hundred metres: finer than anybody tells, and coarse enough to keep tables small.
        latitude, longitude = round(position.latitude, 3), round(position.longitude, 3)
        return (PlaceTold(latitude, longitude, precision, known or "unknown"),)

    def density(
        self, population: Population[SitePoint, PlaceTold]
    ) -> Density[SitePoint, PlaceTold]:
        return _Choice(self, population)

    def traits(self, told: PlaceTold) -> tuple[float, float]:
        """Return how far people are carried, in kilometres, and how often they may lie anywhere."""
        return self._scale[told.precision], self._anywhere[told.circumstance]

    def attraction(self, kilometres: Floats, scale: Floats) -> Floats:
        """Return how much a site draws at a distance."""
        attraction: Floats = (1 + kilometres / scale) ** -self._power
        return attraction

    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        site, told = self.observe(remains), self.tell(report)[0]
        if site is None:
            raise AssertionError
        here = np.array([[site.latitude, site.longitude]])
        there = np.array([[told.latitude, told.longitude]])
        kilometres = float(distance_km(here, there)[0, 0])
        scale = self._scale[told.precision]
        level = "near" if kilometres <= 2 * scale else "area" if kilometres <= 6 * scale else "far"
        return Finding(
            level,
            Agreement.EXPLAINABLE if level == "far" else Agreement.AGREES,
            {"site": site.key, "latitude": site.latitude, "longitude": site.longitude},
            {
                "latitude": told.latitude,
                "longitude": told.longitude,
                "precision": told.precision.value,
                "kilometres": round(kilometres, 2),
            },
        )


class _Choice(Density[SitePoint, PlaceTold]):
    """P(site | place of loss) among the sites of a population.

    Packed: latitude, longitude and size of a site; latitude, longitude, scale, share of *anywhere*
    and summed attraction of all sites of a place told.
    """

    def __init__(self, line: PlaceLine, population: Population[SitePoint, PlaceTold]) -> None:
        self._line = line
        counts = zip(population.observations, population.observation_counts, strict=True)
        self._sizes = dict(counts)
        self._all = self.seen(population.observations)
        self._crowd = max(1.0, float(self._all[:, 2].sum()))

    def seen(self, observations: Sequence[SitePoint]) -> Packed:
        rows = [(o.latitude, o.longitude, self._sizes.get(o, 1.0)) for o in observations]
        return np.array(rows, dtype=np.float64).reshape(-1, 3)

    def told(self, cells: Sequence[PlaceTold]) -> Packed:
        rows = [(cell.latitude, cell.longitude, *self._line.traits(cell), 0.0) for cell in cells]
        told = np.array(rows, dtype=np.float64).reshape(-1, 5)
        for start in range(0, len(told), _PLACES):
            block = told[start : start + _PLACES]
            pull = self._all[:, 2:] * self._attraction(self._all, block)
            # Summed along rows, so that the last bit does not depend on how many places are told.
            total = np.add.reduce(np.ascontiguousarray(pull.T), axis=1)
            block[:, 4] = np.maximum(1e-12, total)
        return told

    def chances(self, seen: Packed, told: Packed) -> Floats:
        size, anywhere = seen[:, 2:], told[:, 3]
        near = size * self._attraction(seen, told) / told[:, 4]
        chance: Floats = (1 - anywhere) * np.minimum(1.0, near)
        chance += anywhere * np.minimum(1.0, size / self._crowd)
        return chance

    def _attraction(self, seen: Packed, told: Packed) -> Floats:
        return self._line.attraction(distance_km(seen, told), told[:, 2])


def distance_km(seen: Packed, told: Packed) -> Floats:
    """Return distances in kilometres on a locally flat earth, one row for each of `seen`.

    The first two columns of both hold degrees north and east.
    """
    lat_a, lon_a = np.radians(seen[:, :1]), np.radians(seen[:, 1:2])
    lat_b, lon_b = np.radians(told[:, 0]), np.radians(told[:, 1])
    east = (lon_a - lon_b) * np.cos((lat_a + lat_b) / 2)
    distance: Floats = _EARTH_KM * np.hypot(lat_a - lat_b, east)
    return distance

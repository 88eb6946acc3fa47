"""When and where: last seen against deposition, and the place against the site."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from caseman.matching.arrays import Floats
from caseman.matching.evidence import Agreement, Finding, LineName
from caseman.matching.lines.base import DensityLine, FixedDensityLine, Population
from caseman.matching.parameters import Parameters
from caseman.matching.values import AnteMortem, PlacePrecision, PostMortem

_REACH = 4000  # days on either side of last seen that are told apart
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Days:
    """Ordinal days, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Seen:
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
        self._areas = {name: self._area(share) for name, share in self._prompt.items()}

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
        known = report.circumstance if report.circumstance in self._areas else "unknown"
        return (Seen(interval.first.toordinal(), interval.last.toordinal(), known or "unknown"),)

    def density(
        self,
        observations: Sequence[Days],
        cells: Sequence[Seen],
    ) -> Floats:
        first = np.array([o.first for o in observations])[:, None]
        last = np.array([o.last for o in observations])[:, None]
        inside = np.empty((len(observations), len(cells)))
        for circumstance, area in self._areas.items():
            chosen = np.array(
                [i for i, c in enumerate(cells) if c.circumstance == circumstance], int
            )
            start = np.array([cells[i].first for i in chosen], int)
            end = np.array([cells[i].last for i in chosen], int)
            inside[:, chosen] = _overlap(area, first, last, start, end)
        width = (last - first + 1) / (2 * _REACH)
        chance: Floats = (1 - self._uniform) * inside + self._uniform * np.minimum(1.0, width)
        return chance

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


def _overlap(area: Floats, first: Floats, last: Floats, start: Floats, end: Floats) -> Floats:
    """Return P(first <= day <= last) for a person seen last on any day from start to end."""
    upper = _summed(area, last - start) - _summed(area, last - end - 1)
    lower = _summed(area, first - 1 - start) - _summed(area, first - 2 - end)
    share: Floats = np.maximum(0.0, upper - lower) / (end - start + 1)
    return share


def _summed(area: Floats, lag: Floats) -> Floats:
    index = np.clip(lag + _REACH, 0, 2 * _REACH).astype(np.int64)
    beyond = np.maximum(0, lag - _REACH)
    inside = np.where(lag < -_REACH, 0.0, area[index])
    total: Floats = inside + beyond
    return total


@dataclass(frozen=True, slots=True)
class SitePoint:
    """A site as a point."""

    key: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class PlaceTold:
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

    def density_among(
        self, population: Population[SitePoint, PlaceTold]
    ) -> Callable[[Sequence[SitePoint], Sequence[PlaceTold]], Floats]:
        counts = zip(population.observations, population.observation_counts, strict=True)
        return partial(self._density, dict(counts))

    def _density(
        self,
        sites: Mapping[SitePoint, float],
        observations: Sequence[SitePoint],
        cells: Sequence[PlaceTold],
    ) -> Floats:
        crowd = np.array([*sites.values()])[:, None]
        size = np.array([sites.get(o, 1.0) for o in observations])[:, None]
        scale = np.array([self._scale[c.precision] for c in cells])
        pull = size * self._attraction(observations, cells, scale)
        total = np.add.reduce(crowd * self._attraction([*sites], cells, scale))
        anywhere = np.array([self._anywhere[c.circumstance] for c in cells])
        share = size / max(1.0, float(crowd.sum()))
        near = pull / np.maximum(total, 1e-12)
        chance: Floats = (1 - anywhere) * np.minimum(1.0, near)
        chance += anywhere * np.minimum(1.0, share)
        return chance

    def _attraction(
        self, sites: Sequence[SitePoint], cells: Sequence[PlaceTold], scale: Floats
    ) -> Floats:
        attraction: Floats = (1 + distance_km(sites, cells) / scale) ** -self._power
        return attraction

    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        site, told = self.observe(remains), self.tell(report)[0]
        if site is None:
            raise AssertionError
        kilometres = float(distance_km((site,), (told,))[0, 0])
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


def distance_km(sites: Sequence[SitePoint], cells: Sequence[PlaceTold]) -> Floats:
    """Return distances in kilometres on a locally flat earth, one row for each site."""
    lat_a = np.radians([s.latitude for s in sites])[:, None]
    lon_a = np.radians([s.longitude for s in sites])[:, None]
    lat_b = np.radians([c.latitude for c in cells])
    lon_b = np.radians([c.longitude for c in cells])
    east = (lon_a - lon_b) * np.cos((lat_a + lat_b) / 2)
    distance: Floats = _EARTH_KM * np.hypot(lat_a - lat_b, east)
    return distance

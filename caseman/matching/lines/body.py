"""Dental findings, healed injuries and implants."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from caseman.matching.arrays import Floats, Int64s
from caseman.matching.evidence import Agreement, Finding, LineName, Plain
from caseman.matching.lines.base import Line, Population, Weigher
from caseman.matching.parameters import Parameters
from caseman.matching.values import AnteMortem, Assessor, Mark, PostMortem

_ANY_CODE = ""
_ANY_MARK = Mark("", "")


class DentalSeen(NamedTuple):
    """Dental codes found, and whether the jaws were complete enough for absence to count."""

    codes: tuple[str, ...]
    absence_counts: bool


class DentalLine(Line[DentalSeen, str]):
    """Each whole-mouth code on its own: P(found | told or not) over how common it is."""

    name = LineName.DENTAL
    always_told = _ANY_CODE

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._permanent = parameters.table("dental.cannot_vanish")

    def observe(self, remains: PostMortem) -> DentalSeen | None:
        if remains.dental is None:
            return None
        seen = DentalSeen(tuple(sorted(remains.dental)), remains.dental_absence_counts)
        return seen if seen.codes or seen.absence_counts else None

    def tell(self, report: AnteMortem) -> Sequence[str]:
        return () if report.dental is None else (_ANY_CODE, *sorted(report.dental))

    def prepare(self, population: Population[DentalSeen, str]) -> "DentalWeigher":
        return DentalWeigher(self._parameters, population)

    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        seen, told = remains.dental or frozenset(), report.dental or frozenset()
        gone = (told - seen) & self._permanent.keys() if remains.dental_absence_counts else None
        if seen & told:
            level, agreement = "common", Agreement.AGREES
        elif gone:
            level, agreement = "told_not_found", Agreement.CONTRADICTS
        elif not seen and not told:
            level, agreement = "none_either", Agreement.AGREES
        else:
            level, agreement = "none_common", Agreement.EXPLAINABLE
        return Finding(level, agreement, {"codes": [*sorted(seen)]}, {"codes": [*sorted(told)]})


class DentalWeigher(Weigher[DentalSeen, str]):
    """How common each code is among the reports and remains at hand."""

    def __init__(self, parameters: Parameters, population: Population[DentalSeen, str]) -> None:
        self.population = population
        told = dict(zip(population.cells, population.cell_counts, strict=True))
        asked = told.pop(_ANY_CODE, 0.0)
        found, examined = _found_codes(population)
        self._codes = sorted({*told, *found})
        self._index = {code: i for i, code in enumerate(self._codes)}
        share_told = np.array([(told.get(c, 0.0) + 0.5) / (asked + 20) for c in self._codes])
        self._seen_if_told = parameters.number("dental.seen_if_told")
        share = np.array([(found.get(c, 0.0) + 0.5) / (examined + 20) for c in self._codes])
        rest = (share - share_told * self._seen_if_told) / (1 - share_told)
        self._seen_if_silent = np.clip(rest, parameters.number("dental.least_seen_if_silent"), 0.9)
        self._common = share_told * self._seen_if_told + (1 - share_told) * self._seen_if_silent

    def log_lr(self, observations: Sequence[DentalSeen], cells: Sequence[str]) -> Floats:
        return self._columns(self._weights(observations), cells)

    def column(self, cells: Sequence[str]) -> Floats:
        return self._columns(self._all, cells)

    @cached_property
    def _all(self) -> tuple[Floats, Floats]:
        return self._weights(self.population.observations)

    def _columns(self, shown: tuple[Floats, Floats], cells: Sequence[str]) -> Floats:
        silent, extra = shown
        weights = np.zeros((len(silent), len(cells)))
        for column, cell in enumerate(cells):
            if cell == _ANY_CODE:
                weights[:, column] = np.add.reduce(silent, axis=1)
            elif cell in self._index:
                weights[:, column] = extra[:, self._index[cell]]
        return weights

    def _weights(self, observations: Sequence[DentalSeen]) -> tuple[Floats, Floats]:
        """Return what each code weighs if it was not told, and what telling it adds."""
        rows = [[code in seen.codes for code in self._codes] for seen in observations]
        present = np.array(rows, bool).reshape(len(rows), len(self._codes))
        silent = _log_bernoulli(present, self._seen_if_silent, self._common)
        told = _log_bernoulli(present, self._seen_if_told, self._common)
        complete = np.array([seen.absence_counts for seen in observations], bool)
        counts = present | complete[:, None]
        return np.where(counts, silent, 0.0), np.where(counts, told - silent, 0.0)


def _found_codes(population: Population[DentalSeen, str]) -> tuple[dict[str, float], float]:
    counts: dict[str, float] = {}
    examined = 0.0
    for seen, count in zip(population.observations, population.observation_counts, strict=True):
        if seen.absence_counts:
            examined += count
            for code in seen.codes:
                counts[code] = counts.get(code, 0.0) + count
    return counts, examined


def _log_bernoulli(present: Floats, chance: Floats | float, common: Floats) -> Floats:
    return np.where(present, np.log(chance / common), np.log((1 - chance) / (1 - common)))


class MarksSeen(NamedTuple):
    """Marks found, the regions that were there to look at, and who looked."""

    marks: tuple[Mark, ...]
    regions: tuple[str, ...]
    assessor: Assessor


class MarksLine(Line[MarksSeen, Mark]):
    """Healed injuries, implants, amputations; absence counts only where the region is present."""

    name = LineName.MARKS
    always_told = _ANY_MARK

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._permanent = parameters.table("marks.cannot_vanish")

    def observe(self, remains: PostMortem) -> MarksSeen | None:
        if remains.marks is None:
            return None
        regions = tuple(sorted(remains.regions))
        marks = tuple(sorted(remains.marks))
        return MarksSeen(marks, regions, remains.assessor or Assessor.LAY)

    def tell(self, report: AnteMortem) -> Sequence[Mark]:
        return () if report.marks is None else (_ANY_MARK, *sorted(report.marks))

    def prepare(self, population: Population[MarksSeen, Mark]) -> "MarksWeigher":
        return MarksWeigher(self._parameters, population)

    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        seen, told = remains.marks or frozenset(), report.marks or frozenset()
        absent = [m for m in told - seen if m.region in remains.regions]
        if seen & told:
            level, agreement = "common", Agreement.AGREES
        elif seen & {other_side(mark) for mark in told}:
            level, agreement = "other_side", Agreement.EXPLAINABLE
        elif any(mark.kind in self._permanent for mark in absent):
            level, agreement = "told_not_found", Agreement.CONTRADICTS
        elif not seen and not told:
            level, agreement = "none_either", Agreement.AGREES
        else:
            level, agreement = "none_common", Agreement.EXPLAINABLE
        post: dict[str, Plain] = {**_list_marks(seen), "regions": [*sorted(remains.regions)]}
        return Finding(level, agreement, post, _list_marks(told))


class MarksWeigher(Weigher[MarksSeen, Mark]):
    """How common each mark is among the reports at hand."""

    def __init__(self, parameters: Parameters, population: Population[MarksSeen, Mark]) -> None:
        self.population = population
        self._silent = parameters.number("marks.silent_if_present")
        self._side_error = parameters.number("marks.side_error")
        self._missed = parameters.table("marks.missed")
        told = dict(zip(population.cells, population.cell_counts, strict=True))
        asked = told.pop(_ANY_MARK, 0.0)
        # Left and right are mixed up, and as often hurt: a share is the mean of both sides.
        sides = {*told, *map(other_side, told)}
        both = {m: (told.get(m, 0.0) + told.get(other_side(m), 0.0)) / 2 for m in sides}
        self._shares = {mark: (count + 1) / (asked + 100) for mark, count in both.items()}
        self._rare = 1 / (asked + 100)
        self._all = _shown(population.observations)

    def log_lr(self, observations: Sequence[MarksSeen], cells: Sequence[Mark]) -> Floats:
        return self._columns(_shown(observations), cells)

    def column(self, cells: Sequence[Mark]) -> Floats:
        return self._columns(self._all, cells)

    def _columns(self, shown: "_Shown", cells: Sequence[Mark]) -> Floats:
        weights = np.empty((len(shown.trained), len(cells)))
        for place, cell in enumerate(cells):
            weights[:, place] = self._base(shown) if cell == _ANY_MARK else self._of(shown, cell)
        return weights

    def _base(self, shown: "_Shown") -> Floats:
        """Return what a report that was asked for marks weighs before any of them is looked at."""
        weights = np.zeros(len(shown.trained))
        for mark, rows in shown.marks.items():
            weights[rows] += self._log_silent(mark)
        return weights

    def _of(self, shown: "_Shown", told: Mark) -> Floats:
        weights = np.zeros(len(shown.trained))
        there = shown.regions.get(told.region, _NOWHERE)
        missed = [float(np.log(self._missed[who])) for who in (Assessor.LAY, Assessor.TRAINED)]
        weights[there] = np.where(shown.trained[there], missed[True], missed[False])
        mirrored = other_side(told)
        weights[shown.marks.get(mirrored, _NOWHERE)] = self._log_told(
            self._side_error, told
        ) - self._log_silent(mirrored)
        own = self._log_told(1 - self._side_error, told) - self._log_silent(told)
        weights[shown.marks.get(told, _NOWHERE)] = own
        return weights

    def _log_told(self, side: float, told: Mark) -> float:
        share = self._shares.get(told, self._rare)
        return float(np.log((1 - self._silent) * side / share))

    def _log_silent(self, mark: Mark) -> float:
        either = self._shares.get(mark, self._rare)
        if other_side(mark) != mark:
            either += self._shares.get(other_side(mark), self._rare)
        return float(np.log(self._silent / (1 - min(0.9, either))))


class _Shown(NamedTuple):
    """Observations turned about: who shows a mark, who has a region; and whose examiner is trained.

    Marks stand in order, so that sums do not depend on who is looked at.
    """

    marks: dict[Mark, Int64s]
    regions: dict[str, Int64s]
    trained: npt.NDArray[np.bool_]


_NOWHERE = np.zeros(0, np.int64)


def _shown(observations: Sequence[MarksSeen]) -> _Shown:
    marks: dict[Mark, list[int]] = {}
    regions: dict[str, list[int]] = {}
    for row, seen in enumerate(observations):
        for mark in seen.marks:
            marks.setdefault(mark, []).append(row)
        for region in seen.regions:
            regions.setdefault(region, []).append(row)
    trained = [seen.assessor is Assessor.TRAINED for seen in observations]
    return _Shown(_rows(marks), _rows(regions), np.array(trained, bool))


_Key = TypeVar("_Key", Mark, str)


def _rows(found: dict[_Key, list[int]]) -> dict[_Key, Int64s]:
    return {key: np.array(rows, np.int64) for key, rows in sorted(found.items())}


def other_side(mark: Mark) -> Mark:
    """Return the same mark on the other side of the body, or itself in the midline."""
    side, _, rest = mark.region.partition("_")
    mirrored = {"L": "R", "R": "L"}.get(side)
    return Mark(mark.kind, f"{mirrored}_{rest}") if mirrored and rest else mark


def _list_marks(marks: Iterable[Mark]) -> dict[str, Plain]:
    return {"marks": [[m.kind, m.region] for m in sorted(marks)]}

"""Remains and reports encoded once, with everything counted that the evidence is weighed by."""

from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from caseman.matching.arrays import Floats, Int16s, Int32s
from caseman.matching.evidence import LineName
from caseman.matching.kernels import CEILING, FLOOR, UNIT, Seen, Told
from caseman.matching.lines.base import LEAST, MOST, Line, Population, Setting, Weigher
from caseman.matching.lines.body import DentalLine, MarksLine
from caseman.matching.lines.habit import CircumstanceLine, HairLine, HandednessLine
from caseman.matching.lines.names import NamesWeigher
from caseman.matching.lines.papers import Papers
from caseman.matching.lines.possessions import SLOTS, ClothingLine, EffectsLine
from caseman.matching.lines.profile import AgeLine, SexLine, StatureLine
from caseman.matching.lines.spacetime import LastSeenLine, PlaceLine
from caseman.matching.parameters import Parameters
from caseman.matching.values import AnteMortem, PostMortem

AnyLine: TypeAlias = Line[Any, Any]
Pair: TypeAlias = tuple[str, str]

_WHOLE = 20_000_000  # entries up to which a table is made once for all observations
_ROWS = 256  # observations at a time, so that memory stays bounded
_ORDER = {name: i for i, name in enumerate(LineName)}


class DuplicateKeyError(ValueError):
    """Two remains or two reports with one key; the message names it."""


def lines_of(parameters: Parameters, setting: Setting) -> tuple[AnyLine, ...]:
    """Return all lines that work by cells; found names are weighed apart."""
    return (
        DentalLine(parameters),
        MarksLine(parameters),
        EffectsLine(parameters),
        *(ClothingLine(parameters, slot) for slot in SLOTS),
        AgeLine(parameters, setting),
        SexLine(parameters),
        StatureLine(parameters, setting),
        LastSeenLine(parameters),
        PlaceLine(parameters),
        CircumstanceLine(parameters),
        HairLine(parameters),
        HandednessLine(parameters),
    )


class LineTable:
    """One line of one pool: its cells, its counts and its weights in units of the kernels."""

    def __init__(
        self,
        line: AnyLine,
        weight: float,
        observed: Sequence[Hashable | None],
        told: Sequence[Sequence[Hashable]],
    ) -> None:
        self.line = line
        self._weight = weight
        self.population = _population(observed, told)
        self.index = {cell: i for i, cell in enumerate(self.population.cells)}
        places = {o: i for i, o in enumerate(self.population.observations)}
        silent = len(places)
        self._codes = np.array([silent if o is None else places[o] for o in observed], np.int32)
        self._known: dict[Hashable, Int16s] = {}
        self._weigher: Weigher[Any, Any] = line.prepare(self.population)

    def warm(self) -> None:
        """Make the table of all observations at once, if it is small; many rows then cost less."""
        population = self.population
        if len(population.observations) * len(population.cells) <= _WHOLE:
            for start in range(0, len(population.observations), _ROWS):
                block = population.observations[start : start + _ROWS]
                table = self.weigh(block, population.cells)
                self._known.update(zip(block, table, strict=True))

    def weigh(self, observations: Sequence[Hashable], cells: Sequence[Hashable]) -> Int16s:
        """Return weighted scores, a row for each observation, a column for each cell."""
        if not observations or not cells:
            return np.zeros((len(observations), len(cells)), np.int16)
        log_lr = np.clip(self._weigher.log_lr(observations, cells), LEAST, MOST)
        return np.rint(self._weight * UNIT * log_lr).astype(np.int16)

    def column(self, report: AnteMortem) -> Int32s:
        """Return the score of one report, in the pool or new to it, for all remains of the pool."""
        weights = self.weigh(self.population.observations, self.line.tell(report))
        return np.append(weights.sum(axis=1, dtype=np.int32), np.int32(0))[self._codes]

    def rows(self, observations: Sequence[Hashable | None]) -> Int16s:
        """Return the table of each observation over the cells of the pool."""
        distinct = sorted({o for o in observations if o is not None}, key=repr)
        known = self._known
        if any(o not in known for o in distinct):
            table = self.weigh(distinct, self.population.cells)
            known = dict(zip(distinct, table, strict=True))
        rows = np.zeros((len(observations), len(self.population.cells)), np.int16)
        for row, observation in enumerate(observations):
            if observation is not None:
                rows[row] = known[observation]
        return rows


class Pool:
    """Frozen ground for comparing: what is common, what is rare, and all reports as cells."""

    def __init__(
        self,
        all_remains: Iterable[PostMortem],
        reports: Iterable[AnteMortem],
        parameters: Parameters,
    ) -> None:
        self.parameters = parameters
        self.remains = _by_key(all_remains, "remains")
        self.reports = _by_key(reports, "report")
        self.remains_keys = tuple(self.remains)
        self.report_keys = tuple(self.reports)
        self.report_index = {key: i for i, key in enumerate(self.report_keys)}
        self.setting = _setting(self.reports.values())
        self.base = round(parameters.number("intercept") * UNIT)
        self.tables = tuple(self._table(line) for line in lines_of(parameters, self.setting))
        self.told, self.cell_lines = self._told()
        self.names_weight = parameters.number(f"weight.{LineName.NAMES}")
        found = [remains.names for remains in self.remains.values()]
        self._names = NamesWeigher(
            parameters, tuple(self.reports.values()), [name for names in found for name in names]
        )
        self._papers = Papers(self._names, found)

    def _table(self, line: AnyLine) -> LineTable:
        weight = self.parameters.number(f"weight.{line.name}")
        observed = [line.observe(remains) for remains in self.remains.values()]
        told = [line.tell(report) for report in self.reports.values()]
        return LineTable(line, weight, observed, told)

    def _told(self) -> tuple[Told, Int32s]:
        owners: list[np.ndarray[Any, np.dtype[np.int32]]] = []
        cells: list[np.ndarray[Any, np.dtype[np.int32]]] = []
        lines: list[int] = []
        for table in self.tables:
            rows = [table.line.tell(r) for r in self.reports.values()]
            flat = [len(lines) + table.index[cell] for row in rows for cell in row]
            owners.append(np.repeat(np.arange(len(rows), dtype=np.int32), [len(r) for r in rows]))
            cells.append(np.array(flat, dtype=np.int32))
            lines += [_ORDER[table.line.name]] * len(table.index)
        owner, cell = np.concatenate(owners), np.concatenate(cells)
        order = np.argsort(owner, kind="stable")
        counts = np.bincount(owner, minlength=len(self.reports))
        starts = np.append(0, np.cumsum(counts)).astype(np.int32)
        return Told(starts, cell[order]), np.array(lines, dtype=np.int32)

    def weigh_names(self, remains: PostMortem) -> Int16s:
        """Return the weights of the names found with some remains, a score for each report."""
        weights = self._names_for(remains).log_lr(remains.names)
        return np.rint(self.names_weight * UNIT * weights).astype(np.int16)

    def _names_for(self, remains: PostMortem) -> NamesWeigher:
        if self._names.covers(remains.names):
            return self._names
        return NamesWeigher(self.parameters, tuple(self.reports.values()), remains.names)

    def warm(self) -> None:
        """Prepare for ranking many remains at once."""
        for table in self.tables:
            table.warm()

    def see(self, block: Sequence[PostMortem], excluded: frozenset[Pair] = frozenset()) -> Seen:
        """Return a block of remains, from the pool or new to it, as tables for the kernels."""
        tables = [t.rows([t.line.observe(r) for r in block]) for t in self.tables]
        dense, dense_row = self._dense(block)
        by_remains = self._excluded(excluded)
        skip = [sorted(by_remains.get(remains.key, ())) for remains in block]
        starts = np.append(0, np.cumsum([len(s) for s in skip])).astype(np.int32)
        flat = np.array([i for s in skip for i in s], dtype=np.int32)
        return Seen(np.concatenate(tables, axis=1), dense, dense_row, starts, flat)

    def column(self, report: AnteMortem) -> Int32s:
        """Return the score of one report, in the pool or new to it, for all remains."""
        names = np.rint(self.names_weight * UNIT * self._papers.log_lr(report)).astype(np.int32)
        total: Int32s = names + self.base
        for table in self.tables:
            total += table.column(report)
        return np.clip(total, FLOOR, CEILING)

    def parts(self, remains: PostMortem, report: AnteMortem) -> Int16s:
        """Return the score of one pair by line, either side in the pool or new to it."""
        parts = np.zeros(len(LineName), np.int16)
        for table in self.tables:
            observation, cells = table.line.observe(remains), table.line.tell(report)
            if observation is not None and cells:
                parts[_ORDER[table.line.name]] += table.weigh([observation], cells).sum()
        if remains.names:
            papers = Papers(self._names_for(remains), [remains.names])
            log_lr = float(papers.log_lr(report)[0])
            parts[_ORDER[LineName.NAMES]] = round(self.names_weight * UNIT * log_lr)
        return parts

    def _dense(self, block: Sequence[PostMortem]) -> tuple[Int16s, Int32s]:
        named = [i for i, remains in enumerate(block) if remains.names]
        dense_row = np.full(len(block), -1, np.int32)
        dense_row[named] = np.arange(len(named))
        dense = np.zeros((len(named), len(self.reports)), np.int16)
        for row, i in enumerate(named):
            dense[row] = self.weigh_names(block[i])
        return dense, dense_row

    def _excluded(self, excluded: frozenset[Pair]) -> dict[str, list[int]]:
        by_remains: dict[str, list[int]] = {}
        for remains, report in excluded:
            if report in self.report_index:
                by_remains.setdefault(remains, []).append(self.report_index[report])
        return by_remains


def _by_key(rows: Iterable[Any], noun: str) -> dict[str, Any]:
    ordered = sorted(rows, key=lambda row: str(row.key))
    keyed = {row.key: row for row in ordered}
    if len(keyed) < len(ordered):
        twice = next(a.key for a, b in pairwise(ordered) if a.key == b.key)
        message = f"the {noun} key {twice} occurs twice"
        raise DuplicateKeyError(message)
    return keyed


def _setting(reports: Iterable[AnteMortem]) -> Setting:
    years = [r.last_seen.interval.middle_year for r in reports if r.last_seen]
    if not years:
        return Setting(2016.0, 5.0)
    low, middle, high = np.quantile(years, [0.16, 0.5, 0.84])
    return Setting(float(middle), max(0.5, float(high - low) / 2))


def _population(
    observed: Sequence[Hashable | None], told: Sequence[Sequence[Hashable]]
) -> Population[Any, Any]:
    seen = [o for o in observed if o is not None]
    cells, cell_counts = _count(cell for row in told for cell in row)
    observations, observation_counts = _count(seen)
    speaking = sum(1 for row in told if row)
    return Population(cells, cell_counts, speaking, observations, observation_counts)


def _count(values: Iterable[Hashable]) -> tuple[tuple[Hashable, ...], Floats]:
    counts: dict[Hashable, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    # Sorted by their text: the order, and so every sum, is the same whatever order files are in.
    ordered = sorted(counts, key=repr)
    return tuple(ordered), np.array([counts[value] for value in ordered], dtype=np.float64)

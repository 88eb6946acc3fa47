"""One line of evidence of one pool, encoded: what was told and shown, counted and weighed."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeAlias

import numpy as np

from caseman.matching.arrays import Floats, Int16s, Int32s
from caseman.matching.kernels import UNIT
from caseman.matching.lines.base import LEAST, MOST, Cell, Line, Observed, Population
from caseman.matching.values import AnteMortem, PostMortem

AnyLine: TypeAlias = Line[Any, Any]

_WHOLE = 20_000_000  # entries up to which the table of all observations is kept
_AT_ONCE = 500_000  # entries weighed at a time, so that memory stays bounded
NOT_SEEN = -1


class LineRows(NamedTuple):
    """What some remains show in one line: their rows in a table of weights (the last: zeros)."""

    table: Int16s
    rows: Int32s


class LineTable(Generic[Observed, Cell]):
    """One line of one pool: its cells, its counts and its weights in units of the kernels.

    The cells of report j are ``cells[starts[j]:starts[j + 1]]``; ``codes`` gives the observation of
    each set of remains, -1 for none.
    """

    def __init__(
        self,
        line: Line[Observed, Cell],
        weight: float,
        all_remains: Iterable[PostMortem],
        reports: Iterable[AnteMortem],
    ) -> None:
        self.line = line
        self._weight = weight
        observed = [line.observe(remains) for remains in all_remains]
        told = [line.tell(report) for report in reports]
        self.population = _population(observed, told)
        cells = {cell: i for i, cell in enumerate(self.population.cells)}
        places = {o: i for i, o in enumerate(self.population.observations)}
        self.codes = _codes(observed, places)
        self.starts = np.append(0, np.cumsum([len(row) for row in told])).astype(np.int32)
        self.cells = np.array([cells[cell] for row in told for cell in row], np.int32)
        self._places = places
        self._weigher = line.prepare(self.population)
        self._known: Int16s | None = None

    def warm(self) -> None:
        """Make the table of all observations, if it is small; many blocks then cost less."""
        size = len(self.population.observations) * len(self.population.cells)
        if self._known is None and size <= _WHOLE:
            everything = np.arange(len(self.population.observations), dtype=np.int32)
            self._known = self._among(everything)

    def flag(self) -> int:
        """Return the cell that every report which speaks has, -1 if there is none."""
        always: Hashable = self.line.always_told
        return -1 if always is None else self._cell(always)

    def rows_of(self, places: Int32s) -> LineRows:
        """Return what remains of the pool show, by their places in it."""
        distinct, rows = np.unique(self.codes[places], return_inverse=True)
        seen = distinct[distinct != NOT_SEEN]
        table = self._among(seen) if self._known is None else self._known[seen]
        own = rows.astype(np.int32) - np.int32(len(distinct) - len(seen))
        return _with_silence(table, own)

    def rows_shown(self, block: Iterable[PostMortem]) -> LineRows:
        """Return what remains show that may be new to the pool."""
        observed = [self.line.observe(remains) for remains in block]
        distinct = list(dict.fromkeys(o for o in observed if o is not None))
        rows = _codes(observed, {o: i for i, o in enumerate(distinct)})
        return _with_silence(self._shown(distinct), rows)

    def weigh(self, observations: Sequence[Observed], cells: Sequence[Cell]) -> Int16s:
        """Return weighted scores, a row for each observation, a column for each cell."""
        if not observations or not cells:
            return np.zeros((len(observations), len(cells)), np.int16)
        return self._units(self._weigher.log_lr(observations, cells))

    def between(self, all_remains: Sequence[PostMortem], reports: Sequence[AnteMortem]) -> Int32s:
        """Return the score of every pair, a row for each remains, all perhaps new to the pool."""
        observed = [self.line.observe(remains) for remains in all_remains]
        distinct = list(dict.fromkeys(o for o in observed if o is not None))
        told = [self.line.tell(report) for report in reports]
        cells = {cell: i for i, cell in enumerate(dict.fromkeys(c for row in told for c in row))}
        rows = _codes(observed, {o: i for i, o in enumerate(distinct)})
        table = _with_silence(self.weigh(distinct, list(cells)), rows).table.astype(np.int32)
        sums = np.zeros((len(table), len(reports)), np.int32)
        for place, row in enumerate(told):
            sums[:, place] = table[:, [cells[cell] for cell in row]].sum(axis=1)
        return sums[rows]

    def column(self, report: AnteMortem) -> Int32s:
        """Return the score of one report, in the pool or new to it, for all remains of the pool."""
        cells = self.line.tell(report)
        if not cells or not self.population.observations:
            return np.zeros(len(self.codes), np.int32)
        weights = self._units(self._weigher.column(cells)).sum(axis=1, dtype=np.int32)
        column: Int32s = np.append(weights, np.int32(0))[self.codes]
        return column

    def _shown(self, observations: Sequence[Observed]) -> Int16s:
        if not observations or not self.population.cells:
            return np.zeros((len(observations), len(self.population.cells)), np.int16)
        return self._units(self._weigher.shown(observations))

    def _among(self, places: Int32s) -> Int16s:
        table = np.empty((len(places), len(self.population.cells)), np.int16)
        step = max(1, _AT_ONCE // max(1, table.shape[1]))
        for start in range(0, len(places) if table.size else 0, step):
            block = slice(start, start + step)
            table[block] = self._units(self._weigher.among(places[block]))
        return table

    def _units(self, log_lr: Floats) -> Int16s:
        log_lr = np.clip(log_lr.astype(np.float64, copy=False), LEAST, MOST)
        log_lr *= self._weight * UNIT
        return np.rint(log_lr, out=log_lr).astype(np.int16)

    def _cell(self, cell: Hashable) -> int:
        found = (i for i, known in enumerate(self.population.cells) if known == cell)
        return next(found, -1)


AnyTable: TypeAlias = LineTable[Any, Any]


def _with_silence(table: Int16s, rows: Int32s) -> LineRows:
    silent = np.zeros((1, table.shape[1]), np.int16)
    return LineRows(np.concatenate([table, silent]), rows)


def _codes(observed: Sequence[Hashable | None], places: dict[Any, int]) -> Int32s:
    return np.array([NOT_SEEN if o is None else places[o] for o in observed], np.int32)


def _population(
    observed: Sequence[Hashable | None], told: Sequence[Sequence[Hashable]]
) -> Population[Any, Any]:
    cells, cell_counts = _count(cell for row in told for cell in row)
    observations, observation_counts = _count(o for o in observed if o is not None)
    speaking = sum(1 for row in told if row)
    return Population(cells, cell_counts, speaking, observations, observation_counts)


def _sorted(values: Iterable[Any]) -> list[Hashable]:
    try:
        return sorted(values)
    except TypeError:  # something not recorded among what is
        return sorted(values, key=repr)


def _count(values: Iterable[Hashable]) -> tuple[tuple[Hashable, ...], Floats]:
    counts: dict[Hashable, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    # Sorted: the order, and so every sum, is the same whatever order files are in.
    ordered = _sorted(counts)
    return tuple(ordered), np.array([counts[value] for value in ordered], dtype=np.float64)

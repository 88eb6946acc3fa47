"""The reports of a pool laid out for the kernels, and blocks of remains to go with them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caseman.matching.arrays import Codes, Int16s, Int32s
from caseman.matching.kernels import Seen, Told
from caseman.matching.tables import AnyTable, LineRows

_SMALL = 16  # cells up to which lines are put together into one column of combinations
_LARGE = 8192  # cells from which a block is weighed report by report: tables would leave the cache
_COMMON = 0.75  # of all reports tell something of a line that gets a column of its own
_ROOM = 1 << 16


@dataclass(frozen=True)
class Layout:
    """Where the weights of each line stand in the table of one set of remains.

    Place 0 weighs nothing and is for silence. Then come the `combinations` of lines with few cells
    (a row of cells of the lines in `small`, -1 for silence), then the lines of `wide` and `many`
    one after the other. Lines in `large` have no place: they are weighed report by report.
    """

    told: Told
    combinations: Int32s
    small: tuple[int, ...]
    wide: tuple[int, ...]
    many: tuple[int, ...]
    large: tuple[int, ...]
    large_cells: Int32s

    def tables(self, lines: Sequence[LineRows]) -> Int16s:
        """Return one table for each set of remains of a block."""
        parts = [np.zeros((len(lines[0].rows), 1), np.int16), self._combined(lines)]
        parts += [lines[i].table[lines[i].rows] for i in (*self.wide, *self.many)]
        return np.concatenate(parts, axis=1)

    def _combined(self, lines: Sequence[LineRows]) -> Int16s:
        total = np.zeros((len(lines[0].rows), len(self.combinations)), np.int16)
        for column, i in enumerate(self.small):
            table, rows = lines[i]
            silent = np.zeros((len(table), 1), np.int16)
            padded = np.concatenate([table, silent], axis=1)
            total += padded[:, self.combinations[:, column]][rows]
        return total

    def dense(self, lines: Sequence[LineRows]) -> tuple[Int16s, Int32s]:
        """Return the weights of large lines report by report, and which row each remains has."""
        found, rows = [np.zeros((0, len(self.told.order)), np.int16)], []
        kept = 0
        for column, i in enumerate(self.large):
            table, places = lines[i]
            padded = np.concatenate([table[:-1], np.zeros((len(table) - 1, 1), np.int16)], axis=1)
            found.append(padded[:, self.large_cells[column]])
            rows.append(np.where(places == len(table) - 1, -1, places + kept))
            kept += len(table) - 1
        shape = len(self.large), len(lines[0].rows)
        return np.concatenate(found), np.array(rows, np.int32).reshape(shape).T


def lay_out(lines: Sequence[AnyTable]) -> Layout:
    """Return the layout of a pool's lines; every line's cells are spread over its reports."""
    reports = len(lines[0].starts) - 1
    counts = [np.diff(line.starts) for line in lines]
    single = [bool(count.max(initial=0) <= 1) for count in counts]
    size = [len(line.population.cells) for line in lines]
    flags = [line.flag() for line in lines]
    few = [flags[i] >= 0 or (single[i] and size[i] <= _SMALL) for i in range(len(lines))]
    small = tuple(i for i in range(len(lines)) if few[i])
    large = tuple(i for i in range(len(lines)) if single[i] and size[i] > _LARGE)
    common = [single[i] and counts[i].sum() > _COMMON * reports for i in range(len(lines))]
    wide = tuple(i for i in range(len(lines)) if common[i] and i not in {*small, *large})
    many = tuple(i for i in range(len(lines)) if i not in {*small, *large, *wide} or not single[i])
    combinations, combined = _combinations([_single(lines[i], flags[i]) for i in small], reports)
    offset = 1 + len(combinations)
    columns = [combined + 1]
    for i in wide:
        own = _single(lines[i], -1)
        columns.append(np.where(own < 0, 0, own + offset))
        offset += size[i]
    owners, cells, offset = _spread([(lines[i], flags[i]) for i in many], offset)
    told = _told(np.array(columns), owners, cells, narrow=offset < _ROOM)
    large_cells = np.array([_single(lines[i], -1)[told.order] for i in large], np.int32)
    return Layout(told, combinations, small, wide, many, large, large_cells)


def _single(line: AnyTable, flag: int) -> Int32s:
    """Return the one cell of each report, -1 for silence; only the flag where there is one."""
    own = np.full(len(line.starts) - 1, -1, np.int32)
    owners = np.repeat(np.arange(len(own)), np.diff(line.starts))
    chosen = line.cells == flag if flag >= 0 else np.ones(len(line.cells), bool)
    own[owners[chosen]] = line.cells[chosen]
    return own


def _combinations(columns: Sequence[Int32s], reports: int) -> tuple[Int32s, Int32s]:
    if not columns:
        return np.zeros((1, 0), np.int32), np.zeros(reports, np.int32)
    found, places = np.unique(np.array(columns).T, axis=0, return_inverse=True)
    return found.astype(np.int32), places.reshape(-1).astype(np.int32)


def _spread(lines: Sequence[tuple[AnyTable, int]], offset: int) -> tuple[Int32s, Int32s, int]:
    """Return the cells of lines with many, but for flags: the report and the place of each."""
    owners, cells = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for line, flag in lines:
        reports = np.arange(len(line.starts) - 1, dtype=np.int32)
        chosen = line.cells != flag
        owners.append(np.repeat(reports, np.diff(line.starts))[chosen])
        cells.append(line.cells[chosen] + np.int32(offset))
        offset += len(line.population.cells)
    return np.concatenate(owners), np.concatenate(cells), offset


def _told(wide: Int32s, owners: Int32s, cells: Int32s, *, narrow: bool) -> Told:
    reports = wide.shape[1]
    counts = np.bincount(owners, minlength=reports)
    order = np.argsort(-counts, kind="stable").astype(np.int32)
    place = np.empty(reports, np.int64)
    place[order] = np.arange(reports)
    sequence = np.argsort(owners, kind="stable")
    owners, cells = owners[sequence], cells[sequence]
    # Which of its report's cells each one is: first cells of all reports, then second ones, ...
    first = np.append(0, np.cumsum(counts))[:-1]
    number = np.arange(len(owners)) - first[owners]
    more = cells[np.lexsort((place[owners], number))]
    starts = np.append(0, np.cumsum(np.bincount(number, minlength=0)))
    kind = np.uint16 if narrow else np.int32
    return Told(order, wide[:, order].astype(kind), more.astype(kind), starts.astype(np.int32))


def block_of(
    layout: Layout, lines: Sequence[LineRows], names: tuple[Int16s, Int32s], skip: Sequence[Codes]
) -> Seen:
    """Return a block of remains for the kernels.

    `names` are weights of found names, report by report, and the row of each remains; `skip` the
    reports excluded for each.
    """
    dense, dense_rows = layout.dense(lines)
    by_name, name_rows = names
    own = np.where(name_rows < 0, -1, name_rows + len(dense)).astype(np.int32)
    place = np.empty(len(layout.told.order), np.int32)
    place[layout.told.order] = np.arange(len(place), dtype=np.int32)
    struck = [np.sort(place[np.asarray(reports, np.int64)]) for reports in skip]
    return Seen(
        layout.tables(lines),
        np.concatenate([dense, by_name[:, layout.told.order]]),
        np.concatenate([dense_rows, own[:, None]], axis=1),
        np.append(0, np.cumsum([len(s) for s in struck])).astype(np.int32),
        np.concatenate([np.zeros(0, np.int32), *struck]),
    )

"""The inner loops: sums of table entries over cells, and the best of each row.

Scores are integers of 1/256 nat, so a sum does not depend on its order. Reports are taken in
chunks and remains in tiles that stay in the processor's caches; both are constants, and what is
kept of a report is compared with its number in it, so no result depends on how work was cut.
"""

from typing import NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.matching.arrays import Codes, Floats, Int16s, Int32s, Int64s

UNIT = 256  # scores per nat
TO_LOG10 = 1 / (UNIT * np.log(10))  # from units of a score
FLOOR = round(-6 * np.log(10) * UNIT)  # no pair is worth less than log10 LR -6
CEILING = 60 * UNIT
NOBODY = -1
WIDEST = 32_767
"""The most one part holds: 128 nats, so whatever else is said the whole is at a bound by then."""

_CHUNK = 2048  # reports at a time: their codes and sums fit the first two caches
_TILE = 16  # remains that share a chunk before the next one is fetched
_NO_KEY = np.iinfo(np.int64).min
_REPORTS = 0x7FFFFFFF
_STEP = 256
_STRUCK = FLOOR - _STEP  # in place of a score: excluded by people, with an LR of 0
_COARSE = np.exp((np.arange((CEILING - _STRUCK) // _STEP + 1) * _STEP + _STRUCK) / UNIT)
_COARSE[0] = 0.0
_FINE = np.exp(np.arange(_STEP) / UNIT)


class Told(NamedTuple):
    """All reports as columns of cells, those that tell most first.

    `order` gives the report in each place. Every row of `wide` has a cell for every report (0:
    silent); cell p of the reports that have more stands in `more` from `starts[p]` on, and only
    the first `starts[p + 1] - starts[p]` reports have it.
    """

    order: Int32s
    wide: Codes
    more: Codes
    starts: Int32s


class Seen(NamedTuple):
    """A block of remains: one table of cell weights each, and what weighs report by report.

    `dense_rows` says which rows of `dense` (in the order of the reports told) belong to each
    remains, -1 for none. Places of excluded reports are sorted for each remains.
    """

    tables: Int16s
    dense: Int16s
    dense_rows: Int32s
    excluded_starts: Int32s
    excluded: Int32s


class Best(NamedTuple):
    """The best reports of each set of remains, best first, and the sum of all their LRs."""

    reports: Int32s
    scores: Int32s
    sums: Floats


def best_of_block(seen: Seen, told: Told, *, base: int, top_k: int) -> Best:
    """Return the `top_k` best reports for each set of remains; ties go to the lower index."""
    rows, kept = len(seen.tables), max(1, min(top_k, len(told.order)))
    keys = np.full((rows, kept), _NO_KEY, np.int64)
    sums = np.zeros(rows)
    if len(told.order):
        _best(seen, told, base, keys, sums)
    scores = np.where(keys == _NO_KEY, np.iinfo(np.int32).min, keys >> 32)
    reports = np.where(keys == _NO_KEY, NOBODY, _REPORTS - (keys & _REPORTS))
    return Best(reports.astype(np.int32), scores.astype(np.int32), sums)


def add_parts(table: Int16s, starts: Int32s, cells: Int32s, pairs: Int32s, out: Int16s) -> None:
    """Add to `out` one line's weight of pairs (row of the table, report; negative: none).

    The cells of report j are cells[starts[j]:starts[j + 1]]. A part stops at :data:`WIDEST`.
    """
    _parts(table, starts, cells, pairs, out)


def narrowed(parts: Int32s) -> Int16s:
    """Return parts as narrow as they are kept, those beyond :data:`WIDEST` stopped there."""
    return np.clip(parts, -WIDEST, WIDEST).astype(np.int16)


@compiled
def _parts(table: Int16s, starts: Int32s, cells: Int32s, pairs: Int32s, out: Int16s) -> None:
    for pair in range(len(pairs)):
        row, report = pairs[pair, 0], pairs[pair, 1]
        if report >= 0:
            for place in range(starts[report], starts[report + 1]):
                part = np.int32(out[pair]) + table[row, cells[place]]
                out[pair] = min(max(part, -WIDEST), WIDEST)


@compiled
def _keep(keys: Int64s, key: int) -> None:
    """Put a key among the best ones, sorted from high to low."""
    at = len(keys) - 1
    while at > 0 and keys[at - 1] < key:
        keys[at] = keys[at - 1]
        at -= 1
    keys[at] = key


@compiled
def _add_dense(seen: Seen, row: int, start: int, sums: Int32s) -> None:
    for column in range(seen.dense_rows.shape[1]):
        dense = seen.dense_rows[row, column]
        if dense >= 0:
            weights = seen.dense[dense, start : start + len(sums)]
            for j in range(len(sums)):
                sums[j] += weights[j]


@compiled
def _add_cells(table: Int16s, told: Told, start: int, sums: Int32s) -> None:
    for column in range(len(told.wide)):
        cells = told.wide[column, start : start + len(sums)]
        for j in range(len(sums)):
            sums[j] += table[cells[j]]
    for column in range(len(told.starts) - 1):
        first = told.starts[column] + start
        having = min(len(sums), told.starts[column + 1] - first)
        if having <= 0:
            break
        cells = told.more[first : first + having]
        for j in range(having):
            sums[j] += table[cells[j]]


@compiled
def _ratio(score: int) -> float:
    place = score - _STRUCK
    return float(_COARSE[place >> 8] * _FINE[place & 255])


@compiled
def _sum_of(sums: Int32s) -> float:
    """Return the sum of the LRs, in four threads of addition of a fixed order."""
    one = two = three = four = 0.0
    whole = len(sums) - len(sums) % 4
    for j in range(0, whole, 4):
        one += _ratio(sums[j])
        two += _ratio(sums[j + 1])
        three += _ratio(sums[j + 2])
        four += _ratio(sums[j + 3])
    for j in range(whole, len(sums)):
        one += _ratio(sums[j])
    return (one + two) + (three + four)


@compiled
def _exclude(seen: Seen, skip: Int32s, row: int, start: int, sums: Int32s) -> None:
    """Strike out the excluded reports of a chunk."""
    at, last = skip[row], seen.excluded_starts[row + 1]
    while at < last and seen.excluded[at] < start + len(sums):
        sums[seen.excluded[at] - start] = _STRUCK
        at += 1
    skip[row] = at


@compiled
def _best(seen: Seen, told: Told, base: int, keys: Int64s, ratios: Floats) -> None:
    reports = len(told.order)
    skip = seen.excluded_starts.copy()
    room = np.empty(_CHUNK, np.int32)
    for tile in range(0, len(keys), _TILE):
        for start in range(0, reports, _CHUNK):
            sums = room[: min(_CHUNK, reports - start)]
            for row in range(tile, min(tile + _TILE, len(keys))):
                sums[:] = base
                _add_dense(seen, row, start, sums)
                _add_cells(seen.tables[row], told, start, sums)
                for j in range(len(sums)):
                    sums[j] = min(max(sums[j], FLOOR), CEILING)
                _exclude(seen, skip, row, start, sums)
                ratios[row] += _sum_of(sums)
                least = keys[row, -1] >> 32
                for j in range(len(sums)):
                    if sums[j] >= least and sums[j] != _STRUCK:
                        key = (np.int64(sums[j]) << 32) + (_REPORTS - told.order[start + j])
                        if key > keys[row, -1]:
                            _keep(keys[row], key)
                            least = keys[row, -1] >> 32

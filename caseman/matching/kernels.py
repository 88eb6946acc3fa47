"""The inner loops: sums of table entries over cells, and the best of each row.

Scores are integers of 1/256 nat, so a sum does not depend on its order, and the compiled and the
plain version agree to the bit.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from caseman.matching.arrays import Floats, Int16s, Int32s

UNIT = 256  # scores per nat
TO_LOG10 = 1 / (UNIT * np.log(10))  # from units of a score
FLOOR = round(-6 * np.log(10) * UNIT)  # no pair is worth less than log10 LR -6
CEILING = 60 * UNIT
_EXP = np.exp(np.arange(FLOOR, CEILING + 1) / UNIT)
NOBODY = -1


class Told(NamedTuple):
    """All reports as rows of cells: the cells of report j are cells[starts[j]:starts[j + 1]]."""

    starts: Int32s
    cells: Int32s


class Seen(NamedTuple):
    """A block of remains: one table of cell weights each, and dense rows for those with names."""

    tables: Int16s
    dense: Int16s
    dense_row: Int32s
    excluded_starts: Int32s
    excluded: Int32s


class Pairs(NamedTuple):
    """Pairs to be scored: the row in the block, and the report (negative: none)."""

    rows: Int32s
    reports: Int32s


class Best(NamedTuple):
    """The best reports of each set of remains, best first, and the sum of all their LRs."""

    reports: Int32s
    scores: Int32s
    sums: Floats


def best_of_block(seen: Seen, told: Told, *, base: int, top_k: int) -> Best:
    """Return the `top_k` best reports for each set of remains; ties go to the lower index."""
    rows, reports = len(seen.tables), len(told.starts) - 1
    kept = max(1, min(top_k, reports))
    best = Best(
        np.full((rows, kept), NOBODY, np.int32),
        np.full((rows, kept), np.iinfo(np.int32).min, np.int32),
        np.zeros(rows),
    )
    _best(seen, told, base, best)
    return best


def parts_of_pairs(seen: Seen, told: Told, pairs: Pairs, lines: Int32s) -> Int16s:
    """Return the score of each pair by line; `lines` gives the line of each cell.

    The last column is left for what is not in the tables: the dense rows.
    """
    parts = np.zeros((len(pairs.rows), int(lines.max(initial=0)) + 2), np.int16)
    _parts(seen, told, pairs, lines, parts)
    return parts


def _insert_sorted(scores: Int32s, reports: Int32s, score: int, report: int) -> None:
    at = len(scores) - 1
    while at > 0 and scores[at - 1] < score:
        scores[at] = scores[at - 1]
        reports[at] = reports[at - 1]
        at -= 1
    scores[at] = score
    reports[at] = report


def _best_loops(seen: Seen, told: Told, base: int, best: Best) -> None:
    kept = best.reports.shape[1]
    for row in range(len(seen.tables)):
        table = seen.tables[row]
        dense = seen.dense_row[row]
        skip, last_skip = seen.excluded_starts[row], seen.excluded_starts[row + 1]
        total = 0.0
        for j in range(len(told.starts) - 1):
            if skip < last_skip and seen.excluded[skip] == j:
                skip += 1
                continue
            score = base
            for p in range(told.starts[j], told.starts[j + 1]):
                score += table[told.cells[p]]
            if dense >= 0:
                score += seen.dense[dense, j]
            score = min(max(score, FLOOR), CEILING)
            total += _EXP[score - FLOOR]
            if score > best.scores[row, kept - 1]:
                _insert(best.scores[row], best.reports[row], score, j)
        best.sums[row] = total


def _parts_loops(seen: Seen, told: Told, pairs: Pairs, lines: Int32s, parts: Int16s) -> None:
    for pair in range(len(pairs.rows)):
        row, j = pairs.rows[pair], pairs.reports[pair]
        if j < 0:
            continue
        for p in range(told.starts[j], told.starts[j + 1]):
            cell = told.cells[p]
            parts[pair, lines[cell]] += seen.tables[row, cell]
        if seen.dense_row[row] >= 0:
            parts[pair, parts.shape[1] - 1] += seen.dense[seen.dense_row[row], j]


def _best_arrays(seen: Seen, told: Told, base: int, best: Best) -> None:
    kept = best.reports.shape[1]
    for row, table in enumerate(seen.tables):
        scores = _row_scores(table, told) + base
        if seen.dense_row[row] >= 0:
            scores += seen.dense[seen.dense_row[row]]
        scores = np.clip(scores, FLOOR, CEILING)
        open_pairs = np.ones(len(scores), bool)
        open_pairs[seen.excluded[slice(*seen.excluded_starts[row : row + 2])]] = False
        # One running sum, in the order of the compiled loop, for the same last bit.
        chances = _EXP[scores[open_pairs] - FLOOR]
        best.sums[row] = np.cumsum(chances)[-1] if len(chances) else 0.0
        index = np.flatnonzero(open_pairs)
        order = index[np.argsort(-scores[index], kind="stable")][:kept]
        best.reports[row, : len(order)] = order
        best.scores[row, : len(order)] = scores[order]


def _row_scores(table: Int16s, told: Told) -> npt.NDArray[np.int64]:
    values = np.append(table[told.cells].astype(np.int64), 0)
    running = np.append(0, np.cumsum(values[:-1]))
    scores: npt.NDArray[np.int64] = running[told.starts[1:]] - running[told.starts[:-1]]
    return scores


def _compiled(function: Callable[..., None], plain: Callable[..., None]) -> Callable[..., None]:
    """Return `function` compiled, or `plain` where Numba is not installed."""
    try:
        import numba  # noqa: PLC0415 - optional, and slow to import where it is not needed
    except ImportError:
        return plain
    compiler: Any = numba
    try:
        made = compiler.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no directory to keep compiled code in
        made = compiler.njit(nogil=True)(function)
    return cast("Callable[..., None]", made)


_insert = _compiled(_insert_sorted, _insert_sorted)
_best = _compiled(_best_loops, _best_arrays)
_parts = _compiled(_parts_loops, _parts_loops)

"""Rankings, scores and duplicates as the columns of the exchange format, some rows at a time.

All LRs are log10. A batch is one sequence a column: text as lists, numbers as arrays.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from caseman.matching.duplicates import DuplicatePair
from caseman.matching.evidence import LineName
from caseman.matching.kernels import TO_LOG10
from caseman.matching.ranking import RankedPairs, Ranking

Batch: TypeAlias = list[list[str] | npt.NDArray[Any]]

LINE_COLUMNS = tuple(f"lr_{line}" for line in LineName)
_ROWS = 4_000  # remains, or pairs, in one batch


def ranking_batches(ranking: Ranking) -> Iterator[Batch]:
    """Yield remains_id, report_id, rank, log10_lr, posterior and the lines, best first."""
    keys = np.array(ranking.pool.report_keys, dtype=object)
    remains = np.array(ranking.remains, dtype=object)
    for start in range(0, len(remains), _ROWS):
        block = slice(start, start + _ROWS)
        rows, places = np.nonzero(ranking.reports[block] >= 0)
        chosen = rows + start, places
        yield [
            remains[chosen[0]].tolist(),
            keys[ranking.reports[chosen]].tolist(),
            places.astype(np.int32) + 1,
            ranking.scores[chosen] * TO_LOG10,
            ranking.posteriors[chosen],
            *_lines(ranking.parts[chosen] * TO_LOG10),
        ]


def score_batches(scores: RankedPairs) -> Iterator[Batch]:
    """Yield remains_id, report_id, log10_lr, posterior and the lines, in the order asked."""
    for start in range(0, len(scores.pairs), _ROWS):
        block = slice(start, start + _ROWS)
        remains, reports = zip(*scores.pairs[block], strict=True)
        numbers = scores.log10_lr[block], scores.posteriors[block]
        yield [[*remains], [*reports], *numbers, *_lines(scores.log10_parts[block])]


def duplicate_batches(pairs: Sequence[DuplicatePair]) -> Iterator[Batch]:
    """Yield report_id_a, report_id_b, score, p_same and p_relative; the score is P(same)."""
    same = np.array([pair.p_same for pair in pairs], np.float64)
    relative = np.array([pair.p_relative for pair in pairs], np.float64)
    keys = [pair.report_a for pair in pairs], [pair.report_b for pair in pairs]
    yield [*keys, same, same, relative]


def _lines(parts: npt.NDArray[Any]) -> list[npt.NDArray[Any]]:
    return [np.ascontiguousarray(column) for column in parts.T]

"""Writes rankings and scores as the CSV files of the exchange format."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from caseman.matching.duplicates import DuplicatePair
from caseman.matching.evidence import LineName
from caseman.matching.kernels import TO_LOG10
from caseman.matching.ranking import PairScores, Ranking

_PARTS = [f"lr_{line}" for line in LineName]


def write_ranking(ranking: Ranking, path: Path) -> int:
    """Write one row for each candidate, best first; return the number of rows.

    All LRs are log10. Raises OSError if the file cannot be written.
    """
    columns = ["remains_id", "report_id", "rank", "log10_lr", "posterior", *_PARTS]
    return _write(path, columns, _ranking_rows(ranking))


def write_scores(scores: PairScores, path: Path) -> int:
    """Write one row for each pair, in the order asked; return the number of rows.

    All LRs are log10. Raises OSError if the file cannot be written.
    """
    rows = zip(scores.pairs, scores.log10_lr.tolist(), scores.log10_parts.tolist(), strict=True)
    columns = ["remains_id", "report_id", "log10_lr", *_PARTS]
    return _write(path, columns, ([*pair, *_short([lr, *parts])] for pair, lr, parts in rows))


def write_duplicates(pairs: Iterable[DuplicatePair], path: Path) -> int:
    """Write pairs of reports, best first; return the number of rows. The score is P(same person).

    Raises OSError if the file cannot be written.
    """
    columns = ["report_id_a", "report_id_b", "score", "p_same", "p_relative"]
    rows = ([p.report_a, p.report_b, *_short([p.p_same, p.p_same, p.p_relative])] for p in pairs)
    return _write(path, columns, rows)


def _ranking_rows(ranking: Ranking) -> Iterable[list[object]]:
    keys = ranking.pool.report_keys
    for row, remains in enumerate(ranking.remains):
        places = zip(
            ranking.reports[row].tolist(),
            (ranking.scores[row] * TO_LOG10).tolist(),
            ranking.posteriors[row].tolist(),
            (ranking.parts[row] * TO_LOG10).tolist(),
            strict=True,
        )
        for place, (report, score, chance, parts) in enumerate(places, start=1):
            if report >= 0:
                numbers = _short([score]), f"{chance:.6g}", _short(parts)
                yield [remains, keys[report], place, *numbers[0], numbers[1], *numbers[2]]


def _short(values: Sequence[float]) -> list[str]:
    return [f"{value:.6f}" for value in values]


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        written = 0
        for row in rows:
            writer.writerow(row)
            written += 1
    return written

"""Ranking inside a frozen pool: reports for remains, remains for a report, pairs, one pair."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import numpy as np

from caseman.matching.arrays import Floats, Int16s, Int32s
from caseman.matching.evidence import (
    Candidate,
    EvidenceLine,
    Finding,
    LineName,
)
from caseman.matching.kernels import (
    CEILING,
    FLOOR,
    TO_LOG10,
    UNIT,
    Pairs,
    best_of_block,
    parts_of_pairs,
)
from caseman.matching.parameters import DAY_ONE, Parameters
from caseman.matching.pool import Pair, Pool
from caseman.matching.values import AnteMortem, PostMortem
from caseman.matching.wording import LINES, explain, findings_of, worded

VERSION = "1"  # of the formulas: changes whenever the same parameters give another number
_BLOCK = 128
_Done = TypeVar("_Done")


@dataclass(frozen=True, slots=True)
class Prior:
    """The share of remains whose person has a report in the list (site or event estimate)."""

    overlap: float = 0.4

    def __post_init__(self) -> None:
        if not 0 < self.overlap < 1:
            message = f"an overlap lies between 0 and 1, both excluded, not at {self.overlap}"
            raise ValueError(message)


DEFAULT_PRIOR = Prior()


@dataclass(frozen=True)
class Ranking:
    """The best reports for each set of remains, as columns; candidates are read out on demand.

    `reports` holds positions in `pool.report_keys` (-1: no more), `scores` and `parts` 1/256 nat.
    """

    pool: Pool
    chosen: Mapping[str, PostMortem]
    reports: Int32s
    scores: Int32s
    parts: Int16s
    posteriors: Floats
    direct_sums: Floats
    excluded: frozenset[Pair] = frozenset()
    findings: Mapping[tuple[int, int], Mapping[LineName, Finding]] = field(default_factory=dict)
    version: str = VERSION

    @property
    def model(self) -> str:
        """The name of the parameters used."""
        return self.pool.parameters.model

    @property
    def digest(self) -> str:
        """The hash of the parameters used."""
        return self.pool.parameters.digest

    def candidates(self, remains: str) -> tuple[Candidate, ...]:
        """Return the candidates for one set of remains, best first; KeyError if not ranked."""
        return tuple(self.candidate(remains, rank) for rank in range(1, self.kept(remains) + 1))

    def kept(self, remains: str) -> int:
        """Return how many candidates there are for one set of remains."""
        return int((self.reports[self._rows[remains]] >= 0).sum())

    def candidate(self, remains: str, rank: int) -> Candidate:
        """Return the candidate of one rank (from 1), the only one that is put into words."""
        return self._candidate(self._rows[remains], rank - 1)

    def is_excluded(self, row: int, report: int) -> bool:
        """Return whether people excluded a report (by position) for a row."""
        return (self.remains[row], self.pool.report_keys[report]) in self.excluded

    def __iter__(self) -> Iterator[Candidate]:
        for remains in self.chosen:
            yield from self.candidates(remains)

    @cached_property
    def remains(self) -> tuple[str, ...]:
        """The keys of the remains, in the order of the rows."""
        return tuple(self.chosen)

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {key: row for row, key in enumerate(self.chosen)}

    def _candidate(self, row: int, place: int) -> Candidate:
        return Candidate(
            remains=self.remains[row],
            report=self.pool.report_keys[self.reports[row, place]],
            rank=place + 1,
            log10_lr=float(self.scores[row, place] * TO_LOG10),
            posterior=float(self.posteriors[row, place]),
            lines=self._lines(row, place),
        )

    def _lines(self, row: int, place: int) -> tuple[EvidenceLine, ...]:
        remains, position = self.chosen[self.remains[row]], int(self.reports[row, place])
        report, parts = self.pool.reports[self.pool.report_keys[position]], self.parts[row, place]
        found = findings_of(self.pool, remains, report, parts)
        return worded({**found, **self.findings.get((row, position), {})}, parts)


@dataclass(frozen=True)
class PairScores:
    """Given pairs with their scores: always finite, whatever the pair."""

    pairs: tuple[Pair, ...]
    log10_lr: Floats
    log10_parts: Floats


def rank_in(  # noqa: PLR0913 - one question; all but the first two have defaults
    pool: Pool,
    chosen: Sequence[PostMortem],
    *,
    top_k: int = 100,
    excluded: frozenset[Pair] = frozenset(),
    prior: Prior = DEFAULT_PRIOR,
    threads: int | None = None,
) -> Ranking:
    """Return the `top_k` best reports for some remains, in the pool or new to it, by direct LRs.

    `excluded` holds (remains key, report key) pairs excluded by people; nothing else is left out.
    """

    def one(block: Sequence[PostMortem]) -> tuple[Int32s, Int32s, Int16s, Floats]:
        seen = pool.see(block, excluded)
        best = best_of_block(seen, pool.told, base=pool.base, top_k=top_k)
        rows = np.repeat(np.arange(len(block), dtype=np.int32), best.reports.shape[1])
        parts = _parts_by_line(
            parts_of_pairs(seen, pool.told, Pairs(rows, best.reports.ravel()), pool.cell_lines)
        )
        shape = (*best.reports.shape, len(LINES))
        return best.reports, best.scores, parts.reshape(shape), best.sums

    if len(chosen) > _BLOCK:
        pool.warm()
    done = _in_blocks(one, chosen, threads)
    reports, scores, parts, sums = (np.concatenate(column) for column in zip(*done, strict=True))
    posteriors = posterior(scores, sums, prior, len(pool.reports))
    by_key = {remains.key: remains for remains in chosen}
    return Ranking(pool, by_key, reports, scores, parts, posteriors, sums, excluded)


def rank_report(
    pool: Pool,
    report: AnteMortem,
    *,
    top_k: int = 20,
    excluded: frozenset[Pair] = frozenset(),
    prior: Prior = DEFAULT_PRIOR,
) -> tuple[Candidate, ...]:
    """Return the remains of a frozen pool that fit one report best, by the same LRs.

    The posterior is P(these remains | evidence), "none of these remains" being one of the answers.
    """
    scores = pool.column(report)
    keys = pool.remains_keys
    allowed = np.array([(key, report.key) not in excluded for key in keys], dtype=bool)
    sums = np.exp(scores[allowed] / UNIT).sum(keepdims=True)
    chances = posterior(scores[None, :], sums, prior, len(keys))[0]
    index = np.flatnonzero(allowed)
    order = index[np.argsort(-scores[index], kind="stable")][:top_k]
    return tuple(
        Candidate(
            remains=keys[i],
            report=report.key,
            rank=place,
            log10_lr=float(scores[i] * TO_LOG10),
            posterior=float(chances[i]),
            lines=explain(pool.remains[keys[i]], report, pool),
        )
        for place, i in enumerate(order.tolist(), start=1)
    )


def score_pairs(
    all_remains: Iterable[PostMortem],
    reports: Iterable[AnteMortem],
    pairs: Sequence[Pair],
    *,
    parameters: Parameters = DAY_ONE,
) -> PairScores:
    """Return the scores of given (remains key, report key) pairs, in their order.

    Raises KeyError for a key that is in neither list.
    """
    return score_in(Pool(all_remains, reports, parameters), pairs)


def score_in(pool: Pool, pairs: Sequence[Pair]) -> PairScores:
    """Return the scores of pairs of a frozen pool, in the order asked."""
    asked = [(pool.remains[remains], pool.report_index[report]) for remains, report in pairs]
    parts = _parts_of(pool, asked)
    totals = np.clip(parts.sum(axis=1, dtype=np.int64) + pool.base, FLOOR, CEILING)
    return PairScores(tuple(pairs), totals * TO_LOG10, parts * TO_LOG10)


def parts_in(ranking: Ranking, places: Sequence[tuple[int, int]]) -> Int16s:
    """Return the direct score by line of (row, report position) pairs of a ranking."""
    asked = [(ranking.chosen[ranking.remains[row]], report) for row, report in places]
    return _parts_of(ranking.pool, asked)


def _parts_of(pool: Pool, asked_pairs: Sequence[tuple[PostMortem, int]]) -> Int16s:
    by_remains: dict[str, list[int]] = {}
    for i, (remains, _) in enumerate(asked_pairs):
        by_remains.setdefault(remains.key, []).append(i)
    chosen = [asked_pairs[places[0]][0] for places in by_remains.values()]
    reports = np.array([report for _, report in asked_pairs], dtype=np.int32)
    parts = np.zeros((len(asked_pairs), len(LINES)), np.int16)

    def one(block: Sequence[PostMortem]) -> None:
        asked = [by_remains[remains.key] for remains in block]
        rows = np.repeat(np.arange(len(block), dtype=np.int32), [len(a) for a in asked])
        places = [i for a in asked for i in a]
        found = parts_of_pairs(
            pool.see(block), pool.told, Pairs(rows, reports[places]), pool.cell_lines
        )
        parts[places] = _parts_by_line(found)

    _in_blocks(one, chosen, None)
    return parts


def posterior(scores: Int32s, sums: Floats, prior: Prior, reports: int) -> Floats:
    """Return P(this report | evidence), "none of these reports" being one of the answers.

    Bayes over the list: each report has the prior overlap / reports (Budowle et al. 2011).
    """
    each = prior.overlap / max(1, reports)
    chances = np.exp(scores / UNIT)
    rest = (1 - prior.overlap) + each * sums
    return np.asarray(each * chances / rest[:, None])


def _parts_by_line(found: Int16s) -> Int16s:
    # The kernel leaves the dense rows, which are the names, in the last column.
    parts = np.zeros((len(found), len(LINES)), np.int16)
    parts[:, : found.shape[1] - 1] = found[:, :-1]
    parts[:, LINES.index(LineName.NAMES)] += found[:, -1]
    return parts


def _in_blocks(
    work: Callable[[Sequence[PostMortem]], _Done],
    chosen: Sequence[PostMortem],
    threads: int | None,
) -> list[_Done]:
    blocks = [chosen[i : i + _BLOCK] for i in range(0, len(chosen), _BLOCK)]
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as executor:
        return list(executor.map(work, blocks))

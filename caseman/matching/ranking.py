"""Ranking inside a frozen pool: reports for remains, remains for a report, pairs, one pair."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from caseman.matching.arrays import Floats, Int16s, Int32s
from caseman.matching.encoded import LINES, Ranked
from caseman.matching.evidence import Candidate, EvidenceLine
from caseman.matching.kernels import CEILING, FLOOR, NOBODY, TO_LOG10, UNIT
from caseman.matching.neighbours import Neighbours
from caseman.matching.parameters import DAY_ONE, Parameters
from caseman.matching.pool import Pair, Pool
from caseman.matching.values import AnteMortem, PostMortem
from caseman.matching.wording import findings_of, worded
from caseman.matching.work import BLOCK, Progress, Task, Threads, Workers

VERSION = "3"  # of the formulas: changes whenever the same parameters give another number


@dataclass(frozen=True, slots=True)
class Prior:
    """The share of remains whose person has a report in the list (site or event estimate).

    `sites` holds the share of those sites, by key, of which it is known; ValueError outside 0 to 1.
    """

    overlap: float = 0.4
    sites: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for overlap in (self.overlap, *self.sites.values()):
            if not 0 < overlap < 1:
                message = f"an overlap lies between 0 and 1, both excluded, not at {overlap}"
                raise ValueError(message)

    def at(self, site: str | None) -> float:
        """Return the share for remains found at a site."""
        return self.overlap if site is None else self.sites.get(site, self.overlap)

    def of(self, all_remains: Iterable[PostMortem]) -> Floats:
        """Return the share for each of some remains, by where they were found."""
        keys = (None if each.site is None else each.site.key for each in all_remains)
        return np.array([self.at(key) for key in keys], np.float64)


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
    neighbours: Neighbours | None = None
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
        if self.neighbours is not None:
            keys = self.remains, self.pool.report_keys
            found |= self.neighbours.findings(row, place, *keys)
        return worded(found, parts)


@dataclass(frozen=True)
class PairScores:
    """Given pairs with their scores: always finite, whatever the pair."""

    pairs: tuple[Pair, ...]
    log10_lr: Floats
    log10_parts: Floats


@dataclass(frozen=True)
class RankedPairs(PairScores):
    """Pairs scored in a ranking of everything, which alone can say how probable they are."""

    posteriors: Floats


def rank_in(  # noqa: PLR0913 - one question; all but the first two have defaults
    pool: Pool,
    chosen: Sequence[PostMortem],
    *,
    top_k: int = 100,
    excluded: frozenset[Pair] = frozenset(),
    prior: Prior = DEFAULT_PRIOR,
    threads: int | None = None,
    workers: Workers | None = None,
    progress: Progress | None = None,
    block: int = BLOCK,
) -> Ranking:
    """Return the `top_k` best reports for some remains, in the pool or new to it, by direct LRs.

    `excluded` holds (remains key, report key) pairs excluded by people; nothing else is left out.
    `workers` do the blocks (threads unless given); no result depends on who they are.
    """
    by_key = {remains.key: remains for remains in chosen}
    found = _Rows(len(chosen), max(1, min(top_k, len(pool.reports))))
    skip = pool.skipped([remains.key for remains in chosen], excluded)
    places = pool.places(chosen)
    if places is None or len(chosen) == 1:
        for start in range(0, len(chosen), block):
            cut = slice(start, min(start + block, len(chosen)))
            best = pool.encoded.best(pool.block(chosen[cut]), top_k, skip[cut])
            found.put(np.arange(cut.start, cut.stop, dtype=np.int32), best)
    else:
        row_of = np.full(len(pool.remains), -1, np.int32)
        row_of[places] = np.arange(len(places))
        tasks = _tasks(pool, places, skip, (top_k, block), row_of)
        done = 0
        for task, ranked in (workers or Threads(threads)).run(pool.encoded, tasks):
            found.put(row_of[task.places], ranked)
            done += len(task.places)
            if progress is not None:
                progress(done, len(chosen))
    posteriors = posterior(found.scores, found.sums, prior.of(chosen), len(pool.reports))
    columns = found.reports, found.scores, found.parts, posteriors, found.sums
    return Ranking(pool, by_key, *columns, excluded)


def _tasks(
    pool: Pool,
    places: Int32s,
    skip: Sequence[Sequence[int]],
    size: tuple[int, int],
    row_of: Int32s,
) -> list[Task]:
    top_k, block = size
    order = pool.encoded.in_order(places)
    cuts = (order[start : start + block] for start in range(0, len(order), block))
    return [Task(cut, top_k, [skip[row] for row in row_of[cut].tolist()]) for cut in cuts]


class _Rows:
    """The columns of a ranking while they are being filled, in whatever order blocks come."""

    def __init__(self, rows: int, kept: int) -> None:
        self.reports = np.full((rows, kept), NOBODY, np.int32)
        self.scores = np.full((rows, kept), np.iinfo(np.int32).min, np.int32)
        self.parts = np.zeros((rows, kept, len(LINES)), np.int16)
        self.sums = np.zeros(rows)

    def put(self, rows: Int32s, ranked: Ranked) -> None:
        self.reports[rows], self.scores[rows] = ranked.reports, ranked.scores
        self.parts[rows], self.sums[rows] = ranked.parts, ranked.sums


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
    """Return the scores of pairs of a frozen pool, in the order asked; KeyError if unknown."""
    rows = [pool.remains_index[remains] for remains, _ in pairs]
    reports = [pool.report_index[report] for _, report in pairs]
    asked = np.array([rows, reports], np.int32).T.reshape(-1, 2)
    parts = parts_in(pool, tuple(pool.remains.values()), asked)
    totals = np.clip(parts.sum(axis=1, dtype=np.int64) + pool.base, FLOOR, CEILING)
    return PairScores(tuple(pairs), totals * TO_LOG10, parts * TO_LOG10)


def parts_in(pool: Pool, chosen: Sequence[PostMortem], asked: Int32s) -> Int16s:
    """Return the direct score by line of pairs: the place in `chosen`, the report's in the pool."""
    parts = np.zeros((len(asked), len(LINES)), np.int16)
    order = np.argsort(asked[:, 0], kind="stable")
    distinct, first = np.unique(asked[order, 0], return_index=True)
    ends = np.append(first, len(asked))
    if len(distinct) > BLOCK:
        pool.encoded.warm()
    for start in range(0, len(distinct), BLOCK):
        places = distinct[start : start + BLOCK]
        pairs = order[ends[start] : ends[start + len(places)]]
        rows = np.searchsorted(places, asked[pairs, 0]).astype(np.int32)
        block = pool.block([chosen[place] for place in places.tolist()])
        parts[pairs] = pool.encoded.parts(block, np.stack([rows, asked[pairs, 1]], axis=1))
    return parts


def posterior(scores: Int32s, sums: Floats, overlaps: Floats, reports: int) -> Floats:
    """Return P(this report | evidence), "none of these reports" being one of the answers.

    Bayes over the list of each row: each report has the prior overlap / reports (Budowle et al.
    2011), the overlap being that of the row.
    """
    each = overlaps / max(1, reports)
    chances = np.exp(scores / UNIT)
    chances *= each[:, None]
    chances /= ((1 - overlaps) + each * sums)[:, None]
    return chances

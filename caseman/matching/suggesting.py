"""The whole question in one call: both passes over everything there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caseman.matching.parameters import DAY_ONE, Parameters
from caseman.matching.pool import Pair, Pool
from caseman.matching.ranking import DEFAULT_PRIOR, Prior, RankedPairs, Ranking, rank_in
from caseman.matching.second_pass import scores_after, second_pass
from caseman.matching.values import AnteMortem, PostMortem
from caseman.matching.work import Progress, Workers

LISTED = 60
"""Candidates the second pass works on, however few are asked for: longer lists find no more."""


@dataclass(frozen=True)
class Run:
    """How a run is done, and who is told; nothing of it changes a result.

    `workers` do the blocks: threads of this process unless given. `progress` is told how far they
    are.
    """

    workers: Workers | None = None
    progress: Progress | None = None
    threads: int | None = None


_PLAINLY = Run()


def rank(  # noqa: PLR0913 - one question; all but the first two have defaults
    all_remains: Iterable[PostMortem],
    reports: Iterable[AnteMortem],
    *,
    parameters: Parameters = DAY_ONE,
    top_k: int = 100,
    excluded: frozenset[Pair] = frozenset(),
    prior: Prior = DEFAULT_PRIOR,
    threads: int | None = None,
    run: Run = _PLAINLY,
) -> Ranking:
    """Return the `top_k` best reports for every set of remains, companions and rivals counted.

    `excluded` holds (remains key, report key) pairs excluded by people; nothing else is left out.
    Raises DuplicateKeyError if a key occurs twice.
    """
    run = run if threads is None else Run(run.workers, run.progress, threads)
    pool = Pool(all_remains, reports, parameters)
    first = first_pass(pool, listed=max(top_k, LISTED), excluded=excluded, prior=prior, run=run)
    return second_pass(first, prior=prior, top_k=top_k)


def score(  # noqa: PLR0913 - one question; all but the first three have defaults
    all_remains: Iterable[PostMortem],
    reports: Iterable[AnteMortem],
    pairs: Sequence[Pair],
    *,
    parameters: Parameters = DAY_ONE,
    prior: Prior = DEFAULT_PRIOR,
    run: Run = _PLAINLY,
) -> RankedPairs:
    """Return the scores that pairs have in a ranking of everything, companions and rivals counted.

    Raises KeyError for a key that is in neither list.
    """
    pool = Pool(all_remains, reports, parameters)
    first = first_pass(pool, listed=LISTED, excluded=frozenset(), prior=prior, run=run)
    return scores_after(first, pairs, prior=prior)


def first_pass(
    pool: Pool, *, listed: int, excluded: frozenset[Pair], prior: Prior, run: Run
) -> Ranking:
    """Return the ranking of everything by direct LRs alone."""
    return rank_in(
        pool,
        tuple(pool.remains.values()),
        top_k=listed,
        excluded=excluded,
        prior=prior,
        threads=run.threads,
        workers=run.workers,
        progress=run.progress,
    )

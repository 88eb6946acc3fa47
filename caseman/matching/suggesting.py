"""The whole question in one call: both passes over everything there is."""

from collections.abc import Iterable

from caseman.matching.parameters import DAY_ONE, Parameters
from caseman.matching.pool import Pair, Pool
from caseman.matching.ranking import DEFAULT_PRIOR, Prior, Ranking, rank_in
from caseman.matching.second_pass import second_pass
from caseman.matching.values import AnteMortem, PostMortem

_LISTED = 100  # candidates the second pass works on, however few are asked for


def rank(  # noqa: PLR0913 - one question; all but the first two have defaults
    all_remains: Iterable[PostMortem],
    reports: Iterable[AnteMortem],
    *,
    parameters: Parameters = DAY_ONE,
    top_k: int = 100,
    excluded: frozenset[Pair] = frozenset(),
    prior: Prior = DEFAULT_PRIOR,
    threads: int | None = None,
) -> Ranking:
    """Return the `top_k` best reports for every set of remains, companions and rivals counted.

    `excluded` holds (remains key, report key) pairs excluded by people; nothing else is left out.
    Raises DuplicateKeyError if a key occurs twice.
    """
    pool = Pool(all_remains, reports, parameters)
    chosen = tuple(pool.remains.values())
    listed = max(top_k, _LISTED)
    first = rank_in(pool, chosen, top_k=listed, excluded=excluded, prior=prior, threads=threads)
    return second_pass(first, prior=prior, top_k=top_k)

"""One record against the other side as it was encoded: what is asked when something was entered.

The tables of a run stay as they were counted, so a score is the one that a full run under the same
tables gives. Nothing of the other side is encoded anew.
"""

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from caseman.matching.arrays import Floats, Int16s, Int32s
from caseman.matching.encoded import Encoded
from caseman.matching.evidence import Candidate
from caseman.matching.kernels import NOBODY, TO_LOG10, UNIT
from caseman.matching.pool import Pair, Pool
from caseman.matching.ranking import DEFAULT_PRIOR, Prior, posterior
from caseman.matching.values import AnteMortem, PostMortem
from caseman.matching.wording import findings_of, worded


class Single(NamedTuple):
    """The best of the other side for one record, best first: places in it, and what they score.

    `scores` and `parts` (a row for each place, a column for each line) are 1/256 nat;
    `posteriors` are P(this one | evidence), "none of these" being one of the answers.
    """

    places: Int32s
    scores: Int32s
    parts: Int16s
    posteriors: Floats


def rank_single(
    encoded: Encoded,
    record: PostMortem | AnteMortem,
    *,
    top_k: int = 20,
    excluded: Collection[int] = (),
    prior: Prior = DEFAULT_PRIOR,
) -> Single:
    """Return the `top_k` best reports for remains, or remains for a report, by direct LRs.

    The record may be new to the tables. `excluded` are places that people have excluded.
    """
    if isinstance(record, PostMortem):
        return _reports_for(encoded, record, top_k, excluded, prior)
    return _remains_for(encoded, record, top_k, excluded, prior)


def _reports_for(
    encoded: Encoded, remains: PostMortem, top_k: int, excluded: Collection[int], prior: Prior
) -> Single:
    best = encoded.best(encoded.block_shown([remains]), top_k, [sorted(excluded)])
    kept = best.reports[0] != NOBODY
    chances = posterior(
        best.scores, best.sums, prior.of([remains]), len(encoded.layout.told.order)
    )[0]
    return Single(best.reports[0, kept], best.scores[0, kept], best.parts[0, kept], chances[kept])


def _remains_for(
    encoded: Encoded, report: AnteMortem, top_k: int, excluded: Collection[int], prior: Prior
) -> Single:
    parts = encoded.parts_of_report(report)
    scores = encoded.total(parts)
    allowed = np.ones(len(scores), dtype=bool)
    allowed[[*excluded]] = False
    index = np.flatnonzero(allowed).astype(np.int32)
    sums = np.exp(scores[index] / UNIT).sum(keepdims=True)
    best = _best(scores, index, top_k)
    usual = np.array([prior.overlap])
    chances = posterior(scores[None, best], sums, usual, len(scores))[0]
    return Single(best, scores[best], parts[best], chances)


def _best(scores: Int32s, places: Int32s, top_k: int) -> Int32s:
    """Return the places of the best scores; ties go to the lower place."""
    keys = (scores[places].astype(np.int64) << 32) - places
    kept = min(top_k, len(keys))
    best: Int32s = places[np.argpartition(-keys, kept - 1)[:kept]] if kept else places[:0]
    return best[np.lexsort((best, -scores[best]))]


def rank_report(
    pool: Pool,
    report: AnteMortem,
    *,
    top_k: int = 20,
    excluded: frozenset[Pair] = frozenset(),
    prior: Prior = DEFAULT_PRIOR,
) -> tuple[Candidate, ...]:
    """Return the remains of a frozen pool that fit one report best, in words, by the same LRs."""
    index = pool.remains_index
    struck = [index[remains] for remains, j in excluded if j == report.key and remains in index]
    found = rank_single(pool.encoded, report, top_k=top_k, excluded=struck, prior=prior)
    return tuple(
        Candidate(
            remains=remains.key,
            report=report.key,
            rank=rank,
            log10_lr=float(found.scores[rank - 1] * TO_LOG10),
            posterior=float(found.posteriors[rank - 1]),
            lines=worded(findings_of(pool, remains, report, parts), parts),
        )
        for rank, (place, parts) in enumerate(zip(found.places, found.parts, strict=True), start=1)
        for remains in (pool.remains[pool.remains_keys[place]],)
    )

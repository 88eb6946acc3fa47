"""A run is cut into blocks; who does them, and how large they are, changes no bit."""

import pickle

import numpy as np
import pytest

from caseman.matching import (
    DEFAULT_PRIOR,
    Run,
    Threads,
    do,
    first_pass,
    rank_in,
    ranking_batches,
    second_pass,
)


def columns(ranking):
    return ranking.reports, ranking.scores, ranking.parts, ranking.posteriors, ranking.direct_sums


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(columns(one), columns(other), strict=True))


@pytest.fixture(scope="module")
def whole(pool):
    return rank_in(pool, tuple(pool.remains.values()), top_k=30, threads=1)


@pytest.mark.parametrize(("block", "threads"), [(1, 1), (3, 2), (7, 5), (1000, 1)])
def test_neither_block_size_nor_threads_change_a_bit(pool, whole, block, threads):
    chosen = tuple(pool.remains.values())
    assert same(whole, rank_in(pool, chosen, top_k=30, block=block, threads=threads))


def test_some_remains_rank_as_among_all(pool, whole):
    chosen = [pool.remains[key] for key in ("R0004", "R0011", "R0002")]
    some = rank_in(pool, chosen, top_k=30, block=2)
    rows = [whole.remains.index(remains.key) for remains in chosen]
    for part, all_of_it in zip(columns(some), columns(whole), strict=True):
        assert np.array_equal(part, all_of_it[rows])


class Elsewhere:
    """Workers that get nothing but what was sent to them, and answer in reverse."""

    def run(self, encoded, tasks):
        sent = pickle.dumps(encoded)
        for task in reversed(tasks):
            yield task, do(pickle.loads(sent), pickle.loads(pickle.dumps(task)))  # noqa: S301


def test_blocks_done_elsewhere_and_out_of_order_change_no_bit(pool, whole):
    chosen = tuple(pool.remains.values())
    elsewhere = rank_in(pool, chosen, top_k=30, block=4, workers=Elsewhere())
    assert same(whole, elsewhere)
    one, other = (second_pass(r, prior=DEFAULT_PRIOR, top_k=5) for r in (whole, elsewhere))
    for left, right in zip(ranking_batches(one), ranking_batches(other), strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(left, right, strict=True))


def test_what_is_sent_elsewhere_names_nobody(pool):
    sent = pickle.dumps(pool.encoded)
    assert not any(key.encode() in sent for key in (*pool.remains_keys, *pool.report_keys))


def test_progress_is_told_and_may_end_a_run(pool):
    heard = []

    def stop(done, of):
        heard.append((done, of))
        raise InterruptedError

    with pytest.raises(InterruptedError):
        first_pass(
            pool,
            listed=5,
            excluded=frozenset(),
            prior=DEFAULT_PRIOR,
            run=Run(workers=Threads(2), progress=stop),
        )
    assert heard == [(20, 20)]

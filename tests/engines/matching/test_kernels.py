"""The compiled loops and their plain stand-ins agree to the bit."""

import numpy as np

from caseman.matching import kernels
from caseman.matching.kernels import Best, Seen, Told


def block(rng, *, rows=7, reports=50, cells=30):
    lengths = rng.integers(0, 6, reports)
    starts = np.append(0, np.cumsum(lengths)).astype(np.int32)
    told = Told(starts, rng.integers(0, cells, starts[-1]).astype(np.int32))
    dense_row = np.where(np.arange(rows) % 3 == 0, np.arange(rows) // 3, -1).astype(np.int32)
    seen = Seen(
        rng.integers(-1500, 1500, (rows, cells)).astype(np.int16),
        rng.integers(-900, 900, (rows, reports)).astype(np.int16),
        dense_row,
        np.minimum(np.arange(rows + 1), 2).astype(np.int32),
        np.array([4, 9], np.int32),
    )
    return seen, told


def empty_best(rows, kept):
    return Best(
        np.full((rows, kept), -1, np.int32),
        np.full((rows, kept), np.iinfo(np.int32).min, np.int32),
        np.zeros(rows),
    )


def test_compiled_and_plain_ranking_agree():
    seen, told = block(np.random.default_rng(5))
    one, other = empty_best(7, 12), empty_best(7, 12)
    kernels._best(seen, told, 13, one)
    kernels._best_arrays(seen, told, 13, other)
    for a, b in zip(one, other, strict=True):
        assert np.array_equal(a, b)


def test_excluded_reports_are_left_out_and_ties_keep_the_order_of_keys():
    seen, told = block(np.random.default_rng(6))
    flat = seen._replace(tables=np.zeros_like(seen.tables), dense_row=np.full(7, -1, np.int32))
    best = kernels.best_of_block(flat, told, base=0, top_k=5)
    assert best.reports[0].tolist() == [0, 1, 2, 3, 5]
    assert best.reports[2].tolist() == [0, 1, 2, 3, 4]

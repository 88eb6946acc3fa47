"""The compiled loops do what a few plain lines say, whatever the layout of the reports."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseman.matching import kernels
from caseman.matching.columns import block_of, lay_out
from caseman.matching.kernels import CEILING, FLOOR, NOBODY, UNIT, Seen, Told


def block(rng, *, rows=7, reports=50, cells=30):
    counts = np.sort(rng.integers(0, 6, reports))[::-1]
    having = [int((counts > p).sum()) for p in range(5)]
    order = rng.permutation(reports).astype(np.int32)
    wide = rng.integers(0, cells, (2, reports)).astype(np.uint16)
    more = rng.integers(0, cells, sum(having)).astype(np.uint16)
    told = Told(order, wide, more, np.append(0, np.cumsum(having)).astype(np.int32))
    dense_rows = np.where(np.arange(rows)[:, None] % 3 == [0, 1], np.arange(rows)[:, None], -1)
    skip = [sorted(rng.choice(reports, size, replace=False)) for size in rng.integers(0, 4, rows)]
    seen = Seen(
        rng.integers(-1500, 1500, (rows, cells)).astype(np.int16),
        rng.integers(-900, 900, (rows, reports)).astype(np.int16),
        dense_rows.astype(np.int32),
        np.append(0, np.cumsum([len(s) for s in skip])).astype(np.int32),
        np.array([p for s in skip for p in s], np.int32),
    )
    return seen, told


def plainly(seen, told, row, base):
    """Scores by report, those of excluded reports left out."""
    scores = {}
    for place, report in enumerate(told.order.tolist()):
        columns = [seen.tables[row, cells[place]] for cells in told.wide]
        for first, end in zip(told.starts, told.starts[1:], strict=False):
            if first + place < end:
                columns.append(seen.tables[row, told.more[first + place]])
        columns += [seen.dense[d, place] for d in seen.dense_rows[row] if d >= 0]
        total = base + sum(int(weight) for weight in columns)
        scores[report] = min(max(total, FLOOR), CEILING)
    first, last = seen.excluded_starts[row : row + 2]
    for place in seen.excluded[first:last]:
        del scores[int(told.order[place])]
    return scores


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), reports=st.sampled_from([1, 3, 50, 2047, 2048, 2049, 4100]))
def test_the_best_are_the_best_and_ties_keep_the_order_of_keys(seed, reports):
    seen, told = block(np.random.default_rng(seed), rows=5, reports=max(4, reports))
    best = kernels.best_of_block(seen, told, base=13, top_k=12)
    for row in range(5):
        scores = plainly(seen, told, row, 13)
        wanted = sorted(scores, key=lambda report: (-scores[report], report))[:12]
        found = [r for r in best.reports[row].tolist() if r != NOBODY]
        assert found == wanted
        assert best.scores[row, : len(found)].tolist() == [scores[r] for r in found]
        ratios = [np.exp(score / UNIT) for score in scores.values()]
        assert best.sums[row] == pytest.approx(np.sum(ratios), rel=1e-9)


def test_no_report_at_all_gives_an_empty_list():
    told = Told(*(np.zeros(shape, np.int32) for shape in (0, (1, 0), 0, 1)))
    seen, _ = block(np.random.default_rng(0))
    best = kernels.best_of_block(seen, told, base=0, top_k=3)
    assert (best.reports == NOBODY).all()
    assert (best.sums == 0).all()


def test_scores_are_the_sums_of_their_lines(pool):
    """Through the layout and without it: the same whole numbers."""
    encoded = pool.encoded
    places = np.arange(len(pool.remains), dtype=np.int32)
    shown = encoded.block(places)
    ranked = encoded.best(shown, len(pool.reports), [[]] * len(places))
    totals = np.clip(ranked.parts.sum(axis=2, dtype=np.int32) + encoded.base, FLOOR, CEILING)
    assert np.array_equal(totals, ranked.scores)


def test_a_line_of_very_many_cells_is_laid_out_report_by_report(pool, monkeypatch):
    before = pool.encoded.best(pool.encoded.block(np.arange(20)), 30, [[]] * 20)
    monkeypatch.setattr("caseman.matching.columns._LARGE", 20)
    monkeypatch.setattr("caseman.matching.columns._SMALL", 1)
    layout = lay_out(pool.encoded.tables)
    assert layout.large
    shown = pool.encoded.block(np.arange(20))
    seen = block_of(layout, shown.lines, (shown.names, shown.named), [np.zeros(0, int)] * 20)
    after = kernels.best_of_block(seen, layout.told, base=pool.encoded.base, top_k=30)
    assert np.array_equal(before.reports, after.reports)
    assert np.array_equal(before.scores, after.scores)

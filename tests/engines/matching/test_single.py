"""One record entered later is weighed as the run weighed all others, whichever side it is on."""

from dataclasses import replace

import numpy as np
import pytest

from caseman.matching import (
    LINES,
    Effect,
    FoundName,
    LineName,
    Mark,
    NameSource,
    PostMortem,
    rank_in,
    rank_single,
)
from caseman.matching.kernels import FLOOR, WIDEST


@pytest.fixture(scope="module")
def whole(pool):
    return rank_in(pool, tuple(pool.remains.values()), top_k=len(pool.reports), threads=1)


@pytest.mark.parametrize("row", [0, 4, 13])
def test_new_remains_score_as_in_the_full_run(pool, whole, row):
    fresh = replace(pool.remains[pool.remains_keys[row]], key="R-new")
    found = rank_single(pool.encoded, fresh, top_k=7)
    assert np.array_equal(found.places, whole.reports[row, :7])
    assert np.array_equal(found.scores, whole.scores[row, :7])
    assert np.array_equal(found.parts, whole.parts[row, :7])
    assert np.array_equal(found.posteriors, whole.posteriors[row, :7])


@pytest.mark.parametrize("place", [0, 17, 119])
def test_a_new_report_scores_as_in_the_full_run(pool, whole, place):
    fresh = replace(pool.reports[pool.report_keys[place]], key="A-new")
    found = rank_single(pool.encoded, fresh, top_k=len(pool.remains))
    assert sorted(found.places) == [*range(len(pool.remains))]
    assert (np.diff(found.scores) <= 0).all()
    for remains, score, parts in zip(found.places, found.scores, found.parts, strict=True):
        column = whole.reports[remains].tolist().index(place)
        assert score == whole.scores[remains, column]
        assert np.array_equal(parts, whole.parts[remains, column])


def test_what_people_excluded_is_left_out_on_either_side(pool):
    remains, report = (next(iter(side.values())) for side in (pool.remains, pool.reports))
    for record in (remains, report):
        first, second, *_ = rank_single(pool.encoded, record).places
        again = rank_single(pool.encoded, record, excluded=[first])
        assert again.places[0] == second
        assert first not in again.places


def test_words_marks_and_effects_that_nobody_told_before_are_weighed(pool):
    report = replace(
        pool.reports["A0003"],
        name=replace(pool.reports["A0003"].name, given="Xwezal", full=None),
        marks=frozenset({Mark("plate_arm", "L_arm")}),
        effects=frozenset({Effect("prayer_beads", "amber")}),
    )
    remains = replace(
        pool.remains["R0005"],
        marks=report.marks,
        effects=report.effects,
        names=(FoundName("Xwezal", NameSource.DOCUMENT),),
    )
    scored = dict(zip(LINES, pool.parts(remains, report), strict=True))
    assert all(scored[line] > 0 for line in (LineName.NAMES, LineName.MARKS, LineName.EFFECTS))
    assert rank_single(pool.encoded, report).scores[0] > FLOOR
    assert rank_single(pool.encoded, remains).scores[0] > FLOOR


def test_a_part_beyond_any_bound_stops_there(pool):
    """Sixty rare things in common weigh more than a narrow number holds."""
    things = frozenset(Effect(f"thing{i}", "odd") for i in range(60))
    report = replace(pool.reports["A0003"], effects=things)
    remains = replace(pool.remains["R0005"], effects=things)
    parts = pool.parts(remains, report)
    assert 0 < parts[LINES.index(LineName.EFFECTS)] <= WIDEST


def test_an_empty_other_side_gives_an_empty_list(pool, reports):
    silent = PostMortem(key="R1")
    assert len(rank_single(pool.encoded, silent, excluded=range(len(reports))).places) == 0
    report = next(iter(pool.reports.values()))
    nobody = rank_single(pool.encoded, report, excluded=range(len(pool.remains)))
    assert len(nobody.places) == 0

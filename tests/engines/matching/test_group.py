"""Remains of one site weighed all at once, against a sum over every assignment there is."""

import itertools
import random

import pytest

from caseman.matching import solve_group
from caseman.matching.assignments import bounded_chances, counted_chances
from caseman.matching.group import CLOSE


def chance_of(seed):
    return random.Random(seed)  # noqa: S311 - repeatable, no secret


def world(seed, remains, reports, listed, spread=2.0):
    chance = chance_of(seed)
    return {
        f"R{i}": {
            f"A{j}": 10 ** chance.gauss(-0.5, spread) for j in chance.sample(range(reports), listed)
        }
        for i in range(remains)
    }


def by_enumeration(odds):
    """Return the chance of every pair, and the likeliest assignment, by trying all of them."""
    found, best, total = {}, (0.0, ()), 0.0
    for given in itertools.product(*([None, *odds[key]] for key in odds)):
        named = [report for report in given if report]
        if len(named) != len({*named}):
            continue
        pairs = [(key, report) for key, report in zip(odds, given, strict=True) if report]
        weight = 1.0
        for remains, report in pairs:
            weight *= odds[remains][report]
        total += weight
        best = max(best, (weight, pairs))
        for pair in zip(odds, given, strict=True):
            found[pair] = found.get(pair, 0.0) + weight
    return {pair: weight / total for pair, weight in found.items()}, dict(best[1])


@pytest.mark.parametrize("seed", range(12))
def test_chances_are_those_of_all_assignments(seed):
    odds = world(seed, 5, 6, 3)
    truth, best = by_enumeration(odds)
    groups = solve_group(odds)
    for group in groups:
        assert group.is_exact
        for pair in group.pairs:
            assert pair.together == pytest.approx(truth[pair.remains, pair.report], abs=1e-12)
            assert pair.least <= pair.together <= pair.most
        for remains, chance in group.nobody.items():
            assert chance == pytest.approx(truth[remains, None], abs=1e-12)
    assert {k: v for group in groups for k, v in group.best.items()} == best


@pytest.mark.parametrize("seed", range(12))
def test_bounds_hold_the_truth_where_sums_are_out_of_reach(seed):
    claims = [
        {int(report[1:]): odds for report, odds in wanted.items()}
        for wanted in world(seed, 6, 7, 4).values()
    ]
    truth = counted_chances(claims)
    bounds = bounded_chances(claims)
    for exact, held in zip(truth, bounds, strict=True):
        for report, (least, value, most) in held.items():
            assert least - 1e-12 <= exact[report] <= most + 1e-12
            assert least <= value <= most


def test_a_large_site_is_solved_between_bounds():
    odds = world(3, 60, 400, 20, spread=1.0)
    (group,) = solve_group(odds)
    assert len(group.remains) == 60
    sums = {}
    for pair in group.pairs:
        assert 0 <= pair.least <= pair.together <= pair.most <= 1
        sums[pair.report] = sums.get(pair.report, 0.0) + pair.least
    assert max(sums.values()) <= 1
    assert len({*group.best.values()}) == len(group.best)


def test_slight_odds_that_are_set_aside_move_no_chance_by_more_than_said():
    chance = chance_of(8)
    odds = {
        f"R{i}": {f"A{j}": 5.0 if i == j else 10 ** chance.uniform(-7, -5) for j in range(14)}
        for i in range(14)
    }
    (group,) = solve_group(odds)
    assert group.is_exact
    assert group.bound < 2 * CLOSE
    assert all(
        pair.together == pytest.approx(5 / 6, abs=CLOSE)
        for pair in group.pairs
        if pair.remains[1:] == pair.report[1:]
    )


def test_a_certain_pair_leaves_its_report_to_nobody_else():
    (group,) = solve_group({"R1": {"A1": 1e12}, "R2": {"A1": 1.0, "A2": 0.5}})
    chances = {(pair.remains, pair.report): pair for pair in group.pairs}
    assert chances["R2", "A1"].alone == pytest.approx(0.4)
    assert chances["R2", "A1"].together < 1e-9
    assert chances["R2", "A2"].together == pytest.approx(1 / 3)
    assert group.best == {"R1": "A1"}


def test_remains_that_want_different_reports_are_groups_of_their_own():
    groups = solve_group({"R2": {"A2": 1.0}, "R1": {"A1": 3.0}, "R3": {}})
    assert [group.remains for group in groups] == [("R1",), ("R2",), ("R3",)]
    assert [pair.together for group in groups for pair in group.pairs] == [0.75, 0.5]
    assert groups[2].nobody == {"R3": 1.0}


def test_the_order_of_the_input_makes_no_difference():
    odds = world(2, 7, 9, 4)
    turned = {key: dict(reversed(odds[key].items())) for key in reversed(odds)}
    assert solve_group(odds) == solve_group(turned)


@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf")])
def test_odds_that_are_none_are_refused(wrong):
    with pytest.raises(ValueError, match="odds of R1 and A1"):
        solve_group({"R1": {"A1": wrong}})

"""Learning weighs what was told in decided pairs, shows before and after, and keeps its manners."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from caseman.matching import (
    DAY_ONE,
    AgeEstimate,
    DateInterval,
    Parameter,
    SexCall,
    SexEstimate,
    Status,
    TooFewPairsError,
    fit,
    learn,
    load_model,
    parse_parameters,
    write_parameters,
)
from caseman.matching.fitting import cllr


@pytest.fixture(scope="module")
def decided(all_remains, reports):
    """Return remains made from reports whose hair is never right."""
    found = []
    for place, report in enumerate(reports[:60]):
        age = (report.last_seen.interval.first - report.birth.first).days / 365.25
        day = report.last_seen.interval.first + timedelta(days=1)
        call = SexCall.MALE if report.sex == "M" else SexCall.FEMALE
        found.append(
            replace(
                all_remains[place % 20],
                key=f"R{place:03}",
                sex=SexEstimate(call, "pelvis"),
                age=AgeEstimate(max(0, age - 3), age + 3),
                deposited=DateInterval(day, day),
                hair="brown" if report.hair == "black" else "black",
            )
        )
    return found, [
        (remains.key, report.key) for remains, report in zip(found, reports, strict=False)
    ]


def test_what_agreed_in_decided_pairs_counts_for_more_than_what_did_not(decided, reports):
    found = fit(decided[0], reports, decided[1], model="ours", source="sixty pairs", drawn=3000)
    assert found.parameters.model == "ours"
    assert found.parameters.number("weight.hair") < DAY_ONE.number("weight.hair")
    assert found.cllr_after < found.cllr_before
    assert found.parameters.entries["weight.age"].status is Status.FITTED
    assert found.parameters.entries["weight.age"].source == "sixty pairs"
    assert found.parameters.number("age.least_sd") == DAY_ONE.number("age.least_sd")


def test_excluded_pairs_say_which_line_misled_and_not_how_common_it_is_to_agree(decided, reports):
    remains, pairs = decided
    twins = [
        (body.key, other.key)
        for (body, _) in zip(remains, pairs, strict=True)
        for other in reports[60:]
        if other.sex == ("M" if body.sex.call == SexCall.MALE else "F")
    ][:40]
    alone = fit(remains, reports, pairs, drawn=3000).parameters
    both = fit(remains, reports, pairs, excluded=twins, drawn=3000).parameters
    assert both.number("weight.age") != alone.number("weight.age")
    assert abs(both.number("intercept") - alone.number("intercept")) < 0.5


def test_a_lesson_tells_what_it_changes_and_how_well_on_pairs_held_out(decided, reports):
    remains, pairs = decided
    wrong = [(body, pairs[place - 1][1]) for place, (body, _) in enumerate(pairs)]
    told = learn(remains, reports, pairs, excluded=wrong[:30], drawn=3000)
    assert (told.same, told.excluded) == (60, 30)
    assert told.before.placed == told.after.placed == 60
    assert 0 <= told.after.first <= told.after.twenty <= 60
    assert told.after.first >= told.before.first
    assert told.after.cllr < told.before.cllr < 1
    assert 0.9 < told.after.excluded_below <= 1
    sex = next(each for each in told.weights if each.line == "sex")
    assert (sex.same, sex.excluded) == (60, 30)
    assert told.parameters.number("weight.sex") == round(sex.after, 3)
    for level in told.levels:
        own = next(each for each in told.weights if each.line == level.line)
        assert level.after == pytest.approx(level.before * own.after / own.before)
        assert level.same + level.excluded > 0
    assert learn(remains, reports, pairs, drawn=500).before.excluded_below is None


def test_a_second_lesson_counts_no_decision_twice_and_gives_a_lost_line_back(decided, reports):
    remains, pairs = decided
    first = learn(remains, reports, pairs, drawn=500)
    lost = DAY_ONE.replace({"weight.sex": Parameter(0.0, Status.FITTED, "a lesson")}, model="used")
    second = learn(remains, reports, pairs, present=lost, drawn=500)
    assert second.parameters == first.parameters
    assert second.after == first.after
    (sex,) = (each for each in second.weights if each.line == "sex")
    assert sex.before == 0 < sex.after
    assert {each.before for each in second.levels if each.line == "sex"} == {0}
    assert second.before.cllr > first.before.cllr


def test_learning_twice_gives_the_same(decided, reports):
    one, other = (fit(decided[0], reports, decided[1], drawn=1000, seed=4) for _ in range(2))
    assert one == other


def test_a_handful_of_pairs_is_refused(decided, reports):
    with pytest.raises(TooFewPairsError, match="3 true pairs are too few"):
        fit(decided[0], reports, decided[1][:3])


def test_cllr_is_one_for_silence_and_near_nothing_for_certainty():
    same = np.repeat([1.0, 0.0], 10)
    assert cllr(np.zeros(20), same) == 1
    assert cllr(np.where(same == 1, 20.0, -20.0), same) < 1e-6


def test_models_that_come_with_the_program_name_a_source_for_every_value(tmp_path):
    for name in ("day-one", "default"):
        model = load_model(name)
        assert model.model == name
        assert all(entry.source for entry in model.entries.values())
        write_parameters(model, tmp_path / "model.json")
        again = parse_parameters((tmp_path / "model.json").read_text(), origin="model.json")
        assert again.digest == model.digest
    assert load_model("default").digest != DAY_ONE.digest

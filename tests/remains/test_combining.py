"""Which results are in force, what they say together, and what disagrees."""

import pytest

from caseman.coding import SexEstimate
from caseman.osteology import estimate
from caseman.remains.codes import AgeMethod, EstimateKind, FigureStatus, SexMethod
from caseman.remains.methods import (
    Kept,
    age_axis,
    ages_apart,
    combined,
    in_force,
    offered,
    sexes_apart,
    taken_over,
)
from caseman.remains.methods.applying import Applied

AGE, SEX = EstimateKind.AGE, EstimateKind.SEX
SUCHEY = "age-suchey-brooks-1990-pubic-symphysis"


def kept(number, method, **inputs):
    found = estimate(method, inputs)
    taken = taken_over(Applied(offered()[method], {}, inputs, found))
    names = ("about", "method", "inputs", "population", "status", "unit", "value", "lowest",
             "highest", "interval_kind")  # fmt: skip
    return Kept(number, *(getattr(taken, name) for name in names))


def suchey(number, phase):
    return kept(number, SUCHEY, phase=phase, sex="M")


def klales(number, score):
    return kept(number, "sex-klales-2012", traits=dict.fromkeys(("VA", "MA", "SPC"), score))


def walker(number, score):
    return kept(number, "sex-walker-2008", traits={"glabella": score, "mastoid": score})


def head(number, length, **more):
    inputs = {"measurement": "Fem_04", "length_mm": length, "population": "pooled", **more}
    return kept(number, "sex-metric", **inputs)


def test_the_latest_of_a_method_counts_and_what_was_set_aside_brings_nothing_back():
    made = [suchey(1, "II"), suchey(2, "V"), klales(3, 2)]
    assert [each.kept.id for each in in_force(made, AGE, ())] == [2]
    assert in_force(made, AGE, {2}) == []
    assert [each.kept.id for each in in_force(made, SEX, {2})] == [3]


def test_another_bone_is_another_result_of_one_region():
    made = [head(1, 48), kept(2, "sex-metric", measurement="Hum_03", length_mm=40)]
    counted = in_force(made, SEX, ())
    assert [each.kept.id for each in counted] == [1, 2]
    assert {each.region for each in counted} == {"metric"}


def test_a_chance_is_multiplied_without_the_prior_it_was_made_with():
    (plain,) = in_force([head(1, 46)], SEX, ())
    (of_men,) = in_force([head(1, 46, prior_male=0.9)], SEX, ())
    assert of_men.kept.value > plain.kept.value
    assert of_men.p_male == pytest.approx(plain.p_male)


def test_together_they_are_what_the_engine_says_of_the_stored_inputs():
    counted = in_force(
        [suchey(1, "III"), kept(2, "age-todd-1920-pubic-symphysis", phase="5", sex="M")], AGE, ()
    )
    assert [each.is_weighed for each in counted] == [True, False]  # classes are no ranges
    assert combined(AGE, counted) is None

    counted = in_force([suchey(1, "III"), klales(2, 4), walker(3, 4)], SEX, ())
    whole = combined(SEX, counted, prior_male=0.8)
    assert whole.method == "sex-combined"
    assert estimate(whole.method, whole.inputs).value == whole.value
    assert whole.columns == {"sex": SexEstimate.MALE, "sex_method": SexMethod.COMBINED}
    assert whole.status is FigureStatus.COMPUTED


def test_ages_of_two_regions_narrow_and_become_an_interval_of_the_profile():
    stages = kept(2, "age-stages", stages={"FH_EF": "fusing (1/2,2,2/3)"}, sex="M")
    counted = in_force([suchey(1, "I"), stages], AGE, ())
    whole = combined(AGE, counted)
    assert whole.highest - whole.lowest < min(
        each.kept.highest - each.kept.lowest for each in counted
    )
    assert whole.columns["age_method"] is AgeMethod.COMBINED
    first, last = age_axis(counted, whole)
    assert first <= whole.lowest <= whole.highest <= last


def test_teeth_and_bones_read_together_are_no_further_region_than_either_alone():
    stages = {"man_M2": "Ri", "FH_EF": "present unfused"}
    both = kept(1, "age-stages", stages=stages, sex="any")
    third = kept(2, "age-mincer-1993-us-white-mandible-m3-demirjian", phase="F", sex="M")
    assert {each.region for each in in_force([both, third], AGE, ())} == {"dental/epiphyseal"}
    assert {each.region for each in in_force([third], AGE, ())} == {"teeth"}


def test_what_disagrees():
    far = kept(2, "age-todd-1920-pubic-symphysis", phase="10", sex="M")
    counted = in_force([suchey(1, "I"), far], AGE, ())
    assert [(a.kept.id, b.kept.id) for a, b in ages_apart(counted)] == [(1, 2)]
    assert ages_apart(counted[:1]) == []

    of_men = {"traits": {"glabella": 2, "mastoid": 2}}
    ferembach = kept(4, "sex-ferembach-1979", **of_men)
    counted = in_force([klales(3, 1), ferembach], SEX, ())
    women, men = sexes_apart(counted)
    assert [each.kept.id for each in women] == [3]
    assert [each.kept.id for each in men] == [4]
    assert not counted[1].is_weighed
    assert sexes_apart(counted[:1]) is None


def test_a_method_that_the_program_no_longer_has_still_counts():
    old = suchey(1, "III")
    gone = Kept(**{**{name: getattr(old, name) for name in Kept.__slots__}, "method": "age-gone"})
    (counted,) = in_force([gone], AGE, ())
    assert counted.region == "age-gone"
    assert counted.age.mean_y == pytest.approx((old.lowest + old.highest) / 2)

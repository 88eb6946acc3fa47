"""What must hold of every method, whatever bones are measured."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseman.osteology import (
    AgeEvidence,
    Sex,
    Specimen,
    ToothRecord,
    Verdict,
    age_by_diaphysis,
    age_by_stages,
    combine_ages,
    combine_sexes,
    compare_all_pairs,
    compare_pair,
    compare_tooth,
    find_equations,
    fit_equation,
    likely_number,
    minimum_number,
    parts_of,
    published_equations,
    published_phases,
    stage_chances,
    zones_of,
    zones_of_part,
)
from caseman.osteology.adult_age import age_by_phase
from caseman.osteology.tables import rows

ADULT = {"Fem": 45.0, "Tib": 37.0, "Fib": 36.0, "Hum": 32.0, "Rad": 24.0, "Uln": 26.0}
SPECIMENS = st.lists(
    st.builds(
        Specimen,
        element=st.sampled_from(["FEM", "TIB", "HUM", "FRO", "PAR", "RIB"]),
        side=st.sampled_from(["left", "right", ""]),
        age_class=st.sampled_from(["", "child", "adult"]),
        zones=st.sampled_from([frozenset(), frozenset({"1"}), frozenset({"1", "2"})]),
        count=st.integers(1, 5),
        person=st.sampled_from(["", "", "P", "Q"]),
        is_part=st.booleans(),
    ),
    max_size=12,
)


def adult_lengths(equation):
    small = dict.fromkeys(equation.measures, 4.0)
    long = [each for each in equation.measures if each not in {"Fem_04", "Hum_03"}]
    return small | {each: ADULT[each[:3]] for each in long if each[:3] in ADULT}


def test_an_interval_contains_its_point():
    for equation in published_equations():
        if equation.measures[0][:3] not in {"Cla", "Sca", "Osc"}:
            found = equation.estimate(adult_lengths(equation))
            low, high = found.interval or (found.value, found.value)
            assert low <= found.value <= high, equation
    for row in rows("age_phases"):
        if row["mean_y"]:
            found = age_by_phase(row["method"], row["site"], row["phase"], Sex(row["sex"]))
            low, high = found.interval or (None, None)
            assert low is None or low <= found.value, row
            assert high is None or found.value <= high, row


def test_a_wider_error_gives_a_wider_interval():
    for equation in find_equations(["Fem1", "Fem_01"]):
        if equation.error_cm is not None:
            narrow, wide = (
                replace(equation, error_cm=error).estimate(adult_lengths(equation)).interval
                for error in (equation.error_cm, equation.error_cm * 1.5)
            )
            assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_a_prediction_widens_away_from_the_sample():
    equation = next(each for each in find_equations(["Fem_01"]) if each.reference)
    mean = equation.reference.mean_cm

    def width(length):
        low, high = equation.estimate({"Fem_01": length}).interval
        return high - low

    assert width(mean) < width(mean + 3) < width(mean + 8)
    assert width(mean + 8) == pytest.approx(width(mean - 8))
    assert "extrapolated" in " ".join(equation.estimate({"Fem_01": mean + 13}).notes)


def test_an_equation_fitted_to_a_line_is_the_line():
    lengths = np.linspace(40, 50, 30).tolist()
    own = fit_equation("Fem_01", lengths, [50 + 2.5 * each for each in lengths], "ours")
    assert own.estimate({"Fem_01": 44}).value == pytest.approx(160)
    assert own.estimate({"Fem_01": 44}).interval == pytest.approx((160, 160))


@given(SPECIMENS, SPECIMENS)
def test_the_minimum_number_never_falls_as_bones_are_added(first, more):
    assert minimum_number([*first, *more]).value >= minimum_number(first).value


@given(SPECIMENS)
def test_left_and_right_are_alike(specimens):
    mirror = {"left": "right", "right": "left", "": ""}
    turned = [replace(each, side=mirror[each.side]) for each in specimens]
    assert minimum_number(turned).value == minimum_number(specimens).value


@given(SPECIMENS)
def test_to_hold_bones_to_be_of_one_person_never_raises_their_number_by_itself(specimens):
    alike = [replace(each, age_class="") for each in specimens]
    apart = [replace(each, person="") for each in alike]
    assert minimum_number(alike).value <= minimum_number(apart).value


def test_parts_of_a_bone_of_one_person_are_one_bone():
    upper = Specimen("FEM", "left", zones=frozenset({"1", "2"}), person="P")
    lower = Specimen("FEM", "left", "adult", zones=frozenset({"2", "9"}), person="P")
    beside = Specimen("FEM", "left", "adult", zones=frozenset({"1"}))
    assert minimum_number([upper, lower]).value == 1
    assert minimum_number([replace(upper, person=""), lower]).value == 2
    assert minimum_number([upper, lower, beside]).value == 2
    whole = Specimen("FEM", "left", person="P")
    assert minimum_number([upper, lower, whole]).deciding[0].age_class == "adult"
    assert minimum_number([upper, lower, whole, whole]).value == 2, "nobody has two"


def test_the_minimum_number_says_what_it_rests_on():
    bones = [
        Specimen("FEM", "left", "adult", count=3),
        Specimen("TIB", "right", "child", count=2),
        Specimen("RIB", "left", "adult", count=25),
    ]
    found = minimum_number(bones)
    assert found.value == 5
    assert {(each.element, each.count) for each in found.deciding} == {("FEM", 3), ("TIB", 2)}
    assert found.by_element["RIB"] == 3


@given(st.integers(0, 60), st.integers(0, 60), st.data())
def test_the_likely_number_is_no_smaller_than_what_was_seen(left, right, data):
    pairs = data.draw(st.integers(0, min(left, right)))
    found = likely_number(left, right, pairs)
    turned = likely_number(right, left, pairs)
    low, high = found.interval
    assert found.at_least <= found.grand_total <= found.mlni + 1
    assert found.grand_total <= low <= high <= found.cap
    assert (found.mlni, found.grand_total) == (turned.mlni, turned.grand_total)


@given(st.floats(0, 25), st.sampled_from(["HPE_EF", "man_M1", "PC_Oss", "IC_EF"]))
def test_the_stages_at_an_age_are_all_there_is(age, variable):
    chances = stage_chances(variable, Sex.FEMALE, age).values()
    assert sum(chances) == pytest.approx(1)
    assert min(chances) >= 0


def test_more_stages_narrow_an_age():
    one = age_by_stages({"man_M2": "Rc"}, Sex.ANY)
    two = age_by_stages({"man_M2": "Rc", "man_C": "Rc"}, Sex.ANY)
    assert two.interval[1] - two.interval[0] < one.interval[1] - one.interval[0]
    assert one.interval[0] <= one.value <= one.interval[1]


@given(st.floats(50, 330), st.floats(1, 60))
def test_a_longer_shaft_is_of_an_older_child(length, more):
    shorter, longer = (age_by_diaphysis("femur", each) for each in (length, length + more))
    assert shorter.value <= longer.value


def test_all_pairs_at_once_are_the_same_as_each():
    left = np.array([[452.0, 47.0], [430.0, 44.0]])
    right = np.array([[455.0, 47.5], [463.0, 48.0], [431.0, 44.1]])
    t, p = compare_all_pairs(["Fem_01", "Fem_04"], left, right)
    for i, j in np.ndindex(t.shape):
        one = compare_pair(
            dict(zip(("Fem_01", "Fem_04"), left[i], strict=True)),
            dict(zip(("Fem_01", "Fem_04"), right[j], strict=True)),
        )
        assert (t[i, j], p[i, j]) == pytest.approx((one.t, one.p))


def test_regions_are_multiplied_and_one_region_counts_once():
    pubis, rib = AgeEvidence("pelvis", 35, 9), AgeEvidence("rib", 30, 7)
    surface = AgeEvidence("pelvis", 33, 12)
    both = combine_ages([pubis, rib])
    assert both.interval[1] - both.interval[0] < 2 * 1.96 * 7
    assert combine_ages([pubis, surface]).interval == combine_ages([surface]).interval
    young = combine_ages([pubis], prior=[(17, 45, 1)])
    assert young.interval[1] <= 45.1 < combine_ages([pubis]).interval[1]


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 1)), max_size=5), st.floats(0.01, 0.99)
)
def test_sex_by_several_methods_is_a_chance_and_turns_round(chances, prior):
    found = combine_sexes(chances, prior)
    turned = combine_sexes([(region, 1 - p) for region, p in chances], 1 - prior)
    assert 0 <= found.value <= 1
    assert found.value == pytest.approx(1 - turned.value, abs=1e-6)


def test_methods_that_differ_in_kind_say_so():
    assert (
        age_by_phase("Lovejoy et al. 1985", "auricular surface", "3").interval_kind == "modal class"
    )
    rib = age_by_phase("Iscan, Loth & Wright 1984", "4th rib sternal end", "1", Sex.MALE)
    assert rib.interval == pytest.approx((16.3, 18.3))
    assert len(published_phases()) > 20


READINGS = [
    ("INT", "INT", Verdict.AGREES),
    ("INT", "AMF-O", Verdict.EXPLAINABLE),
    ("INT", "MTC", Verdict.EXPLAINABLE),
    ("INT", "MAM", Verdict.EXPLAINABLE),
    ("INT", "MPM", Verdict.NOT_COMPARABLE),
    ("SOU", "CAR", Verdict.EXPLAINABLE),
    ("AMF-MO", "AMF-MO", Verdict.AGREES),
    ("AMF-MO", "COF-MO", Verdict.EXPLAINABLE),
    ("AMF-MOD", "AMF-O", Verdict.CONTRADICTS),
    ("AMF-MO", "UIC", Verdict.EXPLAINABLE),
    ("AMF-MO", "INT", Verdict.CONTRADICTS),
    ("COF-I", "COF-O", Verdict.AGREES),
    ("GOC", "INT", Verdict.CONTRADICTS),
    ("GOC", "AMF-O", Verdict.CONTRADICTS),
    ("GOC", "UIC", Verdict.AGREES),
    ("GOC", "MAM", Verdict.EXPLAINABLE),
    ("RFX", "INT", Verdict.CONTRADICTS),
    ("RFX", "RFX", Verdict.AGREES),
    ("MAM", "MAM", Verdict.AGREES),
    ("MAM", "INT", Verdict.CONTRADICTS),
    ("MAM", "PON", Verdict.EXPLAINABLE),
    ("MAM", "MPM", Verdict.CONTRADICTS),
    ("UNE", "INT", Verdict.EXPLAINABLE),
    ("INT", "UNE", Verdict.CONTRADICTS),
    ("PER", "INT", Verdict.EXPLAINABLE),
    ("INT", "PER", Verdict.CONTRADICTS),
    ("IPX", "IPX", Verdict.AGREES),
    ("IPX", "INT", Verdict.CONTRADICTS),
    ("PON", "INT", Verdict.CONTRADICTS),
    ("PON", "ABU", Verdict.EXPLAINABLE),
    ("FLD", "MAM", Verdict.EXPLAINABLE),
    ("NON", "INT", Verdict.NOT_COMPARABLE),
    ("INT", "MJA", Verdict.NOT_COMPARABLE),
    ("MAM", "MJA", Verdict.NOT_COMPARABLE),
]


@pytest.mark.parametrize(("before", "after", "verdict"), READINGS)
def test_a_tooth_changes_one_way(before, after, verdict):
    found = compare_tooth(ToothRecord.read(before), ToothRecord.read(after))
    assert found.verdict is verdict, found.reason


def test_parts_of_young_bones_fill_zones_that_no_other_part_of_the_bone_fills():
    for element in (row["code"] for row in rows("bones")):
        parts = parts_of(element)
        filled = [zone for part in parts for zone in zones_of_part(element, part)]
        assert len(filled) == len(set(filled)), element
        assert {zone for zone in filled if zone not in parts} <= set(zones_of(element)), element


def test_unfused_parts_of_one_bone_are_of_one_person():
    shaft, head, lower = (
        Specimen("FEM", "left", zones=zones_of_part("FEM", part))
        for part in ("shaft", "articular head", "lower epiphysis")
    )
    assert minimum_number([shaft, head, lower]).value == 1
    assert minimum_number([shaft, head, lower, head]).value == 2
    assert minimum_number([shaft, Specimen("FEM", "left")]).value == 2, "a whole one has its shaft"
    end = Specimen("FEM", "left", zones=frozenset({"proximal end", "distal end"}))
    assert minimum_number([lower, end]).value == 2
    assert minimum_number([head, end]).value == 1, "the rest of that end may have lain beside it"


def test_fragments_count_by_the_zone_that_most_of_them_have():
    upper, lower = (Specimen("FEM", "left", "adult", frozenset({zone})) for zone in "19")
    assert minimum_number([upper, lower]).value == 1
    of_two = minimum_number([upper, lower, replace(lower, zones=frozenset("29"))])
    assert (of_two.value, of_two.deciding[0].zone) == (2, "9")
    of_kind = of_two.by_kind["FEM", "left", "adult"]
    assert (of_kind.persons, of_kind.zones) == (2, (("9", 2), ("1", 1), ("2", 1)))
    assert minimum_number([upper, replace(lower, age_class="child")]).value == 2
    assert minimum_number([upper, replace(lower, age_class="")]).value == 1, "perhaps one bone"
    assert minimum_number([upper, replace(lower, zones=frozenset())]).value == 2
    unsided = [replace(upper, side="", bone="A") for _ in range(3)]
    assert minimum_number(unsided).value == 1
    assert minimum_number([replace(each, bone="") for each in unsided]).value == 2


def test_zones_are_those_of_the_table_with_each_half_by_itself():
    assert zones_of("MAN")[:2] == ("R body", "L body")
    assert zones_of("RIB") == zones_of("R3")
    assert zones_of("PAT") == ()

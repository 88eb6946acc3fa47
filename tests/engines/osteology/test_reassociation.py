"""Which units may be of one person: every test there is, and the least p corrected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseman.osteology import (
    Relation,
    Unit,
    compare_association,
    compare_joint,
    compare_pair,
    compare_units,
    matches,
)

FEMUR = Unit("femur", {"left": {"Fem_01": 450.0, "Fem_04": 47.0}}, frozenset({("FEM", "left")}))
RIGHT = Unit("right", {"right": {"Fem_01": 451.0, "Fem_04": 47.0}}, frozenset({("FEM", "right")}))
SHORT = Unit("short", {"right": {"Fem_01": 425.0, "Fem_04": 42.0}}, frozenset({("FEM", "right")}))
HIP = Unit("hip", {"left": {"Osc_17": 55.5}}, frozenset({("COX", "left")}))
TIBIA = Unit("tibia", {"right": {"Tib_01": 370.0}}, frozenset({("TIB", "right")}))
RIB = Unit("rib", {}, frozenset({("R5", "left")}))
ALSO_LEFT = Unit("also", {"left": {"Fem_01": 450.0}}, frozenset({("FEM", "left")}))


def test_left_and_right_are_tested_as_a_pair_by_all_measures_they_share():
    (pair,) = compare_units(RIGHT, FEMUR)
    assert (pair.relation, pair.first, pair.first_side) == (
        Relation.PAIR,
        ("Fem_01", "Fem_04"),
        "right",
    )
    assert pair.test == compare_pair(FEMUR.lengths_mm["left"], RIGHT.lengths_mm["right"])


def test_a_joint_is_tested_on_its_own_side_only():
    joint = next(c for c in compare_units(HIP, FEMUR) if c.relation is Relation.JOINT)
    assert joint.test == compare_joint({"Osc_17": 55.5}, {"Fem_04": 47.0})
    assert {c.relation for c in compare_units(HIP, RIGHT)} == {Relation.SIZE}


def test_two_kinds_of_bone_are_tested_once_by_the_best_regression():
    (size,) = compare_units(FEMUR, TIBIA)
    assert size.relation is Relation.SIZE
    assert (size.first_side, size.second, size.second_side) == ("left", ("Tib_01",), "right")
    x = {each: FEMUR.lengths_mm["left"][each] for each in size.first}
    known = []
    for one, other in ((x, {"Tib_01": 370.0}), ({"Tib_01": 370.0}, x)):
        known.append(compare_association(one, other).p)
    assert min(known) <= size.test.p <= max(known)


def test_what_size_speaks_least_against_is_first_and_a_bone_twice_is_last():
    found = matches(FEMUR, [ALSO_LEFT, RIB, SHORT, RIGHT])
    assert [each.key for each in found] == ["right", "short", "rib", "also"]
    by_key = {each.key: each for each in found}
    assert by_key["short"].p < 0.001
    assert by_key["right"].p > 0.5
    assert by_key["also"].repeated == {("FEM", "left")}
    assert by_key["rib"].p == 1.0


def test_of_several_tests_the_least_counts_times_their_number():
    both = Unit("both", {"left": {"Osc_17": 55.5, "Tib_01": 400.0}})
    (found,) = matches(FEMUR, [both])
    least = min(each.test.p for each in found.comparisons)
    assert len(found.comparisons) >= 3
    assert found.p == pytest.approx(min(1.0, least * len(found.comparisons)))


def units(key):
    ranges = {"Fem_01": (400.0, 500.0), "Tib_01": (330.0, 420.0), "Hum_01": (280.0, 360.0)}
    lengths = st.fixed_dictionaries(
        {}, optional={name: st.floats(*between) for name, between in ranges.items()}
    )
    sides = st.fixed_dictionaries({}, optional={"left": lengths, "right": lengths, "": lengths})
    return sides.map(lambda of: Unit(key, of))


@given(units("one"), units("other"))
def test_it_is_the_same_from_both_sides(one, other):
    (there,), (back,) = matches(one, [other]), matches(other, [one])
    assert there.p == pytest.approx(back.p)
    assert len(there.comparisons) == len(back.comparisons)

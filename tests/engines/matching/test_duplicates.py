"""Duplicates are told apart from brothers, whatever the script."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from caseman.matching import (
    AnteMortem,
    DateInterval,
    DatePrecision,
    LastSeenDate,
    NameSlots,
    Sex,
    find_duplicates,
)
from caseman.matching.duplicates import hypothesis_chances
from caseman.matching.parameters import DAY_ONE
from caseman.matching.resemblance import compare_reports

SEEN = LastSeenDate(DateInterval(date(2017, 6, 3), date(2017, 6, 3)), DatePrecision.DAY)


def born(year):
    return DateInterval(date(year, 4, 2), date(year, 4, 2))


@pytest.fixture
def family():
    told = AnteMortem(
        key="A1",
        name=NameSlots(given="Azad", father="Shekhmus", family="Tammo", mother="Rojda"),
        sex=Sex.MALE,
        birth=born(1990),
        last_seen=SEEN,
        group=frozenset({"phone:0999"}),
    )
    arabic = NameSlots(given="ازاد", father="شيخموس", family="تمو")
    again = replace(told, key="A2", name=arabic, group=frozenset({"phone:0111"}))
    brother = replace(told, key="A3", name=replace(told.name, given="Dilovan"), birth=born(1994))
    return told, again, brother


def chances(pairs):
    return {(p.report_a, p.report_b): (p.p_same, p.p_relative) for p in pairs}


def test_a_second_report_in_another_script_outranks_a_brother(family, reports):
    found = chances(find_duplicates([*family, *reports], least=0))
    assert found["A1", "A2"][0] > 0.9
    assert found["A1", "A3"][0] < 0.05
    assert found["A1", "A3"][1] > 0.5


def test_reports_linked_by_people_are_not_suggested_again(family):
    linked = [replace(report, person="P1") for report in family[:2]]
    assert ("A1", "A2") not in chances(find_duplicates([*linked, family[2]], least=0))


def test_the_order_of_reports_does_not_matter(family, reports):
    everything = [*family, *reports]
    assert find_duplicates(everything) == find_duplicates(reversed(everything))


def test_chances_of_the_three_hypotheses_add_up_to_one(family, reports):
    found = hypothesis_chances(compare_reports([*family, *reports]), DAY_ONE)
    assert np.allclose(found.sum(axis=1), 1)
    assert (found >= 0).all()


def test_a_common_name_says_less_than_a_rare_one():
    def twins(given, number):
        name = NameSlots(given=given, father="Hasan")
        return [AnteMortem(key=f"{given}{i}", name=name) for i in range(number)]

    found = chances(find_duplicates([*twins("Shekhmus", 2), *twins("Muhammad", 30)], least=0))
    assert found["Shekhmus0", "Shekhmus1"][0] > found["Muhammad0", "Muhammad1"][0]


def test_nothing_to_compare_gives_nothing():
    assert find_duplicates([]) == ()
    assert find_duplicates([AnteMortem(key="A1"), AnteMortem(key="A2")]) == ()

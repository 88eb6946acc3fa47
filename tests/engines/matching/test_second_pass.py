"""Neighbours and kin: what one set of candidates says about another."""

from dataclasses import replace

import pytest

from caseman.matching import (
    DAY_ONE,
    DEFAULT_PRIOR,
    Agreement,
    AnteMortem,
    FoundName,
    LineName,
    NameSlots,
    NameSource,
    Pool,
    PostMortem,
    Sex,
    rank,
    rank_in,
    second_pass,
)
from caseman.matching.families import links_of
from tests.engines.matching.town import REGIONS

FATHER = NameSlots(given="Shekhmus", father="Bozan", family="Tammo")
SON = NameSlots(given="Azad", father="Shekhmus", family="Tammo")


@pytest.fixture
def kin(reports):
    phone = frozenset({"phone:0999"})
    told = [
        AnteMortem(key="A-father", name=FATHER, sex=Sex.MALE, group=phone),
        AnteMortem(key="A-son", name=SON, sex=Sex.MALE, group=phone),
    ]
    paper = FoundName("Shekhmus Bozan Tammo", NameSource.DOCUMENT)
    found = [
        PostMortem(key="R-named", names=(paper,), found_with=frozenset({"R-beside"})),
        PostMortem(key="R-beside", found_with=frozenset({"R-named"})),
    ]
    return found, [*reports, *told]


def lines_of(ranking, remains, report):
    candidate = next(c for c in ranking.candidates(remains) if c.report == report)
    return {line.line: line for line in candidate.lines}


def test_a_named_body_speaks_for_its_kin_in_the_body_beside_it(kin):
    ranking = rank(*kin)
    assert ranking.candidates("R-beside")[0].report == "A-son"
    line = lines_of(ranking, "R-beside", "A-son")[LineName.COMPANIONS]
    assert line.agreement is Agreement.AGREES
    assert line.log10_lr > 0
    assert (line.post_mortem["remains"], line.ante_mortem["report"]) == ("R-named", "A-father")


def test_without_contact_kin_gain_nothing(kin):
    found, reports = kin
    apart = [replace(remains, found_with=frozenset()) for remains in found]
    line = lines_of(rank(apart, reports), "R-beside", "A-son")[LineName.COMPANIONS]
    assert line.log10_lr == 0
    assert line.agreement is Agreement.NOT_RECORDED


def test_a_report_that_fits_another_body_better_fits_less_here_unless_parts(kin):
    found, reports = kin
    whole = [replace(remains, regions=REGIONS, found_with=frozenset()) for remains in found]
    line = lines_of(rank(whole, reports), "R-beside", "A-father")[LineName.RIVALS]
    assert line.log10_lr < 0
    parts = [
        replace(whole[0], regions=frozenset({"skull"})),
        replace(whole[1], regions=frozenset({"L_leg"})),
    ]
    assert lines_of(rank(parts, reports), "R-beside", "A-father")[LineName.RIVALS].log10_lr == 0


def test_an_excluded_pair_does_not_come_back_by_way_of_kin(kin):
    ranking = rank(*kin, top_k=3, excluded=frozenset({("R-beside", "A-son")}))
    assert "A-son" not in {c.report for c in ranking.candidates("R-beside")}


def test_kin_beyond_the_first_list_are_taken_in_with_the_score_of_a_longer_list(kin):
    found, reports = kin
    short = rank(found, reports, top_k=3).candidates("R-beside")[0]
    long = rank(found, reports, top_k=200).candidates("R-beside")[0]
    assert (short.report, short.log10_lr) == (long.report, long.log10_lr)
    assert len(rank(found, reports, top_k=3).candidates("R-beside")) == 3


def test_posteriors_stay_probabilities(kin):
    found, reports = kin
    pool = Pool(found, reports, DAY_ONE)
    ranking = second_pass(rank_in(pool, found, top_k=1000), prior=DEFAULT_PRIOR)
    assert (ranking.posteriors >= 0).all()
    assert (ranking.posteriors.sum(axis=1) <= 1).all()


def test_two_reports_about_one_person_are_not_each_others_companions():
    phone = frozenset({"phone:1"})
    told = [
        AnteMortem(key="A1", name=FATHER, sex=Sex.MALE, group=phone),
        AnteMortem(key="A2", name=replace(FATHER, given="شيخموس"), sex=Sex.MALE, group=phone),
        AnteMortem(key="A3", name=SON, sex=Sex.MALE, companions=("Shekhmus Bozan Tammo",)),
    ]
    links = links_of(told, told_in_full=0.9, told_by_given_name=0.5)
    assert links.starts.tolist() == [0, 1, 2, 4]
    assert links.reports.tolist() == [2, 2, 0, 1]
    assert links.confidences[2] == pytest.approx(0.45)

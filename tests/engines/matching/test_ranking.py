"""Ranking is soft, stable and explained."""

import json
import random
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseman.matching import (
    AgeEstimate,
    Agreement,
    AnteMortem,
    DateInterval,
    DatePrecision,
    DuplicateKeyError,
    Effect,
    FoundName,
    LastSeenDate,
    LineName,
    Mark,
    NameSlots,
    NameSource,
    Pool,
    PostMortem,
    Prior,
    Sex,
    SexCall,
    SexEstimate,
    explain,
    rank,
    rank_in,
    rank_report,
    score_pairs,
)
from caseman.matching.parameters import DAY_ONE
from tests.engines.matching.town import REGIONS


def boy_of_sixteen(seen: date) -> AnteMortem:
    birth = date(seen.year - 16, 2, 1)
    return AnteMortem(
        key="A-boy",
        name=NameSlots(given="Dilovan", father="Hasan", family="Hajo"),
        sex=Sex.MALE,
        birth=DateInterval(birth, birth),
        marks=frozenset({Mark("fx_clavicle", "L_arm")}),
        last_seen=LastSeenDate(DateInterval(seen, seen), DatePrecision.DAY),
        effects=frozenset({Effect("amulet", "blue")}),
    )


def body_found_three_days_before(seen: date) -> PostMortem:
    found = seen.replace(day=seen.day - 3)
    return PostMortem(
        key="R-boy",
        sex=SexEstimate(SexCall.PROBABLY_MALE, "skull"),
        age=AgeEstimate(18, 22),
        marks=frozenset({Mark("fx_clavicle", "L_arm")}),
        regions=REGIONS,
        deposited=DateInterval(found, found),
        effects=frozenset({Effect("amulet", "blue")}),
    )


def test_a_body_found_before_its_person_was_seen_last_is_still_near_the_top(reports):
    seen = date(2017, 5, 14)
    pool = Pool([body_found_three_days_before(seen)], [*reports, boy_of_sixteen(seen)], DAY_ONE)
    first, *_ = rank_in(pool, tuple(pool.remains.values())).candidates("R-boy")
    lines = {line.line: line for line in first.lines}
    assert first.report == "A-boy"
    assert lines[LineName.LAST_SEEN].level == "found_shortly_before"
    assert lines[LineName.AGE].agreement is Agreement.EXPLAINABLE
    assert lines[LineName.MARKS].agreement is Agreement.AGREES


def test_the_impossible_keeps_a_finite_floor_and_reads_as_a_contradiction(reports):
    adult = PostMortem(key="R1", age=AgeEstimate(40, 55), sex=SexEstimate(SexCall.FEMALE, "pelvis"))
    birth = date(2015, 1, 10)
    toddler = AnteMortem(
        key="A-toddler",
        sex=Sex.MALE,
        birth=DateInterval(birth, birth),
        last_seen=LastSeenDate(DateInterval(date(2017, 6, 1), date(2017, 6, 1)), DatePrecision.DAY),
    )
    pool = Pool([adult], [*reports, toddler], DAY_ONE)
    ranking = rank_in(pool, [adult], top_k=1000)
    last = next(c for c in ranking.candidates("R1") if c.report == "A-toddler")
    age = next(line for line in last.lines if line.line is LineName.AGE)
    assert -6 <= last.log10_lr < -1
    assert age.agreement is Agreement.CONTRADICTS
    assert len(ranking.candidates("R1")) == len(reports) + 1


def test_only_pairs_excluded_by_people_are_left_out(all_remains, reports):
    first = rank(all_remains, reports).candidates("R0003")[0]
    again = rank(all_remains, reports, excluded=frozenset({("R0003", first.report)}))
    assert first.report not in {c.report for c in again.candidates("R0003")}
    assert len(again.candidates("R0003")) == 100


def test_the_order_of_the_files_does_not_matter(all_remains, reports):
    shuffled = random.Random(3).sample(reports, len(reports))  # noqa: S311 - repeatable, no secret
    one, other = rank(all_remains, reports), rank(reversed(all_remains), shuffled, threads=1)
    assert list(one) == [c for key in one.remains for c in other.candidates(key)]


def test_remains_without_a_single_record_leave_every_report_neutral(reports):
    ranking = rank([PostMortem(key="R1")], reports)
    assert {c.log10_lr for c in ranking.candidates("R1")} == {0.0}
    agreements = {line.agreement for c in ranking.candidates("R1") for line in c.lines}
    assert agreements == {Agreement.NOT_RECORDED}


def test_what_is_not_recorded_weighs_nothing_in_its_line(all_remains, reports):
    silent = replace(reports[5], sex=None, birth=None, marks=None, effects=None, garments=None)
    pool = Pool(all_remains, [*reports[:5], silent], DAY_ONE)
    lines = {line.line: line for line in explain(all_remains[0], silent, pool)}
    for name in (LineName.SEX, LineName.AGE, LineName.MARKS, LineName.EFFECTS, LineName.CLOTHING):
        assert lines[name].log10_lr == 0.0
        assert lines[name].agreement is Agreement.NOT_RECORDED


def test_lines_add_up_to_the_whole_and_are_json(all_remains, reports):
    for candidate in rank(all_remains, reports, top_k=5):
        total = sum(line.log10_lr for line in candidate.lines)
        assert candidate.log10_lr == pytest.approx(max(-6, total), abs=1e-3)
        json.dumps([line.as_plain() for line in candidate.lines], allow_nan=False)


def test_explanation_and_pair_scores_say_the_same_as_the_ranking(all_remains, reports):
    candidate = rank(all_remains, reports).candidates("R0007")[3]
    pool = Pool(all_remains, reports, DAY_ONE)
    remains, report = pool.remains["R0007"], pool.reports[candidate.report]
    assert explain(remains, report, pool) == candidate.lines
    scores = score_pairs(all_remains, reports, [("R0007", candidate.report)])
    assert scores.log10_lr[0] == candidate.log10_lr


def test_remains_new_to_a_frozen_pool_score_as_in_a_full_run(all_remains, reports):
    pool = Pool(all_remains, reports, DAY_ONE)
    fresh = replace(pool.remains["R0002"], key="R-new")
    full = rank_in(pool, tuple(pool.remains.values())).candidates("R0002")
    assert [c.log10_lr for c in rank_in(pool, [fresh]).candidates("R-new")] == [
        c.log10_lr for c in full
    ]


def test_a_report_ranks_remains_by_the_same_lrs(all_remains, reports):
    paper = FoundName("Dilovan حسن Hajo", NameSource.DOCUMENT, mother="Amina", birth_year=1990)
    named = replace(all_remains[4], names=(paper, FoundName("Zayn", NameSource.LABEL)))
    pool = Pool([*all_remains[:4], named, *all_remains[5:]], reports, DAY_ONE)
    full = {
        (c.remains, c.report): c for c in rank_in(pool, tuple(pool.remains.values()), top_k=999)
    }
    for report in reports[:10]:
        found = rank_report(pool, report, top_k=999)
        assert len(found) == len(all_remains)
        for candidate in found:
            other = full[candidate.remains, candidate.report]
            assert candidate.log10_lr == other.log10_lr
            assert candidate.lines == other.lines


def test_a_report_new_to_a_frozen_pool_scores_as_its_twin(all_remains, reports):
    pool = Pool(all_remains, reports, DAY_ONE)
    fresh = replace(reports[3], key="A-new")
    one, other = rank_report(pool, reports[3]), rank_report(pool, fresh)
    assert [(c.remains, c.log10_lr) for c in one] == [(c.remains, c.log10_lr) for c in other]


def test_posteriors_leave_room_for_none_of_these(all_remains, reports):
    ranking = rank(all_remains, reports, top_k=1000, prior=Prior(0.4))
    sums = ranking.posteriors.sum(axis=1)
    assert np.all(sums < 1)
    assert np.all(ranking.posteriors >= 0)


def test_remains_have_the_prior_of_their_site(all_remains, reports):
    pool = Pool(all_remains, reports, DAY_ONE)
    site = all_remains[0].site.key
    usual, likely, both = (
        rank_in(pool, all_remains, prior=prior).posteriors
        for prior in (Prior(0.4), Prior(0.8), Prior(0.4, {site: 0.8}))
    )
    there = np.array([each.site is not None and each.site.key == site for each in all_remains])
    assert there.any()
    assert np.array_equal(both[there], likely[there])
    assert np.array_equal(both[~there], usual[~there])
    with pytest.raises(ValueError, match="between 0 and 1"):
        Prior(0.4, {site: 1.0})


def test_a_wrong_paper_costs_little_and_a_right_one_counts(reports):
    target = reports[10].name
    paper = FoundName(f"{target.given} {target.father} {target.family}", NameSource.DOCUMENT)
    wrong = FoundName("Qqq Www Zzz", NameSource.DOCUMENT)
    pool = Pool(
        [PostMortem(key="R1", names=(paper,)), PostMortem(key="R2", names=(wrong,))],
        reports,
        DAY_ONE,
    )
    ranking = rank_in(pool, tuple(pool.remains.values()))
    best = ranking.candidates("R1")[0]
    assert pool.reports[best.report].name == target
    assert best.log10_lr > 0.8
    assert min(c.log10_lr for c in ranking.candidates("R2")) > -1


def test_a_key_that_occurs_twice_is_named(reports):
    with pytest.raises(DuplicateKeyError, match="A0000"):
        rank([PostMortem(key="R1")], [reports[0], reports[0]])


@settings(max_examples=30, deadline=None)
@given(
    low=st.floats(0, 100),
    width=st.floats(0, 30),
    born=st.dates(date(1900, 1, 1), date(2020, 1, 1)),
    seen=st.dates(date(1970, 1, 1), date(2030, 1, 1)),
    found=st.dates(date(1970, 1, 1), date(2030, 1, 1)),
    told=st.one_of(st.none(), st.floats(0, 130)),
)
def test_every_pair_scores_finite(reports, low, width, born, seen, found, told):
    remains = PostMortem(
        key="R1",
        age=AgeEstimate(low, low + width),
        deposited=DateInterval(found, found),
    )
    report = AnteMortem(
        key="A-odd",
        birth=DateInterval(born, born),
        age_told=told,
        last_seen=LastSeenDate(DateInterval(seen, seen), DatePrecision.DAY),
    )
    scores = score_pairs([remains], [*reports[:10], report], [("R1", "A-odd")])
    assert -6.001 <= scores.log10_lr[0] <= 30

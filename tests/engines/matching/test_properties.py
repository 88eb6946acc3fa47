"""What has to hold whatever the numbers are, in towns drawn at random."""

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseman.matching import (
    DAY_ONE,
    LINES,
    AgeEstimate,
    AnteMortem,
    DateInterval,
    DatePrecision,
    Effect,
    FoundName,
    Garment,
    Hand,
    LastSeenDate,
    LastSeenPlace,
    LineName,
    Mark,
    NameSlots,
    NameSource,
    Parameter,
    PlacePrecision,
    Pool,
    Position,
    PostMortem,
    Sex,
    SexCall,
    SexEstimate,
    Site,
    StatureEstimate,
    rank_in,
    rank_single,
)
from tests.engines.matching.town import REGIONS, make_remains, make_report

FOUND = date(2017, 5, 20)
HERE, THERE = Position(35.95, 39.01), Position(35.97, 39.01)
TOWNS = st.integers(0, 5)


@cache
def town(seed):
    """Return a pool whose lines all count in full, as before any calibration."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, no secret
    everyone = [make_report(i, chance) for i in range(60)]
    bodies = [make_remains(i, chance) for i in range(12)]
    bodies[0] = replace(bodies[0], names=(FoundName("Ahmad Hajo", NameSource.LABEL),))
    full = {name: 1.0 for name in DAY_ONE.entries if name.startswith("weight.")}
    entries = {name: Parameter(w, DAY_ONE.entries[name].status, "test") for name, w in full.items()}
    return Pool(bodies, everyone, DAY_ONE.replace(entries, model="in full"))


def seen_last(days):
    day = FOUND - timedelta(days=days)
    return LastSeenDate(DateInterval(day, day), DatePrecision.DAY)


def body(**shown):
    return PostMortem(key="R-new", **shown)


def told(**said):
    return AnteMortem(key="A-new", **said)


NAME = NameSlots(given="Shekhmus", father="Khalid", family="Hajo")
TIBIA = Mark("fx_tibia", "L_leg")

# For each line: remains that show something, and reports from what fits best to what fits least.
LADDERS = {
    LineName.NAMES: (
        body(names=(FoundName("Shekhmus Khalid Hajo", NameSource.DOCUMENT),)),
        [
            told(name=NAME),
            told(name=replace(NAME, father="Zayn")),
            told(name=replace(NAME, father="Zayn", family="Sabbagh")),
            told(name=NameSlots(given="Rojda", father="Zayn", family="Sabbagh")),
        ],
    ),
    LineName.DENTAL: (
        body(dental=frozenset({"bridge"}), dental_absence_counts=True),
        [
            told(dental=frozenset({"bridge"})),
            told(dental=frozenset({"bridge", "gold_crown"})),
            told(dental=frozenset({"gold_crown"})),
        ],
    ),
    LineName.MARKS: (
        body(marks=frozenset({TIBIA}), regions=REGIONS),
        [
            told(marks=frozenset({TIBIA})),
            told(marks=frozenset({Mark("fx_tibia", "R_leg")})),
            told(marks=frozenset({Mark("plate_arm", "L_arm")})),
        ],
    ),
    LineName.EFFECTS: (
        body(effects=frozenset({Effect("ring", "gold")}), regions=REGIONS),
        [
            told(effects=frozenset({Effect("ring", "gold")})),
            told(effects=frozenset({Effect("ring")})),
            told(effects=frozenset({Effect("knife")})),
        ],
    ),
    LineName.CLOTHING: (
        body(garments=frozenset({Garment("top", "shirt", "black")})),
        [
            told(garments=frozenset({Garment("top", "shirt", "black")})),
            told(garments=frozenset({Garment("top", "shirt")})),
            told(garments=frozenset({Garment("top", "shirt", "white")})),
            told(garments=frozenset({Garment("top", "jacket", "white")})),
        ],
    ),
    LineName.AGE: (
        body(age=AgeEstimate(20, 30)),
        [told(age_told=25.0 + years) for years in (0, 3, 6, 12, 25, 60)],
    ),
    LineName.SEX: (
        body(sex=SexEstimate(SexCall.MALE, "pelvis")),
        [told(sex=Sex.MALE), told(sex=Sex.FEMALE)],
    ),
    LineName.STATURE: (
        body(stature=StatureEstimate(170, 4)),
        [told(sex=Sex.MALE, stature_cm=170.0 + off) for off in (0, 4, 9, 15, 30)],
    ),
    LineName.LAST_SEEN: (
        body(deposited=DateInterval(FOUND, FOUND)),
        [told(last_seen=seen_last(days)) for days in (0, 4, 20, 60, 250, -100)],
    ),
    LineName.PLACE: (
        body(site=Site("S0", HERE)),
        [told(place=LastSeenPlace(p, PlacePrecision.EXACT)) for p in (HERE, THERE)],
    ),
    LineName.CIRCUMSTANCE: (
        body(site=Site("S0", HERE, kind="detention_site")),
        [told(circumstance="arrest"), told(circumstance="attack")],
    ),
    LineName.HAIR: (body(hair="black"), [told(hair="black"), told(hair="brown")]),
    LineName.HANDEDNESS: (
        body(handedness=Hand.LEFT),
        [told(handedness=Hand.LEFT), told(handedness=Hand.RIGHT)],
    ),
}


def test_every_direct_line_has_a_ladder():
    assert {*LINES} - {*LADDERS} == {LineName.COMPANIONS, LineName.RIVALS}


@settings(max_examples=4, deadline=None)
@given(seed=TOWNS)
def test_what_fits_less_never_weighs_more(seed):
    pool = town(seed)
    for line, (remains, reports) in LADDERS.items():
        weights = [int(pool.parts(remains, report)[LINES.index(line)]) for report in reports]
        assert weights == sorted(weights, reverse=True), line
        assert weights[0] > weights[-1], line


@settings(max_examples=4, deadline=None)
@given(seed=TOWNS)
def test_silence_on_either_side_weighs_nothing(seed):
    pool = town(seed)
    some_body, some_report = (next(iter(side.values())) for side in (pool.remains, pool.reports))
    for remains, reports in LADDERS.values():
        assert not pool.parts(remains, told()).any()
        assert not pool.parts(body(), reports[0]).any()
    assert not pool.parts(some_body, told()).any()
    assert not pool.parts(body(), some_report).any()
    for silent in (body(), told()):
        found = rank_single(pool.encoded, silent)
        assert not found.scores.any()
        assert not found.parts.any()


@settings(max_examples=8, deadline=None)
@given(seed=TOWNS, lines=st.sets(st.sampled_from([*LADDERS]), min_size=2, max_size=5))
def test_independent_lines_multiply(seed, lines):
    """Place and circumstance are shown by one site, so only one of them is taken."""
    pool, shown = town(seed), {}
    for line in sorted(lines - {LineName.CIRCUMSTANCE}):
        alone = LADDERS[line][0]
        fields = {name: getattr(alone, name) for name in alone.__slots__ if name != "key"}
        shown |= {name: value for name, value in fields.items() if value != getattr(body(), name)}
    together, report = body(**shown), next(iter(pool.reports.values()))
    parts = sum(
        pool.parts(replace(LADDERS[line][0], regions=together.regions), report).astype(int)
        for line in lines - {LineName.CIRCUMSTANCE}
    )
    assert np.array_equal(pool.parts(together, report), parts)


@settings(max_examples=4, deadline=None)
@given(seed=TOWNS, data=st.data())
def test_both_directions_and_one_by_one_give_the_numbers_of_the_full_run(seed, data):
    pool = town(seed)
    full = rank_in(pool, tuple(pool.remains.values()), top_k=len(pool.reports), threads=1)
    scores = np.zeros((len(pool.remains), len(pool.reports)), int)
    np.put_along_axis(scores, full.reports, full.scores, axis=1)
    row = data.draw(st.integers(0, len(pool.remains) - 1))
    place = data.draw(st.integers(0, len(pool.reports) - 1))
    remains = replace(pool.remains[pool.remains_keys[row]], key="R-new")
    report = replace(pool.reports[pool.report_keys[place]], key="A-new")
    here = rank_single(pool.encoded, remains, top_k=len(pool.reports))
    there = rank_single(pool.encoded, report, top_k=len(pool.remains))
    assert np.array_equal(here.scores, scores[row, here.places])
    assert np.array_equal(there.scores, scores[there.places, place])


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("block", [1, 5])
def test_how_the_work_is_cut_changes_no_number(threads, block):
    pool = town(0)
    everyone = tuple(pool.remains.values())
    whole = rank_in(pool, everyone, top_k=9, threads=2, block=64)
    cut = rank_in(pool, everyone, top_k=9, threads=threads, block=block)
    for column in ("reports", "scores", "parts", "posteriors", "direct_sums"):
        assert np.array_equal(getattr(whole, column), getattr(cut, column))

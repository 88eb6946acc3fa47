"""Figures of match quality: right by hand, and silent about whoever is few."""

import pytest
from defusedxml import ElementTree

from caseman.identification.codes import Outcome, PairingState, Step
from caseman.identification.models import Decision, Pairing, Signature
from caseman.identification.quality import (
    FEWEST,
    Case,
    age_group,
    agreement,
    by_group,
    calibration,
    kept_back,
    standing,
    wilson,
)
from caseman.permissions import Role
from tests.identification.world import build


def identified(*ranks, **more):
    return [Case(is_identified=True, rank=rank, posterior=0.5, **more) for rank in ranks]


def test_places_are_counted_of_identified_persons_only():
    cases = [*identified(1, 1, 4, 17, None), Case(is_identified=False, rank=1, posterior=0.1)]
    told = standing(cases)
    assert told.within == {1: 2, 5: 3, 10: 3, 20: 4}
    assert (told.cases, told.unlisted, told.middle, told.share(5)) == (5, 1, 2.5, 0.6)
    assert standing([]).share(1) == 0.0


@pytest.mark.parametrize(
    ("sizes", "back"),
    [
        ([9, 8], [False, False]),
        ([9, 8, 2], [False, True, True]),
        ([9, 3, 2], [False, True, True]),
        ([4], [True]),
        ([], []),
    ],
)
def test_a_single_small_group_cannot_be_told_from_the_total(sizes, back):
    assert kept_back(sizes) == back


def test_groups_stand_by_size_and_the_small_are_silent():
    cases = [
        *identified(*[1] * 7, site="A"),
        *identified(*[2] * 6, site="B"),
        *identified(3, site="C"),
    ]
    told = by_group(cases, lambda case: case.site)
    assert [each.group for each in told] == ["A", "B", "C"]
    assert [each.standing is None for each in told] == [False, True, True]


def test_a_class_of_probability_holds_what_was_said_and_found():
    cases = [Case(is_identified=place < 4, rank=1, posterior=0.6) for place in range(5)]
    cases += [Case(is_identified=True, rank=1, posterior=1.0) for _ in range(FEWEST)]
    cases += [Case(is_identified=True, rank=None, posterior=None)]
    told = calibration(cases)
    assert [each is None for each in told] == [True, True, True, False, True, False]
    assert (told[3].cases, told[3].found) == (5, 0.8)
    assert told[3].said == pytest.approx(0.6)
    assert told[3].least < 0.8 < told[3].most
    assert told[5].most == 1.0


def test_wilsons_interval_is_the_published_one():
    low, high = wilson(0.5, 10)
    assert (round(low, 3), round(high, 3)) == (0.237, 0.763)


def test_kappa_takes_off_what_chance_gives():
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    told = agreement(pairs)
    assert (told.cases, told.agreed) == (50, 35)
    assert told.kappa == pytest.approx(0.4)
    assert agreement([("a", "a")] * 6).kappa is None
    assert agreement([("a", "a")] * (FEWEST - 1)) is None


def test_age_groups_have_no_gap():
    assert [age_group(age) for age in (None, 0.5, 12.9, 13, 39.9, 60, 95)] == [
        "", "0-12", "0-12", "13-17", "18-39", "60+", "60+",
    ]  # fmt: skip


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_page_counts_decisions_within_reach_and_names_nobody(session, client_as):
    world = build(session)
    session.commit()
    board = client_as(user=world.users["decider"])
    assert "Too few decided cases yet" in board.get("/quality").text
    persons = [world.person(f"Person {place}") for place in range(7)]
    for place, person in enumerate(persons):
        decide(world, session, world.remains(place + 1), person, place)
    session.commit()

    page = board.get("/quality").text

    assert "Where the right person had stood" in page
    assert "fewer than 5 cases" in page
    assert not any(person.name in page or person.number in page for person in persons)
    assert world.site.code in page
    picture = board.get("/quality/calibration.svg")
    assert picture.mimetype == "image/svg+xml"
    drawn = ElementTree.fromstring(picture.text)
    marks = [each for each in drawn.iter() if each.tag.endswith("circle")]
    assert len(marks) == page.count("<circle") == 1
    assert "Decided cases in force: 7" in picture.text
    assert client_as(Role.BOARD).get("/quality/calibration.svg").status_code == 404
    assert "Where the right person had stood" in client_as(Role.AUDITOR).get("/quality").text
    assert "Too few decided cases yet" in client_as(Role.BOARD).get("/quality").text
    assert client_as(Role.REVIEWER).get("/quality").status_code == 403


def decide(world, session, remains, person, place):
    outcome = Outcome.EXCLUDED if place == 6 else Outcome.IDENTIFIED
    pairing = Pairing(
        number=f"P-QUAL{place:03d}",
        remains=remains,
        missing_person=person,
        opened_by=world.users["proposer"],
        state=PairingState(outcome.value),
        rank=place + 1,
        posterior=0.95,
    )
    session.add(
        Decision(
            number=f"D-QUAL{place:03d}",
            pairing=pairing,
            remains=remains,
            missing_person=person,
            outcome=outcome,
            snapshot={},
        )
    )
    for name, step in (("proposer", Step.PROPOSER), ("reviewer", Step.REVIEWER)):
        session.add(
            Signature(
                pairing=pairing, round=1, step=step, person=world.users[name].person,
                user=world.users[name], outcome=outcome, statement="Seen.", signed_digest="0" * 64,
            )
        )  # fmt: skip

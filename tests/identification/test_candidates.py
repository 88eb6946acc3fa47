"""Ranking in the background: what is kept, what is left out, and when it runs again."""

from datetime import date

import pytest
import sqlalchemy as sa

from caseman import matching
from caseman.coding.physical import HairColour
from caseman.database import now
from caseman.identification.adapters import load_persons, load_remains
from caseman.identification.codes import Basis, Outcome
from caseman.identification.drafts import Statement
from caseman.identification.evidence import is_fresh, lines_of
from caseman.identification.models import Candidate
from caseman.identification.queries import (
    candidates_of_person,
    candidates_of_remains,
    remains_by_number,
)
from caseman.identification.services.candidates import RERANK, rank_all
from caseman.identification.services.pairings import open_pairing, renew_lines
from caseman.identification.services.signing import sign
from caseman.jobs.models import Job, JobState
from caseman.permissions import OPERATOR, Scope
from tests.identification.carrying import settle
from tests.identification.world import TODAY, build

CARRIERS = ("proposer", "reviewer", "decider", "second")


@pytest.fixture
def world(session):
    return build(session)


def others(world, count=30):
    """People who have nothing to do with the remains."""
    return [
        world.person(
            f"Other {place}",
            birth_from=date(1950 + place, 1, 1),
            birth_to=date(1950 + place, 12, 31),
            last_seen_from=date(1994, 1 + place % 12, 1),
            last_seen_to=date(1994, 1 + place % 12, 20),
            effects=[],
        )
        for place in range(count)
    ]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_family_that_describes_the_body_and_tells_no_mark_was_asked_of_it(world):
    answers = {
        "silent": {},
        "described": {"hair": HairColour.BLACK},
        "declined": {"hair": HairColour.BLACK, "absences": {"medical_text": "declined"}},
        "teeth": {"dental_codes": ["missing_molars"]},
        "infant": {"age_told_min": 0.0, "age_told_max": 0.0},
    }
    keys = {name: str(world.person(name, **told).id) for name, told in answers.items()}
    values = {value.key: value for value in load_persons(world.session)}
    found = {name: values[key] for name, key in keys.items()}

    assert (found["silent"].dental, found["silent"].marks) == (None, None)
    assert (found["described"].dental, found["described"].marks) == (frozenset(), frozenset())
    assert (found["declined"].dental, found["declined"].marks) == (frozenset(), None)
    assert (found["teeth"].dental, found["teeth"].marks) == ({"missing_molars"}, frozenset())
    assert (found["silent"].age_told, found["infant"].age_told) == (None, 0.0)


def test_a_body_found_before_the_boy_was_last_seen_is_still_found(world, sessions):
    remains, boy = world.remains(), world.person()
    others(world)
    world.session.commit()
    rank_all(sessions)

    listed = candidates_of_remains(world.session, OPERATOR, remains)
    assert boy.id in [each.missing_person_id for each in listed[:3]]
    own = next(each for each in listed if each.missing_person_id == boy.id)
    lines = {line["line"]: line for line in lines_of(world.session, [own])[own.id]}
    assert lines["last_seen"]["agreement"] in {"explainable", "contradicts"}
    assert lines["effects"]["log10_lr"] > 0


def test_what_is_stored_says_again_what_the_engine_said(world, sessions):
    remains, boy = world.remains(), world.person()
    others(world)
    world.session.commit()
    rank_all(sessions)

    own = next(
        each
        for each in candidates_of_remains(world.session, OPERATOR, remains)
        if each.missing_person_id == boy.id
    )
    pool = matching.Pool(load_remains(world.session), load_persons(world.session), matching.DAY_ONE)
    said = matching.explain(pool.remains[str(remains.id)], pool.reports[str(boy.id)], pool)
    recorded = [line for line in said if line.agreement is not matching.Agreement.NOT_RECORDED]
    direct = [
        line
        for line in lines_of(world.session, [own])[own.id]
        if line["line"] not in {"companions", "rivals"}
    ]
    assert direct == [line.as_plain() for line in recorded]


def test_a_listed_pair_is_compared_by_the_weights_of_its_list(world, sessions):
    remains, boy = world.remains(), world.person()
    others(world, 5)
    world.session.commit()
    rank_all(sessions)
    own = next(
        each
        for each in candidates_of_remains(world.session, OPERATOR, remains)
        if each.missing_person_id == boy.id
    )
    assert is_fresh(own, matching.DAY_ONE)
    own.lines = [[name, units + 3] for name, units in own.lines if name != "rivals"]
    case = open_pairing(world.session, remains, boy, world.users["proposer"], today=TODAY)
    units = {line.line: round(line.log10_lr / matching.TO_LOG10) for line in case.lines}
    assert own.lines
    assert [[name, units[name]] for name, _ in own.lines] == own.lines

    boy.evidence_changed_at = now()
    renew_lines(world.session, case)
    assert not is_fresh(own, matching.DAY_ONE)
    assert {line.line: round(line.log10_lr / matching.TO_LOG10) for line in case.lines} != units


def test_the_list_works_the_other_way_round(world, sessions):
    remains, boy = world.remains(), world.person()
    others(world, 5)
    world.session.commit()
    rank_all(sessions)
    listed = candidates_of_person(world.session, OPERATOR, boy)
    assert [each.remains_id for each in listed] == [remains.id]


def test_an_excluded_pair_leaves_the_list_and_only_that_pair(world, sessions):
    remains, boy = world.remains(), world.person()
    others(world, 5)
    case = open_pairing(world.session, remains, boy, world.users["proposer"], today=TODAY)
    settle(world, case)
    statement = Statement(Outcome.EXCLUDED, "The teeth cannot be the same.", Basis.COMBINED)
    for name in CARRIERS:
        sign(world.session, case, world.users[name], statement, scope=world.scope(name))
    world.session.commit()
    rank_all(sessions)
    listed = candidates_of_remains(world.session, OPERATOR, remains)
    assert boy.id not in {each.missing_person_id for each in listed}
    assert len(listed) == 5


def test_ranking_twice_changes_nothing(world, sessions):
    world.remains(), world.person(), others(world, 5)
    world.session.commit()
    rank_all(sessions)
    first = world.session.execute(sa.select(Candidate.log10_lr).order_by(Candidate.id)).all()
    world.session.rollback()
    rank_all(sessions)
    second = world.session.execute(sa.select(Candidate.log10_lr).order_by(Candidate.id)).all()
    assert sorted(first) == sorted(second)


def test_a_change_on_either_side_asks_for_one_ranking(world):
    remains, boy = world.remains(), world.person()
    world.session.flush()
    world.session.execute(sa.update(Job).values(state=JobState.DONE))
    for row in (remains, boy, remains):
        row.evidence_changed_at = now()
        world.session.flush()
    waiting = world.session.scalars(sa.select(Job).where(Job.state == JobState.QUEUED)).all()
    assert [job.kind for job in waiting] == [RERANK]


def test_one_side_of_a_pair_is_not_enough_to_see_it(world, sessions):
    remains = world.remains()
    world.person()
    world.session.commit()
    rank_all(sessions)
    stranger = Scope(operation_ids=frozenset({world.operation.id}))
    assert remains_by_number(world.session, stranger, remains.number) is None
    assert candidates_of_remains(world.session, stranger, remains) == []

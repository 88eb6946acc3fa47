"""After a change only what it bears on is ranked again, by what the last run counted."""

from datetime import date

import pytest
import sqlalchemy as sa

from caseman import matching
from caseman.database import now
from caseman.identification.adapters import load_persons, load_remains
from caseman.identification.codes import RunReason, RunState
from caseman.identification.models import Candidate, CandidateLeft, RankedChange, RankingRun
from caseman.identification.services import increments
from caseman.identification.services.candidates import Ranked, rank_all, rank_changed
from caseman.identification.services.frozen import opened
from caseman.identification.services.lists import SHOWN
from caseman.identification.services.pairings import open_pairing
from caseman.reports.codes import MissingPersonStatus
from caseman.reports.models import MissingPerson
from tests.identification.world import TODAY, build

REMAINS, PERSONS = 12, 50
BEST_FIRST = (Candidate.log10_lr.desc(), Candidate.id)


@pytest.fixture
def world(session, sessions):
    """A grave of twelve and fifty sought people of all ages, ranked once."""
    world = build(session)
    world.graves = [
        world.remains(place, age_min=float(place * 6), age_max=float(place * 6 + 4))
        for place in range(1, REMAINS + 1)
    ]
    world.sought = [sought(world, place) for place in range(PERSONS)]
    session.commit()
    rank_all(sessions)
    return world


def sought(world, place, **answers):
    born = date(1990 - place, 1, 1 + place % 28)
    return world.person(f"Person {place}", birth_from=born, birth_to=born, **answers)


def weights(session, **which):
    """Return by pair what each line weighs, but for what other pairs say."""
    session.rollback()
    query = sa.select(Candidate.remains_id, Candidate.missing_person_id, Candidate.lines)
    return {
        row[:2]: dict(line for line in row.lines if isinstance(line, list))
        for row in session.execute(query.filter_by(**which))
    }


def scores(session, **which):
    session.rollback()
    query = sa.select(Candidate.remains_id, Candidate.missing_person_id, Candidate.log10_lr)
    return {tuple(row[:2]): row[2] for row in session.execute(query.filter_by(**which))}


def touch(session, *rows):
    for row in rows:
        row.evidence_changed_at = now()
    session.commit()


def test_a_single_record_weighs_what_it_weighed_in_the_run(world, session, sessions):
    body, person = world.graves[3], world.sought[20]
    before = weights(session)
    ground = opened(session).frozen.encoded
    touch(session, body, person)

    done = rank_changed(sessions)

    assert (done.remains, done.persons) == (1, 1)
    after = weights(session)
    mine = {pair for pair in after if pair[0] == body.id or pair[1] == person.id}
    assert len(mine) >= SHOWN
    assert {pair: after[pair] for pair in mine & before.keys()} == {
        pair: before[pair] for pair in mine & before.keys()
    }
    listed = scores(session)
    direct = {pair: ground.base + sum(after[pair].values()) for pair in mine}
    assert {p: listed[p] / matching.TO_LOG10 for p in mine} == pytest.approx(direct)
    assert after.keys() - mine <= before.keys()


def test_changed_remains_get_the_list_that_their_new_evidence_asks_for(world, session, sessions):
    body = world.graves[3]
    before = scores(session)
    body.profile.age_min, body.profile.age_max = 60.0, 66.0
    touch(session, body)

    rank_changed(sessions)

    first = max(scores(session, remains_id=body.id).items(), key=lambda each: each[1])[0][1]
    assert first != max((s, p) for (r, p), s in before.items() if r == body.id)[1]
    old = session.get(MissingPerson, first).reports[0].birth_from.year
    assert 1995 - old in range(50, 56)
    rows = session.scalars(sa.select(Candidate).filter_by(remains_id=body.id)).all()
    assert sum(row.posterior for row in rows) < 1
    stood = {row.missing_person_id: row.rank_before for row in rows}
    assert None in stood.values()
    left = session.scalars(sa.select(CandidateLeft).filter_by(remains_id=body.id)).all()
    assert {row.missing_person_id for row in left}.isdisjoint(stood)
    places = [place for place in stood.values() if place and place <= SHOWN]
    assert sorted(places + [row.rank_before for row in left]) == [*range(1, SHOWN + 1)]


def test_who_is_no_longer_sought_leaves_and_the_lists_are_filled_up(world, session, sessions):
    person, body = world.sought[10], world.graves[5]
    were_on = {pair[0] for pair in scores(session, missing_person_id=person.id)}
    assert were_on
    person.status = MissingPersonStatus.LOCATED_ALIVE
    body.voided_at = now()
    touch(session, person, body)

    rank_changed(sessions)

    found = scores(session)
    assert person.id not in {who for _, who in found}
    assert body.id not in {key for key, _ in found}
    for key in {each.id for each in world.graves} - {body.id}:
        assert sum(row == key for row, _ in found) >= SHOWN


def test_who_is_reported_now_comes_onto_the_lists(world, session, sessions):
    person = sought(world, 20)
    session.commit()

    rank_changed(sessions)

    found = scores(session, missing_person_id=person.id)
    twin = scores(session, missing_person_id=world.sought[20].id)
    assert found.keys()
    assert {r: s for (r, _), s in found.items()}.items() >= {
        r: s for (r, _), s in scores(session, missing_person_id=person.id).items()
    }.items()
    best = max(twin, key=lambda pair: twin[pair])[0]
    assert best in {key for key, _ in found}


def test_new_remains_get_a_list_in_which_nobody_is_new(world, session, sessions):
    body = world.remains(40, age_min=30.0, age_max=34.0)
    session.commit()

    rank_changed(sessions)

    rows = session.scalars(
        sa.select(Candidate).filter_by(remains_id=body.id).order_by(*BEST_FIRST)
    ).all()
    assert [row.rank_before for row in rows] == [*range(1, len(rows) + 1)]
    assert len(rows) >= SHOWN


def test_nothing_is_ranked_twice(world, session, sessions):
    touch(session, world.graves[0], world.sought[0])
    rank_changed(sessions)
    assert rank_changed(sessions) == Ranked()
    increments._held.clear()
    assert rank_changed(sessions) == Ranked()
    assert session.scalar(sa.select(sa.func.count(RankedChange.id))) == 2


def test_the_second_of_two_workers_looks_again(world, session, sessions):
    touch(session, world.graves[0])
    rank_changed(sessions)
    with sessions.transaction() as other:
        other.execute(sa.update(RankingRun).values(changes=RankingRun.changes + 1))
    touch(session, world.graves[1])
    held = increments._held[sessions.engine]
    known = held.changes

    assert rank_changed(sessions).remains == 1
    assert held.changes == known + 2


def test_much_that_changed_is_ranked_as_a_whole(world, session, sessions):
    touch(session, *world.sought[:10])
    assert rank_changed(sessions).persons == PERSONS
    runs = session.scalars(sa.select(RankingRun).order_by(RankingRun.id)).all()
    assert [run.reason for run in runs] == [RunReason.FIRST, RunReason.CHANGES]
    assert {run.state for run in runs} == {RunState.DONE}
    assert all(run.percent == 100 for run in runs)
    assert runs[-1].parameters["intercept"] == 0.0


def test_an_unlisted_pair_is_weighed_by_what_the_run_counted(world, session):
    body = world.graves[0]
    listed = {pair[1] for pair in scores(session, remains_id=body.id)}
    person = next(each for each in world.sought if each.id not in listed)
    ground = opened(session).frozen.encoded

    case = open_pairing(session, body, person, world.users["proposer"], today=TODAY)

    values = load_remains(session, [body.id]), load_persons(session, [person.id])
    parts = ground.parts_of_pair(values[0][0], values[1][0])
    told = {line.line: round(line.log10_lr / matching.TO_LOG10) for line in case.lines}
    assert told == dict(zip(matching.LINES, parts.tolist(), strict=True))
    assert case.rank is None

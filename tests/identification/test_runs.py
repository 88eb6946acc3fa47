"""Rankings of everything: asked for, cancelled, kept with what they were done with."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from caseman.database import now
from caseman.identification.codes import RunState
from caseman.identification.errors import ReconciliationError
from caseman.identification.models import Candidate, CandidateLeft, RankingRun
from caseman.identification.services import runs
from caseman.identification.services.candidates import Ranked, rank_all
from caseman.jobs.models import Job, JobState
from caseman.jobs.worker import MOST_ATTEMPTS, STALE, sweep, work_once
from caseman.permissions import Role
from caseman.reports.models import MissingPerson
from tests.identification.world import build

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def world(session):
    world = build(session)
    world.bodies = [world.remains(place) for place in (1, 2)]
    world.sought = [world.person(f"Person {place}") for place in range(25)]
    session.commit()
    return world


def states(session):
    session.rollback()
    found = session.scalars(sa.select(RankingRun.state).order_by(RankingRun.id)).all()
    session.rollback()  # a writing session keeps SQLite's lock while it lasts
    return found


def test_a_run_is_asked_for_once_and_done_by_the_worker(world, session, sessions):
    while work_once(sessions):
        pass
    assert states(session) == [RunState.DONE]
    run = runs.ask_run(session, world.users["proposer"])
    with pytest.raises(ReconciliationError):
        runs.ask_run(session, world.users["reviewer"])
    session.commit()

    while work_once(sessions):
        pass

    assert states(session) == [RunState.DONE, RunState.DONE]
    session.refresh(run)
    assert (run.remains, run.persons, run.percent) == (2, 25, 100)
    assert run.code_version.startswith("0.")
    with pytest.raises(ReconciliationError):
        runs.cancel_run(session, run, world.users["proposer"])


def test_a_cancelled_run_leaves_every_list_as_it_is(world, session, sessions, monkeypatch):
    rank_all(sessions)
    before = session.execute(sa.select(Candidate.id).order_by(Candidate.id)).all()
    waiting = runs.ask_run(session, world.users["proposer"])
    runs.cancel_run(session, waiting, world.users["reviewer"])
    session.commit()
    assert rank_all(sessions, run_id=waiting.id) == Ranked()

    monkeypatch.setattr(runs, "TOLD_EVERY", timedelta(0))
    ranking = runs.ask_run(session, world.users["proposer"])
    ranking.cancelled_by = world.users["reviewer"]
    session.commit()
    assert rank_all(sessions, run_id=ranking.id) == Ranked()

    assert states(session)[1:] == [RunState.CANCELLED, RunState.CANCELLED]
    assert session.execute(sa.select(Candidate.id).order_by(Candidate.id)).all() == before


def test_a_run_that_broke_off_says_so_and_may_be_taken_up(world, session, sessions):
    asked = runs.ask_run(session, world.users["proposer"]).id
    session.commit()
    with pytest.raises(OSError, match="full"), runs.running(runs.Telling(sessions, asked)):
        raise OSError("disk full")  # noqa: EM101, TRY003 - any failure of the machine
    assert states(session) == [RunState.FAILED]
    assert rank_all(sessions, run_id=asked).remains == 2
    assert states(session) == [RunState.DONE]


def test_reviewers_start_and_stop_a_ranking_and_administrators_see_no_case(
    world, session, sessions, client_as
):
    staff = {name: client_as(user=world.users[name]) for name in ("proposer", "decider")}
    session.rollback()
    page = staff["proposer"].get("/candidates/runs")
    assert "Nothing was ranked yet" in page.text
    answer = staff["proposer"].send("/candidates/runs")
    assert answer.status_code == 302
    assert "Cancel this ranking" in staff["proposer"].get(answer.location).text
    assert "Cancel this ranking" not in staff["decider"].get(answer.location).text
    assert staff["decider"].send(f"{answer.location}/cancel").status_code == 403
    assert staff["proposer"].send("/candidates/runs").status_code == 409
    assert staff["proposer"].send(f"{answer.location}/cancel").status_code == 302
    assert states(session) == [RunState.CANCELLED]
    assert client_as(Role.RECORDER).get("/candidates/runs").status_code == 403
    assert staff["proposer"].get(f"/candidates/runs/{2**70}").status_code == 404
    assert client_as(Role.ADMINISTRATOR).get(answer.location).status_code == 200


def test_a_list_says_who_is_new_who_rose_and_who_left(world, session, sessions, client_as):
    rank_all(sessions)
    reader, body = client_as(user=world.users["proposer"]), world.bodies[0]
    first = session.scalars(
        sa.select(Candidate)
        .filter_by(remains_id=body.id)
        .order_by(Candidate.log10_lr.desc(), Candidate.id)
    ).all()
    first[0].rank_before, first[1].rank_before, first[2].rank_before = 3, None, 1
    gone = session.get_one(MissingPerson, first[-1].missing_person_id)
    session.delete(first[-1])
    session.add(CandidateLeft(remains_id=body.id, missing_person_id=gone.id, rank_before=9))
    session.commit()

    page = reader.get(f"/candidates/remains/{body.number}").text

    for told in ("Risen from place 3", "New on the list", "Fallen from place 1", "at place 9"):
        assert page.count(told) == 1
    assert gone.name in page[page.index("No longer on the list") :]


@pytest.mark.parametrize(
    ("attempts", "after"), [(1, RunState.RUNNING), (MOST_ATTEMPTS, RunState.FAILED)]
)
def test_a_run_whose_worker_was_killed_blocks_no_other_for_ever(
    world, session, sessions, attempts, after
):
    run = runs.ask_run(session, world.users["proposer"])
    run.state = RunState.RUNNING
    killed = now() - STALE - timedelta(seconds=1)
    session.execute(
        sa.update(Job)
        .where(Job.kind == runs.RANK_ALL)
        .values(state=JobState.RUNNING, attempts=attempts, heartbeat=killed)
    )
    session.execute(sa.delete(Job).where(Job.kind != runs.RANK_ALL))
    session.commit()

    sweep(sessions)

    assert states(session) == [after]
    if after is RunState.FAILED:
        runs.ask_run(session, world.users["proposer"])

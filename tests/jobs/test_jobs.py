from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import text, update

from caseman.audit.recorder import WORKER
from caseman.database import now
from caseman.jobs import worker
from caseman.jobs.models import Job, JobState
from caseman.jobs.queue import enqueue
from caseman.jobs.registry import job, long_job
from caseman.jobs.worker import STALE, sweep, work_once


@pytest.fixture
def done():
    """What the handlers of a test did, in order."""
    return []


@pytest.fixture
def rank(done):
    @job("rank")
    def handler(session, payload):
        done.append(payload["remains"])

    return handler


def queue(sessions, remains, key=None):
    with sessions.transaction() as session:
        enqueue(session, "rank", {"remains": remains}, key)


def make_due(sessions):
    with sessions.transaction() as session:
        session.execute(update(Job).values(not_before=now()))


def test_a_job_exists_only_if_the_change_it_follows_does(sessions, jobs):
    with sessions.write() as session:
        enqueue(session, "rank", {"remains": 1})
        session.rollback()
    assert jobs() == []


def test_jobs_are_done_in_order_and_once(sessions, rank, done, jobs):
    for remains in (1, 2):
        queue(sessions, remains)

    assert [work_once(sessions) for _ in range(3)] == [True, True, False]
    assert done == [1, 2]
    assert [each.state for each in jobs()] == [JobState.DONE, JobState.DONE]


def test_a_waiting_job_serves_everybody_who_asks_for_the_same(sessions, rank, done):
    for _ in range(3):
        queue(sessions, 7, key="rank:7")
    queue(sessions, 8, key="rank:8")

    while work_once(sessions):
        pass
    assert done == [7, 8]


def test_a_change_during_the_work_is_worked_on_again(sessions, done):
    @long_job("rank")
    def handler(own, payload):
        done.append(payload["remains"])
        if len(done) == 1:
            queue(own, 7, key="rank:7")

    queue(sessions, 7, key="rank:7")
    while work_once(sessions):
        pass
    assert done == [7, 7]


def test_a_failed_job_leaves_nothing_and_is_tried_again_later(sessions, jobs, done):
    @job("rank")
    def handler(session, payload):
        done.append("tried")
        enqueue(session, "rank", {"remains": 99})
        if len(done) == 1:
            message = "the witness is called Layla"
            raise ValueError(message)

    queue(sessions, 1)
    assert work_once(sessions)
    (failed,) = jobs()
    assert failed.state is JobState.QUEUED
    assert failed.not_before > now() + timedelta(seconds=5)
    assert failed.error.startswith("ValueError at ")
    assert "Layla" not in failed.error
    assert not work_once(sessions)

    make_due(sessions)
    assert work_once(sessions)
    assert [each.state for each in jobs()] == [JobState.DONE, JobState.QUEUED]


def test_a_job_that_always_fails_waits_for_a_person(sessions, jobs):
    queue(sessions, 1)
    for _ in range(worker.MOST_ATTEMPTS):
        make_due(sessions)
        assert work_once(sessions)

    assert jobs()[0].state is JobState.FAILED
    assert jobs()[0].error.startswith("UnknownJobError")


def test_the_job_of_a_killed_worker_is_taken_up_again(sessions, rank, done, jobs):
    queue(sessions, 1, key="rank:1")
    assert worker._claim(sessions) is not None
    sweep(sessions)
    assert jobs()[0].state is JobState.RUNNING, "a worker that is only slow keeps its job"

    with sessions.transaction() as session:
        session.execute(update(Job).values(heartbeat=now() - STALE - timedelta(seconds=1)))
    sweep(sessions)
    make_due(sessions)
    assert work_once(sessions)
    assert done == [1]


def test_a_worker_that_lost_its_job_changes_nothing(sessions, jobs):
    @job("rank")
    def handler(session, payload):
        enqueue(session, "late", {})

    queue(sessions, 1)
    claim = worker._claim(sessions)
    with sessions.transaction() as session:
        session.execute(update(Job).values(attempts=2))

    with pytest.raises(worker.ClaimLostError):
        worker._do(sessions, claim)
    assert [each.kind for each in jobs()] == ["rank"]


def test_a_failed_job_gives_way_to_a_newer_one(sessions, jobs):
    @long_job("rank")
    def handler(own, payload):
        queue(own, 7, key="rank:7")
        raise OSError

    queue(sessions, 7, key="rank:7")
    assert work_once(sessions)
    assert [each.state for each in jobs()] == [JobState.SUPERSEDED, JobState.QUEUED]


def test_several_workers_share_the_jobs_without_doing_one_twice(sessions, rank, done):
    for remains in range(12):
        queue(sessions, remains)

    def until_empty():
        while work_once(sessions):
            pass

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(until_empty) for _ in range(4)]:
            future.result()
    while work_once(sessions):
        pass
    assert sorted(done) == list(range(12))


def test_the_worker_signs_what_it_changes(sessions, done):
    @job("rank")
    def handler(session, payload):
        done.append(session.info["actor"])

    queue(sessions, 1)
    work_once(sessions)
    assert done == [WORKER]


def test_the_worker_outlives_a_database_that_is_away(sessions, rank, done, monkeypatch):
    breaks = {
        "sqlite": "SELECT away",
        "postgresql": "SELECT pg_terminate_backend(pg_backend_pid())",
    }
    stop = Event()

    def break_once(session):
        monkeypatch.setattr(worker, "SWEEPS", [lambda _session: stop.set()])
        session.execute(text(breaks[session.get_bind().dialect.name]))

    monkeypatch.setattr(worker, "SWEEPS", [break_once])
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0.01)
    queue(sessions, 1)
    worker.work(sessions, stop)
    assert done == [1]


def test_old_jobs_are_forgotten_but_not_failed_ones(sessions, rank, jobs):
    queue(sessions, 1)
    work_once(sessions)
    with sessions.transaction() as session:
        session.add(Job(kind="x", payload={}, state=JobState.FAILED))
        session.execute(update(Job).values(finished_at=now() - timedelta(days=8)))
    sweep(sessions)
    assert [each.kind for each in jobs()] == ["x"]

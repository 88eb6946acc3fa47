"""Takes jobs from the table and does them, one at a time; run more processes for more at a time."""

import logging
import traceback
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, aliased

from caseman.audit.recorder import WORKER
from caseman.database import Sessions, now, take_stock
from caseman.jobs.models import Job, JobState
from caseman.jobs.registry import INTERRUPTED, LONG, SHORT, SWEEPS

BEAT = timedelta(seconds=15)
STALE = timedelta(minutes=5)
FIRST_DELAY = timedelta(seconds=10)
MOST_ATTEMPTS = 8
"""With delays doubling from ten seconds, the last try comes twenty minutes after the first."""
KEPT = timedelta(days=7)
SWEEP_EVERY = timedelta(minutes=1)
STOCK_EVERY = timedelta(hours=6)
PAUSE_SECONDS = 1.0

logger = logging.getLogger("caseman.jobs")


class ClaimLostError(RuntimeError):
    """Another worker took the job up, because this one had been silent for too long."""


class UnknownJobError(LookupError):
    """No handler is registered for this kind of job."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job as one worker holds it; ``attempt`` tells its hold from any later one."""

    id: int
    kind: str
    payload: dict[str, Any]
    attempt: int


def work_once(sessions: Sessions) -> bool:
    """Do one waiting job; say whether there was one."""
    acting = Sessions(sessions.engine, sessions.info | {"actor": WORKER})
    claim = _claim(acting)
    if claim is None:
        return False
    # The future keeps whatever the handler raises: a worker must outlive any handler.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="job") as thread:
        future = thread.submit(_do, acting, claim)
        _wait_beating(acting, claim, future)
    if error := future.exception():
        _put_back(acting, claim, error)
    return True


def work(sessions: Sessions, stop: Event) -> None:
    """Do jobs until ``stop`` is set; the job in hand is finished first."""
    next_sweep = next_stock = now()
    while not stop.is_set():
        try:
            if now() >= next_sweep:
                sweep(sessions)
                next_sweep = now() + SWEEP_EVERY
            if now() >= next_stock:
                take_stock(sessions.engine)
                next_stock = now() + STOCK_EVERY
            is_idle = not work_once(sessions)
        except OperationalError:  # the database restarts, or is busy for long: it comes back
            logger.warning("the database cannot be reached")
            is_idle = True
        if is_idle:
            stop.wait(PAUSE_SECONDS)


def sweep(sessions: Sessions) -> None:
    """Queue the jobs of workers that were killed, and delete what is old."""
    with sessions.transaction(actor=WORKER) as session:
        silent = sa.select(Job).where(Job.state == JobState.RUNNING, Job.heartbeat < now() - STALE)
        for job in session.scalars(silent.with_for_update(skip_locked=True)):
            _retry(session, job, "the worker stopped")
        over = (JobState.DONE, JobState.SUPERSEDED)
        session.execute(sa.delete(Job).where(Job.state.in_(over), Job.finished_at < now() - KEPT))
        for tidy in SWEEPS:
            tidy(session)


def _claim(sessions: Sessions) -> Claim | None:
    waiting = (
        sa.select(Job)
        .where(Job.state == JobState.QUEUED, Job.not_before <= now())
        .order_by(Job.not_before, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if not _any_waiting(sessions):
        return None
    with sessions.transaction() as session:
        job = session.scalar(waiting)
        if job is None:
            return None
        job.state = JobState.RUNNING
        job.attempts += 1
        job.heartbeat = now()
        return Claim(job.id, job.kind, job.payload, job.attempts)


def _any_waiting(sessions: Sessions) -> bool:
    """Look without taking SQLite's write lock, which an idle worker must not do every second."""
    waiting = sa.select(Job.id).where(Job.state == JobState.QUEUED, Job.not_before <= now())
    with sessions.read() as session:
        return session.scalar(waiting.limit(1)) is not None


def _do(sessions: Sessions, claim: Claim) -> None:
    if long_handler := LONG.get(claim.kind):
        long_handler(sessions, claim.payload)
        with sessions.transaction() as session:
            _finish(session, claim)
        return
    short_handler = SHORT.get(claim.kind)
    if short_handler is None:
        raise UnknownJobError(claim.kind)
    with sessions.transaction() as session:
        short_handler(session, claim.payload)
        _finish(session, claim)


def _wait_beating(sessions: Sessions, claim: Claim, future: Future[None]) -> None:
    while not wait([future], timeout=BEAT.total_seconds()).done:
        # A short job holds SQLite's write lock, so a beat would only wait for it.
        if claim.kind in LONG:
            with sessions.transaction() as session:
                _update(session, claim, heartbeat=now())


def _finish(session: Session, claim: Claim) -> None:
    if not _update(session, claim, state=JobState.DONE, finished_at=now(), error=""):
        raise ClaimLostError(claim.kind)


def _update(session: Session, claim: Claim, **values: object) -> bool:
    held = (
        Job.id == claim.id, Job.attempts == claim.attempt, Job.state == JobState.RUNNING
    )  # fmt: skip
    result = session.execute(sa.update(Job).where(*held).values(values))
    assert isinstance(result, CursorResult)  # noqa: S101 - an UPDATE gives one
    return result.rowcount == 1


def _put_back(sessions: Sessions, claim: Claim, error: BaseException) -> None:
    place = traceback.extract_tb(error.__traceback__)[-1]
    reason = f"{type(error).__qualname__} at {place.filename}:{place.lineno}"
    logger.warning(
        "job failed", extra={"fields": {"job": claim.id, "kind": claim.kind, "failure": reason}}
    )
    with sessions.transaction() as session:
        job = session.get(Job, claim.id, with_for_update=True)
        if job and job.state is JobState.RUNNING and job.attempts == claim.attempt:
            _retry(session, job, reason)


def _retry(session: Session, job: Job, reason: str) -> None:
    job.error = reason[:500]
    job.heartbeat = None
    if job.attempts >= MOST_ATTEMPTS:
        job.state, job.finished_at = JobState.FAILED, now()
    elif _has_successor(session, job):
        job.state, job.finished_at = JobState.SUPERSEDED, now()
    else:
        job.state = JobState.QUEUED
        job.not_before = now() + FIRST_DELAY * 2 ** (job.attempts - 1)
    session.flush()
    if tell := INTERRUPTED.get(job.kind):
        tell(session, job.payload, job.state is not JobState.QUEUED)


def _has_successor(session: Session, job: Job) -> bool:
    if job.unique_key is None:
        return False
    other = aliased(Job)
    waiting = sa.select(other.id).where(
        other.unique_key == job.unique_key, other.state == JobState.QUEUED
    )
    return session.scalar(waiting.limit(1).with_for_update()) is not None

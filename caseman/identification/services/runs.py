"""Rankings of everything: asked for, told how far they are, cancelled, finished."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.audit.codes import Action
from caseman.audit.recorder import WORKER, note_act
from caseman.coding import N_
from caseman.database import Sessions, now
from caseman.identification.codes import RunReason, RunState
from caseman.identification.errors import ReconciliationError
from caseman.identification.models import RankingRun
from caseman.identification.queries.runs import open_run
from caseman.identification.services.frozen import code_version
from caseman.jobs.queue import enqueue

RANK_ALL = "rank_all"
"""The kind of the background job."""

TOLD_EVERY = timedelta(seconds=2)


class RunCancelledError(RuntimeError):
    """Somebody cancelled the run while it was ranking."""


def ask_run(session: Session, asker: User) -> RankingRun:
    """Have everything ranked; the audit trail keeps who asked.

    Raises ``ReconciliationError`` where a run waits or is under way already.
    """
    if open_run(session) is not None:
        raise ReconciliationError(N_("A ranking of everything waits or runs already."))
    run = RankingRun(reason=RunReason.ASKED, asked_by=asker)
    session.add(run)
    session.flush()
    enqueue(session, RANK_ALL, {"run": run.id}, unique_key=RANK_ALL)
    note_act(session, Action.OPERATE, "rank-all")
    return run


def cancel_run(session: Session, run: RankingRun, canceller: User) -> None:
    """Cancel a run: at once where it waits, within seconds where it ranks.

    Lists are written to the end: half of them from one run and half from another help nobody.
    Raises ``ReconciliationError`` where that has begun.
    """
    if not run.is_open or (run.remains and run.done >= run.remains):
        raise ReconciliationError(N_("Its lists are written; it cannot be cancelled any more."))
    run.cancelled_by = canceller
    if run.state is RunState.WAITING:
        run.state, run.finished_at = RunState.CANCELLED, now()
    note_act(session, Action.OPERATE, "cancel-rank-all")
    session.flush()


def waiting_run(sessions: Sessions, run_id: int | None, reason: RunReason) -> int | None:
    """Return the run to be done, made where nobody asked for one; None where it was cancelled."""
    with sessions.transaction(actor=WORKER) as session:
        run = _asked(session, run_id)
        if run is None:
            run = RankingRun(reason=reason)
            session.add(run)
        if run.state in {RunState.CANCELLED, RunState.DONE}:
            return None
        session.flush()
        return run.id


def _asked(session: Session, run_id: int | None) -> RankingRun | None:
    if run_id is not None:
        return session.get(RankingRun, run_id)
    waiting = sa.select(RankingRun).where(RankingRun.state == RunState.WAITING)
    return session.scalar(waiting.order_by(RankingRun.id.desc()).limit(1))


class Telling:
    """Writes down every two seconds how far a run is, and hears whether it was cancelled."""

    def __init__(self, sessions: Sessions, run_id: int) -> None:
        self._sessions = sessions
        self._run_id = run_id
        self._told_at = now()

    def ranked(self, done: int, _of_all: int) -> None:
        """Take note of remains ranked; raises ``RunCancelledError``."""
        if now() - self._told_at > TOLD_EVERY:
            self.write(done=done)
            with self._sessions.read() as session:
                run = session.get_one(RankingRun, self._run_id)
                if run.cancelled_by_id is not None:
                    raise RunCancelledError

    def listed(self, done: int, of_all: int) -> None:
        """Take note of lists written, after ``of_all`` remains were ranked."""
        if now() - self._told_at > TOLD_EVERY:
            self.write(done=of_all + done)

    def write(self, **values: object) -> None:
        """Write ``values`` into the run's row."""
        with self._sessions.transaction(actor=WORKER) as session:
            own = sa.update(RankingRun).where(RankingRun.id == self._run_id)
            session.execute(own.values(values))
        self._told_at = now()


@contextmanager
def running(telling: Telling) -> Iterator[None]:
    """Say that a run began, and how it ended where it was not finished."""
    telling.write(
        state=RunState.RUNNING,
        done=0,
        code_version=code_version(),
    )
    ended = RunState.FAILED
    try:
        yield
        ended = RunState.DONE
    except RunCancelledError:
        ended = RunState.CANCELLED
    finally:
        telling.write(state=ended, finished_at=now())

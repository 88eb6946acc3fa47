"""Counts tries in the database, so that several workers share one count (security.md, 0.6).

Count first, in a transaction of its own, and only then hash or look anything up: a refused try
must cost nothing and must be counted even when the request fails.
"""

import hashlib
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.database import Sessions, now
from caseman.jobs.registry import at_each_sweep
from caseman.web import unit_of_work
from caseman.web.models import Attempt

LONGEST_WINDOW = timedelta(days=1)


class CountedTooLateError(RuntimeError):
    """The request's own transaction is open, which on SQLite would wait for itself."""


def allow(sessions: Sessions, key: str, *, limit: int, window: timedelta) -> bool:
    """Count a try of ``key``; say whether fewer than ``limit`` were allowed in ``window`` before.

    Only allowed tries are counted, so that whoever keeps trying does not lock the door for good.
    """
    if window > LONGEST_WINDOW:
        message = "tries are remembered for one day"
        raise ValueError(message)
    if unit_of_work.is_open():
        raise CountedTooLateError
    digest = _digest(key)
    with sessions.transaction() as session:
        _one_at_a_time(session, digest)
        recent = sa.select(sa.func.count()).where(
            Attempt.key_digest == digest, Attempt.at > now() - window
        )
        if session.scalar(recent) >= limit:  # type: ignore[operator] # a count is never None
            return False
        session.add(Attempt(key_digest=digest))
    return True


def forget(session: Session, key: str) -> None:
    """Start the count of ``key`` anew, in the transaction of the success that earns it."""
    session.execute(sa.delete(Attempt).where(Attempt.key_digest == _digest(key)))


@at_each_sweep
def forget_old(session: Session) -> None:
    """Delete tries that no window reaches any more."""
    session.execute(sa.delete(Attempt).where(Attempt.at < now() - LONGEST_WINDOW))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _one_at_a_time(session: Session, digest: str) -> None:
    """Let nobody else count this key meanwhile; SQLite's write lock does it already."""
    if session.get_bind().dialect.name == "postgresql":
        lock = int(digest[:15], 16)
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))

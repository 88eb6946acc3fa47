"""Which function does which kind of job."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from caseman.database import Sessions

Payload = dict[str, Any]
ShortHandler = Callable[[Session, Payload], None]
LongHandler = Callable[[Sessions, Payload], None]
Interrupted = Callable[[Session, Payload, bool], None]

SHORT: dict[str, ShortHandler] = {}
LONG: dict[str, LongHandler] = {}
INTERRUPTED: dict[str, Interrupted] = {}
SWEEPS: list[Callable[[Session], None]] = []
CATCHING_UP: list[Callable[[Session], None]] = []


def at_each_sweep(tidy: Callable[[Session], None]) -> Callable[[Session], None]:
    """Register what the worker does every minute in one short transaction: deleting what is old."""
    SWEEPS.append(tidy)
    return tidy


def after_upgrade(catch_up: Callable[[Session], None]) -> Callable[[Session], None]:
    """Register what `caseman migrate` does to old rows for a column that follows from others.

    A migration itself must not fill a column of an audited table: without an entry in the trail
    the row would count as altered. Run after every upgrade, so it must find what is still to do.
    """
    CATCHING_UP.append(catch_up)
    return catch_up


@dataclass(frozen=True, slots=True)
class job:  # noqa: N801 - used as a decorator
    """Register a handler that runs in one transaction together with the end of its job.

    On SQLite it holds the write lock all that time: a second, not a minute.
    """

    kind: str

    def __call__(self, handler: ShortHandler) -> ShortHandler:
        SHORT[self.kind] = handler
        return handler


@dataclass(frozen=True, slots=True)
class long_job:  # noqa: N801 - used as a decorator
    """Register a handler that opens its own sessions: read, compute without a lock, then write.

    It may run twice (a killed worker's job is taken up again), so it must be idempotent.
    """

    kind: str

    def __call__(self, handler: LongHandler) -> LongHandler:
        LONG[self.kind] = handler
        return handler


@dataclass(frozen=True, slots=True)
class when_interrupted:  # noqa: N801 - used as a decorator
    """Register what is done when a job of a kind failed, or its worker was killed.

    Given the session, the payload and whether the job is over: it will not be tried again.
    """

    kind: str

    def __call__(self, handler: Interrupted) -> Interrupted:
        INTERRUPTED[self.kind] = handler
        return handler

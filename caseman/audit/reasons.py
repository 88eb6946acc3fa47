"""Why something is changed: the reason that the trail keeps beside the change."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session


@contextmanager
def because(session: Session, reason: str) -> Iterator[None]:
    """Record what is changed within as done for ``reason``; it is flushed at the end."""
    session.flush()
    before = session.info.get("reason", "")
    session.info["reason"] = reason
    try:
        yield
        session.flush()
    finally:
        session.info["reason"] = before

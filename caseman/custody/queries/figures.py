"""What of custody waits for somebody: the figures of the start page."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from caseman.custody.codes import Standing
from caseman.custody.queries.exhibits import ExhibitFilter, filtered, how_many_exhibits
from caseman.custody.queries.transfers import disagreeing, how_many, waiting
from caseman.permissions import Scope


@dataclass(frozen=True, slots=True)
class Open:
    """Counts within the reader's scope, each at most a thousand."""

    waiting: int
    disagreeing: int
    missing: int


def still_open(session: Session, scope: Scope) -> Open:
    """Return what nobody received, what does not agree, and what is missing."""
    missing = filtered(scope, ExhibitFilter(standing=Standing.MISSING))
    return Open(
        waiting=how_many(session, scope, waiting()),
        disagreeing=how_many(session, scope, disagreeing()),
        missing=how_many_exhibits(session, missing),
    )

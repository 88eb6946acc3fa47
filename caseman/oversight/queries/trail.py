"""Reads of the audit trail: what was done, and who opened what.

These pages are for those who watch over everybody's work, so no scope narrows them; that is what
their permissions say (AUDIT_READ, ACCESS_READ), and no case role holds these.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.queries import user_named
from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry

LOOKS = frozenset({Action.READ, Action.LIST, Action.EXPORT, Action.PRINT})
"""What leaves every record as it was, but lets somebody know of it."""
DEEDS = frozenset(Action) - LOOKS
MOST_OF_ONE_RECORD = 500


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What a list of entries is narrowed to."""

    who: str = ""
    action: Action | None = None
    table: str = ""
    number: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def active(self) -> int:
        """How many filters are set."""
        return sum(
            value not in ("", None)
            for value in (
                self.who, self.action, self.table, self.number, self.since, self.until
            )
        )  # fmt: skip


def conditions(
    session: Session, actions: frozenset[Action], wanted: TrailFilter
) -> Iterator[sa.ColumnElement[bool]]:
    """Yield what entries must fit that have one of ``actions`` and fit ``wanted``."""
    chosen = actions if wanted.action is None else actions & {wanted.action}
    yield AuditEntry.action.in_(sorted(chosen))
    if wanted.who:
        yield _by(session, wanted.who)
    if wanted.table:
        yield AuditEntry.table_name == wanted.table
    if wanted.number:
        yield AuditEntry.subject == wanted.number
    if wanted.since is not None:
        yield AuditEntry.at >= _midnight(wanted.since)
    if wanted.until is not None:
        yield AuditEntry.at < _midnight(wanted.until + timedelta(days=1))


def _by(session: Session, who: str) -> sa.ColumnElement[bool]:
    """Name an account, or a part of the program such as the worker."""
    user = user_named(session, who)
    return AuditEntry.actor_name == who if user is None else AuditEntry.actor_id == user.id


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def entry_by_seq(session: Session, seq: int) -> AuditEntry | None:
    """Return the entry at this place of the chain."""
    return session.scalar(sa.select(AuditEntry).where(AuditEntry.seq == seq))


def history_of_row(session: Session, table: str, row_id: int) -> Sequence[AuditEntry]:
    """Return the newest entries about one row, reads included."""
    statement = sa.select(AuditEntry).where(
        AuditEntry.table_name == table, AuditEntry.row_id == row_id
    )
    return _newest(session, statement)


def history_of_number(session: Session, number: str) -> Sequence[AuditEntry]:
    """Return the newest changes of everything that goes by ``number``."""
    statement = sa.select(AuditEntry).where(
        AuditEntry.subject == number, AuditEntry.action.in_(sorted(DEEDS))
    )
    return _newest(session, statement)


def _newest(session: Session, statement: sa.Select[AuditEntry]) -> Sequence[AuditEntry]:
    newest = statement.order_by(AuditEntry.seq.desc()).limit(MOST_OF_ONE_RECORD)
    return session.scalars(newest).all()

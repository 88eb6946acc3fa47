"""Reads of the audit trail: what was done, and who opened what.

These pages are for those who watch over everybody's work, so no scope narrows them; that is what
their permissions say (AUDIT_READ, ACCESS_READ), and no case role holds these.
"""

from collections.abc import Sequence
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


def entries(
    session: Session, actions: frozenset[Action], wanted: TrailFilter
) -> sa.Select[AuditEntry]:
    """Return the selection of the entries with one of ``actions`` that fit ``wanted``."""
    chosen = actions if wanted.action is None else actions & {wanted.action}
    statement = sa.select(AuditEntry).where(AuditEntry.action.in_(sorted(chosen)))
    if wanted.who:
        statement = statement.where(_by(session, wanted.who))
    if wanted.table:
        statement = statement.where(AuditEntry.table_name == wanted.table)
    if wanted.number:
        statement = statement.where(AuditEntry.subject == wanted.number)
    return _within_period(statement, wanted.since, wanted.until)


def _by(session: Session, who: str) -> sa.ColumnElement[bool]:
    """Name an account, or a part of the program such as the worker."""
    user = user_named(session, who)
    return AuditEntry.actor_name == who if user is None else AuditEntry.actor_id == user.id


def _within_period(
    statement: sa.Select[AuditEntry], since: date | None, until: date | None
) -> sa.Select[AuditEntry]:
    if since is not None:
        statement = statement.where(AuditEntry.at >= _midnight(since))
    if until is not None:
        statement = statement.where(AuditEntry.at < _midnight(until + timedelta(days=1)))
    return statement


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

"""Takes records out: counted against an hourly budget, and on record before they leave.

Whoever wants to carry everything away before leaving is stopped after a thousand records, and the
auditor reads of it after three hundred (security.md, AB5).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.audit.chain import lock_head
from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.audit.recorder import Note, append
from caseman.database import now
from caseman.exchange.exports.tables import EXPORTS, ExportKind, FileFormat, Narrowing
from caseman.permissions import Scope

MOST_AN_HOUR: Final = 1_000
NOTED_AFTER: Final = 300
HOUR: Final = timedelta(hours=1)
SHORTEST_PURPOSE: Final = 10
LARGE: Final = "large-export"
"""Subject of the entry by which the auditor finds large exports."""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants to take out, and for what."""

    kind: ExportKind
    file: FileFormat
    purpose: str
    wanted: Narrowing


@dataclass(frozen=True, slots=True)
class Entry:
    """What the trail keeps of an export besides how many records it holds."""

    subject: str
    purpose: str
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Granted:
    """The rows that may leave; an entry of the trail names them already."""

    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Refused:
    """More records than are left of the hour's budget; that it was asked for is on record."""

    asked: int
    left: int


def export(session: Session, scope: Scope, request: Request) -> Granted | Refused:
    """Return the rows of ``request``, or that they are too many; commit in either case."""
    lock_head(session)  # nobody else exports meanwhile: two halves must not pass as one each
    statement = EXPORTS[request.kind].statement(scope, request.wanted)
    asked = session.scalar(sa.select(sa.func.count()).select_from(statement.subquery())) or 0
    told = {"file": request.file, "filter": request.wanted.as_words()}
    refused = charge(session, scope, asked, Entry(f"export:{request.kind}", request.purpose, told))
    if refused is not None:
        return refused
    rows = session.execute(statement.limit(asked))
    return Granted([tuple(row) for row in rows])


def charge(session: Session, scope: Scope, asked: int, entry: Entry) -> Refused | None:
    """Take so many records from the hour's budget, on record; refuse where fewer are left."""
    lock_head(session)
    spent = _spent(session, scope)
    left = max(0, MOST_AN_HOUR - spent)
    if asked > left:
        _note(session, Action.REFUSED, entry, asked)
        return Refused(asked, left)
    _note(session, Action.EXPORT, entry, asked)
    if spent + asked > NOTED_AFTER:
        told = {**entry.told, "total": spent + asked}
        _note(session, Action.EXPORT, Entry(LARGE, entry.purpose, told), 0)
    return None


def _spent(session: Session, scope: Scope) -> int:
    """Return how many records the reader has taken out within the last hour."""
    changes = session.scalars(
        sa.select(AuditEntry.changes).where(
            AuditEntry.actor_id == scope.user_id,
            AuditEntry.action == Action.EXPORT,
            AuditEntry.at > now() - HOUR,
        )
    )
    return sum(int(each.get("rows", [None, 0])[1]) for each in changes)


def _note(session: Session, action: Action, entry: Entry, rows: int) -> None:
    changes = {name: [None, value] for name, value in {"rows": rows, **entry.told}.items()}
    append(session, [Note(action, subject=entry.subject, changes=changes)], reason=entry.purpose)

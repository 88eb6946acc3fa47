"""Writes one audit entry for each changed ``Audited`` row, in the flush that changes it.

If the entry cannot be written, neither is the change: both belong to one transaction.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, PassiveFlag, Session, UOWTransaction

from caseman.audit.chain import canonical, entry_mac, lock_head, row_digest
from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.database import now

HIDDEN = "changed"
"""What the trail shows instead of a password hash or a second factor's secret."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts in a session: an account, or a named part of the program."""

    name: str
    user_id: int | None = None


OPERATOR = Actor("operator")
WORKER = Actor("worker")
PUBLIC = Actor("public form")


class BulkChangeError(RuntimeError):
    """A bulk statement on audited rows would leave no trace."""


class Audited:
    """Mix into a model whose every change must be recorded."""

    audit_secrets: ClassVar[frozenset[str]] = frozenset()
    """Columns whose values the trail never shows."""

    @property
    def audit_subject(self) -> str:
        """The number people know the record by; a part of a record names its record's."""
        return str(getattr(self, "number", ""))


@dataclass(frozen=True, slots=True)
class Note:
    """An entry still without its place in the chain."""

    action: Action
    table_name: str = ""
    row_id: int | None = None
    subject: str = ""
    changes: Mapping[str, Any] | None = None
    row_digest: str = ""


@event.listens_for(Audited, "attribute_instrument", propagate=True)
def keep_old_values(_cls: type, _key: str, attribute: Any) -> None:  # noqa: ANN401 - SQLAlchemy's
    """Load the old value of an expired attribute before it is replaced."""
    if hasattr(attribute, "impl"):
        attribute.impl.active_history = True


@event.listens_for(Session, "do_orm_execute")
def refuse_bulk_changes(state: ORMExecuteState) -> None:
    """Refuse bulk INSERT, UPDATE and DELETE on audited rows."""
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    mapper = state.bind_mapper
    if mapper is not None and issubclass(mapper.class_, Audited):
        raise BulkChangeError(mapper.class_.__name__)


@event.listens_for(Session, "after_flush")
def record_changes(session: Session, _context: UOWTransaction) -> None:
    """Append an entry for each audited row of this flush."""
    key = session.info.get("audit_key")
    notes = list(_notes(session, key)) if key else []
    if notes:
        append(session, notes)


def _notes(session: Session, key: bytes) -> Iterator[Note]:
    for action, rows in (
        (Action.CREATE, session.new),
        (Action.UPDATE, session.dirty),
        (Action.DELETE, session.deleted),
    ):
        for row in _in_order(rows):
            if changes := _diff(row, action):
                values = stored_values(row, created=action is Action.CREATE)
                table = cast("sa.Table", sa.inspect(type(row)).local_table)
                yield Note(
                    action=action,
                    table_name=table.name,
                    row_id=cast("Any", row).id,
                    subject=row.audit_subject,
                    changes=changes,
                    row_digest=""
                    if action is Action.DELETE
                    else row_digest(key, table.name, values),
                )


def _in_order(rows: Iterable[object]) -> list[Audited]:
    audited = [row for row in rows if isinstance(row, Audited)]
    return sorted(audited, key=lambda row: (type(row).__name__, cast("Any", row).id))


def _diff(row: Audited, action: Action) -> dict[str, list[Any]]:
    state: Any = sa.inspect(row)
    changed: dict[str, list[Any]] = {}
    for attribute in state.mapper.column_attrs:
        old, new = (canonical(value) for value in _before_and_after(state, attribute.key, action))
        if old != new:
            secret = attribute.key in row.audit_secrets
            changed[attribute.key] = [HIDDEN] * 2 if secret else [old, new]
    return changed


def _before_and_after(state: Any, key: str, action: Action) -> tuple[Any, Any]:  # noqa: ANN401
    value = state.dict.get(key)
    if action is Action.CREATE:  # no history to look up: most rows of an import end here
        return None, value
    if action is Action.DELETE:
        return value, None
    history = state.get_history(key, PassiveFlag.PASSIVE_NO_INITIALIZE)
    if not history.has_changes():
        return None, None
    return next(iter(history.deleted or ()), None), next(iter(history.added or ()), None)


def stored_values(row: object, *, created: bool = False) -> dict[str, Any]:
    """Return the row's column values that are not NULL, by column name, as the digest takes them.

    NULLs are left out so that a migration which adds an empty column breaks no digest.
    """
    state: Any = sa.inspect(row)
    values: dict[str, Any] = {}
    for attribute in state.mapper.column_attrs:
        column = attribute.columns[0]
        value = state.dict.get(attribute.key) if created else getattr(row, attribute.key)
        if value is not None:
            values[column.name] = by_type(column, value)
    return values


def by_type(column: sa.ColumnElement[Any], value: object) -> object:
    """Return ``value`` as the column gives it back, so that 5 in a float column is 5.0."""
    if isinstance(column.type, sa.Float):
        return float(cast("float", value)) + 0.0  # SQLite stores -0.0 as 0.0
    if isinstance(column.type, sa.Boolean):
        return bool(value)
    return value


def append(session: Session, notes: Iterable[Note], *, reason: str | None = None) -> None:
    """Append ``notes`` to the chain within the session's transaction."""
    actor: Actor = session.info.get("actor", OPERATOR)
    key: bytes = session.info["audit_key"]
    at = now()
    seq, previous = lock_head(session)
    rows = []
    for note in notes:
        seq += 1
        fields = {
            "seq": seq,
            "at": at,
            "actor_id": actor.user_id,
            "actor_name": actor.name,
            "action": note.action,
            "table_name": note.table_name,
            "row_id": note.row_id,
            "subject": note.subject,
            "reason": session.info.get("reason", "") if reason is None else reason,
            "changes": dict(note.changes or {}),
            "row_digest": note.row_digest,
        }
        previous = entry_mac(key, previous, fields)
        rows.append({**fields, "mac": previous})
    session.connection().execute(sa.insert(cast("sa.Table", AuditEntry.__table__)), rows)


def note_read(session: Session, row: Audited, reason: str = "") -> None:
    """Record that ``row`` was opened, and why where the reader had to say so."""
    table = cast("sa.Table", sa.inspect(type(row)).local_table)
    note = Note(Action.READ, table.name, cast("Any", row).id, row.audit_subject)
    append(session, [note], reason=reason)


def note_act(session: Session, action: Action, subject: str, reason: str = "") -> None:
    """Record an act that changes no audited row: an export, a sign-in, a command."""
    append(session, [Note(action, subject=subject)], reason=reason)

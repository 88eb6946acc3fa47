"""An entry of the trail in words: what was changed, from what, to what."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.audit.recorder import HIDDEN
from caseman.coding import Absence, Code
from caseman.database import Base, UtcDateTime
from caseman.oversight.labels import COLUMNS, TABLES
from caseman.web.filters import NOTHING, day, moment, number
from caseman.web.words import gettext as _

LONGEST = 600
"""Characters of one value that are shown; the rest stays in the trail."""


@dataclass(frozen=True, slots=True)
class Change:
    """One column of an entry; without ``before`` and ``after`` only ``note`` may be told."""

    label: str
    before: str = ""
    after: str = ""
    note: str = ""


def table_name(table: str) -> str:
    """Return what the rows of ``table`` are called."""
    return _(TABLES[table]) if table in TABLES else table.replace("_", " ")


def column_name(column: str) -> str:
    """Return what ``column`` is called."""
    return _(COLUMNS[column]) if column in COLUMNS else column.replace("_", " ")


def changes_of(entry: AuditEntry) -> list[Change]:
    """Return what an entry changed, in words."""
    told = (_change(entry.table_name, name, *pair) for name, pair in sorted(entry.changes.items()))
    return [change for change in told if change.note or change.before != change.after]


def _change(table: str, column: str, before: object, after: object) -> Change:
    label = column_name(column)
    if before == after == HIDDEN:
        return Change(label, note=_("changed; the value is never shown"))
    if column.endswith("_sealed"):
        return Change(label, note=_sealed(before, after))
    kind = _types(table).get(column)
    return Change(label, _value(kind, before), _value(kind, after))


def _sealed(before: object, after: object) -> str:
    if before is None:
        return _("sealed value entered")
    return _("sealed value removed") if after is None else _("sealed value changed")


@cache
def _types(table: str) -> dict[str, sa.types.TypeEngine[Any]]:
    found = Base.metadata.tables.get(table)
    return {} if found is None else {column.name: column.type for column in found.columns}


def _value(kind: sa.types.TypeEngine[Any] | None, value: object) -> str:
    """Return a value of the trail, where codes, days and times stand as text."""
    if isinstance(value, str) and value:
        if isinstance(kind, sa.Enum) and kind.enum_class is not None:
            return _coded(kind.enum_class, value)
        if isinstance(kind, UtcDateTime):
            return moment(datetime.fromisoformat(value))
        if isinstance(kind, sa.Date):
            return day(date.fromisoformat(value))
    return spoken(value)[:LONGEST]


def spoken(value: object) -> str:  # noqa: C901, PLR0911, PLR0912 - an arm a type
    """Return any stored value in words of the reader's language."""
    match value:
        case None | "":
            return NOTHING
        case bool():
            return _("Yes") if value else _("No")
        case Code():
            return _(value.label)
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case float():
            return number(value)
        case dict():
            parts = (f"{column_name(str(key))}: {spoken(item)}" for key, item in value.items())
            return _("; ").join(parts) or NOTHING
        case list():
            return _("; ").join(spoken(item) for item in value) or NOTHING
        case _:
            return _absence(str(value))


def _absence(text: str) -> str:
    """Return a reason for absence by its label; other text as it is."""
    return _(Absence(text).label) if text in set(Absence) else text


def in_groups(digest: str) -> str:
    """Return a digest in groups, which a person can compare and a column can break."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _coded(codes: type[Any], value: str) -> str:
    code = next((each for each in codes if each.value == value), None)
    return _(code.label) if isinstance(code, Code) else value

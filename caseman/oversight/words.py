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
from caseman.web.filters import NOTHING, day, moment
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
    return [_change(entry.table_name, name, *pair) for name, pair in sorted(entry.changes.items())]


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
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(kind, sa.Enum) and kind.enum_class is not None:
        return _coded(kind.enum_class, str(value))
    if isinstance(kind, UtcDateTime):
        return moment(datetime.fromisoformat(str(value)))
    if isinstance(kind, sa.Date):
        return day(date.fromisoformat(str(value)))
    return _plain(value)[:LONGEST]


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{column_name(str(key))}: {_item(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "; ".join(_item(item) for item in value) or NOTHING
    return str(value)


def _item(value: object) -> str:
    """Return a part of a stored list or mapping; reasons for absence by their label."""
    if isinstance(value, str) and value in set(Absence):
        return _(Absence(value).label)
    return _plain(value)


def _coded(codes: type[Any], value: str) -> str:
    code = next((each for each in codes if each.value == value), None)
    return _(code.label) if isinstance(code, Code) else value

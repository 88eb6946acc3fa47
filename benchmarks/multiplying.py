"""Copies of a filled database: to another server, and of its cases many times over.

A hundred thousand cases through the services would take hours; inside the database it is minutes.
Copies bear the names of those they are copied from, so a name is as common as before. What is
sealed opens only under the key of its own subject: informants are not copied.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa

from caseman import schema

STEP: Final = 1_000_000
"""Added to every id for each copy, and so to what points to it."""
ONCE: Final = frozenset(
    (
        *("operation", "team", "person", "user_account", "membership", "role_grant"),
        *("name_token", "name_token_key", "job", "informant", "server_session"),
    )
)
"""Tables that stay as they are."""
AT_ONCE: Final = 5_000


def transfer(source: sa.Engine, target: sa.Engine) -> None:
    """Write every row of ``source`` into the tables of ``target``, which are empty."""
    with source.connect() as there, target.begin() as here:
        for table in schema.metadata().sorted_tables:
            for rows in there.execute(sa.select(table)).mappings().partitions(AT_ONCE):
                here.execute(sa.insert(table), [dict(row) for row in rows])
    go_on_counting(target)


def multiply(engine: sa.Engine, times: int) -> None:
    """Make every case stand ``times`` times in the database."""
    tables = [table for table in schema.metadata().sorted_tables if table.name not in ONCE]
    with engine.begin() as connection:
        for table in tables:
            highest = connection.scalar(sa.select(sa.func.max(table.c.id))) or 0
            for number in range(1, times if highest else 1):
                _copy(connection, table, number, highest)
    go_on_counting(engine)


def _copy(connection: sa.Connection, table: sa.Table, number: int, highest: int) -> None:
    columns = [_copied(column, number, highest) for column in table.c]
    originals = sa.select(*columns).where(table.c.id <= highest)
    connection.execute(sa.insert(table).from_select([*table.c.keys()], originals))


def _copied(column: sa.Column[Any], number: int, highest: int) -> sa.ColumnElement[Any]:
    moved = [key.column.table.name not in ONCE for key in column.foreign_keys]
    told = sa.func.substr(sa.cast(column, sa.String), 1, _room(column) - 2)
    match column.table.name, column.name:
        case _, "id" | "row_id":
            return column + number * STEP
        case "audit_entry", "seq":
            return column + number * highest
        case "site", "code":
            return sa.literal(f"B{number}") + sa.func.substr(column, 3)
        case _, "number" | "uid" | "subject" if isinstance(column.type, sa.String):
            return told + f"-{number}"
        case _, "source_id":
            return sa.null()
    return column + number * STEP if any(moved) else column


def _room(column: sa.Column[Any]) -> int:
    return getattr(column.type, "length", None) or STEP


def go_on_counting(engine: sa.Engine) -> None:
    """Let PostgreSQL give the next rows ids above those that were written with theirs."""
    if engine.dialect.name != "postgresql":
        return
    with engine.begin() as connection:
        for table in _counted(schema.metadata().sorted_tables):
            sequence = sa.func.pg_get_serial_sequence(table.name, "id")
            highest = sa.func.coalesce(sa.func.max(table.c.id), 0) + 1
            connection.execute(sa.select(sa.func.setval(sequence, highest, sa.false())))


def _counted(tables: Sequence[sa.Table]) -> Iterator[sa.Table]:
    return (table for table in tables if "id" in table.c)

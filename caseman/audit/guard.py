"""Triggers that refuse to change or delete rows of append-only tables, on both databases."""

from collections.abc import Iterator
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event

_FUNCTION = """
CREATE OR REPLACE FUNCTION caseman_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME; END $$
"""


def guard_statements(table: str, dialect: str) -> Iterator[str]:
    """Yield the DDL that makes ``table`` append-only on ``dialect``."""
    if dialect == "postgresql":
        yield _FUNCTION
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION caseman_append_only()"
        )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION caseman_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'table {table} is append-only'); END"
        )


M = TypeVar("M", bound=type)


def append_only(model: M) -> M:
    """Class decorator: refuse UPDATE and DELETE on the model's table wherever it is created."""
    table: sa.Table = model.__table__  # type: ignore[attr-defined]

    def protect(target: sa.Table, connection: sa.Connection, **_: Any) -> None:  # noqa: ANN401
        for statement in guard_statements(target.name, connection.dialect.name):
            connection.execute(sa.text(statement))

    event.listen(table, "after_create", protect)
    GUARDED.append(table.name)
    return model


GUARDED: list[str] = []
"""Names of the append-only tables; the start-up check looks for their triggers."""

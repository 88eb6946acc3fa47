"""How much a database reads to answer a statement, as it counts itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import sqlalchemy as sa

from caseman.web.paging import MOST_COUNTED
from tests.lists.filling import ROWS

STEPS = 50
"""SQLite says how far it is after so many steps of its machine."""


class Statement(NamedTuple):
    """What was sent to the database."""

    text: str
    values: Any


@contextmanager
def selections(engine: sa.Engine) -> Iterator[set[str]]:
    """Collect the statements that only read, by text and values."""
    seen: dict[str, Statement] = {}

    def note(_connection, _cursor, text, values, _context, _many) -> None:
        if text.lstrip().upper().startswith(("SELECT", "WITH")):
            seen[repr((text, values))] = Statement(text, values)

    sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note)


def reads_too_much(engine: sa.Engine, statement: Statement, sides: int = 0) -> str:
    """Return how ``statement`` is answered where half of a filled table is read for it.

    ``sides`` is how many rows of other tables say of each row whether the reader may see it.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            return _on_sqlite(connection, statement, sides)
        return _on_postgresql(connection, statement)


def _on_sqlite(connection: sa.Connection, statement: Statement, sides: int) -> str:
    # Reading a row and comparing one column of it takes at least four steps; a list that counts
    # to a thousand looks a thousand times at each side.
    most, counted = 2 * ROWS + sides * MOST_COUNTED * 8, 0

    def count() -> None:
        nonlocal counted
        counted += STEPS

    raw = connection.connection.dbapi_connection
    raw.set_progress_handler(count, STEPS)
    raw.execute(*statement).fetchall()
    raw.set_progress_handler(None, 0)
    if counted <= most:
        return ""
    plan = raw.execute("EXPLAIN QUERY PLAN " + statement.text, statement.values).fetchall()
    return f"{counted} steps, at most {most}:\n" + "\n".join(str(line[3]) for line in plan)


def _on_postgresql(connection: sa.Connection, statement: Statement) -> str:
    # So small a table may be read at once; this asks how a large one would be.
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    connection.exec_driver_sql("SET LOCAL random_page_cost = 1.1")
    most = ROWS / 2
    text = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + statement.text
    plan = connection.exec_driver_sql(text, statement.values).scalar_one()[0]["Plan"]
    counted = sum(_rows_read(node) for node in _nodes(plan))
    if counted <= most:
        return ""
    told = "\n".join(f"{_named(node)}: {_rows_read(node)}" for node in _nodes(plan))
    return f"{counted:.0f} rows, at most {most:.0f}:\n{told}"


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


def _rows_read(node: dict[str, Any]) -> float:
    if "Scan" not in node["Node Type"] or node["Node Type"] == "Bitmap Heap Scan":
        return 0
    left = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return (node["Actual Rows"] + left) * node["Actual Loops"]


def _named(node: dict[str, Any]) -> str:
    return " ".join(
        str(node[key])
        for key in ("Node Type", "Relation Name", "Index Name", "Filter")
        if key in node
    )

"""A PostgreSQL database that is put back after each post, by the tables that the post wrote to."""

import re

import sqlalchemy as sa

from caseman import schema

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')


class Copies:
    """Every table of a database as it was when this was made."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._tables = schema.metadata().sorted_tables
        self._written: set[str] = set()
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE SCHEMA kept")
            for table in self._tables:
                connection.exec_driver_sql(
                    f'CREATE TABLE kept."{table.name}" AS TABLE "{table.name}"'
                )
        sa.event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, _connection, _cursor, text, _values, _context, _many) -> None:
        if found := WRITES.match(text):
            self._written.add(found[1])

    def put_back(self) -> None:
        """Make every table that was written to what it was, whatever guards it."""
        changed = [table for table in self._tables if table.name in self._written]
        with self._engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for table in changed:
                names = table.c.keys()
                kept = sa.table(table.name, *map(sa.column, names), schema="kept")
                connection.execute(sa.delete(table))
                connection.execute(sa.insert(table).from_select(names, sa.select(kept)))
        self._written.clear()

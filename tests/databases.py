"""Databases on a PostgreSQL server: fresh ones, and one that is emptied instead of made anew."""

from contextlib import ExitStack
from typing import Self
from uuid import uuid4

import sqlalchemy as sa

DELETES = """
SELECT string_agg('DELETE FROM ' || oid::regclass || ';', ' ') FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
"""
EMPTY = """
CREATE FUNCTION pg_temp.empty() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    {}
    PERFORM setval(quote_ident(sequencename), 1, false)
        FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""
"""A function of one connection, which plans its hundred statements once."""
SHAPE = """
SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
    SELECT concat_ws(' ', oid, xmin) FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', oid, xmin) FROM pg_trigger
    UNION ALL SELECT concat_ws(' ', oid, xmin) FROM pg_constraint
    UNION ALL SELECT concat_ws(' ', oid, xmin) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', attrelid, attnum, a.xmin)
        FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT version_num FROM alembic_version
) AS parts (part)
"""
"""Every change of a table, trigger, key or function gives its row another number."""
LEAVE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class PostgresDatabase:
    """A database of its own, dropped at the end."""

    def __init__(self, server: sa.Engine, template: str = "template0") -> None:
        self.server = server
        self.template = template
        self.name = f"caseman_test_{uuid4().hex[:12]}"

    @property
    def url(self) -> sa.URL:
        return self.server.url.set(database=self.name)

    def __enter__(self) -> str:
        with self.server.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE {self.name} TEMPLATE "{self.template}"')
        return self.url.render_as_string(hide_password=False)

    def __exit__(self, *_error: object) -> None:
        with self.server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {self.name} WITH (FORCE)")


class EmptiedDatabase:
    """A database lent to one test after the other, which is quicker than to copy the template.

    One whose tables, triggers or functions a test changed is not lent again.
    """

    def __init__(self, server: sa.Engine, template: str) -> None:
        self._server, self._template = server, template
        self._made: PostgresDatabase | None = None
        self._end = ExitStack()
        self._url = self._shape = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._end.close()

    def lend(self) -> str:
        """Return the address of a database with every table and no row."""
        if self._made is None:
            self._make()
        return self._url

    def take_back(self) -> None:
        """Empty it; a second process or thread that still uses it loses its connection."""
        self._keeper.exec_driver_sql(LEAVE)
        if self._keeper.exec_driver_sql(SHAPE).scalar_one() == self._shape:
            self._keeper.exec_driver_sql("SELECT pg_temp.empty()")
        else:
            self._end.close()
            self._made = None

    def _make(self) -> None:
        self._made = PostgresDatabase(self._server, self._template)
        self._url = self._end.enter_context(self._made)
        engine = sa.create_engine(self._url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
        self._keeper = self._end.enter_context(engine.connect())
        deletes = self._keeper.exec_driver_sql(DELETES).scalar_one()
        self._keeper.exec_driver_sql(EMPTY.format(deletes))
        # No trigger keeps a row, and no key refers to it.
        self._keeper.exec_driver_sql("SET session_replication_role = replica")
        self._shape = self._keeper.exec_driver_sql(SHAPE).scalar_one()

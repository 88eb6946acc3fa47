"""Runs migrations in one transaction, on SQLite and on PostgreSQL."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from sqlalchemy import event

from caseman import schema
from caseman.database import UtcDateTime, create_engine
from config import Config

OTHERS = frozenset({"spatial_ref_sys"})
"""Tables that extensions of the server keep in our schema; never ours to drop."""
LOCK = 6_270_201_700
"""Lets one process migrate at a time on PostgreSQL; on SQLite the write lock does."""


def include_object(
    _object: object, name: str | None, kind: str, _reflected: object, _compared: object
) -> bool:
    """Leave other programs' tables alone."""
    return not (kind == "table" and name in OTHERS)


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our column types as what they store, so that migrations do not import the program."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def without_foreign_keys(connection: Any, _record: object) -> None:  # noqa: ANN401 - DB-API
    """Let SQLite rebuild a table that others point to; the links are checked at the end."""
    connection.execute("PRAGMA foreign_keys=OFF")


def check_foreign_keys(connection: sa.Connection) -> None:
    """Refuse to commit a migration that leaves a link pointing to nothing."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        message = f"a migration left rows of {broken[0]} pointing to nothing in {broken[2]}"
        raise RuntimeError(message)


def run() -> None:
    """Migrate the database that the caller or the environment names."""
    url = context.config.attributes.get("url") or Config.from_environment().database_url
    engine = create_engine(url).execution_options(caseman_writes=True)
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:
        event.listen(engine, "connect", without_foreign_keys)
    with engine.connect() as connection:
        if not is_sqlite:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        context.configure(
            connection=connection,
            target_metadata=schema.metadata(),
            include_object=include_object,
            render_item=render_item,
            render_as_batch=is_sqlite,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            if is_sqlite:
                check_foreign_keys(connection)
        connection.commit()
    engine.dispose()


run()

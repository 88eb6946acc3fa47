"""The database: reachable, durable, up to date, guarded; and what the records tell of the work."""

from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from caseman import schema
from caseman.audit.guard import GUARDED
from caseman.cli.doctor.findings import Finding, Findings, attention, broken, good
from caseman.database import UtcDateTime, create_engine, now
from config import Config

BACKUP_EVERY = timedelta(days=7)
WORKER_SILENT = timedelta(minutes=15)
CLOCK_SLACK = timedelta(minutes=5)
EARLIEST = 2026
"""No clock that is right shows an earlier year."""
SYNCHRONOUS_FULL = 2


def database(config: Config) -> Findings:
    """Look at the database and into it."""
    url = sa.make_url(config.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        yield broken("database", f"{url.database} is missing: run `caseman init`.")
        return
    engine = create_engine(config.database_url)
    try:
        with engine.connect() as connection:
            yield from _reached(engine, connection, config)
    except SQLAlchemyError as error:
        cause = type(getattr(error, "orig", None) or error).__name__
        yield broken("database", f"It cannot be reached or read ({cause}).")
    finally:
        engine.dispose()


def _reached(engine: Engine, connection: Connection, config: Config) -> Findings:
    yield from _durability(connection)
    if not schema.is_current(engine):
        yield broken(
            "migrations", "The database is not up to date: back up, then run `caseman migrate`."
        )
        return
    yield good("migrations", "The database is up to date.")
    yield from _triggers(connection)
    for examine in (_clock, _backup, _jobs):
        yield examine(connection)
    yield from _families(connection, config.public_operation)


def _families(connection: Connection, chosen: str) -> Findings:
    """Say where reports of the public form go, where that is not plain."""
    codes = connection.execute(sa.text("SELECT code FROM operation ORDER BY id")).scalars().all()
    if chosen and chosen not in codes:
        yield broken(
            "public form",
            f"CASEMAN_PUBLIC_OPERATION names {chosen}, which is no operation: nobody can report.",
        )
    elif not chosen and len(codes) > 1:
        yield attention(
            "public form",
            f"Families' reports go to the first operation, {codes[0]}: name the right one "
            "with CASEMAN_PUBLIC_OPERATION.",
        )


def _durability(connection: Connection) -> Findings:
    if connection.dialect.name == "postgresql":
        for setting in ("fsync", "synchronous_commit"):
            if connection.exec_driver_sql(f"SHOW {setting}").scalar() == "off":
                yield broken(
                    "database", f"{setting} is off: a power cut loses what was said to be stored."
                )
        yield good("database", "PostgreSQL is reached.")
        return
    mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    level = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    if (mode, level) == ("wal", SYNCHRONOUS_FULL):
        yield good("database", "SQLite is reached; what it stored outlives a power cut.")
    else:
        yield broken(
            "database", "SQLite cannot run in WAL mode with full synchronisation on this disk."
        )


def _triggers(connection: Connection) -> Findings:
    schema.metadata()
    there = set(connection.execute(sa.text(_TRIGGERS[connection.dialect.name])).scalars())
    endings = _ENDINGS[connection.dialect.name]
    bare = sorted({table for table in GUARDED for ending in endings if table + ending not in there})
    if bare:
        yield broken(
            "audit trail",
            f"These tables can be altered unseen, their triggers are gone: {', '.join(bare)}. "
            "Find out who removed them, then run `caseman verify-audit`.",
        )
    else:
        yield good("audit trail", f"{len(GUARDED)} tables refuse to be altered.")


_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')",
}
_ENDINGS = {
    "sqlite": ("_no_update", "_no_delete"),
    "postgresql": ("_append_only", "_no_truncate"),
}
"""How ``caseman.audit.guard`` names the triggers of a table."""


def _clock(connection: Connection) -> Finding:
    newest = _time(connection, "SELECT max(at) AS at FROM audit_entry")
    if now().year < EARLIEST:
        return broken("clock", f"It shows the year {now().year}: set it.")
    if newest is not None and newest > now() + CLOCK_SLACK:
        return broken(
            "clock", f"It is behind the last entry of the trail ({newest:%Y-%m-%d %H:%M} UTC)."
        )
    return good("clock", f"{now():%Y-%m-%d %H:%M} UTC")


def _backup(connection: Connection) -> Finding:
    last = _time(
        connection,
        "SELECT max(at) AS at FROM audit_entry WHERE action = 'operate' AND subject LIKE 'backup%'",
    )
    if last is None:
        return attention("backup", "No backup is on record: run `caseman backup FILE`.")
    if now() - last > BACKUP_EVERY:
        return attention(
            "backup", f"The last one is of {last:%Y-%m-%d}: run `caseman backup FILE`."
        )
    return good("backup", f"The last one is of {last:%Y-%m-%d}.")


def _jobs(connection: Connection) -> Finding:
    failed = connection.exec_driver_sql("SELECT count(*) FROM job WHERE state = 'failed'").scalar()
    oldest = _time(connection, "SELECT min(not_before) AS at FROM job WHERE state = 'queued'")
    if oldest is not None and now() - oldest > WORKER_SILENT:
        return attention("worker", "Jobs wait and nobody does them: run `caseman worker`.")
    if failed:
        return attention("worker", f"{failed} jobs failed for good; the worker's log says where.")
    return good("worker", "No job waits for long.")


def _time(connection: Connection, query: str) -> datetime | None:
    found: datetime | None = connection.execute(sa.text(query).columns(at=UtcDateTime())).scalar()
    return found

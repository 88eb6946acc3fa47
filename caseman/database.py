"""The ORM base, column types and the session factory.

SQLite runs in WAL with ``synchronous=FULL`` (NORMAL lost acknowledged commits at a power cut)
and a writing session begins IMMEDIATE, because a read that later writes may otherwise fail.
"""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Self

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

from caseman.coding import N_

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a number can be read aloud and written by hand."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A time with zone, stored and returned in UTC; a naive time is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a time without a zone cannot be stored"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def code_type(codes: type[StrEnum], name: str | None = None) -> sa.Enum:
    """Return the column type that stores ``codes`` by value, checked by the database.

    ``name`` tells two columns of one table with the same codes apart.
    """
    return sa.Enum(
        codes,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
        name=name or codes.__name__.lower(),
    )


def SortedText(length: int) -> sa.String:  # noqa: N802 - reads as a column type
    """Return a text column ordered by code point on every database.

    Only then do a range of the index and a prefix mean the same, and a cursor stays valid.
    """
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


JsonValue = sa.JSON(none_as_null=True)


class Base(DeclarativeBase):
    """Declarative base of every table."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        dict[str, Any]: JsonValue,
        list[Any]: JsonValue,
        list[str]: JsonValue,
    }

    id: Mapped[int] = mapped_column(primary_key=True)


class Versioned:
    """Mix in for optimistic locking: a stale write raises ``StaleDataError``."""

    version: Mapped[int] = mapped_column(default=1)

    @sa.orm.declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


@dataclass(frozen=True, slots=True, order=True)
class DateRange:
    """A date known exactly or within limits; both ends are included."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            message = "a date range must not end before it begins"
            raise ValueError(message)

    @classmethod
    def of(cls, earliest: date | None, latest: date | None) -> Self | None:
        """Return the range, or None where either end is unknown."""
        return None if earliest is None or latest is None else cls(earliest, latest)


class DomainError(Exception):
    """What the domain refuses, in words for the person who asked.

    ``message`` is a message id that the web layer translates, ``values`` fill its placeholders.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


class StaleVersionError(DomainError):
    """Somebody else changed the record after it was shown to the person who changes it now."""

    def __init__(self) -> None:
        super().__init__(N_("Somebody else changed this record after you opened it."))


class WriteInReadError(RuntimeError):
    """A session opened for reading was about to write."""


def now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


def random_code(length: int) -> str:
    """Return ``length`` random characters of Crockford's base 32 (5 bits each)."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(length))


def create_engine(url: str) -> Engine:
    """Return an engine on ``url`` with the settings each database needs."""
    # Values of a failed statement must not reach the log through its error message.
    engine = sa.create_engine(url, pool_pre_ping=not url.startswith("sqlite"), hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DB-API connection
    connection.isolation_level = None  # SQLAlchemy sends BEGIN itself, see _begin_sqlite
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "secure_delete=ON",
        "temp_store=MEMORY",
        "cache_size=-65536",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    # PostgreSQL has read-only transactions; on SQLite the connection is told at each beginning.
    reads = "ON" if options.get("postgresql_readonly", False) else "OFF"
    connection.exec_driver_sql(f"PRAGMA query_only={reads}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("caseman_writes") else "BEGIN")


def _refuse_flush(session: Session, _context: object, _instances: object) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    for row in (*session.new, *changed, *session.deleted):
        message = f"{type(row).__name__} was changed in a session opened for reading"
        raise WriteInReadError(message)


MOST_LOOKED_AT = 1_000
"""Entries of an index that are enough to tell how many rows share a value."""


def take_stock(engine: Engine) -> None:
    """Let SQLite find out how many rows share a value, which tells it what index to follow.

    PostgreSQL does so by itself.
    """
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA analysis_limit={MOST_LOOKED_AT}")
            connection.exec_driver_sql("ANALYZE")


class Sessions:
    """Opens sessions: ``read()`` for looking, ``write()`` for changing."""

    def __init__(self, engine: Engine, info: dict[str, Any] | None = None) -> None:
        self.engine = engine
        self.info = info or {}
        self._readers = sessionmaker(
            engine.execution_options(postgresql_readonly=True), expire_on_commit=False
        )
        event.listen(self._readers, "before_flush", _refuse_flush)
        self._writers = sessionmaker(
            engine.execution_options(caseman_writes=True), expire_on_commit=False
        )

    def read(self) -> Session:
        """Return a session for reading, which the database itself keeps from writing."""
        return self._readers(info=dict(self.info))

    def write(self) -> Session:
        """Return a session whose transaction takes SQLite's write lock at its beginning."""
        return self._writers(info=dict(self.info))

    @contextmanager
    def transaction(self, **info: object) -> Iterator[Session]:
        """Yield a writing session; commit at the end, roll back on any error."""
        with self.write() as session:
            session.info.update(info)
            with session.begin():
                yield session


BULK = 50
"""From so many new rows of one table on, their ids are fetched together before the flush."""


@event.listens_for(Session, "before_flush")
def give_ids_in_bulk(session: Session, _context: object, _instances: object) -> None:
    """Give ids to many new rows at once, so that they are written in one statement.

    Without it each INSERT on SQLite asks for its own id: an import then sends one statement a row.
    """
    by_model: dict[type[Base], list[Base]] = {}
    for row in session.new:
        if isinstance(row, Base) and sa.inspect(row).dict.get("id") is None:
            by_model.setdefault(type(row), []).append(row)
    for model, rows in by_model.items():
        if len(rows) >= BULK:
            rows.sort(key=lambda row: sa.inspect(row).insert_order or 0)
            for row, new_id in zip(rows, _next_ids(session, model, len(rows)), strict=True):
                row.id = new_id


def _next_ids(session: Session, model: type[Base], count: int) -> Iterable[int]:
    """Return ids that no other row of the table has or will get."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        sequence = sa.func.pg_get_serial_sequence(model.__tablename__, "id")
        numbers = sa.func.generate_series(1, count).table_valued("place")
        query = sa.select(sa.func.nextval(sequence)).select_from(numbers)
        return connection.execute(query).scalars().all()
    # A writing session holds SQLite's one write lock, so nobody else can take these.
    highest = connection.execute(sa.select(sa.func.max(model.id))).scalar() or 0
    return range(highest + 1, highest + count + 1)

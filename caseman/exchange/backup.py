"""Backup and restore: every table and every file in one ZIP, with a digest of each.

Rows are written as JSON lines and not as the dump of one database program, so that a backup of a
laptop's SQLite restores into a country's PostgreSQL. Keys are never in a backup: without the key
folder its sealed fields stay closed.
"""

import base64
import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from caseman import schema
from caseman.coding import N_
from caseman.database import Base, DomainError, UtcDateTime

SCHEMA = "caseman-backup/1"
MANIFEST = "manifest.json"
VERSION_TABLE = "alembic_version"
BATCH = 1_000
BLOCK = 1 << 20


class BackupError(DomainError):
    """A backup cannot be made or restored."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table or file of a backup: how much it holds, and its SHA-256."""

    count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds."""

    revision: str
    made_at: str
    tables: dict[str, Part]
    files: dict[str, Part]
    checkpoint: str
    """The signed checkpoint of the audit trail at that time."""

    def as_json(self) -> str:
        """Return the manifest as it stands in the backup."""
        return json.dumps({"schema": SCHEMA, **asdict(self)}, indent=1, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> "Manifest":
        """Return the manifest in ``text``; raise ``BackupError`` where it is none."""
        try:
            document = json.loads(text)
            if document["schema"] != SCHEMA:
                raise BackupError(N_("This backup was made by another version of the format."))
            parts = {
                kind: {name: Part(**part) for name, part in document[kind].items()}
                for kind in ("tables", "files")
            }
            return cls(
                revision=document["revision"],
                made_at=document["made_at"],
                checkpoint=document["checkpoint"],
                **parts,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BackupError(N_("The file is not a backup of caseman.")) from error


def write_backup(
    engine: Engine, files: Path, target: Path, *, made_at: datetime, checkpoint: str
) -> Manifest:
    """Write everything into ``target``, from one consistent view of the database."""
    partial = target.with_name(target.name + ".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        with _snapshot(engine) as connection:
            revision = current_revision(connection) or ""
            tables = {
                table.name: _write_table(archive, connection, table)
                for table in _tables_of(connection)
                if table.name != VERSION_TABLE
            }
        manifest = Manifest(
            revision=revision,
            made_at=made_at.isoformat(timespec="seconds"),
            tables=tables,
            files=dict(_write_files(archive, files)),
            checkpoint=checkpoint,
        )
        archive.writestr(MANIFEST, manifest.as_json())
    partial.chmod(0o600)
    partial.replace(target)
    return manifest


def _snapshot(engine: Engine) -> Connection:
    level = "REPEATABLE READ" if engine.dialect.name == "postgresql" else None
    options = {"isolation_level": level} if level else {}
    return engine.execution_options(**options).connect()


def current_revision(connection: Connection) -> str | None:
    """Return the schema revision of the database, None where there is no schema."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _write_table(archive: zipfile.ZipFile, connection: Connection, table: sa.Table) -> Part:
    digest, count = hashlib.sha256(), 0
    with archive.open(_member(table.name), "w", force_zip64=True) as file:
        for line in table_lines(connection, table):
            file.write(line)
            digest.update(line)
            count += 1
    return Part(count, digest.hexdigest())


def table_lines(connection: Connection, table: sa.Table) -> Iterator[bytes]:
    """Yield each row of ``table`` as one line of JSON, by id."""
    statement = sa.select(table).order_by(*table.primary_key.columns)
    result = connection.execution_options(yield_per=BATCH).execute(statement)
    for row in result.mappings():
        values = {column.name: _encode(row[column]) for column in table.c}
        yield json.dumps(values, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _encode(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def _write_files(archive: zipfile.ZipFile, files: Path) -> Iterator[tuple[str, Part]]:
    if not files.is_dir():
        return
    for path in sorted(path for path in files.rglob("*") if path.is_file()):
        name = path.relative_to(files).as_posix()
        archive.write(path, f"files/{name}", zipfile.ZIP_STORED)
        with path.open("rb") as file:
            yield name, Part(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def read_manifest(source: Path) -> Manifest:
    """Return what the backup says it holds; raise ``BackupError`` where it is none."""
    with _opened(source) as archive:
        return _manifest_of(archive)


def restore_backup(
    source: Path, engine: Engine, files: Path, *, migrate: Callable[[str], None]
) -> Manifest:
    """Fill an empty database and folder from ``source`` after comparing every digest.

    ``migrate`` brings the empty database to the backup's revision, which may be older than the
    program's: the caller migrates on from there. Raises ``BackupError``, and writes nothing, where
    the database holds anything or anything differs from the manifest.
    """
    with _opened(source) as archive:
        manifest = _checked_manifest(archive)
        _refuse_used(engine, files)
        migrate(manifest.revision)
        with engine.execution_options(caseman_writes=True).begin() as connection:
            _defer_references(connection)
            tables = _tables_of(connection)
            for table in tables:
                if table.name in manifest.tables:
                    _fill_table(archive, connection, table)
            _advance_sequences(connection, tables)
        for name in manifest.files:
            _unpack_file(archive, files, name)
    return manifest


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except zipfile.BadZipFile as error:
        raise BackupError(N_("The file is not a backup of caseman.")) from error


def _manifest_of(archive: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in archive.namelist():
        raise BackupError(N_("The file is not a backup of caseman."))
    return Manifest.read(archive.read(MANIFEST).decode())


def _checked_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Return the manifest after comparing every table and file with its digest."""
    manifest = _manifest_of(archive)
    if not schema.knows(manifest.revision):
        raise BackupError(
            N_(
                "This backup has schema %(revision)s, which this version of caseman does not "
                "know: install the version that made it, or a newer one."
            ),
            revision=manifest.revision,
        )
    for name, part in manifest.tables.items():
        if _part_of(archive, _member(name), lines=True) != part:
            raise BackupError(N_("The table %(name)s differs from its digest."), name=name)
    for name, part in manifest.files.items():
        if _part_of(archive, f"files/{name}", lines=False) != part:
            raise BackupError(N_("The file %(name)s differs from its digest."), name=name)
    return manifest


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _part_of(archive: zipfile.ZipFile, member: str, *, lines: bool) -> Part | None:
    """Return count and digest of a member as it is in the archive, None where it is not."""
    if member not in archive.namelist():
        return None
    digest, count = hashlib.sha256(), 0
    with archive.open(member) as file:
        while block := file.read(BLOCK):
            digest.update(block)
            count += block.count(b"\n") if lines else len(block)
    return Part(count, digest.hexdigest())


def _refuse_used(engine: Engine, files: Path) -> None:
    with engine.connect() as connection:
        used = current_revision(connection) is not None
    if used or (files.is_dir() and any(files.iterdir())):
        raise BackupError(N_("Restore only into an empty database and an empty folder of files."))


def _defer_references(connection: Connection) -> None:
    """Let a row stand for a moment before the row of its own table that it refers to."""
    postgresql = connection.dialect.name == "postgresql"
    connection.exec_driver_sql(
        "SET CONSTRAINTS ALL DEFERRED" if postgresql else "PRAGMA defer_foreign_keys=ON"
    )


def _tables_of(connection: Connection) -> list[sa.Table]:
    """Return the tables as they stand in the database, each after those it refers to.

    They may be older than the models. A column that the models still have keeps its type, but a
    code stays text, because the models may not know it any more.
    """
    found = sa.MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        known = Base.metadata.tables.get(table.name)
        for column in table.c:
            if known is None or column.name not in known.c:
                continue
            if not isinstance(known.c[column.name].type, sa.Enum):
                column.type = known.c[column.name].type
    return found.sorted_tables


def _fill_table(archive: zipfile.ZipFile, connection: Connection, table: sa.Table) -> None:
    # Without the table's own columns, so that no default of today is added to a row of then.
    into = sa.table(table.name, *(sa.column(each.name, each.type) for each in table.c))
    with archive.open(_member(table.name)) as file:
        for lines in _batches(file, BATCH):
            rows = [_decode_row(table, json.loads(line)) for line in lines]
            connection.execute(sa.insert(into), rows)


def _batches(lines: IO[bytes], size: int) -> Iterable[list[bytes]]:
    while batch := list(islice(lines, size)):
        yield batch


def _decode_row(table: sa.Table, values: dict[str, Any]) -> dict[str, Any]:
    return {name: _decode(table.c[name].type, value) for name, value in values.items()}


def _decode(kind: sa.types.TypeEngine[Any], value: Any) -> object:  # noqa: ANN401 - a JSON value
    if value is None:
        return None
    if isinstance(kind, UtcDateTime | sa.DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    if isinstance(kind, sa.LargeBinary):
        return base64.b64decode(value)
    return value


def _advance_sequences(connection: Connection, tables: Iterable[sa.Table]) -> None:
    """Let PostgreSQL's sequences go on after the restored ids."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        if "id" in table.c:
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608
                f"coalesce((SELECT max(id) FROM {table.name}), 0) + 1, false)"
            )


def _unpack_file(archive: zipfile.ZipFile, files: Path, name: str) -> None:
    target = files / name
    if not target.resolve().is_relative_to(files.resolve()):
        raise BackupError(N_("The backup names a file outside its folder."))
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(f"files/{name}") as packed, target.open("wb") as file:
        shutil.copyfileobj(packed, file, BLOCK)

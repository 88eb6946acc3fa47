"""Each revision goes up and down with the rows of a real installation, on both databases.

A dump of an earlier schema (``populated.py``) is restored at its own revision and carried through
every later one: nothing is lost, nothing changes that the revision does not name, the trail still
proves every record, and the pages open.
"""

import zipfile
from itertools import pairwise

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from click.testing import CliRunner

from caseman import schema
from caseman.accounts.models import User
from caseman.audit.guard import GUARDED
from caseman.audit.models import AuditEntry
from caseman.audit.verify import verify
from caseman.cli import main
from caseman.custody.codes import Standing
from caseman.custody.models import Exhibit
from caseman.database import create_engine
from caseman.exchange.backup import BackupError, restore_backup
from config import Config
from tests.accounts.fixtures import StaffClient, sign_in
from tests.databases import PostgresDatabase
from tests.migrations.populated import DATA, empty_tables, pack, place_keys, populate

REVISIONS = [
    each.revision for each in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions("base", "head")
][::-1]
DUMPS = sorted(path.name for path in DATA.iterdir())
OLD_DUMPS = [revision for revision in DUMPS if revision != REVISIONS[-1]]
FILLED: dict[str, set[str]] = {}
"""Revision -> the columns of old rows whose values it changes, as ``table.column``."""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request, tmp_path):
    """The address of a database without a schema."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with PostgresDatabase(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture(params=DUMPS)
def dump(request):
    return request.param


@pytest.fixture
def backup(dump, tmp_path):
    pack(DATA / dump, tmp_path / "old.backup")
    place_keys(DATA / dump, tmp_path / "keys")
    return tmp_path / "old.backup"


@pytest.fixture
def old(backup, empty, tmp_path):
    """The address of a database that holds the dump, at the schema of the dump."""
    engine = create_engine(empty)
    restore_backup(
        backup, engine, tmp_path / "files", migrate=lambda revision: schema.upgrade(empty, revision)
    )
    engine.dispose()
    return empty


@pytest.fixture
def upgraded(old, tmp_path, applications):
    """The application on the dump, brought up to date."""
    schema.upgrade(old)
    config = Config(
        instance=tmp_path,
        database_url=old,
        keys=tmp_path / "keys",
        files=tmp_path / "files",
        testing=True,
        password_memory_kib=1024,
    )
    app = applications.make(config)
    app.test_client_class = StaffClient
    yield app
    applications.end(app)


def tables_of(url):
    engine = create_engine(url)
    names = set(sa.inspect(engine).get_table_names())
    engine.dispose()
    return names


def rows_of(url):
    """Every row of every table, by id, as the database gives it."""
    engine = create_engine(url)
    found = {}
    with engine.connect() as connection:
        for name in tables_of(url) - {"alembic_version"}:
            rows = sa.select(sa.text("*")).select_from(sa.table(name)).order_by(sa.column("id"))
            found[name] = [dict(row) for row in connection.execute(rows).mappings()]
    engine.dispose()
    return found


def shape_of(url):
    """Columns, keys, checks, indexes and triggers, however the tables came to be."""
    engine = create_engine(url)
    inspector = sa.inspect(engine)
    shape = {
        "columns": described(
            inspector.get_multi_columns(),
            lambda each: (each["name"], str(each["type"]), each["nullable"]),
        ),
        "checks": described(
            inspector.get_multi_check_constraints(),
            lambda each: (each["name"], " ".join(each["sqltext"].split())),
        ),
        "unique": described(
            inspector.get_multi_unique_constraints(),
            lambda each: (each["name"], tuple(each["column_names"])),
        ),
        "foreign": described(
            inspector.get_multi_foreign_keys(),
            lambda each: (each["name"], tuple(each["constrained_columns"]), each["referred_table"]),
        ),
        "indexes": described(
            inspector.get_multi_indexes(),
            lambda each: (each["name"], tuple(map(str, each["column_names"])), each["unique"]),
        ),
        "triggers": triggers_of(engine),
    }
    engine.dispose()
    return shape


def described(tables, description):
    return {
        name: sorted(map(description, parts))
        for (_, name), parts in tables.items()
        if name != "alembic_version"
    }


def triggers_of(engine):
    statement = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with engine.connect() as connection:
        return sorted(connection.exec_driver_sql(statement).scalars())


def lost(before, after, changed=frozenset()):
    """Tables, rows and values of ``before`` that ``after`` does not have."""
    missing = []
    for name, rows in before.items():
        if len(after.get(name, ())) != len(rows):
            missing.append(name)
            continue
        for row, now in zip(rows, after[name], strict=True):
            kept = {column: now[column] for column in row if column in now}
            missing += [
                f"{name}.{column} of row {row['id']}"
                for column, value in row.items()
                if f"{name}.{column}" not in changed and kept.get(column, value) != value
            ]
    return missing


def test_there_is_one_line_of_revisions():
    assert sorted(REVISIONS) == REVISIONS
    assert DUMPS[0] == REVISIONS[0]


def test_the_migrations_build_what_the_models_say(empty, request, tmp_path):
    schema.upgrade(empty)
    engine = create_engine(empty)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, schema.metadata()) == []
    engine.dispose()
    if engine.dialect.name == "sqlite":
        assert shape_of(empty) == shape_from_models(f"sqlite:///{tmp_path / 'models.db'}")
    else:
        with PostgresDatabase(request.getfixturevalue("postgres_server")) as url:
            assert shape_of(empty) == shape_from_models(url)


def shape_from_models(url):
    engine = create_engine(url)
    schema.metadata().create_all(engine)
    engine.dispose()
    return shape_of(url)


def test_every_append_only_table_keeps_its_triggers(old):
    for revision in REVISIONS[REVISIONS.index("0001") :]:
        if revision >= DUMPS[0]:
            schema.upgrade(old, revision)
        engine = create_engine(old)
        tables, triggers = sa.inspect(engine).get_table_names(), triggers_of(engine)
        engine.dispose()
        bare = [
            name
            for name in GUARDED
            if name in tables and sum(each.startswith(f"{name}_") for each in triggers) != 2
        ]
        assert bare == [], f"at {revision}"


def test_each_revision_goes_up_and_down_with_the_rows(old, dump):
    for earlier, later in pairwise(REVISIONS):
        if earlier < dump:
            continue
        rows, shape = rows_of(old), shape_of(old)
        schema.upgrade(old, later)
        assert lost(rows, rows_of(old), FILLED.get(later, frozenset())) == [], f"up to {later}"
        schema.downgrade(old, earlier)
        assert shape_of(old) == shape, f"down from {later}"
        assert lost(rows, rows_of(old), FILLED.get(later, frozenset())) == [], f"down from {later}"
        schema.upgrade(old, later)


def test_the_first_revision_can_be_taken_back_and_made_again(empty):
    schema.upgrade(empty)
    shape = shape_of(empty)
    schema.downgrade(empty, "base")
    assert tables_of(empty) <= {"alembic_version"}
    schema.upgrade(empty)
    assert shape_of(empty) == shape


def test_the_trail_proves_an_old_installation_after_the_upgrade(upgraded):
    sessions = upgraded.extensions["caseman"].sessions
    with sessions.read() as session:
        verdict = verify(session, session.info["audit_key"])
    assert verdict.first_bad is None
    assert verdict.entries > 300


def test_the_pages_of_an_old_installation_open(upgraded):
    sessions = upgraded.extensions["caseman"].sessions
    with sessions.read() as session:
        staff = {user.username: user for user in session.scalars(sa.select(User))}
    for username, paths in PAGES.items():
        client = sign_in(upgraded, upgraded.test_client(), staff[username])
        opened = {path: client.get(path, follow_redirects=True).status_code for path in paths}
        assert set(opened.values()) == {200}, opened


PAGES = {
    "reviewer": ("/", "/sites", "/remains", "/remains/DEM01-F01-B001", "/remains/DEM01-F01-B004"),
    "steward": ("/missing", "/effects", "/exports", "/pairings", "/account"),
    "auditor": ("/audit", "/access", "/audit/1"),
    "admin": ("/users", "/teams"),
}


def test_an_old_installation_takes_new_records(upgraded):
    """Ids, versions and the chain go on where the old program left them."""
    sessions = upgraded.extensions["caseman"].sessions
    with sessions.transaction() as session:
        user = session.scalars(sa.select(User).where(User.username == "recorder")).one()
        user.language = "ar"
        user.person.name = "Recorder Nimune the Elder"
    with sessions.read() as session:
        assert verify(session, session.info["audit_key"]).first_bad is None


def test_the_command_brings_old_rows_to_what_new_columns_say(old, upgraded, tmp_path, monkeypatch):
    monkeypatch.setenv("CASEMAN_INSTANCE", str(tmp_path))
    monkeypatch.setenv("CASEMAN_DATABASE_URL", old)
    for _ in range(2):
        assert CliRunner().invoke(main, ["migrate"]).exit_code == 0
    sessions = upgraded.extensions["caseman"].sessions
    with sessions.read() as session:
        kept = session.scalars(sa.select(Exhibit).where(Exhibit.standing == Standing.KEPT)).all()
        assert [exhibit.number for exhibit in kept] == ["DEM01-F01-B002"]
        told = sa.select(AuditEntry.table_name).where(AuditEntry.actor_name == "upgrade")
        assert session.scalars(told).all() == ["exhibit"]
        assert verify(session, session.info["audit_key"]).first_bad is None


def test_an_old_backup_restores_into_the_present_schema(backup, empty, tmp_path, monkeypatch):
    monkeypatch.setenv("CASEMAN_INSTANCE", str(tmp_path))
    monkeypatch.setenv("CASEMAN_DATABASE_URL", empty)
    answer = CliRunner().invoke(main, ["restore", str(backup)])
    assert answer.exit_code == 0, answer.output
    assert "The trail is whole" in answer.output
    engine = create_engine(empty)
    assert schema.is_current(engine)
    engine.dispose()


@pytest.mark.parametrize("dump", OLD_DUMPS, indirect=True)
def test_an_old_installation_is_backed_up_before_it_is_upgraded(
    old, dump, empty, tmp_path, monkeypatch
):
    """What the other commands ask for is possible: they refuse until the database is upgraded."""
    monkeypatch.setenv("CASEMAN_INSTANCE", str(tmp_path))
    monkeypatch.setenv("CASEMAN_DATABASE_URL", old)
    refused = CliRunner().invoke(main, ["verify-audit", "--json"])
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "caseman migrate" in refused.stderr

    made = CliRunner().invoke(main, ["backup", str(tmp_path / "before.backup")])

    assert made.exit_code == 0, made.output
    assert f"schema {dump}" in made.output
    monkeypatch.setenv("CASEMAN_DATABASE_URL", f"sqlite:///{tmp_path / 'again.db'}")
    monkeypatch.setenv("CASEMAN_FILES", str(tmp_path / "again"))
    restored = CliRunner().invoke(main, ["restore", str(tmp_path / "before.backup")])
    assert restored.exit_code == 0, restored.output


def test_a_backup_of_a_newer_program_is_refused_and_nothing_written(tmp_path):
    manifest = (DATA / DUMPS[0] / "manifest.json").read_text("utf-8")
    with zipfile.ZipFile(tmp_path / "newer.backup", "w") as archive:
        archive.writestr("manifest.json", manifest.replace('"0001"', '"9999"'))
    engine = create_engine(f"sqlite:///{tmp_path / 'new.db'}")
    migrated = []
    with pytest.raises(BackupError, match="schema 9999"):
        restore_backup(tmp_path / "newer.backup", engine, tmp_path / "new", migrate=migrated.append)
    assert migrated == []
    assert not (tmp_path / "new").exists()
    engine.dispose()


def test_a_dump_of_today_would_have_rows_in_every_table_that_the_first_had(app):
    populate(app)
    first = {path.stem for path in (DATA / DUMPS[0] / "tables").iterdir()}
    assert empty_tables(app.extensions["caseman"].sessions.engine) & first == set()

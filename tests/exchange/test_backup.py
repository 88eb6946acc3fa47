"""A backup moves everything but the keys, to an empty installation of either database."""

import json
import zipfile

import pytest
import sqlalchemy as sa

from caseman import schema
from caseman.audit.checkpoint import Checkpoint
from caseman.audit.verify import verify
from caseman.database import Base, Sessions, create_engine, now
from caseman.exchange.backup import BackupError, restore_backup, table_lines, write_backup
from tests.identification.world import build


@pytest.fixture
def filled(app):
    held = app.extensions["caseman"]
    with held.sessions.transaction() as session:
        world = build(session)
        world.remains()
        world.person()
    held.config.files.mkdir(exist_ok=True)
    (held.config.files / "ab").mkdir()
    (held.config.files / "ab" / "cdef").write_bytes(b"a picture" * 1000)
    return held


def backed_up(held, target):
    keyring = held.sessions.info["keyring"]
    with held.sessions.read() as session:
        signed = Checkpoint.of(session).signed(keyring.signing_key)
    engine, files = held.sessions.engine, held.config.files
    return write_backup(engine, files, target, made_at=now(), checkpoint=signed)


def restored(file, folder):
    folder.mkdir(exist_ok=True)
    url = f"sqlite:///{folder / 'restored.db'}"
    engine = create_engine(url)
    manifest = restore_backup(
        file, engine, folder / "files", migrate=lambda revision: schema.upgrade(url, revision)
    )
    return engine, manifest


def lines(engine):
    with engine.connect() as connection:
        return {
            table.name: list(table_lines(connection, table))
            for table in Base.metadata.sorted_tables
        }


def test_a_backup_restores_every_row_and_file(filled, tmp_path):
    made = backed_up(filled, tmp_path / "all.backup")
    engine, manifest = restored(tmp_path / "all.backup", tmp_path / "new")

    assert manifest == made
    assert lines(engine) == lines(filled.sessions.engine)
    assert (tmp_path / "new" / "files" / "ab" / "cdef").read_bytes() == b"a picture" * 1000
    with Sessions(engine, filled.sessions.info).read() as session:
        assert verify(session, session.info["audit_key"]).first_bad is None
    engine.dispose()


def test_no_key_is_in_the_backup(filled, tmp_path):
    backed_up(filled, tmp_path / "all.backup")
    secret = (filled.config.keys / "master.key").read_bytes()
    with zipfile.ZipFile(tmp_path / "all.backup") as archive:
        assert all(secret not in archive.read(name) for name in archive.namelist())


def test_a_used_installation_is_never_overwritten(filled, tmp_path):
    backed_up(filled, tmp_path / "all.backup")
    engine, _ = restored(tmp_path / "all.backup", tmp_path / "new")
    engine.dispose()
    with pytest.raises(BackupError, match="empty"):
        restored(tmp_path / "all.backup", tmp_path / "new")


def test_an_altered_backup_is_refused(filled, tmp_path):
    backed_up(filled, tmp_path / "all.backup")
    altered = tmp_path / "altered.backup"
    with (
        zipfile.ZipFile(tmp_path / "all.backup") as old,
        zipfile.ZipFile(altered, "w") as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"Stadium", b"Station"))
    with pytest.raises(BackupError, match="digest"):
        restored(altered, tmp_path / "new")


def test_another_file_is_no_backup(filled, tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("manifest.json", json.dumps({"schema": "other"}))
    with pytest.raises(BackupError):
        restored(tmp_path / "x.zip", tmp_path / "new")


def test_ids_go_on_after_a_restore(filled, tmp_path):
    backed_up(filled, tmp_path / "all.backup")
    engine, _ = restored(tmp_path / "all.backup", tmp_path / "new")
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT max(id) FROM site")).scalar() == 1
    engine.dispose()

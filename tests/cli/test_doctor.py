"""The doctor names what is broken and what to do; on a sound installation it finds nothing."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from caseman.audit.codes import Action
from caseman.audit.recorder import note_act
from caseman.cli import main
from caseman.cli.doctor import records
from caseman.database import now
from caseman.jobs.queue import enqueue
from caseman.sealing.keys import MASTER_FILE
from tests.factories.accounts import make_operation


@pytest.fixture
def doctor(config, monkeypatch):
    """Call the doctor to the test's installation."""
    monkeypatch.setenv("CASEMAN_INSTANCE", str(config.instance))
    monkeypatch.setenv("CASEMAN_DATABASE_URL", config.database_url)
    config.instance.chmod(0o700)
    return lambda: CliRunner().invoke(main, ["doctor"])


def test_a_sound_installation_has_nothing_broken(doctor, sessions):
    with sessions.transaction() as session:
        note_act(session, Action.OPERATE, "backup today.zip")

    result = doctor()

    broken = [line for line in result.output.splitlines() if line.startswith("BROKEN")]
    # The server that tests run on may forget at a power cut; the doctor is right to say so.
    assert [line for line in broken if "is off: a power cut" not in line] == []
    assert result.exit_code == bool(broken)
    assert f"The last one is of {now():%Y-%m-%d}." in result.output


def test_before_the_first_start_it_says_what_to_run(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEMAN_INSTANCE", str(tmp_path / "nothing"))

    result = CliRunner().invoke(main, ["doctor"])

    assert result.exit_code == 1
    assert "run `caseman init`" in result.output
    assert not (tmp_path / "nothing").exists(), "the doctor changes nothing"


def test_unsafe_settings_are_named(doctor, monkeypatch):
    monkeypatch.setenv("CASEMAN_BIND", "nowhere")

    assert "CASEMAN_BIND must be an address and a port" in doctor().output


def test_a_key_that_others_may_read_is_broken(doctor, config):
    (config.keys / MASTER_FILE).chmod(0o644)

    result = doctor()

    assert result.exit_code == 1
    assert "may be read by others: chmod 600 it." in result.output


@pytest.fixture
def plain(monkeypatch):
    """A folder as ``mkdir`` makes it, in one that others may enter."""
    with TemporaryDirectory() as above:
        Path(above).chmod(0o755)
        folder = Path(above) / "plain"
        folder.mkdir(mode=0o755)
        monkeypatch.setenv("CASEMAN_INSTANCE", str(folder))
        yield folder


OPEN = "is open to other users: chmod 700 it."


@pytest.mark.usefixtures("plain")
def test_an_installation_in_a_plain_folder_is_closed_to_others():
    assert CliRunner().invoke(main, ["seed-demo"]).exit_code == 0

    assert OPEN not in CliRunner().invoke(main, ["doctor"]).output


def test_what_others_can_read_or_change_is_named(plain):
    (plain / "caseman.db").touch(mode=0o644)
    assert f"{plain} {OPEN}" in CliRunner().invoke(main, ["doctor"]).output

    (plain / "caseman.db").chmod(0o600)
    assert OPEN not in CliRunner().invoke(main, ["doctor"]).output

    plain.chmod(0o777)
    assert f"{plain} {OPEN}" in CliRunner().invoke(main, ["doctor"]).output

    plain.parent.chmod(0o700)
    assert OPEN not in CliRunner().invoke(main, ["doctor"]).output


def test_keys_beside_the_backed_up_files_are_broken(doctor, config, monkeypatch):
    monkeypatch.setenv("CASEMAN_FILES", str(config.instance))

    assert "which is backed up: move them" in doctor().output


def test_a_removed_trigger_is_named(doctor, sessions):
    dropped = {
        "sqlite": "DROP TRIGGER audit_entry_no_update",
        "postgresql": "DROP TRIGGER audit_entry_append_only ON audit_entry",
    }
    with sessions.engine.begin() as connection:
        connection.exec_driver_sql(dropped[sessions.engine.dialect.name])

    result = doctor()

    assert result.exit_code == 1
    assert "can be altered unseen, their triggers are gone: audit_entry." in result.output


def test_a_clock_that_was_set_back_is_broken(doctor, sessions, monkeypatch):
    with sessions.transaction() as session:
        note_act(session, Action.OPERATE, "checkpoint")
    earlier = now() - timedelta(hours=3)
    monkeypatch.setattr(records, "now", lambda: earlier)

    assert "It is behind the last entry of the trail" in doctor().output


def test_jobs_that_nobody_does_are_noticed(doctor, sessions):
    with sessions.transaction() as session:
        enqueue(session, "rank", {}, not_before=now() - timedelta(hours=1))

    assert "run `caseman worker`" in doctor().output


def test_a_database_that_is_none_is_one_finding_and_no_error(doctor, config, sessions, monkeypatch):
    url = sa.make_url(config.database_url)
    sessions.engine.dispose()
    if url.get_backend_name() == "sqlite":
        Path(url.database).write_bytes(b"this is no database" * 1000)
    else:
        gone = url.set(database=f"{url.database}_gone").render_as_string(hide_password=False)
        monkeypatch.setenv("CASEMAN_DATABASE_URL", gone)

    result = doctor()

    assert result.exit_code == 1
    assert result.output.count("It cannot be reached or read (") == 1


def test_it_says_where_reports_of_families_go_when_that_is_not_plain(doctor, sessions, monkeypatch):
    with sessions.transaction() as session:
        make_operation(session, "FIRST")
        make_operation(session, "SECOND")

    assert "go to the first operation, FIRST" in doctor().output
    monkeypatch.setenv("CASEMAN_PUBLIC_OPERATION", "second")
    assert "public form" not in doctor().output
    monkeypatch.setenv("CASEMAN_PUBLIC_OPERATION", "typo")
    assert "names TYPO, which is no operation" in doctor().output

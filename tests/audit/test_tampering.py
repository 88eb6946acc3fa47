"""Whoever can write into the database past the program is found out, and the first place named.

The attacker of these tests owns the database: triggers and constraints are out of the way. Keys
and checkpoints are elsewhere, as they are in an installation.
"""

import json
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from caseman.accounts.models import Operation
from caseman.audit.chain import FIRST, entry_mac
from caseman.audit.checkpoint import Checkpoint
from caseman.audit.models import AuditEntry
from caseman.audit.recorder import Actor, note_read
from caseman.cli import main
from caseman.database import Sessions, create_engine
from caseman.sealing.keys import Keyring, create_keys

ENTRIES = 8
MIDDLE = 4
TRAIL = AuditEntry.__table__


@pytest.fixture
def run(config, monkeypatch):
    """Run a command on the test's own installation."""
    monkeypatch.setenv("CASEMAN_INSTANCE", str(config.instance))
    monkeypatch.setenv("CASEMAN_DATABASE_URL", config.database_url)

    def call(*words):
        return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)

    return call


@pytest.fixture
def verdict(run):
    """Verify as an auditor's script does; return the exit code and the first bad place."""

    def verified(*checkpoints):
        words = [word for path in checkpoints for word in ("--checkpoint", path)]
        answer = run("verify-audit", "--json", *words)
        told = json.loads(answer.stdout)
        assert told["ok"] is (told["first_bad"] is None) is (answer.exit_code == 0)
        return answer.exit_code, told["first_bad"]

    return verified


@pytest.fixture
def trail(app, sessions):
    """Eight entries about four operations, each opened once after it was made."""
    for number in range(ENTRIES // 2):
        with sessions.transaction(actor=Actor("rana")) as session:
            operation = Operation(code=f"OP{number}", name=f"Operation {number}")
            session.add(operation)
            session.flush()
            note_read(session, operation)


@pytest.fixture
def attack(app, trail, config):
    """Open the database as its owner does."""
    app.extensions["caseman"].sessions.engine.dispose()

    @contextmanager
    def opened():
        engine = create_engine(config.database_url).execution_options(caseman_writes=True)
        try:
            with engine.begin() as connection:
                _disarm(connection)
                yield connection
        finally:
            engine.dispose()

    return opened


def _disarm(connection):
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        connection.exec_driver_sql(
            "ALTER TABLE audit_entry DROP CONSTRAINT uq_audit_entry_seq CASCADE"
        )
        return
    for name in ("audit_entry_no_update", "audit_entry_no_delete"):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def entries(connection):
    return connection.execute(sa.select(TRAIL).order_by(TRAIL.c.seq)).mappings().all()


def write(connection, row, seq):
    """Write what ``row`` says as entry ``seq``."""
    values = {name: value for name, value in row.items() if name not in {"id", "seq"}}
    connection.execute(sa.update(TRAIL).where(TRAIL.c.seq == seq).values(values))


def renumber(connection, first, step):
    """Move the entries from ``first`` on by ``step``, one at a time, as seq is unique on SQLite."""
    rows = [row["seq"] for row in entries(connection) if row["seq"] >= first]
    for seq in sorted(rows, reverse=step > 0):
        connection.execute(
            sa.update(TRAIL).where(TRAIL.c.seq == seq).values(seq=seq + step, id=seq + step)
        )


def test_a_whole_trail_is_whole(trail, verdict):
    assert verdict() == (0, None)


@pytest.mark.parametrize("seq", [1, MIDDLE, ENTRIES])
def test_an_altered_entry(attack, verdict, seq):
    with attack() as connection:
        connection.execute(sa.update(TRAIL).where(TRAIL.c.seq == seq).values(actor_name="azad"))
    assert verdict() == (1, {"kind": "altered", "seq": seq})


def test_an_altered_record(attack, verdict):
    with attack() as connection:
        connection.exec_driver_sql("UPDATE operation SET name = 'Another' WHERE id = 2")
    assert verdict() == (1, {"kind": "altered", "table": "operation", "id": 2})


def test_an_altered_record_that_says_what_it_said_once(sessions, trail, attack, verdict):
    """A value put back to an earlier one is no less altered."""
    with sessions.transaction() as session:
        session.get_one(Operation, 2).name = "Corrected"
    sessions.engine.dispose()
    assert verdict() == (0, None)
    with attack() as connection:
        connection.exec_driver_sql("UPDATE operation SET name = 'Operation 1' WHERE id = 2")
    assert verdict() == (1, {"kind": "altered", "table": "operation", "id": 2})


@pytest.mark.parametrize("seq", [1, MIDDLE])
def test_a_deleted_entry(attack, verdict, seq):
    with attack() as connection:
        connection.execute(sa.delete(TRAIL).where(TRAIL.c.seq == seq))
    assert verdict() == (1, {"kind": "deleted", "seq": seq})


def test_a_deleted_entry_whose_gap_was_closed(attack, verdict):
    with attack() as connection:
        connection.execute(sa.delete(TRAIL).where(TRAIL.c.seq == MIDDLE))
        renumber(connection, MIDDLE + 1, -1)
    assert verdict() == (1, {"kind": "deleted", "seq": MIDDLE})


def test_a_deleted_record(attack, verdict):
    with attack() as connection:
        connection.exec_driver_sql("DELETE FROM operation WHERE id = 3")
    assert verdict() == (1, {"kind": "deleted", "table": "operation", "id": 3})


def test_an_inserted_entry(attack, verdict):
    with attack() as connection:
        forged = dict(entries(connection)[MIDDLE - 1])
        renumber(connection, MIDDLE, 1)
        connection.execute(sa.insert(TRAIL).values(forged | {"actor_name": "azad"}))
    assert verdict() == (1, {"kind": "inserted", "seq": MIDDLE})


def test_an_entry_inserted_a_second_time(attack, verdict, config):
    if config.database_url.startswith("sqlite"):
        with attack() as connection:
            again = dict(entries(connection)[MIDDLE - 1]) | {"id": 99}
            with pytest.raises(sa.exc.IntegrityError):
                connection.execute(sa.insert(TRAIL).values(again))
        return
    with attack() as connection:
        again = dict(entries(connection)[MIDDLE - 1]) | {"id": 99}
        connection.execute(sa.insert(TRAIL).values(again))
    assert verdict() == (1, {"kind": "inserted", "seq": MIDDLE})


def test_an_inserted_record(attack, verdict):
    with attack() as connection:
        connection.exec_driver_sql("INSERT INTO operation (id, code, name) VALUES (9, 'X', 'X')")
    assert verdict() == (1, {"kind": "inserted", "table": "operation", "id": 9})


def test_two_entries_in_each_others_place(attack, verdict):
    with attack() as connection:
        rows = entries(connection)
        write(connection, rows[MIDDLE], MIDDLE)
        write(connection, rows[MIDDLE - 1], MIDDLE + 1)
    assert verdict() == (1, {"kind": "reordered", "seq": MIDDLE})


@pytest.mark.parametrize("other", [MIDDLE + 1, ENTRIES])
def test_two_entries_with_each_others_number(attack, verdict, other):
    with attack() as connection:
        for seq, new in ((MIDDLE, 99), (other, MIDDLE), (99, other)):
            connection.execute(sa.update(TRAIL).where(TRAIL.c.seq == seq).values(seq=new))
    assert verdict() == (1, {"kind": "reordered", "seq": MIDDLE})


def recompute(connection, key, first):
    """Tie all entries from ``first`` on together anew, with ``key``."""
    previous = FIRST
    for row in entries(connection):
        fields = {name: row[name] for name in row if name not in {"id", "mac"}}
        mac = entry_mac(key, previous, fields) if row["seq"] >= first else row["mac"]
        connection.execute(sa.update(TRAIL).where(TRAIL.c.seq == row["seq"]).values(mac=mac))
        previous = mac


def test_a_trail_recomputed_without_the_key(attack, verdict):
    with attack() as connection:
        connection.execute(sa.update(TRAIL).where(TRAIL.c.seq == MIDDLE).values(actor_name="azad"))
        recompute(connection, b"a key of their own", MIDDLE)
    assert verdict() == (1, {"kind": "recomputed", "seq": MIDDLE})


def test_a_trail_recomputed_with_the_stolen_key_shows_against_a_checkpoint(
    attack, verdict, run, config, tmp_path
):
    run("checkpoint", "--out", tmp_path / "point.json")
    with attack() as connection:
        connection.execute(sa.update(TRAIL).where(TRAIL.c.seq == MIDDLE).values(actor_name="azad"))
        recompute(connection, Keyring(config.keys).audit_key, MIDDLE)
    assert verdict() == (0, None)
    expected = {"kind": "recomputed", "seq": ENTRIES + 1}
    assert verdict(tmp_path / "point.json") == (1, expected)


def test_a_cut_tail_shows_against_a_checkpoint(attack, verdict, run, tmp_path):
    run("checkpoint", "--out", tmp_path / "point.json")
    with attack() as connection:
        connection.execute(sa.delete(TRAIL).where(TRAIL.c.seq > MIDDLE))
        connection.exec_driver_sql("DELETE FROM operation WHERE id > 2")
    assert verdict() == (0, None)
    assert verdict(tmp_path / "point.json") == (1, {"kind": "cut", "seq": MIDDLE + 1})


def test_a_trail_that_is_gone_shows_against_a_checkpoint(attack, verdict, run, tmp_path):
    run("checkpoint", "--out", tmp_path / "point.json")
    with attack() as connection:
        connection.execute(sa.delete(TRAIL))
        connection.exec_driver_sql("DELETE FROM operation")
    assert verdict(tmp_path / "point.json") == (1, {"kind": "cut", "seq": 1})


def test_work_after_a_checkpoint_is_no_fault(trail, verdict, run, sessions, tmp_path):
    printed = run("checkpoint").stdout
    (tmp_path / "printed.json").write_text(printed, "utf-8")
    with sessions.transaction() as session:
        session.get_one(Operation, 1).name = "Renamed"
    run("checkpoint", "--out", tmp_path / "later.json")
    assert verdict(tmp_path / "printed.json", tmp_path / "later.json") == (0, None)


def test_a_checkpoint_that_was_altered_is_refused(trail, run, tmp_path):
    run("checkpoint", "--out", tmp_path / "point.json")
    told = json.loads((tmp_path / "point.json").read_text("utf-8"))
    (tmp_path / "point.json").write_text(json.dumps(told | {"seq": MIDDLE}), "utf-8")
    answer = run("verify-audit", "--json", "--checkpoint", tmp_path / "point.json")
    assert answer.exit_code == 1
    assert "not signed by this installation, or was altered" in answer.stderr


def test_a_checkpoint_of_another_installation_is_refused(trail, run, sessions, tmp_path):
    create_keys(tmp_path / "other")
    with sessions.read() as session:
        point = Checkpoint.of(session).signed(Keyring(tmp_path / "other").signing_key)
    (tmp_path / "point.json").write_text(point, "utf-8")
    answer = run("verify-audit", "--checkpoint", tmp_path / "point.json")
    assert answer.exit_code == 1
    assert "not signed by this installation" in answer.stderr


def test_the_database_itself_refuses_what_the_program_never_does(trail, config):
    sessions = Sessions(create_engine(config.database_url))
    for statement in ("UPDATE audit_entry SET reason = 'x'", "DELETE FROM audit_entry"):
        with sessions.write() as session, pytest.raises(sa.exc.DBAPIError, match="append-only"):
            session.execute(sa.text(statement))
    sessions.engine.dispose()


def test_words_for_people_name_the_place_too(attack, run):
    with attack() as connection:
        connection.exec_driver_sql("UPDATE operation SET name = 'Another' WHERE id = 2")
    answer = run("verify-audit")
    assert answer.exit_code == 1
    assert "record 2 of operation was altered" in answer.stdout

"""The operator's commands: prove, import, back up, list."""

import json
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from caseman.accounts.models import Operation
from caseman.cli import main
from caseman.reports.models import AnteMortemReport

DATA = Path(__file__).parents[1] / "exchange" / "data"


@pytest.fixture
def run(app, monkeypatch, config):
    """Run a command on the test's own installation."""
    monkeypatch.setenv("CASEMAN_INSTANCE", str(config.instance))
    monkeypatch.setenv("CASEMAN_DATABASE_URL", config.database_url)
    monkeypatch.setattr("caseman.cli.operate.load_application", lambda: app)
    monkeypatch.setattr("caseman.cli.application.load_application", lambda: app)

    def call(*words):
        return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)

    return call


@pytest.fixture
def operation(sessions):
    with sessions.transaction() as session:
        session.add(Operation(code="RQA", name="Example operation"))


def test_an_import_tells_what_became_of_each_row(run, operation, sessions):
    answer = run("import", "reports", DATA / "reports.csv", "--json")
    told = json.loads(answer.output)
    assert (told["rows"], told["created"], told["refused"]) == (87, 87, 0)
    with sessions.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(AnteMortemReport)) == 87


def test_a_dry_run_changes_nothing(run, operation, sessions):
    answer = run("import", "reports", DATA / "reports.csv", "--dry-run")
    assert "87 created" in answer.output
    with sessions.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(AnteMortemReport)) == 0


def test_an_unreadable_file_says_why(run, operation, tmp_path):
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    answer = run("import", "reports", path)
    assert answer.exit_code == 2
    assert "empty" in answer.output


def test_without_an_operation_the_command_says_what_to_do(run):
    answer = run("import", "reports", DATA / "reports.csv")
    assert answer.exit_code == 2
    assert "caseman init" in answer.output


def test_a_whole_trail_is_proven_and_an_altered_record_named(run, operation, config):
    assert json.loads(run("verify-audit", "--json").output)["ok"] is True
    if not config.database_url.startswith("sqlite"):
        return
    with sqlite3.connect(config.database_url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE operation SET name = 'Another'")
    answer = run("verify-audit", "--json")
    assert answer.exit_code == 1
    assert json.loads(answer.output)["first_bad"] == {
        "kind": "altered",
        "table": "operation",
        "id": 1,
    }


def test_a_cut_tail_shows_against_a_checkpoint(run, operation, config, tmp_path, sessions):
    run("checkpoint", "--out", tmp_path / "point.json")
    assert run("verify-audit", "--checkpoint", tmp_path / "point.json").exit_code == 0
    if not config.database_url.startswith("sqlite"):
        return
    with sqlite3.connect(config.database_url.removeprefix("sqlite:///")) as connection:
        connection.execute("DROP TRIGGER audit_entry_no_delete")
        connection.execute("DELETE FROM audit_entry WHERE action = 'operate'")
    assert json.loads(run("verify-audit", "--json").output)["ok"] is True
    answer = run("verify-audit", "--json", "--checkpoint", tmp_path / "point.json")
    assert json.loads(answer.output)["first_bad"]["kind"] == "cut"


def test_a_backup_never_overwrites_another(run, operation, tmp_path):
    assert run("backup", tmp_path / "all.backup").exit_code == 0
    assert run("backup", tmp_path / "all.backup").exit_code == 1


def test_every_address_is_listed_with_its_permission(run):
    routes = json.loads(run("export-routes", "--json").output)
    assert all(route["permission"] and route["methods"] for route in routes)

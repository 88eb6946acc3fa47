import re

import pytest
from click.testing import CliRunner

from caseman.accounts.models import User
from caseman.accounts.queries import user_named
from caseman.cli import main
from caseman.permissions import Role
from tests.accounts.browser import enter_password, post

ANSWERS = {
    "operation": "raqqa",
    "operation-name": "Raqqa",
    "administrator": "adil",
    "administrator-name": "Adil",
    "steward": "samar",
    "steward-name": "Samar",
}
FIRST = ["init", *(word for name, text in ANSWERS.items() for word in (f"--{name}", text))]
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}")
PASSWORD = "seven quiet herons cross the ford"


@pytest.fixture
def run(config, monkeypatch):
    """Run a command on the test's installation."""
    monkeypatch.setenv("CASEMAN_INSTANCE", str(config.instance))
    monkeypatch.setenv("CASEMAN_DATABASE_URL", config.database_url)

    def command(*words):
        return CliRunner().invoke(main, words)

    return command


def test_the_first_start_makes_two_people_who_can_confirm_each_other(run, sessions):
    result = run(*FIRST)
    assert result.exit_code == 0, result.output
    assert len(CODE.findall(result.output)) == 2
    with sessions.read() as database:
        assert user_named(database, "adil").live_roles == {Role.ADMINISTRATOR}
        assert user_named(database, "samar").live_roles == {Role.STEWARD}


def test_the_code_of_the_first_start_opens_the_account(run, client):
    code = CODE.search(run(*FIRST).output)[0]
    data = {"new_password": PASSWORD, "repeated_password": PASSWORD, "username": "adil"}
    answer = post(client, "/invitation", {"one_time_secret": code.lower(), **data})
    assert answer.location == "/sign-in"
    assert enter_password(client, "adil", PASSWORD).location.startswith("/second-factor/new")


def test_a_second_first_start_is_refused(run):
    run(*FIRST)
    result = run(*FIRST)
    assert result.exit_code == 1
    assert "accounts already" in result.output


def test_a_user_is_added_listed_and_deactivated(run, sessions):
    run(*FIRST)
    added = run("user", "add", "k.osman", "Kawa Osman", "--role", "recorder")
    assert CODE.search(added.output)
    assert "k.osman\tinvited\trecorder\tKawa Osman" in run("user", "list").output
    assert run("user", "deactivate", "k.osman").exit_code == 0
    with sessions.read() as database:
        assert not user_named(database, "k.osman").active


def test_the_only_administrator_stays(run):
    run(*FIRST)
    result = run("user", "deactivate", "adil")
    assert result.exit_code == 1
    assert "only one" in result.output


def test_commands_are_recorded_as_the_operators(run, trail):
    run(*FIRST)
    assert {(actor, reason) for actor, _, _, reason in trail()} == {("operator", "caseman init")}


def test_an_unknown_account_is_named(run):
    result = run("user", "invite", "nobody")
    assert result.exit_code == 1
    assert "no account nobody" in result.output


def test_as_a_last_resort_the_operator_removes_a_second_factor(run, user, sessions, reread):
    with sessions.transaction() as database:
        database.get(User, user.id).tf_primary_method = "authenticator"
    run("user", "remove-second-factor", "rana", "--reason", "Phone burnt, seen in person.")
    assert reread(user).tf_primary_method is None

"""T02 and T03 on every form: other people's records do not move, nor columns that no form shows."""

import sqlite3
from contextlib import closing

import pytest

from caseman import schema
from caseman.permissions import Role
from tests.accounts.fixtures import StaffClient, sign_in
from tests.factories.accounts import make_team, make_user
from tests.hostile.filling import well_meant
from tests.hostile.finding import client_with, endpoint_of_post

SENTINEL = "987654321"
WHOLE_INSTALLATION = (
    *("users.", "teams.", "confirmations.", "invitations.", "account.", "security."),
    *("identification.use_model", "identification.discard_model"),
)
"""Accounts and models belong to no operation: whoever manages them manages all."""
IN_THE_BODY = {"identification.open_pairing", "custody.new_transfer"}
"""They name records of others in a field and not in their address."""


@pytest.fixture(scope="module")
def strangers(world):
    """For each role somebody who works in another operation, signed in."""
    with world.town.sessions.transaction() as session:
        team = make_team(session)
        users = {role: make_user(session, role, team=team) for role in Role}
    clients = {str(role): _signed_in(world, user) for role, user in users.items()}
    mine = _copy_of(world)
    yield clients, mine
    world.put_back()


def _signed_in(world, user) -> StaffClient:
    return sign_in(world.app, StaffClient(world.app, world.app.response_class), user)


def _copy_of(world) -> sqlite3.Connection:
    held = sqlite3.connect(":memory:", check_same_thread=False)
    with closing(sqlite3.connect(world.path)) as live:
        live.backup(held)
    return held


def _put_back(world, held):
    with closing(sqlite3.connect(world.path)) as live:
        held.backup(live)


def test_nobody_moves_what_belongs_to_another_operation(world, strangers):
    clients, mine = strangers
    before, wrong = world.cases(), []
    for found in world.forms.values():
        endpoint, arguments = endpoint_of_post(world.app, found.form.action)
        if endpoint.startswith(WHOLE_INSTALLATION) or found.who not in clients:
            continue
        if not arguments and endpoint not in IN_THE_BODY:
            continue
        client = clients[found.who]
        sent = well_meant(found.form) | {"csrf_token": [client.csrf]}
        answer = client_with(world.app, _cookies(client)).post(found.form.action, data=sent)
        expected = {422} if endpoint == "custody.new_transfer" else {404}
        if answer.status_code not in expected:
            wrong.append(f"{found}: {answer.status_code}")
        if world.cases() != before:
            wrong.append(f"{found}: changed something")
            _put_back(world, mine)
    assert wrong == []


def _cookies(client):
    return {cookie.key: cookie.value for cookie in client._cookies.values()}


def test_no_form_takes_a_column_that_it_does_not_show(world):
    columns = {
        column.name for table in schema.metadata().tables.values() for column in table.columns
    }
    wrong = []
    for found in world.forms.values():
        extra = {name: [SENTINEL] for name in columns - found.form.names}
        client = client_with(world.app, found.jar)
        answer = client.post(found.form.action, data=well_meant(found.form) | extra)
        if answer.status_code >= 500:
            wrong.append(f"{found}: {answer.status_code}")
        rows = [row for table in world.cases().values() for row in table]
        if any(SENTINEL in str(value) for row in rows for value in row):
            wrong.append(f"{found}: stored it")
        world.put_back()
    assert wrong == []


@pytest.mark.parametrize("number", ["9" * 30])
def test_numbers_in_addresses_that_no_row_has_are_not_there(world, number):
    paths = [
        "".join(number if is_dynamic else text for is_dynamic, text in rule._trace).lstrip("|")
        for rule in world.app.url_map.iter_rules()
        if rule.arguments and "GET" in rule.methods and rule.endpoint != "static"
    ]
    with world.town.sessions.transaction() as session:
        everybody = make_user(session, *Role, team=make_team(session))
    signed_in = _signed_in(world, everybody)
    client = client_with(world.app, _cookies(signed_in))
    answers = {path: client.get(f"{path}?after={number}").status_code for path in paths}
    world.put_back()
    assert {path: status for path, status in answers.items() if status >= 500} == {}

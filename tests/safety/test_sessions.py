"""T05: a session begins anew at sign-in and is dead on the server when it ends."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from caseman.accounts.models import ServerSession, User
from caseman.accounts.services import roles, second_factor, users
from caseman.database import now
from caseman.permissions import Role
from tests.accounts.browser import enter_password, is_signed_in, post, set_up_second_factor
from tests.factories.accounts import PASSWORD, make_user

COOKIE = "session"
NEW_PASSWORD = "seven quiet herons cross the ford"


def cookie_of(client):
    found = client.get_cookie(COOKIE)
    return found and found.value


def replay(app, value):
    """Another browser that holds a copy of the cookie."""
    thief = app.test_client()
    thief.set_cookie(COOKIE, value)
    return thief


def change_account(sessions, user, change):
    with sessions.transaction() as database:
        change(database, database.get(User, user.id))


def test_the_id_changes_with_the_password_and_with_the_second_factor(client, user):
    client.get("/sign-in")
    ids = [cookie_of(client)]
    enter_password(client, "rana")
    ids.append(cookie_of(client))
    set_up_second_factor(client)
    ids.append(cookie_of(client))
    assert len(set(ids)) == 3


def test_a_fixed_id_is_not_signed_in_with_its_victim(app, client, user):
    client.get("/sign-in")
    fixed = cookie_of(client)
    enter_password(client, "rana")
    set_up_second_factor(client)
    assert not is_signed_in(replay(app, fixed))


def test_an_invented_id_is_not_accepted(app, client, user):
    client.set_cookie(COOKIE, "invented")
    client.get("/sign-in")
    assert cookie_of(client) != "invented"


def test_a_copied_cookie_is_dead_after_sign_out(app, client_as):
    client = client_as(Role.RECORDER)
    copied = cookie_of(client)
    assert is_signed_in(replay(app, copied))
    answer = client.send("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(replay(app, copied))
    assert not is_signed_in(client)


ENDS = {
    "a new password": lambda _db, user: users.set_password(user, "hash"),
    "a new invitation": lambda db, user: users.invite_again(db, user, None),
    "a new role": lambda db, user: roles.grant(db, user, Role.EXAMINER, None),
    "a role taken away": lambda db, user: roles.revoke(db, user.grants[0], None),
    "deactivation": lambda db, user: users.deactivate(db, user, None),
    "a second factor removed": second_factor.remove,
}


@pytest.mark.parametrize("change", ENDS.values(), ids=ENDS)
def test_every_session_is_dead_after(change, app, sessions, client_as):
    client = client_as(Role.RECORDER)
    copied = cookie_of(client)
    change_account(sessions, client.user, change)
    assert client.get("/account").location.startswith("/sign-in")
    assert not is_signed_in(replay(app, copied))


def test_a_half_done_sign_in_is_dead_after_a_new_password(client, user, sessions):
    enter_password(client, "rana")
    change_account(sessions, user, lambda _db, account: users.set_password(account, "hash"))
    assert client.get("/second-factor/new").location == "/sign-in"


@pytest.mark.parametrize(
    ("column", "age", "alive"),
    [
        (ServerSession.seen_at, timedelta(minutes=13), True),
        (ServerSession.seen_at, timedelta(minutes=16), False),
        (ServerSession.created_at, timedelta(hours=9), True),
        (ServerSession.created_at, timedelta(hours=11), False),
    ],
)
def test_a_session_ends_when_idle_and_after_a_working_day(column, age, alive, sessions, client_as):
    client = client_as(Role.RECORDER)
    with sessions.transaction() as database:
        database.execute(sa.update(ServerSession).values({column: now() - age}))
    assert is_signed_in(client) is alive


def test_a_request_keeps_the_session_awake(sessions, client_as):
    client = client_as(Role.RECORDER)
    with sessions.transaction() as database:
        database.execute(sa.update(ServerSession).values(seen_at=now() - timedelta(minutes=10)))
    client.get("/account")
    with sessions.read() as database:
        assert database.scalar(sa.select(ServerSession.seen_at)) > now() - timedelta(minutes=1)


def test_changing_the_password_ends_the_other_sessions_only(app, client, user):
    enter_password(client, "rana")
    set_up_second_factor(client)
    before = cookie_of(client)
    answer = post(
        client,
        "/account/password",
        {"password": PASSWORD, "new_password": NEW_PASSWORD, "repeated_password": NEW_PASSWORD},
    )
    assert answer.status_code == 302
    assert is_signed_in(client)
    assert not is_signed_in(replay(app, before))


def test_one_can_end_all_other_sessions(app, client_as):
    here = client_as(Role.RECORDER)
    elsewhere = client_as(user=here.user)
    here.send("/account/sessions/end")
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


def test_two_people_in_two_browsers_stay_apart(client_as):
    first, second = client_as(Role.RECORDER), client_as(Role.INTAKE)
    first.send("/sign-out")
    assert is_signed_in(second)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client):
    cookie = client.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie


def test_over_https_the_cookie_is_bound_to_the_host(client, app):
    app.config.update(SESSION_COOKIE_NAME="__Host-session", SESSION_COOKIE_SECURE=True)
    cookie = client.get("/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert "Secure" in cookie
    assert "Path=/" in cookie


def test_the_database_holds_no_session_that_opens(app, client_as, sessions):
    client = client_as(Role.RECORDER)
    with sessions.read() as database:
        row = database.scalar(sa.select(ServerSession))
    assert cookie_of(client) not in (row.digest, row.data.decode("latin-1"))
    assert client.user.fs_uniquifier.encode() not in row.data
    assert not is_signed_in(replay(app, row.digest))


def test_values_moved_to_another_session_do_not_open(app, client_as, sessions):
    admin, recorder = client_as(Role.ADMINISTRATOR), client_as(Role.RECORDER)
    with sessions.transaction() as database:
        rows = database.scalars(sa.select(ServerSession).order_by(ServerSession.id)).all()
        rows[1].data = rows[0].data
    assert not is_signed_in(recorder)
    assert is_signed_in(admin)


def test_no_other_door_opens_the_account(app, client, user, sessions):
    with sessions.transaction() as database:
        database.get(User, user.id).password = "x"
    for headers in (
        {"Authentication-Token": user.fs_uniquifier},
        {"Authorization": "Basic cmFuYTpy"},
        {"Cookie": f"remember_token={user.fs_uniquifier}|0"},
    ):
        assert client.get("/account", headers=headers).status_code == 302
    assert client.get(f"/account?auth_token={user.fs_uniquifier}").status_code == 302


def test_a_get_writes_nothing_but_the_session_row(app, client_as, sessions):
    client = client_as(Role.ADMINISTRATOR)
    with sessions.transaction() as database:
        make_user(database)
    written = []
    engine = sessions.engine
    sa.event.listen(
        engine, "before_cursor_execute", lambda *args: written.append(args[2].split()[0:3])
    )
    client.get("/users")
    changes = [words for words in written if words[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert {words[1] if words[0] == "UPDATE" else words[2] for words in changes} <= {
        "server_session"
    }

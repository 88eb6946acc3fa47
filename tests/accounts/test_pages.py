"""The pages of people, roles, teams and confirmations, as two colleagues use them."""

import re

import pytest

from caseman.accounts.models import Team, User
from caseman.accounts.queries import all_teams, user_named
from caseman.permissions import Role
from tests.accounts.browser import (
    code_now,
    enter_password,
    is_signed_in,
    post,
    set_up_second_factor,
    sign_in_fully,
)
from tests.factories.accounts import make_operation

CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}")
PASSWORD = "seven quiet herons cross the ford"


@pytest.fixture
def admin(client_as):
    return client_as(Role.ADMINISTRATOR)


@pytest.fixture
def steward(client_as):
    return client_as(Role.STEWARD)


def code_on(page):
    assert page.status_code == 200, page.get_data(as_text=True)
    return CODE.search(page.get_data(as_text=True))[0]


def invite(admin, username="k.osman", name="Kawa Osman"):
    data = {"name": name, "username": username, "language": "ar", "person_id": ""}
    return admin.send("/users/invite", data)


def test_an_invited_person_chooses_the_password_and_signs_in(app, admin):
    code = code_on(invite(admin))
    browser = app.test_client()
    data = {"username": "K.Osman", "one_time_secret": code}
    both = {"new_password": PASSWORD, "repeated_password": PASSWORD}
    assert post(browser, "/invitation", {**data, **both}).location == "/sign-in"
    enter_password(browser, "k.osman", PASSWORD)
    set_up_second_factor(browser)
    assert 'lang="ar"' in browser.get("/account").get_data(as_text=True)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("short", "short", "at least 15"),
        ("password1234567890", "password1234567890", "easy to guess"),
        (PASSWORD, PASSWORD + "!", "differ"),
    ],
)
def test_a_bad_new_password_is_explained(app, admin, first, second, why):
    data = {"username": "k.osman", "one_time_secret": code_on(invite(admin))}
    both = {"new_password": first, "repeated_password": second}
    answer = post(app.test_client(), "/invitation", {**data, **both})
    assert answer.status_code == 422
    assert why in answer.get_data(as_text=True)


def test_a_taken_user_name_keeps_what_was_typed(admin):
    invite(admin)
    answer = invite(admin, name="Somebody Else")
    assert answer.status_code == 409
    assert "Somebody Else" in answer.get_data(as_text=True)


def test_a_sensitive_role_travels_from_administrator_to_steward(admin, steward, user, reread):
    admin.send(f"/users/{user.id}/roles", {"role": "board"})
    assert reread(user).live_roles == frozenset()
    page = steward.get("/confirmations").get_data(as_text=True)
    (address,) = re.findall(r'action="(/confirmations/roles/\d+)"', page)
    assert admin.send(address).status_code == 403
    steward.send(address)
    assert reread(user).live_roles == {Role.BOARD}


def test_nobody_gives_themselves_a_role_on_the_page(admin, reread):
    answer = admin.send(f"/users/{admin.user.id}/roles", {"role": "auditor"})
    assert answer.status_code == 409
    assert reread(admin.user).live_roles == {Role.ADMINISTRATOR}


def test_a_role_is_taken_away_with_the_reason_in_the_trail(admin, user, reread, trail):
    admin.send(f"/users/{user.id}/roles", {"role": "recorder"})
    given = reread(user).grants[0]
    admin.send(f"/users/{user.id}/roles/{given.id}/revoke")
    assert reread(user).live_roles == frozenset()
    assert {actor for actor, verb, _, _ in trail() if verb == "update"} >= {admin.user.username}


def test_a_role_of_one_account_is_not_revoked_under_another(admin, user, reread):
    admin.send(f"/users/{user.id}/roles", {"role": "recorder"})
    given = reread(user).grants[0]
    assert admin.send(f"/users/999/roles/{given.id}/revoke").status_code == 404


def test_an_account_is_closed_and_opened_again(admin, user, reread):
    admin.send(f"/users/{user.id}/deactivate")
    assert not reread(user).active
    admin.send(f"/users/{user.id}/reactivate")
    assert reread(user).active


def test_two_colleagues_restore_a_lost_second_factor(app, client, admin, steward, user, trail):
    old = sign_in_fully(client, "rana")
    ask = {"user_id": user.id, "reason": "She sits in front of me."}
    assert admin.send("/confirmations/second-factor/new", ask).status_code == 302
    page = steward.get("/confirmations").get_data(as_text=True)
    (address,) = re.findall(r'action="(/confirmations/second-factor/\d+)"', page)
    assert admin.send(address).status_code == 409
    code = code_on(steward.send(address))
    browser = app.test_client()
    enter_password(browser, "rana")
    assert post(browser, "/second-factor/lost", {"code": code}).location == "/second-factor/new"
    assert not is_signed_in(browser)
    new, _ = set_up_second_factor(browser)
    assert is_signed_in(browser)
    assert not is_signed_in(client)
    assert new != old
    assert "She sits in front of me." in [reason for *_, reason in trail()]


def test_a_second_factor_is_replaced_after_the_password_was_given_anew(app, client, user):
    sessions = app.extensions["caseman"].sessions
    old = sign_in_fully(client, "rana")
    with sessions.transaction() as database:
        database.get(User, user.id).totp_last_step += 4  # whatever the clock does until the next
    new, answer = set_up_second_factor(client)
    assert answer.status_code == 422  # that step was used
    with sessions.transaction() as database:
        database.get(User, user.id).totp_last_step = None
    new, answer = set_up_second_factor(client)
    assert answer.status_code == 302
    assert is_signed_in(client)
    other = app.test_client()
    enter_password(other, "rana")
    post(other, "/second-factor", {"code": code_now(old, steps=1)})
    assert not is_signed_in(other)
    post(other, "/second-factor", {"code": code_now(new, steps=1)})
    assert is_signed_in(other)


def test_a_team_is_formed_changed_and_joined(admin, user, sessions, reread):
    admin.send("/operations/new", {"code": "RAQQA", "name": "Raqqa"})
    assert admin.send("/operations/new", {"code": "RAQQA", "name": "x"}).status_code == 409
    with sessions.read() as database:
        page = admin.get("/teams").get_data(as_text=True)
        address = re.search(r'href="(/operations/\d+/teams/new)"[^>]*>[^<]*RAQQA', page)[1]
    team = admin.send(address, {"code": "REC-1", "name": "First", "covers_operation": "y"}).location
    admin.send(f"{team}/members", {"user_id": user.id})
    assert [each.team.name for each in reread(user).memberships] == ["First"]
    version = re.search(r'name="version"[^>]*value="(\d+)"', admin.get(f"{team}/change").text)[1]
    admin.send(f"{team}/change", {"name": "Second", "version": version})
    with sessions.read() as database:
        changed = next(each for each in all_teams(database) if each.code == "REC-1")
        assert (changed.name, changed.covers_operation) == ("Second", False)
    assert admin.send(f"{team}/change", {"name": "Third", "version": version}).status_code == 409
    (member,) = re.findall(r'action="(/teams/\d+/members/\d+/remove)"', admin.get(team).text)
    admin.send(member)
    assert reread(user).memberships == []
    assert isinstance(changed, Team)


def test_an_auditor_looks_and_changes_nothing(client_as, user):
    auditor = client_as(Role.AUDITOR)
    page = auditor.get(f"/users/{user.id}").get_data(as_text=True)
    assert "/deactivate" not in page
    assert auditor.get("/teams").status_code == 200
    assert auditor.send(f"/users/{user.id}/deactivate").status_code == 403


def test_an_old_sign_in_is_asked_for_the_password_again(client, user, sessions):
    sign_in_fully(client, "rana")
    with sessions.transaction() as database:
        make_operation(database)
        assert user_named(database, "rana")
    with client.session_transaction() as values:
        values["fs_paa"], values["fs_gexp"] = 1, 1
    asked = client.get("/account/recovery-codes")
    assert asked.location == "/sign-in/again?next=/account/recovery-codes"
    assert post(client, asked.location, {"password": "wrong wrong wrong wrong"}).status_code == 422
    again = post(
        client,
        asked.location,
        {"password": "copper lantern under the third bridge", "next": "/account/recovery-codes"},
    )
    assert again.location == "/account/recovery-codes"
    assert client.get("/account/recovery-codes").status_code == 200


def test_the_language_of_the_account_is_kept(client_as, reread):
    client = client_as(Role.RECORDER)
    client.send("/account/language", {"language": "kmr"})
    assert reread(client.user).language == "kmr"

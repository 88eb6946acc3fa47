import re

import pytest

from caseman.accounts.models import User
from tests.accounts.browser import (
    code_now,
    enter_password,
    is_signed_in,
    post,
    set_up_second_factor,
    sign_in_fully,
    token_of,
)
from tests.factories.accounts import PASSWORD


def test_the_first_sign_in_leads_to_the_second_factor_before_anything_else(client, user):
    answer = enter_password(client, "rana")
    assert answer.location == "/second-factor/new"
    assert not is_signed_in(client)
    _, answer = set_up_second_factor(client)
    assert answer.location == "/account/recovery-codes"
    assert is_signed_in(client)


def test_later_sign_ins_ask_for_the_code(app, client, user):
    secret = sign_in_fully(client, "rana")
    other = app.test_client()
    assert enter_password(other, "rana").location.startswith("/second-factor?")
    assert not is_signed_in(other)
    post(other, "/second-factor", {"code": code_now(secret, steps=1)})
    assert is_signed_in(other)


@pytest.mark.parametrize("name", ["RANA", " rana ", "ｒａｎａ", "ra na"])
def test_a_name_may_be_typed_in_any_of_its_spellings(client, user, name):
    assert enter_password(client, name).status_code == 302


def test_arabic_digits_are_digits(app, client, user):
    secret = sign_in_fully(client, "rana")
    other = app.test_client()
    enter_password(other, "rana")
    arabic = code_now(secret, steps=1).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    post(other, "/second-factor", {"code": arabic})
    assert is_signed_in(other)


def test_a_wrong_password_stays_on_the_page_and_is_recorded(client, user, trail):
    answer = enter_password(client, "rana", "wrong horse battery staple")
    assert answer.status_code == 422
    assert ("public form", "refused", "rana", "password") in trail()


def test_what_was_typed_as_an_unknown_name_is_not_recorded(client, trail):
    enter_password(client, "my-secret-password-by-mistake")
    assert [entry[2] for entry in trail()] == ["unknown account"]


def test_sign_in_and_sign_out_are_recorded(client, user, trail):
    sign_in_fully(client, "rana")
    post(client, "/sign-out", page="/account")
    acts = [(actor, verb) for actor, verb, _, _ in trail() if verb.startswith("sign")]
    assert acts == [("rana", "sign_in"), ("rana", "sign_out")]


def test_a_closed_account_reads_as_a_wrong_password(client, user, sessions):
    with sessions.transaction() as database:
        database.get(User, user.id).active = False
    answer = enter_password(client, "rana")
    assert answer.status_code == 422
    assert not is_signed_in(client)


def test_a_recovery_code_opens_once(app, client, user):
    sign_in_fully(client, "rana")
    page = post(client, "/account/recovery-codes").get_data(as_text=True)
    codes = re.findall(r'class="code">([0-9A-Z]{4}(?:-[0-9A-Z]{4}){5})<', page)
    assert len(codes) == 10
    for expected in (True, False):
        other = app.test_client()
        enter_password(other, "rana")
        post(other, "/second-factor/recovery", {"code": codes[0].lower().replace("-", " ")})
        assert is_signed_in(other) is expected


def test_recovery_codes_are_not_in_the_database(client, user, reread):
    sign_in_fully(client, "rana")
    page = post(client, "/account/recovery-codes").get_data(as_text=True)
    stored = reread(user).mf_recovery_codes
    assert len(stored) == 10
    assert not any(code in page for code in stored)


def test_nobody_skips_the_password(client, user):
    for path in ("/second-factor", "/second-factor/new", "/second-factor/recovery"):
        assert client.get(path).location == "/sign-in"


def test_signing_in_leads_back_to_where_one_wanted_to_go(app, client, user):
    secret = sign_in_fully(client, "rana")
    other = app.test_client()
    asked = other.get("/account/password").location
    assert asked == "/sign-in?next=/account/password"
    token = token_of(other.get(asked))
    data = {"csrf_token": token, "username": "rana", "password": PASSWORD}
    second = other.post(asked, data={**data, "next": "/account/password"}).location
    token = token_of(other.get(second))
    code = {"csrf_token": token, "code": code_now(secret, steps=1)}
    assert other.post(second, data=code).location == "/account/password"


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_elsewhere(client, user, evil):
    enter_password(client, "rana", page="/sign-in")
    token = token_of(client.get("/sign-in"))
    data = {"csrf_token": token, "username": "rana", "password": PASSWORD, "next": evil}
    assert "evil" not in client.post("/sign-in", data=data).location


def test_a_demonstration_may_do_without_and_says_so(app, client, user):
    installed = app.extensions["caseman"]
    object.__setattr__(installed.config, "second_factor", False)
    installed.sessions.info["second_factor_required"] = False
    assert "demonstration" in client.get("/sign-in").get_data(as_text=True)
    enter_password(client, "rana")
    assert is_signed_in(client)

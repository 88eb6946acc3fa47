"""T06: a code of the second factor opens once, and only within one time step."""

import pytest
from passlib.totp import TOTP

from tests.accounts.browser import code_now, enter_password, is_signed_in, post, sign_in_fully


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock of codes that stands: no step may end between two codes of one test."""
    moment = TOTP.now()
    monkeypatch.setattr(TOTP, "now", staticmethod(lambda: moment))


@pytest.fixture
def secret(client, user):
    return sign_in_fully(client, "rana")


def try_code(app, code):
    browser = app.test_client()
    enter_password(browser, "rana")
    post(browser, "/second-factor", {"code": code})
    return is_signed_in(browser)


def test_a_used_code_is_refused(app, secret):
    code = code_now(secret, steps=1)
    assert try_code(app, code)
    assert not try_code(app, code)


@pytest.mark.parametrize("padded", ["{} ", " {}", "{}-", "0{}", "{:.3} {:.3}"])
def test_a_used_code_is_refused_however_it_is_padded(app, secret, padded):
    code = code_now(secret, steps=1)
    assert try_code(app, code)
    assert not try_code(app, padded.format(code, code[3:]))


def test_a_code_older_than_the_last_used_is_refused(app, secret):
    assert try_code(app, code_now(secret, steps=1))
    assert not try_code(app, code_now(secret))


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_a_code_of_another_time_is_refused(app, secret, steps):
    assert not try_code(app, code_now(secret, steps=steps))


def test_the_code_of_setting_up_opens_no_second_sign_in(app, client, user, reread):
    secret = sign_in_fully(client, "rana")
    assert reread(user).totp_last_step
    assert not try_code(app, code_now(secret))


def test_a_failed_code_is_recorded(app, secret, trail):
    assert not try_code(app, "000000")
    assert ("public form", "refused", "rana", "second factor") in trail()


def test_the_secret_lies_sealed(client, user, secret, reread):
    stored = reread(user).tf_totp_secret_sealed
    key = str(secret.get("key") or secret.get("enckey"))
    assert stored
    assert key.encode() not in stored

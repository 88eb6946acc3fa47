"""Walks through the pages of sign-in as a person does."""

import re

from passlib.totp import TOTP

from tests.factories.accounts import PASSWORD


def token_of(page):
    """The form token of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.get_data(as_text=True))
    assert found, page.get_data(as_text=True)[:500]
    return found[1]


def post(client, path, data=None, *, page=None, **options):
    """Open the page, fill it in and send it."""
    token = token_of(client.get(page or path))
    return client.post(path, data={"csrf_token": token, **(data or {})}, **options)


def enter_password(client, username, password=PASSWORD, **options):
    return post(client, "/sign-in", {"username": username, "password": password}, **options)


def code_now(secret, *, steps=0):
    """What an authenticator app shows, ``steps`` half minutes from now."""
    return TOTP.from_source(secret).generate(TOTP.now() + 30 * steps).token


def set_up_second_factor(client):
    """Set up the app after the password; return its key and the answer."""
    page = post(client, "/second-factor/new", {"setup": "authenticator"})
    html = page.get_data(as_text=True)
    key = re.search(r'dir="ltr">([A-Z2-7 ]{20,})<', html)[1].replace(" ", "")
    secret = TOTP(key=key, format="base32").to_dict()
    answer = client.post(
        "/second-factor", data={"csrf_token": token_of(page), "code": code_now(secret)}
    )
    return secret, answer


def sign_in_fully(client, username):
    """First sign-in of a new account; return the app's secret."""
    enter_password(client, username)
    secret, answer = set_up_second_factor(client)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return secret


def is_signed_in(client):
    return client.get("/account").status_code == 200

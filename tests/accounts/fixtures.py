"""Signed-in clients for the tests of every slice."""

import secrets
import time

import pytest
from flask import session as browser_session
from flask_wtf.csrf import generate_csrf

from caseman.accounts.models import ServerSession
from caseman.accounts.sessions import digest_of
from caseman.accounts.state import KEY
from tests.factories.accounts import make_team, make_user
from tests.pages import CheckedClient


class StaffClient(CheckedClient):
    """A browser in which somebody is signed in."""

    user = None
    csrf = ""

    def send(self, path, data=None, **options):
        """Post ``data`` as one of our own pages would."""
        return self.post(path, data={"csrf_token": self.csrf, **(data or {})}, **options)


def session_values(app, user, **more):
    """What a session that has just signed in holds, and the form token that goes with it."""
    raw = secrets.token_hex(20)
    with app.test_request_context():
        browser_session["csrf_token"] = raw
        token = generate_csrf()
    values = {"_user_id": user.fs_uniquifier, "fs_paa": time.time(), "csrf_token": raw, **more}
    return values, token


def sign_in(app, client, user):
    """Begin a session for ``user`` in ``client`` without the pages of sign-in."""
    values, token = session_values(app, user)
    session_id = secrets.token_urlsafe(32)
    digest = digest_of(session_id)
    store = app.extensions[KEY].sessions
    with app.extensions["caseman"].sessions.transaction() as database:
        database.add(
            ServerSession(
                digest=digest,
                user_id=user.id,
                epoch=user.session_epoch,
                data=store._vault.close(values, digest),
            )
        )
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], session_id)
    client.user, client.csrf = user, token
    return client


@pytest.fixture
def client_as(app, sessions):
    """Return a client in which somebody with ``roles`` is signed in.

    ``team=None`` leaves them without any; otherwise they join the given one, or a new team that
    covers its operation.
    """

    def signed_in(*roles, team="new", user=None):
        with sessions.transaction() as database:
            if user is None:
                joined = make_team(database) if team == "new" else team
                user = make_user(database, *roles, team=database.merge(joined) if joined else None)
        app.test_client_class, usual = StaffClient, app.test_client_class
        client = app.test_client()
        app.test_client_class = usual
        return sign_in(app, client, user)

    return signed_in


@pytest.fixture
def signed_in(client_as):
    """The same under the name that reads better alone: ``signed_in(Role.AUDITOR)``."""
    return client_as

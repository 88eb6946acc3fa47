import flask_login
import pytest
from sqlalchemy import select

import caseman.app
from tests.pages import CheckedClient
from tests.web.notes import Note, OwnBase, Somebody, notes


@pytest.fixture
def app(config, monkeypatch):
    monkeypatch.setattr(caseman.app, "BLUEPRINTS", (notes,))
    app = caseman.app.create_app(config)
    app.test_client_class = CheckedClient
    manager = flask_login.LoginManager(app)
    # A header stands for the sign-in of the accounts slice.
    manager.request_loader(lambda r: Somebody() if r.headers.get("X-Signed-In") else None)
    app.extensions["caseman"].sign_in_endpoint = "notes.own"
    OwnBase.metadata.create_all(app.extensions["caseman"].sessions.engine)
    yield app
    app.extensions["caseman"].sessions.engine.dispose()


@pytest.fixture
def stored(sessions):
    """Return what is stored, as another connection sees it."""

    def texts():
        with sessions.read() as reader:
            return sorted(reader.scalars(select(Note.text)))

    return texts


@pytest.fixture
def token(app, client):
    """Return the token of a page the client has opened."""

    def fetch(path="/notes/new"):
        html = client.get(path).get_data(as_text=True)
        return html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]

    return fetch

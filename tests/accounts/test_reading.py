import pytest
import sqlalchemy as sa
from flask import Blueprint
from sqlalchemy.exc import DatabaseError

import caseman.app
from caseman.accounts.models import User
from caseman.accounts.reading import opened
from caseman.permissions import Permission, Role
from caseman.web.guards import requires
from caseman.web.unit_of_work import session

files = Blueprint("files", __name__)


@files.get("/files/<int:user_id>")
@requires(Permission.SIGNED_IN)
def show(user_id):
    row = session.get(User, user_id)
    opened(row)
    return f"secret of {row.username}"


@files.post("/files/<int:user_id>")
@requires(Permission.SIGNED_IN)
def change(user_id):
    opened(session.get(User, user_id))
    return "", 204


@pytest.fixture
def app(config, monkeypatch):
    monkeypatch.setattr(caseman.app, "BLUEPRINTS", (*caseman.app.BLUEPRINTS, files))
    app = caseman.app.create_app(config)
    yield app
    app.extensions["caseman"].sessions.engine.dispose()


def reads(trail):
    return [(actor, subject) for actor, verb, subject, _ in trail() if verb == "read"]


def test_whoever_opens_a_record_is_written_down(client_as, user, trail):
    client = client_as(Role.RECORDER)
    assert "secret of rana" in client.get(f"/files/{user.id}").get_data(as_text=True)
    client.send(f"/files/{user.id}")
    assert reads(trail) == [(client.user.username, "rana")] * 2


def test_what_cannot_be_written_down_is_not_shown(client_as, user, sessions):
    client = client_as(Role.RECORDER)

    def refuse(_connection, _cursor, statement, *_rest):
        if statement.startswith("INSERT INTO audit_entry"):
            raise sa.exc.OperationalError(statement, {}, OSError("disk full"))

    sa.event.listen(sessions.engine, "before_cursor_execute", refuse)
    answer = client.get(f"/files/{user.id}")
    assert answer.status_code >= 500
    assert "secret" not in answer.get_data(as_text=True)
    assert issubclass(sa.exc.OperationalError, DatabaseError)

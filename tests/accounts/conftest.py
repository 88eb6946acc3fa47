import pytest

from caseman.accounts.state import KEY
from caseman.audit.models import AuditEntry
from tests.factories.accounts import PASSWORD, make_user


@pytest.fixture
def hasher(app):
    return app.extensions[KEY].hasher


@pytest.fixture
def user(sessions, hasher):
    """An account with a password and, so far, no second factor."""
    with sessions.transaction() as database:
        return make_user(database, username="rana", password_hash=hasher.hash(PASSWORD))


@pytest.fixture
def reread(sessions):
    """Return a row as it is stored now."""

    def read(row):
        with sessions.read() as database:
            return database.get(type(row), row.id)

    return read


@pytest.fixture
def trail(sessions):
    """Return what the audit trail says: (actor, verb, subject, reason) of each entry."""

    def entries():
        with sessions.read() as database:
            rows = database.query(AuditEntry).order_by(AuditEntry.seq)
            return [(row.actor_name, str(row.action), row.subject, row.reason) for row in rows]

    return entries

import pytest

from tests.identification.world import build


@pytest.fixture
def world(session):
    """One grave, one operation, a staff of six; committed, so that clients may read it."""
    world = build(session)
    session.commit()
    return world


@pytest.fixture
def signed_in_as(world, client_as):
    """Return a client in which one of the world's staff is signed in."""

    def signed_in(name):
        return client_as(user=world.users[name])

    return signed_in

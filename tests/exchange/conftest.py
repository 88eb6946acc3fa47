import pytest

from tests.identification.world import build


@pytest.fixture
def world(session):
    world = build(session)
    session.commit()
    return world


@pytest.fixture
def steward(world, client_as):
    return client_as(user=world.users["steward"])

import pytest

from tests.identification.carrying import identified
from tests.identification.world import build


@pytest.fixture
def world(session):
    world = build(session)
    session.commit()
    return world


@pytest.fixture
def decision(world, session):
    """An identification that four people signed."""
    pairing = identified(world)
    session.commit()
    return pairing.decision


@pytest.fixture
def board(world, client_as):
    return client_as(user=world.users["decider"])

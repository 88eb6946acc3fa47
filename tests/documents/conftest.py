import pytest

from caseman.identification.services.pairings import open_pairing
from tests.identification.test_signing import carry, settle
from tests.identification.world import TODAY, build


@pytest.fixture
def world(session):
    world = build(session)
    session.commit()
    return world


@pytest.fixture
def decision(world, session):
    """An identification that four people signed."""
    pairing = open_pairing(
        session, world.remains(14), world.person("دارا سيف"), world.users["proposer"], today=TODAY
    )
    settle(world, pairing)
    carry(world, pairing)
    session.commit()
    return pairing.decision


@pytest.fixture
def board(world, client_as):
    return client_as(user=world.users["decider"])

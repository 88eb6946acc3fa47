"""Units held to be of one person: what a decision on one says on the pages of the other."""

import pytest

from caseman.identification.services.pairings import open_pairing
from caseman.remains import services
from tests.identification.carrying import carry, settle
from tests.identification.world import TODAY, build

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_decision_on_one_unit_is_told_on_the_pages_of_the_other(session, client_as):
    world = build(session)
    decided, other = world.remains(1), world.remains(2)
    person, somebody = world.person(), world.person("Rami Haddad")
    first, second = world.users["proposer"], world.users["reviewer"]
    held = services.propose(session, decided, other, services.Proposal("They fit."), first)
    services.sign(session, held, second)
    identified = open_pairing(session, decided, person, first, today=TODAY)
    settle(world, identified)
    carry(world, identified)
    same = open_pairing(session, other, person, first, today=TODAY)
    another = open_pairing(session, other, somebody, first, today=TODAY)
    session.commit()
    client = client_as(user=world.users["decider"])

    def told(address):
        return client.get(address).text

    candidates = told(f"/candidates/remains/{other.number}")
    assert f'href="/candidates/remains/{decided.number}"' in candidates
    assert f"{decided.number} is identified as {person.number}: so are these" in candidates
    assert f"{decided.number} is identified as this person." in told(f"/pairings/{same.number}")
    assert "cannot be right beside it" in told(f"/pairings/{another.number}")
    assert "Nothing is decided about it" in told(f"/decisions/{identified.decision.number}")

    session.rollback()
    services.undo(session, held, "The refit was wrong.", first)
    session.commit()
    assert "cannot be right" not in told(f"/pairings/{another.number}")

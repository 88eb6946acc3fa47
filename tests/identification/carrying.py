"""How a case of the small world is carried to a decision."""

from caseman.identification.codes import Basis, Outcome, Verdict
from caseman.identification.drafts import Judgement, Statement
from caseman.identification.services.pairings import judge, open_pairing
from caseman.identification.services.signing import sign
from tests.identification.world import TODAY

IDENTIFIED = Statement(
    Outcome.IDENTIFIED, "The watch and the age agree; nothing contradicts.", Basis.COMBINED
)


def settle(world, pairing, name="proposer"):
    judge(
        pairing,
        [
            Judgement(line.line, Verdict.EXPLAINABLE, "The date was told from memory.")
            for line in pairing.lines
            if line.engine_verdict is Verdict.CONTRADICTS
        ],
        world.users[name],
    )


def put(world, pairing, name, statement=IDENTIFIED):
    return sign(world.session, pairing, world.users[name], statement, scope=world.scope(name))


def carry(world, pairing, names=("proposer", "reviewer", "decider", "second"), what=IDENTIFIED):
    for name in names:
        put(world, pairing, name, what)


def identified(world, sequence=14, name="دارا سيف"):
    """Return the comparison of new remains with a new person, identified by four people."""
    remains, person = world.remains(sequence), world.person(name)
    pairing = open_pairing(world.session, remains, person, world.users["proposer"], today=TODAY)
    settle(world, pairing)
    carry(world, pairing)
    return pairing

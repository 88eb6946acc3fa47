"""Four people carry a case; nobody acts twice, and nothing signed can change unseen."""

import pytest

from caseman.coding import SexEstimate
from caseman.database import now
from caseman.identification.codes import (
    NotificationManner,
    Outcome,
    PairingState,
    Step,
    Verdict,
)
from caseman.identification.drafts import Judgement, Statement, Telling
from caseman.identification.errors import ReconciliationError, SamePersonError
from caseman.identification.services import returns
from caseman.identification.services.decisions import (
    ask_revocation,
    confirm_revocation,
    dependents,
)
from caseman.identification.services.pairings import judge, open_pairing
from caseman.identification.services.signing import (
    give_back,
    live_signatures,
    obstacle,
    void_if_changed,
)
from caseman.permissions import Role
from caseman.remains.codes import RemainsStatus
from caseman.reports.codes import MissingPersonStatus
from tests.identification.carrying import carry, put, settle
from tests.identification.world import TODAY, build

EXCLUDED = Statement(Outcome.EXCLUDED, "The healed fracture cannot be explained.")


@pytest.fixture
def world(session):
    return build(session)


@pytest.fixture
def pairing(world):
    row = open_pairing(
        world.session, world.remains(), world.person(), world.users["proposer"], today=TODAY
    )
    settle(world, row)
    return row


def test_four_people_carry_a_case_to_an_identification(world, pairing):
    states = []
    for name in ("proposer", "reviewer", "decider", "second"):
        put(world, pairing, name)
        states.append(pairing.state)

    assert states == [
        PairingState.PROPOSED,
        PairingState.REVIEWED,
        PairingState.DECIDING,
        PairingState.IDENTIFIED,
    ]
    assert pairing.remains.status is RemainsStatus.IDENTIFIED_COMBINED
    assert pairing.missing_person.status is MissingPersonStatus.LOCATED_DEAD
    assert {signature.step for signature in pairing.signatures} == set(Step)
    assert pairing.decision.snapshot["before"]["remains_status"] == "recovered"


@pytest.mark.parametrize("again", ["proposer", "reviewer", "decider"])
def test_nobody_signs_two_steps(world, pairing, again):
    order = ["proposer", "reviewer", "decider"]
    for name in order[: order.index(again) + 1]:
        put(world, pairing, name)
    with pytest.raises(ReconciliationError):
        put(world, pairing, again)


def test_a_second_account_of_the_same_person_is_the_same_person(world, pairing):
    put(world, pairing, "proposer")
    other = world.user("proposer-two", Role.REVIEWER, world.users["proposer"].person)
    with pytest.raises(SamePersonError):
        put(world, pairing, other.username)


def test_another_role_does_not_let_a_person_act_again(world, pairing):
    carry(world, pairing, ("proposer", "reviewer"))
    other = world.user("reviewer-on-board", Role.BOARD, world.users["reviewer"].person)
    with pytest.raises(SamePersonError):
        put(world, pairing, other.username)


def test_a_role_that_does_not_sign_the_step_is_refused(world, pairing):
    with pytest.raises(ReconciliationError, match="role"):
        put(world, pairing, "decider")


def test_a_contradiction_must_be_judged_before_a_proposal(world):
    row = open_pairing(
        world.session,
        world.remains(2, sex=SexEstimate.FEMALE),
        world.person(),
        world.users["proposer"],
        today=TODAY,
    )
    assert any(line.engine_verdict is Verdict.CONTRADICTS for line in row.lines)
    with pytest.raises(ReconciliationError, match="Judge"):
        put(world, row, "proposer")


def test_a_contradiction_needs_words(world, pairing):
    with pytest.raises(ReconciliationError, match="words"):
        judge(pairing, [Judgement("sex", Verdict.CONTRADICTS)], world.users["proposer"])


def test_a_changed_record_voids_the_signatures(world, pairing):
    carry(world, pairing, ("proposer", "reviewer"))
    pairing.remains.profile.age_max = 30.0
    world.session.flush()

    assert void_if_changed(world.session, pairing)
    assert pairing.state is PairingState.RETURNED
    assert pairing.round == 2
    assert live_signatures(pairing) == []
    assert {signature.void_reason for signature in pairing.signatures} == {
        "A record changed after it was signed."
    }


def test_an_unchanged_record_keeps_its_signatures(world, pairing):
    carry(world, pairing, ("proposer", "reviewer"))
    assert not void_if_changed(world.session, pairing)


def test_in_the_next_round_everybody_keeps_to_their_step(world, pairing):
    carry(world, pairing, ("proposer", "reviewer"))
    give_back(world.session, pairing, "One more photograph is on its way.")
    assert isinstance(obstacle(pairing, Step.PROPOSER, world.scope("reviewer")), SamePersonError)
    assert obstacle(pairing, Step.PROPOSER, world.scope("proposer")) is None


def test_deciders_who_disagree_send_the_case_back(world, pairing):
    carry(world, pairing, ("proposer", "reviewer", "decider"))
    put(world, pairing, "second", EXCLUDED)
    assert pairing.state is PairingState.RETURNED
    assert pairing.decision is None


def test_an_exclusion_is_kept_and_closes_the_pair(world, pairing):
    carry(world, pairing, what=EXCLUDED)
    assert pairing.state is PairingState.EXCLUDED
    with pytest.raises(ReconciliationError, match="excluded"):
        open_pairing(
            world.session,
            pairing.remains,
            pairing.missing_person,
            world.users["proposer"],
            today=TODAY,
        )


def test_two_people_revoke_and_the_list_says_what_rested_on_it(world, pairing):
    carry(world, pairing)
    decision = pairing.decision
    asked = ask_revocation(
        world.session, decision, world.users["decider"], "DNA has since excluded the relation."
    )
    with pytest.raises(SamePersonError):
        confirm_revocation(world.session, asked, world.users["decider"])
    confirm_revocation(world.session, asked, world.users["third"])

    assert decision.revoked_at is not None
    assert pairing.remains.status is RemainsStatus.REOPENED
    assert pairing.missing_person.status is MissingPersonStatus.SOUGHT
    assert set(asked.rested_on_it) == {"notifications", "releases", "exclusions"}


def test_nobody_is_two_people_by_two_accounts_on_the_way_home_either(world, pairing):
    carry(world, pairing)
    decision, users = pairing.decision, world.users
    telling = Telling("The mother", "A steward", now().date(), NotificationManner.VISIT)
    returns.tell_family(world.session, decision, users["steward"], telling)
    release = returns.prepare_release(world.session, decision, users["reviewer"], effects=())
    approver = world.user("reviewer-approves", Role.BOARD, users["reviewer"].person)
    with pytest.raises(SamePersonError):
        returns.approve_release(release, approver)
    asked = ask_revocation(world.session, decision, users["decider"], "DNA excludes the relation.")
    again = world.user("decider-again", Role.BOARD, users["decider"].person)
    with pytest.raises(SamePersonError):
        confirm_revocation(world.session, asked, again)


def test_an_exclusion_that_followed_is_named(world, pairing):
    other = open_pairing(
        world.session,
        pairing.remains,
        world.person("Azad Sef"),
        world.users["proposer"],
        today=TODAY,
    )
    settle(world, other)
    carry(world, pairing)
    carry(world, other, what=EXCLUDED)
    assert dependents(world.session, pairing.decision).exclusions == (other.decision.number,)


def test_a_reason_must_say_something(world, pairing):
    carry(world, pairing)
    with pytest.raises(ReconciliationError):
        ask_revocation(world.session, pairing.decision, world.users["decider"], "wrong")


def test_times_are_those_of_the_signature(world, pairing):
    before = now()
    signature = put(world, pairing, "proposer")
    assert before <= signature.signed_at <= now()

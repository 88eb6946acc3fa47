"""Decisions teach when somebody asks; a person takes what they teach into use, or not."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from caseman import matching
from caseman.audit.models import AuditEntry
from caseman.coding.physical import HairColour
from caseman.database import now
from caseman.identification.codes import Basis, LessonState, Outcome, PairingState, RunReason
from caseman.identification.errors import ReconciliationError
from caseman.identification.models import (
    Candidate,
    Decision,
    LearnedModel,
    Pairing,
    RankingRun,
)
from caseman.identification.queries.learning import decided_pairs, parameters_in_use
from caseman.identification.services import learning
from caseman.identification.services.candidates import rank_all, rank_changed
from caseman.jobs.models import Job, JobState
from caseman.jobs.queue import enqueue
from caseman.jobs.worker import MOST_ATTEMPTS, STALE, sweep, work_once
from caseman.permissions import Role
from tests.identification.world import build

IDENTIFIED, EXCLUDED = 22, 6
HAIR = (HairColour.BLACK, HairColour.BROWN)


@pytest.fixture
def world(session):
    return build(session)


def decided(world, session, identified=IDENTIFIED, excluded=EXCLUDED):
    """Decide pairs of the right age, whose hair is never as told; those excluded are older."""
    for place in range(identified + excluded):
        born = date(1950 + place, 1, 1)
        person = world.person(
            f"Person {place}", birth_from=born, birth_to=born, hair=HAIR[place % 2]
        )
        age = 1995.4 - born.year
        off = 0 if place < identified else 12
        body = world.remains(
            place + 1, age_min=age - 3 + off, age_max=age + 3 + off, hair=HAIR[(place + 1) % 2]
        )
        outcome = Outcome.IDENTIFIED if place < identified else Outcome.EXCLUDED
        decide(world, session, (body, person), outcome, place)
    session.commit()


def decide(world, session, pair, outcome, place):
    remains, person = pair
    pairing = Pairing(
        number=f"P-LEARN{place:02d}",
        remains=remains,
        missing_person=person,
        opened_by=world.users["proposer"],
        state=PairingState(outcome.value),
    )
    session.add(
        Decision(
            number=f"D-LEARN{place:02d}",
            pairing=pairing,
            remains=remains,
            missing_person=person,
            outcome=outcome,
            basis=Basis.SCIENTIFIC if place % 2 else Basis.COMBINED,
            snapshot={},
        )
    )


def work(sessions):
    while work_once(sessions):
        """Until nothing waits."""


def learnt(world, session, sessions):
    """Return the id and the name of a proposal, learnt after everything was ranked."""
    decided(world, session)
    rank_all(sessions)
    model = learning.ask_lesson(session, world.users["proposer"])
    with pytest.raises(ReconciliationError):
        learning.ask_lesson(session, world.users["reviewer"])
    session.commit()
    work(sessions)
    return model.id, model.name


def test_a_lesson_is_a_proposal_until_a_person_takes_it_and_can_be_taken_back(
    world, session, sessions
):
    model_id, name = learnt(world, session, sessions)
    board = world.users["decider"]
    assert parameters_in_use(session) == matching.DAY_ONE
    assert ranked_by(session) == {"day-one"}

    take(session, model_id, board, "Hair misled.")
    used = parameters_in_use(session)
    assert 0 <= used.number("weight.hair") < matching.DAY_ONE.number("weight.hair")
    with pytest.raises(ReconciliationError):
        take(session, model_id, board, "Again.")
    session.rollback()
    work(sessions)

    assert ranked_by(session) == {name}
    run = session.scalars(sa.select(RankingRun).order_by(RankingRun.id.desc())).first()
    assert run.reason is RunReason.ENGINE
    assert run.parameters == {key: each.value for key, each in used.entries.items()}
    assert f":{used.digest[:16]}:" in run.model

    take(session, None, board, "It was better before.")
    rank_changed(sessions)
    assert ranked_by(session) == {"day-one"}
    trail = sa.select(AuditEntry.subject).where(AuditEntry.table_name == "model_use")
    assert session.scalars(trail.order_by(AuditEntry.id)).all() == [name, "day-one"]
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        session.execute(sa.text("DELETE FROM model_use"))


def take(session, model_id, taker, reason):
    model = None if model_id is None else session.get_one(LearnedModel, model_id)
    learning.take_into_use(session, model, taker, reason)
    session.commit()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_lesson_tells_before_and_after_with_the_pairs_behind_each(world, session, sessions):
    model_id, _ = learnt(world, session, sessions)
    model = session.get_one(LearnedModel, model_id)
    assert (model.state, model.identified, model.excluded) == (LessonState.PROPOSED, 22, 6)
    assert model.scientific == 11
    hair = next(each for each in model.lesson["weights"] if each["line"] == "hair")
    assert hair["after"] < hair["before"]
    assert (hair["same"], hair["excluded"]) == (22, 6)
    assert model.parameters["weight.hair"] == round(hair["after"], 3)
    assert model.lesson["after"]["cllr"] < model.lesson["before"]["cllr"]
    assert model.lesson["before"]["placed"] == 22
    learning.discard(session, model, world.users["decider"])
    with pytest.raises(ReconciliationError):
        learning.take_into_use(session, model, world.users["decider"], "After all.")


def ranked_by(session):
    session.rollback()
    found = {model.split(":")[1] for model in session.scalars(sa.select(Candidate.model))}
    session.rollback()
    return found


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_too_few_decisions_teach_nothing(world, session, sessions):
    decided(world, session, identified=20, excluded=0)
    model = learning.ask_lesson(session, world.users["proposer"]).id
    doubted = session.scalars(sa.select(Decision)).first()
    doubted.revoked_at = doubted.decided_at
    session.commit()
    assert len(decided_pairs(session).identified) == 19
    with pytest.raises(ReconciliationError):
        learning.refuse_too_few(decided_pairs(session))
    session.rollback()

    learning.learn_from_decisions(sessions, model)
    learning.learn_from_decisions(sessions, model)

    model = session.get_one(LearnedModel, model)
    assert (model.state, model.identified) == (LessonState.TOO_FEW, 19)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("attempts", "after"), [(1, LessonState.RUNNING), (MOST_ATTEMPTS, LessonState.FAILED)]
)
def test_nobody_waits_for_a_lesson_that_no_worker_will_finish(
    world, session, sessions, attempts, after
):
    model = LearnedModel(asked_by=world.users["proposer"], state=LessonState.RUNNING)
    session.add(model)
    session.flush()
    enqueue(session, learning.LEARN, {"model": model.id})
    killed = now() - STALE - timedelta(seconds=1)
    running = {"state": JobState.RUNNING, "attempts": attempts, "heartbeat": killed}
    session.execute(sa.update(Job).where(Job.kind == learning.LEARN).values(running))
    session.commit()

    sweep(sessions)

    session.refresh(model)
    assert model.state is after


@pytest.fixture
def staff(world, session, client_as):
    session.commit()
    return {name: client_as(user=world.users[name]) for name in ("proposer", "decider")}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_pages_ask_and_show(world, session, sessions, staff, client_as):
    page = staff["proposer"].get("/candidates/models").text
    assert "at least 20 identifications in force. So far: 0" in page
    assert staff["proposer"].send("/candidates/models").status_code == 409
    decided(world, session)
    address = staff["proposer"].send("/candidates/models").location
    assert "The worker learns from the decisions" in staff["proposer"].get(address).text
    work(sessions)

    page = client_as(Role.AUDITOR).get(address).text

    for told in ("What each line of evidence counts", "What each level weighs", "held out"):
        assert told in page
    assert not any(f"Person {place}" in page for place in range(IDENTIFIED))
    assert client_as(Role.ADMINISTRATOR).get(address).status_code == 403
    assert staff["decider"].get("/candidates/models/99").status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_only_the_board_takes_and_discards_on_the_page_it_has_read(world, session, staff):
    session.add_all(
        LearnedModel(state=LessonState.PROPOSED, asked_by=world.users["proposer"]) for _ in range(2)
    )
    session.commit()
    first, second = (f"/candidates/models/{number}" for number in (1, 2))
    reason = {"reason": "Better.", "version": 1}

    assert staff["proposer"].send(f"{first}/use", reason).status_code == 403
    assert staff["decider"].send(f"{first}/use", reason | {"reason": ""}).status_code == 422
    assert staff["decider"].send(f"{first}/use", reason | {"version": 0}).status_code == 409
    assert staff["decider"].send(f"{first}/use", reason).status_code == 302
    assert "Better." in staff["decider"].get("/candidates/models").text
    day_one = "/candidates/models/day-one/use"
    assert staff["decider"].send(day_one, {"reason": ""}).status_code == 422
    assert staff["decider"].send(day_one, {"reason": "Back."}).status_code == 302
    assert staff["decider"].send(f"{first}/discard", {"version": 1}).status_code == 409
    assert staff["decider"].send(f"{second}/discard", {"version": 1}).status_code == 302
    assert "Discarded" in staff["decider"].get(second).text

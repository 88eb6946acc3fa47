"""A family is told relative by relative, in the order it wants, and what was said is on record."""

import re

import pytest
import sqlalchemy as sa

from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.database import now
from caseman.identification.codes import NotificationManner
from caseman.identification.drafts import Telling
from caseman.identification.errors import ReconciliationError
from caseman.identification.models import FamilyNotification, RelativeToTell
from caseman.identification.queries.telling import relatives_to_tell, to_be_told
from caseman.identification.services import returns, telling
from caseman.permissions import Role
from caseman.reports.codes import Relation
from tests.identification.carrying import identified
from tests.identification.world import build


@pytest.fixture
def world(session):
    world = build(session)
    session.commit()
    return world


@pytest.fixture
def decision(world, session):
    """An identification that four people signed, of which nobody in the family is told."""
    pairing = identified(world)
    session.commit()
    return pairing.decision


@pytest.fixture
def steward(world):
    return world.users["steward"]


@pytest.fixture
def plan(session, decision, steward):
    """Return what puts a relative down to be told."""

    def plan(relation):
        return telling.plan_to_tell(session, decision, steward, f"The {relation}", relation)

    return plan


def notify(session, decision, steward):
    told = Telling("The mother", "A steward", now().date(), NotificationManner.VISIT)
    return returns.tell_family(session, decision, steward, told)


def test_a_family_waits_until_everybody_who_was_named_is_told(session, decision, steward, plan):
    assert to_be_told(session, steward.scope) == [decision]
    mother, brother = plan(Relation.MOTHER), plan(Relation.BROTHER)
    telling.was_told(session, mother, notify(session, decision, steward))
    assert to_be_told(session, steward.scope) == [decision]

    telling.leave_out(session, brother, "He died last year.")
    assert to_be_told(session, steward.scope) == []
    assert (mother.waits, brother.waits) == (False, False)


def test_without_a_plan_one_telling_is_enough(session, decision, steward):
    notify(session, decision, steward)
    assert to_be_told(session, steward.scope) == []


def test_whoever_tells_no_families_learns_of_none(session, decision, world):
    assert to_be_told(session, world.users["proposer"].scope) == []


def test_a_relative_can_be_told_before_others_who_wait(session, decision, plan):
    mother, brother, sister = (
        plan(each) for each in (Relation.MOTHER, Relation.BROTHER, Relation.SISTER)
    )
    telling.leave_out(session, brother, "She asks for it.")
    telling.tell_earlier(session, sister)
    assert relatives_to_tell(session, decision) == [sister, brother, mother]
    telling.tell_earlier(session, sister)
    assert relatives_to_tell(session, decision)[0] is sister


def test_nobody_is_told_or_left_out_twice(session, decision, steward, plan):
    mother = plan(Relation.MOTHER)
    told = notify(session, decision, steward)
    telling.was_told(session, mother, told)
    for again in (
        lambda: telling.was_told(session, mother, told),
        lambda: telling.leave_out(session, mother, "Twice"),
        lambda: telling.tell_earlier(session, mother),
    ):
        with pytest.raises(ReconciliationError, match="told already"):
            again()


def test_the_steward_plans_and_records_who_told_whom(client_as, decision, steward):
    client, page = client_as(user=steward), f"/decisions/{decision.number}"
    assert f"{page}/family" in client.get("/families-to-tell").text
    assert "Nobody is told yet" in client.get(f"{page}/family").text
    unnamed = client.send(f"{page}/family", {"relation": "mother", "who": ""})
    assert unnamed.status_code == 422
    for relation, who in (("mother", "Mariam, who is ill"), ("brother", "Azad in Qamishli")):
        sent = {"relation": relation, "who": who}
        assert client.send(f"{page}/family", sent).location == f"{page}/family"
    assert "Told next: Mother, Mariam, who is ill" in client.get(f"{page}/family").text

    later = re.search(r'action="([^"]+/earlier)"', client.get(f"{page}/family").text)[1]
    client.send(later)
    assert "Told next: Brother" in client.get(f"{page}/family").text

    day = now().date()
    told = {
        "relative": re.search(
            r'<option[^>]*value="(\d+)"[^>]*>[^<]*Mariam', client.get(f"{page}/tell").text
        )[1],
        "told": "Mariam; her sister sat with her",
        "told_by": "A steward",
        "manner": "visit",
        "place": "At her home",
        **{f"told_on-{part}": getattr(day, part) for part in ("year", "month", "day")},
    }
    assert client.send(f"{page}/tell", told).location == f"{page}/family"
    family = client.get(f"{page}/family").text
    for said in ("her sister sat with her", "At her home", "A steward"):
        assert said in family
    address = re.search(r'href="([^"]+/leave-out)"', family)[1]
    version = re.search(r'name="version"[^>]*value="(\d+)"', client.get(address).text)[1]
    assert client.send(address, {"version": version, "reason": ""}).status_code == 422
    why = {"version": version, "reason": "He asks to hear nothing."}
    assert client.send(address, why).status_code == 302
    assert "He asks to hear nothing." in client.get(f"{page}/family").text
    assert "Every family is told." in client.get("/families-to-tell").text


def test_reading_who_is_told_is_on_record(client_as, decision, steward, session, plan):
    plan(Relation.MOTHER)
    session.commit()
    client_as(user=steward).get(f"/decisions/{decision.number}/family")

    read = sa.select(AuditEntry.table_name).where(AuditEntry.action == Action.READ)
    assert RelativeToTell.__tablename__ in session.scalars(read).all()


def test_others_do_not_learn_whom_a_family_wants_told(client_as, decision, world):
    for name in ("proposer", "reviewer", "decider"):
        client = client_as(user=world.users[name])
        assert client.get(f"/decisions/{decision.number}/family").status_code == 403
        assert client.get("/families-to-tell").status_code == 403
    assert client_as(Role.STEWARD).get(f"/decisions/{decision.number}/family").status_code == 404


def test_a_relative_of_another_decision_is_not_found(client_as, decision, steward, plan, session):
    row = plan(Relation.MOTHER)
    session.commit()
    client = client_as(user=steward)
    address = f"/decisions/{decision.number}/family/{row.id + 1}"
    assert client.get(f"{address}/leave-out").status_code == 404
    assert client.send(f"{address}/earlier").status_code == 404
    session.rollback()
    assert session.query(FamilyNotification).count() == 0

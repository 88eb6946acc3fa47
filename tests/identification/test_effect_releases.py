"""Effects given out on their own: two people, a receipt, custody that agrees, the way back."""

import pytest
import sqlalchemy as sa

from caseman.identification.models import EffectRelease
from caseman.permissions import Role
from tests.factories.accounts import make_team
from tests.factories.effects import make_effect, make_loose_effect
from tests.factories.remains import make_grave, make_remains

GROUND = {"basis": "recognised", "why": "His mother knows the ring and asks for it."}
RECEIVED = {
    "name": "Zeyneb Nimune",
    "relation": "mother",
    "identity_document": "Family book",
    "contact": "By the mosque",
    "released_on-year": "2026",
    "released_on-month": "3",
    "released_on-day": "1",
}


@pytest.fixture
def team(session):
    return make_team(session)


@pytest.fixture
def ring(session, team):
    """A loose effect with a bag of its own."""
    effect = make_loose_effect(session, make_grave(session, team.operation, "RQA01"), team)
    session.commit()
    return effect


@pytest.fixture
def staff(client_as, team):
    """A signed-in client by its role."""
    known = {}

    def member(role):
        if role not in known:
            known[role] = client_as(role, team=team)
        return known[role]

    return member


@pytest.fixture
def stored_release(session):
    def read():
        session.rollback()
        return session.scalars(sa.select(EffectRelease)).one()

    return read


@pytest.fixture
def prepare(staff):
    def prepare(effect, **more):
        chosen = {"effects": [str(effect.id)], **GROUND, **more}
        return staff(Role.REVIEWER).send(f"/effect-releases/new?effect={effect.number}", chosen)

    return prepare


@pytest.fixture
def given_out(staff, prepare, ring):
    """Hand the ring over; return the page of that hand-over."""

    def give_out():
        page = prepare(ring).location
        staff(Role.BOARD).send(f"{page}/approve")
        recorded = staff(Role.STEWARD).send(f"{page}/record", {**RECEIVED, "version": "2"})
        assert recorded.location == page
        return page

    return give_out


def test_an_effect_goes_out_with_two_names(staff, prepare, ring, stored_release):
    assert "Give out effects" in staff(Role.REVIEWER).get(f"/effects/{ring.number}").text
    page = prepare(ring).location
    refused = staff(Role.STEWARD).send(f"{page}/record", {**RECEIVED, "version": "1"})
    assert refused.status_code == 422
    assert "must be approved first" in refused.text
    assert "By the mosque" in refused.text  # nothing typed is lost
    assert staff(Role.BOARD).send(f"{page}/approve").status_code == 302
    assert staff(Role.STEWARD).send(f"{page}/record", {**RECEIVED, "version": "2"}).location
    assert "Zeyneb Nimune" in staff(Role.REVIEWER).get(f"{page}/receipt").text
    assert b"Zeyneb" not in stored_release().recipient_sealed


def test_what_left_is_seen_wherever_the_effect_is_and_custody_must_agree(staff, given_out, ring):
    told = staff(Role.REVIEWER).get(given_out()).text
    assert "Zeyneb Nimune" in told
    assert "Custody does not say that they left" in told
    assert "Handed over" in staff(Role.REVIEWER).get(f"/effects/{ring.number}").text
    bag = staff(Role.REVIEWER).get(f"/custody/exhibits/{ring.number}").text
    assert "no hand-over says so" in bag


def test_what_left_may_come_back_and_leave_anew(staff, given_out, prepare, ring):
    page = given_out()
    early = {"version": "3", "returned_on-year": "2026", "returned_on-month": "2"}
    early |= {"returned_on-day": "1", "reason": "It is another man's ring."}
    wrong = staff(Role.STEWARD).send(f"{page}/return", early)
    assert "before it was handed over" in wrong.text
    back = early | {"returned_on-month": "4"}
    assert staff(Role.STEWARD).send(f"{page}/return", back).location == page
    assert "It is another man&#39;s ring." in staff(Role.REVIEWER).get(page).text
    assert prepare(ring).location


def test_one_person_cannot_do_it_alone(client_as, team, ring):
    both = client_as(Role.REVIEWER, Role.BOARD, team=team)
    sent = {"effects": [str(ring.id)], **GROUND}
    page = both.send(f"/effect-releases/new?effect={ring.number}", sent).location
    assert "Another person than the one who prepared it must approve." in (
        both.send(f"{page}/approve").text
    )


def test_nothing_leaves_twice(prepare, staff, ring):
    page = prepare(ring).location
    assert (
        "It has left already"
        in staff(Role.REVIEWER).get(f"/effect-releases/new?effect={ring.number}").text
    )
    assert prepare(ring).status_code == 422
    stale = staff(Role.REVIEWER).send(f"{page}/halt", {"reason": "Not hers.", "version": "7"})
    assert stale.status_code == 409
    assert staff(Role.REVIEWER).send(f"{page}/halt", {"reason": "Not hers.", "version": "1"})
    assert prepare(ring).status_code == 302


def test_effects_of_one_person_go_together_and_bad_answers_are_named(prepare, staff, session, team):
    remains = make_remains(session, make_grave(session, team.operation, "RQA02"), team)
    watch, coat = make_effect(session, remains), make_effect(session, remains)
    session.commit()
    refused = prepare(watch, effects=[], why="")
    assert refused.status_code == 422
    assert "Choose at least one effect." in refused.text
    page = prepare(watch, effects=[str(watch.id), str(coat.id)]).location
    told = staff(Role.AUDITOR).get("/effect-releases")
    assert told.status_code == 403
    listed = staff(Role.BOARD).get("/effect-releases").text
    assert watch.number in listed
    assert coat.number in listed
    assert f"from the bag of {remains.number}" in staff(Role.BOARD).get(page).text


def test_other_operations_see_nothing_of_it(client_as, prepare, ring):
    page = prepare(ring).location
    stranger = client_as(Role.REVIEWER)
    assert stranger.get(page).status_code == 404
    assert stranger.get(f"/effect-releases/new?effect={ring.number}").status_code == 404
    assert ring.number not in stranger.get("/effect-releases").text

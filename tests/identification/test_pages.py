"""The pages of reconciliation: four people carry a case, and every forbidden step is refused."""

import re
from datetime import UTC, datetime

import pytest

from caseman.identification.codes import Verdict
from caseman.identification.models import Decision, Pairing
from caseman.identification.services.candidates import rank_all
from caseman.permissions import Role
from caseman.remains.models import Remains
from tests.identification.world import build

SIGNED = {
    "outcome": "identified",
    "basis": "combined",
    "statement": "The watch and the age agree; nothing contradicts.",
    "understood": "y",
}


@pytest.fixture
def case(session, sessions, client_as):
    """A world whose staff are signed in, and the address of an open comparison."""
    world = build(session)
    remains, person = world.remains(), world.person()
    session.commit()
    world.sessions = sessions
    rank_all(sessions)
    staff = {name: client_as(user=user) for name, user in world.users.items()}
    session.expunge_all()
    return world, remains, person, staff


def read(case, ask):
    """Return what ``ask`` finds in a session of its own, which keeps no lock."""
    with case[0].sessions.read() as session:
        return ask(session)


def opened(case):
    _, remains, person, staff = case
    data = {"remains": remains.number, "person": person.number}
    answer = staff["proposer"].send("/pairings/open", data)
    assert answer.status_code == 302
    return answer.location


def judged(case, address):
    for name in read(case, contradictions):
        told = {"line": name, "verdict": "explainable", "explanation": "From memory."}
        case[3]["proposer"].send(f"{address}/judge", told)


def contradictions(session):
    lines = session.query(Pairing).one().lines
    return [line.line for line in lines if line.engine_verdict is Verdict.CONTRADICTS]


def recorded(session):
    lines = session.query(Pairing).one().lines
    return [line.line for line in lines if line.engine_verdict is not Verdict.NOT_RECORDED]


def version(client, address):
    page = client.get(address).text
    form = page[page.index(f'action="{address}/sign"') :] if "/sign" in page else page
    return re.search(r'name="version"[^>]*value="(\d+)"', form).group(1)


def sign(client, address, **more):
    return client.send(f"{address}/sign", SIGNED | {"version": version(client, address)} | more)


def test_the_person_is_at_the_top_of_the_list_and_every_line_is_in_words(case):
    _, remains, person, staff = case
    page = staff["proposer"].get(f"/candidates/remains/{remains.number}").text
    assert person.name in page
    assert "Last seen and deposition" in page
    other_way = f"/candidates/persons/{person.number}"
    assert remains.number in staff["proposer"].get(other_way).text
    assert other_way in staff["proposer"].get(f"/missing/{person.number}").text


def identified(case):
    """Carry the comparison to its decision; return the decision's page."""
    staff, address = case[3], opened(case)
    judged(case, address)
    for name in ("proposer", "reviewer", "decider", "second"):
        assert sign(staff[name], address).status_code == 302, name
    decision = read(case, lambda session: session.query(Decision).one())
    assert decision.outcome.value == "identified"
    return f"/decisions/{decision.number}"


def today(name):
    day = datetime.now(UTC).date()
    return {f"{name}-year": day.year, f"{name}-month": day.month, f"{name}-day": day.day}


def tell(case, page):
    told = {"told": "Mother and brother", "told_by": "A steward", "manner": "visit"}
    return case[3]["steward"].send(f"{page}/tell", told | today("told_on"))


def test_four_people_identify_and_the_remains_go_home(case):
    _, remains, _, staff = case
    page = identified(case)
    assert "Identification report" in staff["reviewer"].get(f"{page}/report").text
    assert tell(case, page).status_code == 302
    answer = staff["reviewer"].send(f"{page}/release")
    assert answer.status_code == 302
    release = answer.location
    assert staff["decider"].send(f"{release}/approve").status_code == 302
    hand = {"name": "The mother", "relation": "mother", **today("released_on")}
    assert staff["steward"].send(f"{release}/record", hand).status_code == 302
    assert "The mother" in staff["steward"].get(f"{release}/receipt").text
    status = read(case, lambda session: session.get(Remains, remains.id).status)
    assert status.value == "released"


def test_what_must_come_first_is_said_before_anything_is_typed(case):
    staff, page = case[3], identified(case)
    told_first = "The family must be told first, by a person."
    assert told_first in staff["reviewer"].get(page).text
    assert told_first in staff["reviewer"].get(f"{page}/release").text
    assert "not_recovered" not in staff["reviewer"].get(f"{page}/release").text
    assert staff["reviewer"].send(f"{page}/release").status_code == 409

    tell(case, page)
    assert "not_recovered" in staff["reviewer"].get(f"{page}/release").text
    release = staff["reviewer"].send(f"{page}/release").location
    assert "A release is already prepared" in staff["reviewer"].get(f"{page}/release").text
    not_yet = staff["steward"].get(f"{release}/record").text
    assert "The release must be approved first." in not_yet
    assert "identity_document" not in not_yet

    staff["decider"].send(f"{release}/approve")
    assert "identity_document" in staff["steward"].get(f"{release}/record").text


def test_the_same_person_cannot_sign_twice(case):
    staff = case[3]
    address = opened(case)
    judged(case, address)
    sign(staff["proposer"], address)
    again = staff["proposer"].send(f"{address}/sign", SIGNED | {"version": "2"})
    assert again.status_code == 409
    assert read(case, lambda session: len(session.query(Pairing).one().signatures)) == 1


def test_a_role_that_may_not_sign_a_step_is_refused(case):
    address = opened(case)
    judged(case, address)
    staff = case[3]
    answer = staff["decider"].send(f"{address}/sign", SIGNED | {"version": "1"})
    assert answer.status_code == 409


@pytest.mark.parametrize("role", [Role.RECORDER, Role.INTAKE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_other_roles_do_not_see_candidates(case, client_as, role):
    world, remains, _, _ = case
    client = client_as(role, team=world.team)
    assert client.get(f"/candidates/remains/{remains.number}").status_code == 403


def test_a_reviewer_of_another_operation_finds_nothing(case, client_as):
    _, remains, person, _ = case
    stranger = client_as(Role.REVIEWER)
    for path in (f"/candidates/remains/{remains.number}", f"/candidates/persons/{person.number}"):
        assert stranger.get(path).status_code == 404
    assert stranger.get(opened(case)).status_code == 404


def test_a_statement_too_short_keeps_what_was_typed(case):
    address = opened(case)
    judged(case, address)
    staff = case[3]
    told = {"outcome": "", "statement": "Watch <b>and</b> age."}
    answer = staff["proposer"].send(f"{address}/sign", told)
    assert answer.status_code == 422
    assert "Watch &lt;b&gt;and&lt;/b&gt; age." in answer.text


def test_a_changed_record_voids_the_signatures(case):
    world, remains, _, staff = case
    address = opened(case)
    judged(case, address)
    sign(staff["proposer"], address)
    with world.sessions.transaction() as session:
        session.get(Remains, remains.id).profile.age_max = 40.0
    assert "Changed since" in staff["reviewer"].get(address).text
    sign(staff["reviewer"], address)
    state, voided = read(case, state_and_voids)
    assert state.value == "returned"
    assert voided == [True]


def state_and_voids(session):
    pairing = session.query(Pairing).one()
    return pairing.state, [signature.voided_at is not None for signature in pairing.signatures]


def test_two_of_the_board_revoke(case):
    staff = case[3]
    address = opened(case)
    judged(case, address)
    for name in ("proposer", "reviewer", "decider", "second"):
        sign(staff[name], address)
    page = f"/decisions/{read(case, lambda session: session.query(Decision).one().number)}"
    reason = {"reason": "DNA has since excluded the relation."}
    assert staff["proposer"].send(f"{page}/revoke", reason).status_code == 403
    assert staff["decider"].send(f"{page}/revoke", reason).status_code == 302
    assert staff["decider"].send(f"{page}/revoke/confirm").status_code == 409
    assert staff["third"].send(f"{page}/revoke/confirm").status_code == 302
    assert "Revoked" in staff["third"].get(page).text


@pytest.mark.parametrize("which", ["mine", "second", "board", "overdue", "open", "closed"])
def test_every_list_opens_empty_and_filled(case, which):
    staff = case[3]
    assert staff["reviewer"].get(f"/pairings/?list={which}").status_code == 200
    opened(case)
    assert staff["reviewer"].get(f"/pairings/?list={which}").status_code == 200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_step_that_lacks_something_comes_back_with_its_form(case):
    proposer, address = case[3]["proposer"], opened(case)
    line = read(case, recorded)[0]
    unexplained = {"line": line, "verdict": "contradicts", "explanation": ""}
    refused = proposer.send(f"{address}/judge", unexplained)
    assert refused.status_code == 422
    assert "Explain in words what contradicts" in refused.text
    assert f'aria-describedby="hint-{line} explanation-{line}-error"' in refused.text
    judged(case, address)
    for name in ("understood", "basis", "statement"):
        refused = proposer.send(f"{address}/sign", {**SIGNED, name: "", "version": "1"})
        assert refused.status_code == 422, name
        assert f'href="#{name}"' in refused.text
    sign(proposer, address)
    returned = case[3]["reviewer"].send(f"{address}/return", {"reason": ""})
    assert returned.status_code == 422
    assert "Reason is missing" in returned.text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_reason_of_a_return_is_text_whatever_it_says(case):
    proposer, address = case[3]["proposer"], opened(case)
    judged(case, address)
    sign(proposer, address)
    case[3]["reviewer"].send(f"{address}/return", {"reason": "<b>50%</b> of %(it)s"})
    assert "&lt;b&gt;50%&lt;/b&gt; of %(it)s" in proposer.get(address).text

"""Every forbidden step on the way to an identification is refused, whatever one sends."""

import re

import pytest

from caseman.identification.models import Pairing
from caseman.permissions import Role
from caseman.remains.models import Remains
from tests.accounts.fixtures import StaffClient, sign_in
from tests.factories.accounts import make_team, make_user
from tests.identification.world import build
from tests.journeys.acting import Person
from tests.journeys.acts import judge_what_contradicts, sign
from tests.journeys.looking import forgive, listen
from tests.journeys.town import work

pytestmark = pytest.mark.browser

SIGNED = {
    "outcome": "identified",
    "basis": "combined",
    "statement": "The watch and the age agree.",
    "understood": "y",
}
ELSEWHERE = "http://127.0.0.1:9/"
"""Another port of the same machine: for a browser the same site, and not the same origin."""
FAR = "http://elsewhere.example/"


@pytest.fixture
def case(session, sessions):
    """One unit of remains, one sought person, a staff of nine; the candidates are ranked."""
    world = build(session)
    world.case = (world.remains().number, world.person().number)
    world.user("twin", Role.REVIEWER, world.users["proposer"].person)
    world.user("recorder", Role.RECORDER)
    stranger = make_user(session, Role.REVIEWER, username="stranger", team=make_team(session))
    world.users["stranger"] = stranger
    session.commit()
    work(sessions)
    session.expunge_all()
    return world


@pytest.fixture
def as_(browser, served, app, case):
    """Return somebody of the staff, signed in, in a browser of their own."""
    people = {}

    def person(name):
        if name not in people:
            client = sign_in(app, StaffClient(app, app.response_class), case.users[name])
            cookie = client.get_cookie("session").value
            context = browser.new_context()
            context.set_default_timeout(20_000)
            context.add_cookies([{"name": "session", "value": cookie, "url": served}])
            people[name] = Person(listen(context.new_page()), served)
            people[name].csrf = client.csrf
        return people[name]

    yield person
    for each in people.values():
        forgive(each.page)
    complaints = [said for each in people.values() for said in each.page.complaints]
    for each in people.values():
        each.page.context.close()
    assert complaints == []


@pytest.fixture
def address(as_, case):
    """Where the comparison is, opened by its proposer and not signed yet."""
    proposer = as_("proposer")
    proposer.open(f"/candidates/remains/{case.case[0]}")
    proposer.press("Compare side by side")
    proposer.page.get_by_role("heading", level=1, name="Comparison").wait_for()
    judge_what_contradicts(proposer)
    return re.search("/pairings/[^#?]+", proposer.page.url)[0]


def forged(person, path, data=None):
    """Post as a program would that holds the person's session and token; return the status."""
    form = {"csrf_token": person.csrf, **(data or {})}
    answer = person.page.context.request.post(person.address + path, form=form, max_redirects=0)
    return answer.status


def signs(person, address):
    person.open(address)
    sign(person)


def signatures(sessions):
    """Who signed, and whether it holds."""
    with sessions.read() as session:
        return [
            (each.user.username, each.voided_at is None)
            for each in session.query(Pairing).one().signatures
        ]


def version(sessions):
    with sessions.read() as session:
        return session.query(Pairing).one().version


def test_nobody_signs_twice(as_, address, sessions):
    proposer = as_("proposer")
    signs(proposer, address)
    proposer.open(address)
    proposer.sees("This case waits for another person")
    assert proposer.page.get_by_role("button", name="Sign", exact=True).count() == 0
    again = SIGNED | {"version": version(sessions)}

    assert forged(proposer, f"{address}/sign", again) == 409
    assert signatures(sessions) == [("proposer", True)]


def test_two_accounts_of_one_person_are_one_person(as_, address, sessions):
    signs(as_("proposer"), address)
    twin = as_("twin")
    twin.open(address)
    twin.sees("This case waits for another person")

    assert forged(twin, f"{address}/sign", SIGNED | {"version": version(sessions)}) == 409
    assert signatures(sessions) == [("proposer", True)]


@pytest.mark.parametrize(
    ("name", "status"), [("decider", 409), ("steward", 403), ("recorder", 403)]
)
def test_a_role_signs_its_own_step_only(as_, address, sessions, name, status):
    person = as_(name)

    assert forged(person, f"{address}/sign", SIGNED | {"version": version(sessions)}) == status
    assert signatures(sessions) == []


def test_a_reviewer_does_not_decide(as_, address, sessions):
    for name in ("proposer", "reviewer"):
        signs(as_(name), address)
    again = SIGNED | {"version": version(sessions)}

    assert forged(as_("twin"), f"{address}/sign", again) == 409
    assert forged(as_("reviewer"), f"{address}/sign", again) == 409
    assert len(signatures(sessions)) == 2


def test_what_lies_outside_ones_operation_does_not_exist(as_, address, case, sessions):
    remains, person = case.case
    stranger = as_("stranger")
    for path in (
        address,
        f"/remains/{remains}",
        f"/missing/{person}",
        f"/candidates/remains/{remains}",
        f"/candidates/persons/{person}",
    ):
        assert stranger.page.goto(stranger.address + path).status == 404, path
        stranger.arrives_at("Page not found")
    for path, data in (
        (f"{address}/sign", SIGNED | {"version": version(sessions)}),
        (f"{address}/close", {}),
        (f"{address}/judge", {"line": "age", "verdict": "agrees", "explanation": "-"}),
        ("/pairings/open", {"remains": remains, "person": person}),
    ):
        assert forged(stranger, path, data) == 404, path
    assert signatures(sessions) == []


def test_a_changed_record_voids_what_was_signed(as_, address, case, sessions):
    signs(as_("proposer"), address)
    reviewer = as_("reviewer")
    reviewer.open(address)
    with sessions.transaction() as session:
        remains = session.query(Remains).filter_by(number=case.case[0]).one()
        remains.profile.age_max = 40.0
    reviewer.tick("Identified")
    reviewer.tick("Combination of evidence")
    reviewer.write("Your reasons", "The watch and the age agree.")
    reviewer.page.get_by_label("I have read both records").check()
    reviewer.press("Sign")

    reviewer.sees("A record changed after it was signed. The signatures are void.")
    reviewer.sees("Returned to the proposer")
    assert signatures(sessions) == [("proposer", False)]


def test_a_form_shown_before_another_change_signs_nothing(as_, address, sessions):
    signs(as_("proposer"), address)
    reviewer, decider = as_("reviewer"), as_("decider")
    reviewer.open(address)
    old = version(sessions)
    signs(reviewer, address)
    signs(decider, address)

    assert forged(as_("second"), f"{address}/sign", SIGNED | {"version": old}) == 409
    assert forged(as_("second"), f"{address}/sign", SIGNED | {"version": ""}) == 409
    assert forged(as_("second"), f"{address}/sign", SIGNED) == 409
    assert [who for who, _ in signatures(sessions)] == ["proposer", "reviewer", "decider"]


def test_nothing_follows_a_decision_by_one_person_alone(as_, address, sessions):
    for name in ("proposer", "reviewer", "decider", "second"):
        signs(as_(name), address)
    with sessions.read() as session:
        decision = f"/decisions/{session.query(Pairing).one().decision.number}"

    assert forged(as_("proposer"), f"{decision}/release") == 409
    assert forged(as_("proposer"), f"{decision}/tell") == 403
    assert forged(as_("proposer"), f"{decision}/revoke", {"reason": "DNA " * 10}) == 403
    decider = as_("decider")
    assert forged(decider, f"{decision}/revoke", {"reason": "DNA " * 10}) == 302
    assert forged(decider, f"{decision}/revoke/confirm") == 409


@pytest.mark.parametrize("origin", [ELSEWHERE, FAR])
def test_a_form_of_another_site_does_nothing(as_, address, sessions, origin):
    proposer = as_("proposer")
    fields = "".join(
        f"<input name='{name}' value='{value}'>"
        for name, value in (SIGNED | {"version": version(sessions)}).items()
    )
    target = f"{proposer.address}{address}/sign"
    trap = f"<form method=post action='{target}'>{fields}<button>A prize</button></form>"
    proposer.page.route(
        f"{origin}**", lambda route: route.fulfill(body=trap, content_type="text/html")
    )
    proposer.page.goto(origin)
    with proposer.page.expect_response(target) as answer:
        proposer.page.click("button")

    assert answer.value.status in {400, 403}
    assert signatures(sessions) == []


def test_a_post_without_a_token_or_with_that_of_another_does_nothing(as_, address, sessions):
    proposer, reviewer = as_("proposer"), as_("reviewer")
    proposer.csrf, own = reviewer.csrf, proposer.csrf
    whole = SIGNED | {"version": version(sessions)}

    assert forged(proposer, f"{address}/sign", whole) == 400
    proposer.csrf = ""
    assert forged(proposer, f"{address}/sign", whole) == 400
    proposer.csrf = own
    assert forged(proposer, f"{address}/sign", whole | {"person_id": "1"}) == 400
    assert forged(proposer, f"{address}/sign", whole) == 302
    assert signatures(sessions) == [("proposer", True)]

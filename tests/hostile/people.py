"""Who stands outside, and the states in which further forms show: what the town leaves out."""

import re
from collections.abc import Iterator
from io import BytesIO

from caseman.accounts.models import User
from caseman.accounts.state import KEY
from caseman.custody.models import BurialPlot
from caseman.identification.codes import Verdict
from caseman.identification.drafts import Judgement
from caseman.identification.models import Pairing
from caseman.identification.services import pairings, signing
from caseman.permissions import Role
from caseman.remains.models import MethodEstimate, OwnEquation, OwnTable, Remains
from caseman.reports.models import MissingPerson, SamePersonFinding, VoiceNote
from caseman.sites.models import Site
from tests.accounts.browser import enter_password, sign_in_fully
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.sounds import wav
from tests.hostile.finding import Found, client_with, found_on, jar_of
from tests.journeys.town import SURE, TODAY, Town

OPEN_PAGES = ("/sign-in", "/invitation", "/family/report", "/family/return", "/family/place")
HALFWAY = ("/second-factor", "/second-factor/recovery", "/second-factor/lost")


def open_cases(town: Town) -> list[str]:
    """Open a comparison to be judged and one to be decided; return the pages of all that waits."""
    with town.sessions.transaction() as session:
        undecided = session.query(Remains).filter(Remains.number == "DEM01-F01-B004").one()
        sought = session.query(MissingPerson).order_by(MissingPerson.id).all()
        judged = _opened(session, town, undecided, sought[3])
        waiting = _opened(session, town, undecided, sought[5])
        _settle(waiting, town)
        for name in ("reviewer", "reviewer2"):
            signing.sign(
                session, waiting, _here(session, town, name), SURE, scope=town.staff[name].scope
            )
        gone = make_user(session, username="gone")
        gone.active = False
        session.flush()
        return [
            f"/pairings/{judged.number}",
            f"/pairings/{waiting.number}",
            f"/users/{gone.id}",
            f"/users/{town.staff['recorder'].id}",
            "/confirmations",
            *_reported_twice(session.query(SamePersonFinding).one()),
            *(f"/missing/{each.report.missing_person.number}" for each in session.query(VoiceNote)),
            f"/remains/{session.query(MethodEstimate).first().remains.number}/combination",
            *(f"/methods/{each.id}" for each in session.query(OwnEquation)),
            *(f"/methods/tables/{each.id}" for each in session.query(OwnTable)),
            f"/custody/places/{session.query(BurialPlot).first().place_id}",
            *(f"/sites/{each.code}/teams" for each in session.query(Site)),
        ]


def _reported_twice(row: SamePersonFinding) -> list[str]:
    """Return the pages of two persons held to be one, and of somebody who may be the same."""
    proposed = f"/missing/{row.one.number}/same"
    return [f"{proposed}/{row.another.number}", proposed]


def _here(session, town: Town, name: str) -> User:
    return session.get_one(User, town.staff[name].id)


def _opened(session, town: Town, remains: Remains, person: MissingPerson) -> Pairing:
    by = _here(session, town, "reviewer")
    return pairings.open_pairing(session, remains, person, by, today=TODAY)


def _settle(pairing: Pairing, town: Town) -> None:
    contradicting = [
        Judgement(line.line, Verdict.EXPLAINABLE, "Told from memory.")
        for line in pairing.lines
        if line.engine_verdict is Verdict.CONTRADICTS
    ]
    pairings.judge(pairing, contradicting, pairing.opened_by)


def families_and_visitors(town: Town) -> Iterator[Found]:
    """Yield the forms of people without an account, and of somebody half signed in."""
    visitor = client_with(town.app, {"lang": "en"})
    for page in OPEN_PAGES:
        yield from found_on(town.app, visitor.get(page).text, page, "visitor", jar_of(visitor))
    family = client_with(town.app, {"lang": "en"})
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', family.get("/family/report").text)
    family.post("/family/report", data={"csrf_token": token[1], "name_given": "Sami Example"})
    yield from found_on(
        town.app, family.get("/family/own").text, "/family/own", "family", jar_of(family)
    )
    said = {"csrf_token": token[1], "voice": (BytesIO(wav()), "voice.wav")}
    family.post("/family/own", data=said)
    begun = {"csrf_token": token[1], "name_given": "Noor Example"}
    family.post("/family/another/draft", data=begun)
    voice = re.search(r"/(own/1/voice/\d+)", family.get("/family/own").text)
    # Taking the report back stands last: it closes the pages before it.
    for page in (
        *("another", "another/throw-away", "own/1/correct", "own/1/consent", voice[1]),
        "own/1/withdraw",
    ):
        address = f"/family/{page}"
        html = family.get(address).text
        yield from found_on(town.app, html, address, "family", jar_of(family))
    yield from _half_signed_in(town)


def _half_signed_in(town: Town) -> Iterator[Found]:
    """Yield the forms between the password and the second factor."""
    password_hash = town.app.extensions[KEY].hasher.hash(PASSWORD)
    with town.sessions.transaction() as session:
        make_user(session, Role.RECORDER, username="halfway", password_hash=password_hash)
    sign_in_fully(client_with(town.app, {}), "halfway")
    halfway = client_with(town.app, {})
    enter_password(halfway, "halfway")
    for page in HALFWAY:
        yield from found_on(town.app, halfway.get(page).text, page, "halfway", jar_of(halfway))

"""A form that cannot be sent keeps what was typed and says so, for staff and for families."""

import re
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from caseman.accounts.models import ServerSession
from caseman.permissions import Role
from tests.accounts.fixtures import StaffClient, sign_in
from tests.browsing import serving
from tests.factories.accounts import make_team, make_user
from tests.factories.remains import make_grave
from tests.journeys.acting import Person, photograph

pytestmark = pytest.mark.browser

NO_CONNECTION = (
    "There is no connection. Everything you typed is still on this page. "
    "Keep the page open and send again later."
)


class Server(ExitStack):
    """A server that can go away and come back under the same address."""

    def __init__(self, app):
        super().__init__()
        self.app = app
        self.address = ""

    def start(self):
        port = urlsplit(self.address).port or 0
        self.address = self.enter_context(serving(self.app, port))


@pytest.fixture
def server(app):
    with Server(app) as server:
        server.start()
        yield server


@pytest.fixture
def team(sessions):
    with sessions.transaction() as session:
        team = make_team(session)
        make_grave(session, team.operation, "RQA01")
        return team


@pytest.fixture
def recorder(page, app, server, sessions, team):
    with sessions.transaction() as session:
        user = make_user(session, Role.RECORDER, team=session.merge(team))
    person = Person(page, server.address)
    person.signs_in = lambda: _enter(person, app, user)
    person.signs_in()
    yield person
    _forgive_the_network(page)


def _enter(person, app, user):
    client = sign_in(app, StaffClient(app, app.response_class), user)
    cookie = client.get_cookie("session").value
    person.page.context.add_cookies([{"name": "session", "value": cookie, "url": person.address}])


def _forgive_the_network(page):
    page.goto("about:blank")  # pictures that still load would miss the server
    unreached = re.compile("ERR_(INTERNET_DISCONNECTED|CONNECTION_|FAILED|EMPTY)|status of 401")
    page.complaints[:] = [each for each in page.complaints if not unreached.search(each)]


def reload_and_stay(page):
    """Reload as a person does, and stay when the browser asks; return what it asked."""
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.evaluate("setTimeout(() => location.reload())")
    page.wait_for_timeout(500)
    return asked


def test_a_find_with_its_photographs_waits_for_the_server(recorder, page, server):
    recorder.open("/sites/RQA01/F1/remains/new")
    recorder.attach("Photographs", photograph("ground", "#654"))
    recorder.walk_to("Body")
    recorder.tick("Body")
    recorder.walk_to("Notes")
    recorder.write("Notes", "hands bound, مقيد اليدين")
    recorder.walk_to_the_end()
    server.close()
    recorder.press("Save and show the number")

    recorder.sees("Not sent yet: 1")
    assert reload_and_stay(page) == ["beforeunload"]
    assert recorder.field("Notes").input_value() == "hands bound, مقيد اليدين"
    server.start()
    recorder.press("Send again")
    page.locator(".bag-label h1").wait_for()
    recorder.follow("Done")
    recorder.sees("hands bound, مقيد اليدين")
    assert page.locator("figure.photo").count() == 1


def test_a_session_that_ended_meanwhile_costs_nothing(recorder, page, sessions):
    recorder.open("/sites/RQA01/F1/remains/new")
    recorder.attach("Photographs", photograph("ground", "#654"))
    recorder.walk_to("Body")
    recorder.tick("Body")
    recorder.walk_to("Notes")
    recorder.write("Notes", "a long note")
    recorder.walk_to_the_end()
    with sessions.transaction() as session:
        session.execute(sa.delete(ServerSession))
    recorder.press("Save and show the number")

    recorder.sees("You were signed out.")
    assert recorder.field("Notes").input_value() == "a long note"
    recorder.signs_in()
    recorder.press("Send again")
    page.locator(".bag-label h1").wait_for()
    recorder.follow("Done")
    recorder.sees("a long note")


@pytest.fixture
def family(page, server, team):
    person = Person(page, server.address, "ar")
    person.open("/family/report")
    person.write("Given name", "سامر")
    yield person
    _forgive_the_network(page)


def test_a_family_without_network_loses_nothing(family, page):
    page.context.set_offline(True)
    family.press("Send the report")

    family.sees(NO_CONNECTION)
    assert reload_and_stay(page) == ["beforeunload"]
    assert family.field("Given name").input_value() == "سامر"
    page.context.set_offline(False)
    family.press("Send again")
    family.arrives_at("We have your report")


def test_a_family_in_danger_leaves_at_once_whatever_is_unsent(family, page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.route(re.compile("^https://"), lambda route: route.fulfill(body="<title>News</title>"))
    page.context.set_offline(True)
    family.press("Send the report")
    family.sees(NO_CONNECTION)
    page.context.set_offline(False)
    family.leave()

    page.wait_for_url(re.compile("^https://"))
    assert asked == []


def test_after_sending_and_leaving_the_way_back_shows_nothing(family, page):
    page.route(re.compile("^https://"), lambda route: route.fulfill(body="<title>News</title>"))
    family.press("Send the report")
    family.arrives_at("We have your report")
    family.leave()
    page.wait_for_url(re.compile("^https://"))
    page.evaluate("history.back()")
    page.wait_for_timeout(1000)
    page.wait_for_url(re.compile("^https://"))


def test_a_family_is_saved_while_it_types_and_leaving_closes_it_on_this_phone(family, page):
    page.route(re.compile("^https://"), lambda route: route.fulfill(body="<title>News</title>"))
    family.sees("Saved.")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.reload()
    assert family.field("Given name").input_value() == "سامر"

    family.leave()
    page.wait_for_url(re.compile("^https://"))
    page.wait_for_timeout(300)  # the last message to the server is sent while the page goes
    family.open("/family/report")
    assert family.field("Given name").input_value() == ""

"""Live installations: a fresh one for each journey, and a town that is made once and only read."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from caseman.accounts.state import KEY
from caseman.permissions import Role
from caseman.sealing.keys import create_keys
from config import Config
from tests.accounts.fixtures import StaffClient, sign_in
from tests.browsing import serving
from tests.factories.accounts import PASSWORD, make_user
from tests.journeys.acting import Staff
from tests.journeys.looking import PHONE, WIDE, listen
from tests.journeys.town import Town, settle
from tests.journeys.walking import Sight, Walk, papers_not_laid_out


@pytest.fixture
def database(tmp_path, sqlite_template) -> str:
    """SQLite is enough here: what PostgreSQL does otherwise, the tests of the slices show."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'caseman.db')}"


@pytest.fixture(scope="module")
def town(tmp_path_factory, sqlite_template, applications) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    app = applications.make(town_config(folder, copied(sqlite_template, folder)))
    yield settle(app)
    applications.end(app)


def copied(template: Path, folder: Path) -> str:
    """Return the address of a copy of the database ``template`` in ``folder``."""
    return f"sqlite:///{shutil.copy(template, folder / 'caseman.db')}"


def town_config(folder: Path, database_url: str) -> Config:
    config = Config(
        instance=folder,
        database_url=database_url,
        keys=folder / "keys",
        files=folder / "files",
        testing=True,
        password_memory_kib=1024,
        anonymous_rate="100000/minute",
        idle_minutes=24 * 60,  # who signed in when it was made still is on a slow machine
        session_hours=24,
    )
    config.files.mkdir()
    create_keys(config.keys)
    return config


@pytest.fixture(scope="module")
def address(town) -> Iterator[str]:
    with serving(town.app) as address:
        yield address


@pytest.fixture(scope="module")
def client_of(town) -> Callable[[Role], StaffClient]:
    """Return a client in which the first account of a role is signed in."""

    def client(role: Role) -> StaffClient:
        return sign_in(town.app, StaffClient(town.app, town.app.response_class), town.by_role[role])

    return client


@pytest.fixture(scope="module")
def sights(town, client_of) -> list[Sight]:
    """Every page that somebody comes to by the links of other pages."""
    walk, found = Walk(town.app), []
    with papers_not_laid_out():
        for role in town.by_role:
            client = client_of(role)
            client.open = FlaskClient.open.__get__(client)  # its markup is checked elsewhere
            found += walk.of_role(role, client, ["/", *town.starts])
    return found


@pytest.fixture
def page(browser, request):
    """A page that fails the test over a script error or a refusal by the content policy."""
    if "served" in request.fixturenames:
        request.getfixturevalue(
            "served"
        )  # set up first, so that it ends after the browser has left
    context = browser.new_context()
    context.set_default_timeout(20_000)
    page = listen(context.new_page())
    yield page
    context.close()
    assert page.complaints == []


@pytest.fixture
def plain_page(browser):
    """A phone whose browser runs no script."""
    context = browser.new_context(
        viewport={"width": PHONE, "height": 800}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def served(app) -> Iterator[str]:
    """The address of an installation of its own for the test."""
    with serving(app) as address:
        yield address


@pytest.fixture
def hire(sessions, app):
    """Return what takes somebody on, with a password and without a second factor so far."""
    password_hash = app.extensions[KEY].hasher.hash(PASSWORD)

    def hired(username, *roles, team=None, person=None):
        with sessions.transaction() as database:
            return make_user(
                database,
                *roles,
                username=username,
                team=database.merge(team) if team else None,
                person=database.merge(person) if person else None,
                password_hash=password_hash,
            )

    return hired


POSTS = {
    "recorder": Role.RECORDER,
    "mortuary": Role.RECORDER,
    "examiner": Role.EXAMINER,
    "reviewer": Role.REVIEWER,
    "second": Role.REVIEWER,
    "board": Role.BOARD,
    "another": Role.BOARD,
    "steward": Role.STEWARD,
}


@pytest.fixture
def at_work(browser, served, hire, team):
    """Return what lets somebody of ``team`` sign in to a post, in a browser of their own."""
    pages = []

    def begin(post, width=WIDE):
        hire(post, POSTS[post], team=team)
        context = browser.new_context(viewport={"width": width, "height": 800})
        context.set_default_timeout(20_000)
        pages.append(listen(context.new_page()))
        return Staff(pages[-1], served).sign_in(post)

    yield begin
    complaints = [each for page in pages for each in page.complaints]
    for page in pages:
        page.context.close()
    assert complaints == []

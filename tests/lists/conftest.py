"""Databases of many rows on each engine, made once for all tests here."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.database import Sessions, take_stock
from caseman.permissions import Role
from caseman.sealing.keys import create_keys
from config import Config
from tests.accounts.fixtures import StaffClient, sign_in
from tests.databases import PostgresDatabase
from tests.factories.accounts import make_team, make_user
from tests.lists.filling import fill, fill_sites

Readers = Callable[[Session], dict[str, User]]
"""Fills a database and returns who reads it."""


@dataclass(frozen=True)
class Filled:
    """An installation with many rows, and browsers of people who see all of it or a part."""

    sessions: Sessions
    browsers: dict[str, StaffClient]


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def install(request, tmp_path_factory, applications) -> Iterator[Callable[[Readers], Filled]]:
    """Return what fills a database of its own with what its readers read."""
    with ExitStack() as end:

        def installed(readers: Readers) -> Filled:
            folder = tmp_path_factory.mktemp("lists")
            app = applications.make(_config(_database(request, folder, end), folder))
            end.callback(applications.end, app)
            app.test_client_class = StaffClient
            sessions = app.extensions["caseman"].sessions
            with sessions.transaction() as session:
                users = readers(session)
            _take_stock(sessions.engine)
            return Filled(
                sessions,
                {name: sign_in(app, app.test_client(), user) for name, user in users.items()},
            )

        yield installed


@pytest.fixture(scope="module")
def filled(install) -> Filled:
    return install(_readers_of_cases)


@pytest.fixture(scope="module")
def filled_with_sites(install) -> Filled:
    return install(_readers_of_sites)


def _database(request, folder, end) -> str:
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "caseman.db")
        return f"sqlite:///{folder}/caseman.db"
    server = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("postgres_template")
    return end.enter_context(PostgresDatabase(server, template))


def _config(url, folder) -> Config:
    config = Config(
        instance=folder,
        database_url=url,
        keys=folder / "keys",
        files=folder / "files",
        testing=True,
    )
    config.files.mkdir()
    create_keys(config.keys)
    return config


def _take_stock(engine) -> None:
    """Let the database count its values: PostgreSQL does so by itself, but later."""
    take_stock(engine)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")


def _readers_of_cases(session) -> dict[str, User]:
    whole = make_team(session)
    part = make_team(session, whole.operation, covers_operation=False)
    readers = {
        name: make_user(session, *Role, username=name, team=team)
        for name, team in (("whole", whole), ("part", part))
    }
    fill(session, whole, readers["whole"], part)
    return readers


def _readers_of_sites(session) -> dict[str, User]:
    team = make_team(session)
    fill_sites(session, team)
    return {"whole": make_user(session, *Role, username="whole", team=team)}

"""The town of the journeys, in which every form is open to somebody, put back after each post."""

import logging
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from caseman import schema
from caseman.accounts import fresh
from caseman.reports.views import visits
from config import Config
from tests.accounts.fixtures import StaffClient, sign_in
from tests.databases import PostgresDatabase
from tests.hostile.copies import Copies
from tests.hostile.finding import Found, Jar, forms_of, jar_of, walked
from tests.hostile.leaks import Watch, plant, stored_secrets
from tests.hostile.people import families_and_visitors, open_cases
from tests.journeys.conftest import copied, town_config
from tests.journeys.town import Town, settle
from tests.journeys.walking import Sight

NOT_OF_CASES = {"server_session", "attempt", "audit_entry", "idempotency_key"}
"""Sign-ins, throttles, the trail of refusals and keys of forms."""
CHATTY = ("caseman", "werkzeug", "flask_wtf", "flask_security", "flask_login", "flask-limiter")
"""Who logs in the course of a request, beside the database library."""


@dataclass
class World(ABC):
    """An application, who is signed in to it, and its forms."""

    town: Town
    jars: dict[str, Jar] = field(default_factory=dict)
    forms: dict[str, Found] = field(default_factory=dict)
    sights: list[Sight] = field(default_factory=list)
    """Every page that the walk for forms came by."""

    def __post_init__(self) -> None:
        self.watch = Watch(self.app.wsgi_app, self._who)

    def _who(self, cookie: str) -> str | None:
        return next((who for who, jar in self.jars.items() if jar.get("session") == cookie), None)

    @property
    def app(self) -> Flask:
        return self.town.app

    @abstractmethod
    def put_back(self) -> None:
        """Make the database what it was when the forms were found."""


@dataclass
class SqliteWorld(World):
    """It can look into its own file."""

    path: Path = Path()
    kept: sqlite3.Connection = field(
        default_factory=lambda: sqlite3.connect(":memory:", check_same_thread=False)
    )

    def cases(self) -> dict[str, list[tuple]]:
        """Return every row of every table that holds what people recorded."""
        with closing(sqlite3.connect(self.path)) as live:
            return {
                table: live.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - ours
                for table in schema.metadata().tables
                if table not in NOT_OF_CASES
            }

    def put_back(self) -> None:
        with closing(sqlite3.connect(self.path)) as live:
            self.kept.backup(live)

    def keep(self) -> None:
        with closing(sqlite3.connect(self.path)) as live:
            live.backup(self.kept)


@dataclass
class PostgresWorld(World):
    """It copies its tables once its forms are found."""

    def keep(self) -> None:
        self.copies = Copies(self.town.sessions.engine)

    def put_back(self) -> None:
        self.copies.put_back()


@pytest.fixture(scope="session")
def world(tmp_path_factory, sqlite_template, applications) -> Iterator[SqliteWorld]:
    folder = tmp_path_factory.mktemp("hostile")
    address = copied(sqlite_template, folder)
    with settled(applications, town_config(folder, address)) as town:
        world = SqliteWorld(town, path=folder / "caseman.db")
        with closing(world.kept), watching(world):
            settle_in(world)
            world.keep()
            yield world


@pytest.fixture(scope="session")
def postgres_world(
    tmp_path_factory, postgres_server, postgres_template, applications
) -> Iterator[PostgresWorld]:
    folder = tmp_path_factory.mktemp("hostile")
    with (
        PostgresDatabase(postgres_server, postgres_template) as address,
        settled(applications, town_config(folder, address)) as town,
    ):
        world = PostgresWorld(town)
        with watching(world):
            settle_in(world)
            world.keep()
            yield world


@contextmanager
def settled(applications, config: Config) -> Iterator[Town]:
    """Yield the town in an application where a failure is an answer and no sign-in runs out."""
    app = applications.make(config)
    app.config["PROPAGATE_EXCEPTIONS"] = False  # a failure is an answer 500, as for a reader
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((fresh, "FRESH_FOR"), (visits, "IDLE"), (visits, "LONGEST")):
            patch.setattr(module, name, timedelta(days=1))  # the sign-ins serve every test
        yield settle(app)
    applications.end(app)


@contextmanager
def watching(world: World) -> Iterator[None]:
    """Look at every answer and every line of the log, of whatever test."""
    world.app.wsgi_app = world.watch  # type: ignore[method-assign]
    with world.town.sessions.transaction() as session:
        plant(session)
    with world.town.sessions.read() as session:
        world.watch.secrets += [("secret of an account", each) for each in stored_secrets(session)]
    with ExitStack() as stack:
        for name in CHATTY:
            stack.enter_context(_at_debug(logging.getLogger(name)))
        logging.getLogger().addHandler(world.watch)
        stack.callback(logging.getLogger().removeHandler, world.watch)
        yield
    leaks = "\n".join(sorted(world.watch.leaks))
    assert not leaks, f"in an answer to whatever test of this folder:\n{leaks}"


@contextmanager
def _at_debug(logger: logging.Logger) -> Iterator[None]:
    before = logger.level
    logger.setLevel(logging.DEBUG)
    yield
    logger.setLevel(before)


def settle_in(world: World) -> None:
    """Sign everybody in and find the forms."""
    app, town = world.app, world.town
    starts = [*town.starts, *open_cases(town)]
    for role, user in town.by_role.items():
        sign_in(app, StaffClient(app, app.response_class), user)  # elsewhere too
        world.jars[str(role)] = jar_of(sign_in(app, StaffClient(app, app.response_class), user))
    world.sights = walked(app, world.jars, starts)
    world.forms |= forms_of(app, world.jars, world.sights)
    for found in families_and_visitors(town):
        world.forms.setdefault(found.endpoint, found)
        world.jars[found.who] = found.jar

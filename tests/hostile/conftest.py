"""The town of the journeys, in which every form is open to somebody, put back after each post."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from caseman import schema
from caseman.accounts import fresh
from tests.accounts.fixtures import StaffClient, sign_in
from tests.hostile.finding import Found, Jar, all_forms, jar_of
from tests.hostile.people import families_and_visitors, open_cases
from tests.journeys.conftest import _config
from tests.journeys.town import Town, settle

NOT_OF_CASES = {"server_session", "attempt", "audit_entry", "idempotency_key"}
"""Sign-ins, throttles, the trail of refusals and keys of forms."""


@dataclass
class World:
    """An application, who is signed in to it, its forms, and how to put it back as it was."""

    town: Town
    jars: dict[str, Jar]
    forms: dict[str, Found]
    path: Path
    kept: sqlite3.Connection

    @property
    def app(self) -> Flask:
        return self.town.app

    def cases(self) -> dict[str, list[tuple]]:
        """Return every row of every table that holds what people recorded."""
        with closing(sqlite3.connect(self.path)) as live:
            return {
                table: live.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - ours
                for table in schema.metadata().tables
                if table not in NOT_OF_CASES
            }

    def put_back(self) -> None:
        """Make the database what it was when the forms were found."""
        with closing(sqlite3.connect(self.path)) as live:
            self.kept.backup(live)

    def keep(self) -> None:
        with closing(sqlite3.connect(self.path)) as live:
            live.backup(self.kept)


@pytest.fixture(scope="session")
def world(tmp_path_factory, sqlite_template, applications) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("hostile")
    app = applications.make(_config(folder, sqlite_template))
    app.config["PROPAGATE_EXCEPTIONS"] = False  # a failure is an answer 500, as for a reader
    town = settle(app)
    with (
        closing(sqlite3.connect(":memory:", check_same_thread=False)) as kept,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(fresh, "FRESH_FOR", timedelta(days=1))  # the sign-ins serve every test
        world = World(town, {}, {}, folder / "caseman.db", kept)
        settle_in(world)
        world.keep()
        yield world
    applications.end(app)


def settle_in(world: World) -> None:
    """Sign everybody in and find the forms."""
    app, town = world.app, world.town
    starts = [*town.starts, *open_cases(town)]
    for role, user in town.by_role.items():
        sign_in(app, StaffClient(app, app.response_class), user)  # elsewhere too
        world.jars[str(role)] = jar_of(sign_in(app, StaffClient(app, app.response_class), user))
    world.forms |= all_forms(app, world.jars, starts)
    for found in families_and_visitors(town):
        world.forms.setdefault(found.endpoint, found)
        world.jars[found.who] = found.jar

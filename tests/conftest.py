"""Fixtures of every test: a real database for each, and a client that checks each page it gets."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session

from caseman import schema
from caseman.database import Sessions, create_engine
from caseman.sealing.keys import create_keys
from config import Config
from tests.applications import Applications
from tests.databases import EmptiedDatabase, PostgresDatabase
from tests.pages import CheckedClient

pytest_plugins = ["tests.accounts.fixtures", "tests.browsing", "tests.scheduling"]

POSTGRES = "CASEMAN_TEST_POSTGRES_URL"
"""A server where databases may be created, e.g. postgresql://localhost:5432/postgres."""


@pytest.fixture(scope="session")
def build_schema() -> Callable[[str], None]:
    """Return what fills an empty database with the tables of the program."""

    def build(url: str) -> None:
        if schema.has_revisions():
            schema.upgrade(url)
            return
        engine = create_engine(url)
        schema.metadata().create_all(engine)
        engine.dispose()

    return build


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory, build_schema) -> Path:
    path = tmp_path_factory.mktemp("template") / "caseman.db"
    build_schema(f"sqlite:///{path}")
    with sa.create_engine(f"sqlite:///{path}").connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[sa.Engine]:
    url = os.environ.get(POSTGRES)
    if not url:
        pytest.skip(f"{POSTGRES} names no server")
    engine = sa.create_engine(
        url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_template(postgres_server, build_schema) -> Iterator[str]:
    with PostgresDatabase(postgres_server) as url:
        build_schema(url)
        yield sa.make_url(url).database


@pytest.fixture(scope="session")
def postgres_database(postgres_server, postgres_template) -> Iterator[EmptiedDatabase]:
    with EmptiedDatabase(postgres_server, postgres_template) as database:
        yield database


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request, tmp_path) -> Iterator[str]:
    """The address of a fresh database with every table and no row."""
    if request.param == "sqlite":
        path = tmp_path / "caseman.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    emptied = request.getfixturevalue("postgres_database")
    yield emptied.lend()
    emptied.take_back()


@pytest.fixture
def config(database, tmp_path) -> Config:
    config = Config(
        instance=tmp_path,
        database_url=database,
        keys=tmp_path / "keys",
        files=tmp_path / "files",
        testing=True,
        password_memory_kib=1024,
    )
    config.files.mkdir()
    create_keys(config.keys)
    return config


@pytest.fixture(scope="session")
def applications(tmp_path_factory) -> Applications:
    templates = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    return Applications(templates)


@pytest.fixture
def app(config, applications) -> Iterator[Flask]:
    app = applications.make(config)
    app.test_client_class = CheckedClient
    yield app
    applications.end(app)


@pytest.fixture
def sessions(app) -> Sessions:
    return app.extensions["caseman"].sessions


@pytest.fixture
def session(sessions) -> Iterator[Session]:
    """A writing session. Commit before the client writes: on SQLite it holds the write lock."""
    with sessions.write() as session:
        yield session


@pytest.fixture
def client(app) -> CheckedClient:
    return app.test_client()

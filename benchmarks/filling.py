"""Databases of invented cases for measurements, made once and used again.

Ten thousand cases are made on SQLite; more of them are copies (see ``benchmarks.multiplying``),
and what is measured on PostgreSQL are the same rows.

Reports, remains and effects go in through the services that an import uses, two thousand at a
time, so that trail, index of names and sealed fields are what they are in a real installation
(``caseman verify-audit`` passes on the originals). Candidates are the engine's own, but each
remains is compared with a draw of two thousand persons instead of all: the rows are of the same
kind and number.
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final, TypeVar
from uuid import uuid4

import sqlalchemy as sa
from flask import Flask
from flask_security import hash_password
from sqlalchemy.orm import Session

from benchmarks.multiplying import multiply, transfer
from benchmarks.population import Population
from caseman import matching, schema
from caseman.accounts.models import Membership, Operation, Person, RoleGrant, Team, User
from caseman.app import create_app
from caseman.audit.recorder import Actor
from caseman.database import Sessions, create_engine, now, take_stock
from caseman.effects.services import FoundOnRemains, register_all_on
from caseman.identification.adapters import load_persons, load_remains
from caseman.identification.services.storing import CONSIDERED, store
from caseman.permissions import Role
from caseman.remains.models import Remains
from caseman.remains.services import register_all
from caseman.reports.models import MissingPerson
from caseman.reports.services.registration import register_reports
from caseman.sealing.keys import create_keys
from caseman.sites.codes import FeatureKind, SiteKind, SiteStatus
from caseman.sites.models import Feature
from caseman.sites.services import NewSite, open_feature, register_site
from caseman.values import Position
from config import Config

T = TypeVar("T")

SEED: Final = 2017
AT_ONCE: Final = 2_000
ORIGINALS: Final = 10_000
"""So many missing persons are made through the services, the others are copies."""
REMAINS_SHARE: Final = 0.4
"""Remains for each missing person, as in a city of 6,000 reports and 2,500 bodies."""
PERSONS_A_SITE: Final = 1_000
FEATURES_A_SITE: Final = 4
USERNAME, PASSWORD = "benchmark", "a long phrase for measurements only"
ROLES: Final = (Role.REVIEWER, Role.STEWARD)
LOADING: Final = Actor("benchmark")


@dataclass(frozen=True, slots=True)
class Filled:
    """An installation with ``scale`` missing persons; ``environment`` starts its processes."""

    config: Config
    scale: int
    environment: dict[str, str]


def filled(url: str, scale: int, folder: Path) -> Filled:
    """Return the installation of this size on the database server of ``url``.

    The size becomes part of the database's name. It is made anew where the folder does not say
    that it was finished, and migrated where it was made by an older revision.
    """
    address = _named(url, scale)
    place = folder / f"{address.get_backend_name()}-{scale}"
    installation = installation_at(address, scale, place)
    if not (place / "finished").exists():
        shutil.rmtree(place, ignore_errors=True)
        create_database(address)
        if address.get_backend_name() == "sqlite" and scale <= ORIGINALS:
            _fill(installation)
        else:
            _multiply(
                filled(f"sqlite:///{folder}/caseman.db", min(scale, ORIGINALS), folder),
                installation,
            )
        (place / "finished").touch()
    schema.upgrade(installation.config.database_url)
    return installation


def _multiply(originals: Filled, installation: Filled) -> None:
    """Copy the keys and the rows of ``originals``, and these until there are enough."""
    config = installation.config
    config.files.mkdir(parents=True)
    shutil.copytree(originals.config.keys, config.keys)
    schema.upgrade(config.database_url)
    source, target = (create_engine(each.config.database_url) for each in (originals, installation))
    transfer(source, target)
    multiply(target, installation.scale // originals.scale)
    _take_stock(target)
    source.dispose()
    target.dispose()


def _named(url: str, scale: int) -> sa.URL:
    address = sa.make_url(url)
    name = address.database or "caseman"
    stem, dot, ending = name.rpartition(".") if "." in Path(name).name else (name, "", "")
    return address.set(database=f"{stem}_{scale}{dot}{ending}")


def installation_at(address: sa.URL, scale: int, place: Path) -> Filled:
    """Return an installation in ``place``, whose database need not be there yet."""
    environment = {
        "CASEMAN_INSTANCE": str(place.absolute()),
        "CASEMAN_DATABASE_URL": address.render_as_string(hide_password=False),
        "CASEMAN_SECOND_FACTOR": "0",
    }
    return Filled(Config.from_environment(environment), scale, environment)


def create_database(address: sa.URL) -> None:
    """Make the database empty, whatever was there."""
    if address.get_backend_name() == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(f"{address.database}{ending}").unlink(missing_ok=True)
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
        return
    server = sa.create_engine(address.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{address.database}" WITH (FORCE)')
        connection.exec_driver_sql(f'CREATE DATABASE "{address.database}" TEMPLATE template0')
    server.dispose()


def _fill(installation: Filled) -> None:
    config = installation.config
    config.files.mkdir(parents=True)
    create_keys(config.keys)
    schema.upgrade(config.database_url)
    app = create_app(config)
    sessions: Sessions = app.extensions["caseman"].sessions
    population = Population(SEED)
    operation_id, team_id = staff(app, sessions)
    _tell(sessions, population, operation_id, installation.scale)
    _find(sessions, population, operation_id, team_id, round(installation.scale * REMAINS_SHARE))
    _rank(sessions)
    _take_stock(sessions.engine)
    sessions.engine.dispose()


def staff(app: Flask, sessions: Sessions, roles: Iterable[Role] = ROLES) -> tuple[int, int]:
    """Add the account that measures, and return the ids of its operation and team."""
    with app.app_context(), sessions.transaction(actor=LOADING) as session:
        operation = Operation(code="BENCH", name="Measurements")
        team = Team(operation=operation, code="ONE", name="Only team", covers_operation=True)
        user = User(
            person=Person(name="Benchmark"),
            username=USERNAME,
            password=hash_password(PASSWORD),
            fs_uniquifier=uuid4().hex,
            grants=[RoleGrant(role=role, confirmed_at=now()) for role in roles],
            memberships=[Membership(team=team)],
        )
        session.add_all([operation, team, user])
        session.flush()
        return operation.id, team.id


def _tell(sessions: Sessions, population: Population, operation_id: int, count: int) -> None:
    for drafts in _batches(population.reports(operation_id, count)):
        with sessions.transaction(actor=LOADING) as session:
            register_reports(session, drafts)


def _find(
    sessions: Sessions, population: Population, operation_id: int, team_id: int, count: int
) -> None:
    with sessions.transaction(actor=LOADING) as session:
        features = [feature.id for feature in _open_sites(session, operation_id, count)]
    for start in range(0, count, AT_ONCE):
        with sessions.transaction(actor=LOADING) as session:
            found = session.scalars(sa.select(Feature).where(Feature.id.in_(features))).all()
            some = list(population.finds([*found], team_id, min(AT_ONCE, count - start)))
            rows = register_all(session, [find.new for find in some])
            effects = [
                FoundOnRemains(row, effect)
                for row, find in zip(rows, some, strict=True)
                for effect in find.effects
            ]
            register_all_on(session, effects)


def _open_sites(session: Session, operation_id: int, remains: int) -> Iterator[Feature]:
    for place in range(max(4, round(remains / REMAINS_SHARE / PERSONS_A_SITE))):
        new = NewSite(
            operation_id=operation_id,
            code=f"BEN{place:03d}",
            kind=SiteKind.MASS_GRAVE,
            status=SiteStatus.UNDER_EXCAVATION,
            name=f"Invented place {place}",
            position=Position(35.9 + place / 1000, 39.0 + place / 1000, 100),
        )
        site = register_site(session, new)
        for _ in range(FEATURES_A_SITE):
            feature = open_feature(session, site, kind=FeatureKind.PRIMARY_MASS)
            session.flush()
            yield feature


def _rank(sessions: Sessions) -> None:
    draw = Random(SEED)
    with sessions.read() as session:
        persons = session.scalars(sa.select(MissingPerson.id)).all()
        all_remains = session.scalars(sa.select(Remains.id)).all()
    for some in _batches(all_remains):
        drawn = draw.sample([*persons], min(AT_ONCE, len(persons)))
        with sessions.read() as session:
            found, sought = load_remains(session, some), load_persons(session, drawn)
        store(sessions, matching.rank(found, sought, top_k=CONSIDERED))


def _take_stock(engine: sa.Engine) -> None:
    """Count the values as the worker, and PostgreSQL by itself, do in the course of time."""
    take_stock(engine)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, AT_ONCE)):
        yield some

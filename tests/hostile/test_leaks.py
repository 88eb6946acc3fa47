"""T02, T16, T34, T38: what could cost a life is seen by whoever needs it, and nowhere else.

The watch of the town looks at every answer to every test in this folder. Here are the pages that
the walk left out, whoever works elsewhere, the log, the disk and the backup; and the proof that
the watch sees a leak at all.
"""

import logging
from contextlib import closing

import pytest
import sqlalchemy as sa

from caseman import schema
from caseman.audit.checkpoint import Checkpoint
from caseman.database import Base, now
from caseman.exchange.backup import write_backup
from caseman.permissions import CASE_ROLES, Role
from caseman.reports.models import AnteMortemReport
from caseman.sealing.fields import Sealed
from tests.accounts.fixtures import StaffClient, sign_in
from tests.factories.accounts import make_team, make_user
from tests.hostile.finding import client_with, jar_of
from tests.hostile.leaks import CANARIES, Watch, readable_in
from tests.safety.routes import all_routes

LEAK = CANARIES["Informant.name"].text
OWN_SECRET = {"User.tf_totp_secret", "PrintedFile.html", "PrintedFile.pdf"}
"""Shown once to the person, and papers: what a paper holds, the pages hold too."""


def test_every_sealed_field_has_its_canary():
    schema.metadata()
    sealed = {
        f"{mapper.class_.__name__}.{name}"
        for mapper in Base.registry.mappers
        for name, value in vars(mapper.class_).items()
        if isinstance(value, Sealed)
    }
    bare = sealed - {name.split()[0] for name in CANARIES} - OWN_SECRET
    assert bare == set(), "say in leaks.py who may see it, and plant a canary in it"
    assert sealed >= OWN_SECRET


@pytest.fixture(scope="module")
def everywhere(world):
    """Open, as each role, a page of every kind that is open to it and that the walk left out."""
    routes = [each for each in all_routes(world.app) if each.method == "GET"]
    pages = {sight.endpoint: sight.path for sight in world.sights}
    walked = {(sight.role, sight.endpoint) for sight in world.sights}
    for role in Role:
        client = client_with(world.app, world.jars[str(role)])
        for route in routes:
            left_out = (str(role), route.endpoint) not in walked and route.endpoint in pages
            if left_out and route.opens_to(role):
                client.get(pages[route.endpoint])
    world.put_back()


@pytest.mark.usefixtures("everywhere")
def test_who_needs_it_sees_it(world):
    """Else the watch would find nothing because nothing is shown."""
    seen = world.watch.seen
    for name in ("Informant.name", "Informant.safe_contact"):
        assert {who for who, shown in seen if shown == name} - {"reviewer"} == {"intake", "steward"}
    assert ("recorder", "Site.position lat") in seen
    assert ("partner", "report") in seen
    assert ("examiner", "examination") in seen
    assert ("steward", "Release.recipient") in seen


@pytest.mark.usefixtures("everywhere")
def test_nobody_else_sees_it(world):
    assert sorted(world.watch.leaks) == []
    assert world.watch.lines > 100, "the log was looked at"


@pytest.mark.usefixtures("everywhere")
def test_no_cache_keeps_any_answer(world):
    assert sorted(world.watch.kept_by_caches) == []


def test_whoever_works_elsewhere_gets_not_one_number(world):
    """Every permission that cases need, and no operation of the town."""
    with world.town.sessions.transaction() as session:
        stranger = make_user(session, *CASE_ROLES, team=make_team(session))
    client = StaffClient(world.app, world.app.response_class)
    jar = jar_of(sign_in(world.app, client, stranger))
    with world.town.sessions.read() as session:
        numbers = set(session.scalars(sa.select(AnteMortemReport.number)))
    client, wrong = client_with(world.app, jar), []
    for path in sorted({sight.path for sight in world.sights}):
        text = client.get(path).text
        wrong += [
            f"{name} on {path}"
            for name, canary in CANARIES.items()
            if canary.text in text and canary.text not in path
        ]
        asked = {number for number in numbers if number in path}
        wrong += [f"{number} on {path}" for number in numbers - asked if number in text]
    world.put_back()
    assert wrong == []


def test_a_failure_tells_no_value(world, monkeypatch):
    """A page breaks in the middle of reading a contact; the log is as talkative as it can be."""

    def fails(*_row):
        raise RuntimeError(LEAK)

    shown = next(each.path for each in world.sights if each.role == "intake" and LEAK in each.html)
    monkeypatch.setattr(Sealed, "__get__", fails)
    root, before = logging.getLogger(), logging.getLogger().level
    root.setLevel(logging.DEBUG)
    answer = client_with(world.app, world.jars["intake"]).get(shown)
    root.setLevel(before)
    assert answer.status_code == 500
    assert LEAK not in answer.text
    assert sorted(world.watch.leaks) == []


def test_no_sealed_value_can_be_read_on_disk(world, tmp_path):
    """Database, its journal, photographs, a backup; not the keys, which open everything."""
    config = world.app.extensions["caseman"].config
    backed_up = tmp_path / "all.backup"
    _back_up(world, backed_up)
    files = [path for path in config.instance.rglob("*") if path.is_file()]
    wrong = {str(path): readable_in(path.read_bytes()) for path in [*files, backed_up]}
    assert {path: found for path, found in wrong.items() if found} == {}
    assert len(files) > 5


def _back_up(world, target):
    sessions = world.town.sessions
    with sessions.read() as session:
        signed = Checkpoint.of(session).signed(session.info["keyring"].signing_key)
    files = world.app.extensions["caseman"].config.files
    write_backup(sessions.engine, files, target, made_at=now(), checkpoint=signed)


def test_the_watch_sees_a_leak_in_a_page_a_header_the_log_and_on_disk(world, tmp_path):
    """An informant's name is written into a note that every reader of the report sees."""
    watch = Watch(world.watch.app, world._who)
    with world.town.sessions.transaction() as session:
        for report in session.scalars(sa.select(AnteMortemReport)):
            report.occupation = LEAK
    page = next(each.path for each in world.sights if each.endpoint == "missing.show")
    world.app.wsgi_app = watch
    client_with(world.app, world.jars["reviewer"]).get(page)
    client_with(world.app, world.jars["intake"]).get(page)
    client_with(world.app, world.jars["reviewer"]).get(f"/language/en?next=/missing?q={LEAK}")
    world.app.wsgi_app = world.watch
    assert watch.leaks >= {f"Informant.name on GET {page} as reviewer"}
    assert not any("as intake" in each for each in watch.leaks)
    assert any("in an address or header" in each for each in watch.leaks)

    watch.emit(logging.makeLogRecord({"msg": "told by %s", "args": (LEAK,), "name": "x"}))
    assert "Informant.name in the log of x" in watch.leaks

    _back_up(world, tmp_path / "all.backup")
    assert readable_in((tmp_path / "all.backup").read_bytes()) == {"Informant.name"}
    _write_through(world)
    assert readable_in(world.path.read_bytes()) == {"Informant.name"}
    world.put_back()
    _write_through(world)  # tests do not run in the order of the file: the next reads the disk
    assert readable_in(world.path.read_bytes()) == set()


def _write_through(world):
    """Bring what stands in the journal into the database's own file."""
    with closing(world.town.sessions.engine.raw_connection()) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

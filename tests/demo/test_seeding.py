"""Invented cases: whole, usable, and never beside real ones."""

import json
import os
import re
import shutil

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from passlib.totp import TOTP

from caseman import schema
from caseman.accounts.models import Operation, User
from caseman.audit.verify import verify
from caseman.cli import main
from caseman.database import Sessions, create_engine
from caseman.identification.models import Candidate, Decision
from caseman.permissions import Role
from caseman.remains.models import Remains
from caseman.sites.codes import SiteKind
from caseman.sites.services import NewSite, register_site
from tests.accounts.browser import enter_password, is_signed_in, post
from tests.factories.accounts import make_operation


@pytest.fixture
def run(config, monkeypatch):
    monkeypatch.setenv("CASEMAN_INSTANCE", str(config.instance))
    monkeypatch.setenv("CASEMAN_DATABASE_URL", config.database_url)

    def call(*words):
        return CliRunner().invoke(main, ["seed-demo", *words])

    return call


@pytest.fixture
def seeded(run):
    answer = run("--json")
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


@pytest.fixture
def page_of(seeded, config, applications):
    """Return a browser in which the account of a user name signs in as a person does."""
    app = applications.make(config)

    def signed_in(username):
        account = next(each for each in seeded["users"] if each["username"] == username)
        browser = app.test_client()
        enter_password(browser, username, account["password"])
        code = TOTP(key=account["totp_secret"], format="base32").generate().token
        post(browser, "/second-factor", {"code": code})
        assert is_signed_in(browser), username
        return browser

    yield signed_in
    applications.end(app)


def test_there_is_a_sign_in_for_every_role(seeded):
    assert {each["role"] for each in seeded["users"]} == set(Role)
    assert len({each["password"] for each in seeded["users"]}) == len(seeded["users"])


def test_a_password_and_the_second_factor_open_the_pages(seeded, page_of):
    number = seeded["remains"][0]["number"]
    everywhere, elsewhere = page_of("recorder"), page_of("recorder.two")
    assert everywhere.get(f"/remains/{number}").status_code == 200
    assert elsewhere.get(f"/remains/{number}").status_code == 404


def test_a_family_comes_back_with_its_reference(seeded, app):
    way = seeded["families"][0]
    answer = post(
        app.test_client(),
        "/family/return",
        {"reference": way["reference"], "secret": way["secret"]},
    )
    assert answer.location == "/family/own", answer.text


def test_the_trail_is_whole_and_candidates_are_ranked(seeded, sessions):
    with sessions.read() as session:
        assert verify(session, session.info["audit_key"]).first_bad is None
        assert session.scalar(sa.select(sa.func.count()).select_from(Candidate)) > 0
        assert session.scalar(sa.select(sa.func.count()).select_from(Decision)) == 2


def test_ids_and_numbers_are_those_of_the_records(seeded, sessions):
    with sessions.read() as session:
        stored = dict(session.execute(sa.select(Remains.number, Remains.id)).all())
    assert {each["number"]: each["id"] for each in seeded["remains"]} == stored
    persons = {each["number"] for each in seeded["missing_persons"]}
    assert seeded["truth"].keys() < stored.keys()
    assert set(seeded["truth"].values()) < persons


def test_the_scale_multiplies_the_cases(run):
    counted = [len(json.loads(run("--json", "--scale", scale).stdout)["remains"]) for scale in "13"]
    assert counted[1] - counted[0] == 2 * 12


def test_a_second_time_adds_an_operation_of_its_own(seeded, run, sessions):
    again = json.loads(run("--json").stdout)
    assert again["operation"]["code"] != seeded["operation"]["code"]
    names = [each["username"] for each in seeded["users"] + again["users"]]
    assert len(set(names)) == len(names)


def test_it_may_follow_the_first_start(run, sessions):
    with sessions.transaction() as session:
        make_operation(session, "RAQQA")
    assert run().exit_code == 0


def test_it_refuses_beside_records_that_may_be_real(run, sessions):
    with sessions.transaction() as session:
        operation = make_operation(session, "DEMO")
        register_site(
            session, NewSite(operation.id, "RQA01", SiteKind.MASS_GRAVE, "Example stadium")
        )
    answer = run("--json")
    assert answer.exit_code == 1
    assert "Operation DEMO holds records" in answer.output
    with sessions.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(User)) == 0


def test_what_it_prints_opens_the_accounts(run):
    told = run().stdout
    lines = re.findall(r"^  recorder +recorder +[0-9a-f-]{20}  [A-Z2-7]{32}$", told, re.MULTILINE)
    assert len(lines) == 1


def test_an_empty_folder_is_made_ready(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEMAN_INSTANCE", str(tmp_path / "new"))
    monkeypatch.delenv("CASEMAN_DATABASE_URL", raising=False)
    assert CliRunner().invoke(main, ["seed-demo", "--json"]).exit_code == 0
    sessions = Sessions(create_engine(f"sqlite:///{tmp_path / 'new' / 'caseman.db'}"))
    with sessions.read() as session:
        assert session.scalar(sa.select(Operation.code)) == "DEMO"
    sessions.engine.dispose()


@pytest.fixture
def begun(tmp_path, monkeypatch, sqlite_template):
    """Call a demonstration that was begun before, without serving it."""
    shutil.copy(sqlite_template, tmp_path / "caseman.db")
    for name in ("CASEMAN_INSTANCE", "CASEMAN_SECOND_FACTOR", "CASEMAN_BIND"):
        monkeypatch.setenv(name, "")  # the command sets them: put back afterwards

    def call(*words):
        return CliRunner().invoke(main, ["demo", "--no-serve", "--folder", str(tmp_path), *words])

    return call


def test_a_demonstration_of_an_older_version_is_brought_up_to_date(begun, tmp_path):
    url = f"sqlite:///{tmp_path / 'caseman.db'}"
    schema.downgrade(url, "-1")

    assert begun().exit_code == 0

    engine = create_engine(url)
    assert schema.is_current(engine)
    engine.dispose()


def test_the_demonstration_is_bound_where_the_settings_say(begun, monkeypatch):
    assert "Open http://127.0.0.1:8000 " in begun().output
    monkeypatch.setenv("CASEMAN_BIND", "127.0.0.1:8123")
    assert "Open http://127.0.0.1:8123 " in begun().output
    assert os.environ["CASEMAN_BIND"] == "127.0.0.1:8123", "what the server is started with"
    assert "Open http://127.0.0.2:8124 " in begun("--bind", "127.0.0.2:8124").output


def test_the_demonstration_is_never_bound_where_others_reach_it(begun, monkeypatch):
    monkeypatch.setenv("CASEMAN_BIND", "0.0.0.0:8000")
    answer = begun()
    assert answer.exit_code == 1
    assert "CASEMAN_SECOND_FACTOR=0 opens every account" in answer.output

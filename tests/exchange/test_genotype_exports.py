"""Genotypes leave once a second person released them: under codes, counted, with consent."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.database import now
from caseman.exchange.codes import GenotypeFile
from caseman.exchange.exports import services as budget
from caseman.exchange.genotypes.queries import content_of
from caseman.exchange.genotypes.services import (
    Asked,
    ExportRefusedError,
    Subject,
    ask,
    fetch,
    refuse,
    release,
)
from caseman.laboratory.models import Submission
from caseman.laboratory.reading.genotype_files import read_genotypes
from caseman.permissions import Role
from caseman.reports.services import withdraw_consent
from tests.factories.accounts import make_user
from tests.identification.test_screening import typed as typed  # noqa: PLC0414 - a fixture here too
from tests.laboratory.conftest import OnSqlite
from tests.laboratory.conftest import world as world  # noqa: PLC0414 - a fixture here too

WHY = Asked(
    GenotypeFile.PED,
    "Example laboratory, Ms Example",
    is_abroad=False,
    purpose="An independent calculation.",
    reason="Agreement of the two laboratories.",
)
FORM = {
    "file": "ped",
    "recipient": WHY.recipient,
    "purpose": WHY.purpose,
    "reason": WHY.reason,
}


@pytest.fixture
def asked(typed):
    """The family of two parents is asked for, with the bone of their son beside it."""
    session = typed.session
    typed.submission = session.scalars(sa.select(Submission)).one()
    typed.bone = next(
        run.specimen.source
        for run in typed.runs.values()
        if run.specimen.source not in {typed.mother.source, typed.father.source}
    )
    subject = Subject(typed.team.operation_id, family=typed.person, remains=typed.bone)
    typed.export = ask(session, subject, WHY, typed.analysts[0])
    session.commit()
    return typed


def names(content):
    return [each.name for each in read_genotypes(content.decode("utf-8-sig")).samples]


def test_another_person_releases_and_who_withdrew_meanwhile_is_not_in_the_file(asked):
    session, row, analyst = asked.session, asked.export, asked.analysts[0]
    tubes = {run.specimen.source_id: code for code, run in asked.runs.items()}
    mother, father = tubes[asked.mother.source_id], tubes[asked.father.source_id]
    release(session, row, now().date(), asked.steward)
    file = fetch(session, analyst.scope, row.number)
    assert file.name == f"{row.number}.ped"
    assert set(names(file.content)) == {mother, father, tubes[asked.bone.id]}
    hidden = (asked.person.number, asked.person.name, "Dayik", "Bav", asked.remains.number)
    assert [each for each in hidden if each in file.content.decode()] == []
    withdraw_consent(session, asked.mother.consent, "She asked for it.", None)
    session.flush()
    assert mother not in fetch(session, analyst.scope, row.number).content.decode()
    assert row.fetched == 2

    entries = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "export")).all()
    assert [(e.subject, e.changes["rows"][1], e.reason) for e in entries] == [
        (row.number, 3, WHY.purpose),
        (row.number, 2, WHY.purpose),
    ]
    session.rollback()


def test_each_step_is_of_another_person_and_in_its_time(asked):
    session, row, analyst = asked.session, asked.export, asked.analysts[0]
    today = now().date()
    with pytest.raises(ExportRefusedError, match="Another person"):
        release(session, row, today, make_user(session, Role.STEWARD, person=analyst.person))
    with pytest.raises(ExportRefusedError, match="Write why"):
        refuse(session, row, " ", asked.steward)
    with pytest.raises(ExportRefusedError, match="Nobody has released"):
        fetch(session, analyst.scope, row.number)
    release(session, row, today, asked.steward)
    with pytest.raises(ExportRefusedError, match="already"):
        refuse(session, row, "Too late.", asked.steward)
    with pytest.raises(ExportRefusedError, match="Only who asked"):
        fetch(session, asked.steward.scope, row.number)
    row.expires_on = today - timedelta(days=1)
    with pytest.raises(ExportRefusedError, match="last day"):
        fetch(session, analyst.scope, row.number)
    session.rollback()


def test_abroad_goes_only_who_agreed_and_nobody_more_than_the_hour_allows(asked, monkeypatch):
    session, row = asked.session, asked.export
    assert len(content_of(session, row).typed) == 3
    row.is_abroad = True
    asked.father.consent.may_go_abroad = True
    session.flush()
    assert len(content_of(session, row).typed) == 2
    release(session, row, now().date(), asked.steward)
    scope = asked.analysts[0].scope
    assert len(names(fetch(session, scope, row.number).content)) == 2
    monkeypatch.setattr(budget, "MOST_AN_HOUR", 1)
    answer = fetch(session, scope, row.number)
    assert (answer.asked, answer.left) == (2, 1)
    assert row.fetched == 1
    session.rollback()


class TestOnSqlite(OnSqlite):
    def test_the_analyst_asks_the_steward_releases_the_analyst_fetches(
        self, asked, client_as, monkeypatch
    ):
        session, number = asked.session, asked.submission.number
        code, bone = asked.father.source.code, asked.bone.code
        hidden = (asked.person.number, asked.person.name)
        session.commit()
        analyst, steward = client_as(user=asked.analysts[0]), client_as(user=asked.steward)
        session.commit()
        _wrong(analyst, f"/exports/genotypes/families/{code}/new")
        family = {**FORM, "file": "fam", "beside": bone.lower()}
        told = analyst.send(f"/exports/genotypes/families/{code}/new", family)
        address = told.headers["Location"]
        page = analyst.get(address).text
        assert code in page
        assert [each for each in hidden if each in page] == []
        _released(analyst, steward, address)
        file = analyst.send(f"{address}/file", {})
        assert file.headers["Content-Disposition"].endswith('.fam"')
        assert len(names(file.data)) == 3
        monkeypatch.setattr(budget, "MOST_AN_HOUR", 4)
        again = analyst.send(f"{address}/file", {})
        assert again.status_code == 429
        assert "you may take out 1 more" in again.text
        _refused(analyst, steward, f"/exports/genotypes/submissions/{number}/new")
        assert client_as(Role.DNA_ANALYST).get(address).status_code == 404
        assert client_as(Role.REVIEWER).get("/exports/genotypes").status_code == 403


def _wrong(analyst, address):
    """Too short a purpose, and remains that are none; what was typed stays."""
    answer = analyst.send(address, {**FORM, "purpose": "Short"})
    assert answer.status_code == 422
    assert "at least 10 characters" in answer.text
    assert WHY.recipient in answer.text
    answer = analyst.send(address, {**FORM, "beside": address.split("/")[-2]})
    assert "No remains here have this code" in answer.text


def _released(analyst, steward, address):
    assert analyst.get(f"{address}/release").status_code == 403
    assert analyst.send(f"{address}/file", {}).status_code == 422
    far = {"until": (now() + timedelta(days=99)).date().isoformat(), "version": "1"}
    assert "at most 30 days" in steward.send(f"{address}/release", far).text
    soon = far | {"until": now().date().isoformat()}
    assert steward.send(f"{address}/release", soon).status_code == 302
    assert steward.send(f"{address}/file", {}).status_code == 403


def _refused(analyst, steward, address):
    told = analyst.send(address, {**FORM, "file": "csv"})
    address = told.headers["Location"]
    assert "Profiles that could leave now" in steward.get(address).text
    why = {"reason": "Not for this purpose.", "version": "1"}
    assert steward.send(f"{address}/refuse", why).status_code == 302
    assert "Not for this purpose." in analyst.get(address).text
    assert "Not released" in analyst.get("/exports/genotypes").text

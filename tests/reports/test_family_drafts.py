"""A report that is begun and left: kept for the family, read by nobody, opened by two numbers."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from caseman.database import now
from caseman.reports import services
from caseman.reports.models import AnteMortemReport, FamilyAccess, FamilyDraft
from caseman.reports.services.drafts import forget_old_drafts
from tests.factories.accounts import make_operation
from tests.reports.families import TOLD, come_back, numbers, send, shown, token

REPORT = "/family/report"
JSON = {"Accept": "application/json"}


@pytest.fixture
def family(client, sessions):
    with sessions.transaction() as session:
        make_operation(session)
    client.set_cookie("lang", "en")
    return client


def save(client, **typed):
    """Save as the script of the page does."""
    form = {"csrf_token": token(client)["csrf_token"], **typed}
    return client.post("/family/draft", data=form, headers=JSON)


def count(sessions, model):
    with sessions.read() as session:
        return session.scalar(sa.select(sa.func.count(model.id)))


def test_what_is_typed_is_kept_and_opened_on_another_phone(app, family, sessions):
    begun = save(family, **TOLD | {"name_given": "سا"}).json
    again = save(family, **TOLD | {"effects-1-description": "خاتم"}).json
    assert again == begun
    assert count(sessions, FamilyDraft) == 1
    assert count(sessions, AnteMortemReport) == 0

    phone = app.test_client()
    back = come_back(phone, begun["reference"], begun["secret"])
    assert (back.status_code, back.location) == (302, REPORT)
    kept = shown(phone, REPORT)
    assert {name: kept[name] for name in TOLD} == TOLD
    assert kept["effects-1-description"] == "خاتم"

    assert send(phone).status_code == 302
    assert count(sessions, FamilyDraft) == 0
    with sessions.read() as session:
        assert session.scalar(sa.select(FamilyAccess.reference)) == begun["reference"].replace(
            " ", ""
        )
    later = app.test_client()
    assert come_back(later, begun["reference"], begun["secret"]).location == "/family/own"


def test_without_a_script_a_button_keeps_it_and_the_receipt_bears_the_same_numbers(
    family, sessions
):
    form = {**token(family), **TOLD}
    kept = family.post("/family/draft", data=form)
    assert kept.location == "/family/kept"
    reference, secret = numbers(family.get(kept.location))
    changed = family.post("/family/draft", data=form | {"name_given": "سمير"})
    assert changed.location == "/family/kept"
    assert shown(family, REPORT)["name_given"] == "سمير"
    assert send(family, more="effects", name_given="سامي").status_code == 200
    assert shown(family, REPORT)["name_given"] == "سامي"

    assert send(family).status_code == 302
    assert numbers(family.get("/family/receipt")) == (reference, secret)
    assert family.get("/family/kept").location == "/family/return"


def test_it_is_sealed_and_its_secret_is_kept_nowhere(family, sessions):
    answer = save(family, **TOLD).json
    with sessions.read() as session:
        draft = session.scalars(sa.select(FamilyDraft)).one()
        assert TOLD["informant_name"].encode() not in draft.answers_sealed
        assert draft.secret_hash.startswith("$argon2id$")
        assert ["informant_name", TOLD["informant_name"]] in draft.answers
        assert not any(name == "csrf_token" for name, _ in draft.answers)
    assert answer["secret"].replace(" ", "") not in draft.secret_hash


def test_the_next_family_on_this_phone_sees_nothing_and_overwrites_nothing(
    app, family, sessions, monkeypatch
):
    first = save(family, **TOLD).json
    monkeypatch.setattr("caseman.reports.views.visits.IDLE", timedelta(0))
    assert not shown(family, REPORT).get("name_given")
    monkeypatch.undo()

    second = save(family, name_given="هدى").json
    assert second["reference"] != first["reference"]
    assert shown(family, REPORT)["name_given"] == "هدى"
    family.post("/family/leave", data=token(family))
    assert not shown(family, REPORT).get("name_given")
    assert count(sessions, FamilyDraft) == 2


def test_too_much_is_refused_and_what_lies_for_a_month_is_forgotten(family, sessions):
    save(family, **TOLD)
    assert save(family, circumstance_text="س" * 250_000).status_code == 413
    with sessions.transaction() as session:
        forget_old_drafts(session)
        (draft,) = session.scalars(sa.select(FamilyDraft))
        draft.saved_at = now() - services.DRAFTS_KEPT - timedelta(days=1)
    with sessions.transaction() as session:
        forget_old_drafts(session)
    assert count(sessions, FamilyDraft) == 0
    assert not shown(family, REPORT).get("name_given")

"""One more person of a family: kept while it is typed, behind the two numbers it has already."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.database import now
from caseman.reports import services
from caseman.reports.models import AnotherDraft, AnteMortemReport, FamilyDraft
from caseman.reports.services.drafts import forget_old_drafts
from caseman.sealing.keys import KeyGoneError
from tests.factories.accounts import make_operation
from tests.reports.families import come_back, numbers, send, shown, token

ANOTHER = "/family/another"
DRAFT = "/family/another/draft"
THROW_AWAY = "/family/another/throw-away"
JSON = {"Accept": "application/json"}


@pytest.fixture
def family(client, sessions):
    with sessions.transaction() as session:
        make_operation(session)
    client.set_cookie("lang", "en")
    return told_by(client)


def told_by(client, **answers):
    assert send(client, companions="ليلى", **answers).status_code == 302
    return client


def save(client, **typed):
    """Save as the script of the page does: all that the form holds."""
    form = {**shown(client, ANOTHER), **typed}
    form.pop("idempotency_key")
    return client.post(DRAFT, data=form, headers=JSON)


def drafts(sessions):
    with sessions.read() as session:
        return [
            (draft.first_report_id, dict(map(tuple, draft.answers)).get("name_given"))
            for draft in session.scalars(sa.select(AnotherDraft).order_by(AnotherDraft.id))
        ]


def count(sessions, model):
    with sessions.read() as session:
        return session.scalar(sa.select(sa.func.count(model.id)))


def test_what_is_typed_waits_behind_the_two_numbers_and_goes_when_it_is_sent(app, family, sessions):
    trail = count(sessions, AuditEntry)
    assert save(family, name_given="لي").json == {"reference": None, "secret": None}
    typed = {"name_given": "ليلى", "companions": "", "marks-0-description": "ندبة", "phone": "0955"}
    save(family, **typed)
    assert len(drafts(sessions)) == 1
    assert (count(sessions, AuditEntry), count(sessions, FamilyDraft)) == (trail, 0)
    reference, secret = numbers(family.get("/family/receipt"))
    family.post("/family/leave", data=token(family, "/family/return"))
    assert family.get(ANOTHER).location == "/family/return"

    phone = app.test_client()
    phone.set_cookie("lang", "en")
    come_back(phone, reference, secret)
    assert "You began a report about another person" in phone.get("/family/own").text
    kept = shown(phone, ANOTHER)
    assert {name: kept.get(name, "") for name in typed} == typed
    assert "Photographs and recordings were not kept" in phone.get(ANOTHER).text
    assert phone.post(ANOTHER, data=kept).location == "/family/receipt"

    assert drafts(sessions) == []
    assert count(sessions, AnteMortemReport) == 2
    assert "You began a report" not in phone.get("/family/own").text
    assert not shown(phone, ANOTHER).get("name_given")


def test_it_is_sealed_and_its_key_goes_with_it(family, sessions):
    save(family, name_given="ليلى")
    with sessions.transaction() as session:
        (draft,) = session.scalars(sa.select(AnotherDraft))
        subject, sealed, place = draft.seal_subject, draft.answers_sealed, draft.uid
        keyring = session.info["keyring"]
        assert keyring.open(subject, sealed, f"AnotherDraft.answers:{place}")
        forget_old_drafts(session)
        draft.saved_at = now() - services.DRAFTS_KEPT - timedelta(days=1)
    with sessions.transaction() as session:
        forget_old_drafts(session)
    assert drafts(sessions) == []
    with pytest.raises(KeyGoneError):
        keyring.open(subject, sealed, f"AnotherDraft.answers:{place}")


def test_without_a_script_a_button_keeps_it_and_each_further_row_does(family, sessions):
    form = shown(family, ANOTHER)
    kept = family.post(DRAFT, data=form | {"name_given": "ليلى"})
    assert kept.location == "/family/another/kept"
    assert "two numbers of your earlier report" in family.get(kept.location).text
    more = family.post(ANOTHER, data=form | {"more": "effects", "name_given": "لينا"})
    assert more.status_code == 200
    assert shown(family, ANOTHER)["name_given"] == "لينا"
    assert family.post(DRAFT, data=form | {"name_given": "س" * 250_000}).status_code == 413

    page = family.get(THROW_AWAY).text
    assert "nothing brings it back" in page
    assert len(drafts(sessions)) == 1
    answer = family.post(THROW_AWAY, data=token(family, THROW_AWAY))
    assert answer.location == "/family/own"
    assert drafts(sessions) == []
    assert family.get(THROW_AWAY).status_code == 404


def test_nobody_reads_or_overwrites_what_another_family_began(app, family, sessions):
    save(family, name_given="ليلى")
    stranger = app.test_client()
    form = {**token(stranger), "name_given": "هدى"}
    answer = stranger.post(DRAFT, data=form, headers=JSON)
    assert (answer.status_code, "هدى" in answer.text) == (422, True)
    for page in (ANOTHER, THROW_AWAY):
        assert stranger.get(page).location == "/family/return"
    assert stranger.post(THROW_AWAY, data=token(stranger)).location == "/family/return"
    assert "ليلى" not in stranger.get("/family/another/kept").text
    ((mine, _),) = drafts(sessions)

    told_by(stranger, name_given="نور")
    assert not shown(stranger, ANOTHER).get("name_given")
    assert stranger.get(THROW_AWAY).status_code == 404
    save(stranger, name_given="هدى")
    (first, _), (theirs, _) = drafts(sessions)
    assert (first, first != theirs) == (mine, True)
    stranger.post(THROW_AWAY, data=token(stranger, THROW_AWAY))
    assert drafts(sessions) == [(mine, "ليلى")]
    # The draft has no numbers of its own: no reference opens it.
    assert come_back(app.test_client(), "-", "-").status_code == 422


def test_a_page_open_for_too_long_is_kept_behind_the_numbers_and_shown_no_more(
    family, sessions, monkeypatch
):
    form = shown(family, ANOTHER)
    monkeypatch.setattr("caseman.reports.views.visits.LONGEST", timedelta(0))
    saved = family.post(DRAFT, data=form | {"name_given": "ليلى"}, headers=JSON)
    assert saved.status_code == 200
    assert family.get(ANOTHER).location == "/family/return"
    sent = family.post(ANOTHER, data=form | {"name_given": "لينا"})
    assert (sent.status_code, "What you typed is kept there" in sent.text) == (422, True)
    ((_, kept),) = drafts(sessions)
    assert kept == "لينا"

    family.get("/family/report")  # somebody else may write here now
    lost = family.post(DRAFT, data=form | {"name_given": "هدى"}, headers=JSON)
    assert (lost.status_code, "هدى" in lost.text) == (422, True)
    assert [name for _, name in drafts(sessions)] == ["لينا"]


def test_what_is_sent_by_itself_takes_nothing_that_was_begun_here_before(
    family, sessions, monkeypatch
):
    begun = {**token(family), "name_given": "سعاد"}
    assert family.post("/family/draft", data=begun).location == "/family/kept"
    form = shown(family, ANOTHER)
    monkeypatch.setattr("caseman.reports.views.visits.LONGEST", timedelta(0))
    family.post(ANOTHER, data=form | {"name_given": "ليلى"})
    assert send(family, name_given="ليلى").status_code == 302
    with sessions.read() as session:
        draft = session.scalars(sa.select(FamilyDraft)).one()
        assert ["name_given", "سعاد"] in draft.answers


def test_who_takes_everything_back_leaves_nothing_begun(family, sessions):
    assert (
        send(family, ANOTHER, **shown(family, ANOTHER) | {"name_given": "ليلى"}).status_code == 302
    )
    save(family, name_given="يوسف")
    taken_back(family, 1, "did not send" not in family.get("/family/own/1/withdraw").text)
    assert [name for _, name in drafts(sessions)] == ["يوسف"]
    taken_back(family, 2, "did not send" in family.get("/family/own/2/withdraw").text)
    assert drafts(sessions) == []


def taken_back(family, place, is_told_rightly):
    assert is_told_rightly
    address = f"/family/own/{place}/withdraw"
    assert family.post(address, data=token(family, address)).status_code == 302

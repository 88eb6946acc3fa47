"""A family without an account: what they send, what they get back, and what nobody learns."""

import gzip
import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa

import caseman.app
from caseman.audit.models import AuditEntry
from caseman.reports import services
from caseman.reports.codes import Channel, FamilyStage, MissingPersonStatus, TriageState
from caseman.reports.models import AnteMortemReport, FamilyAccess, MissingPerson
from tests.factories.accounts import make_operation
from tests.factories.media import picture, written
from tests.look.test_look import loaded_by
from tests.reports.families import TOLD, come_back, in_arabic, numbers, send, token


@pytest.fixture
def visitor(client, operation):
    client.set_cookie("lang", "ar")
    return client


@pytest.fixture
def session(sessions):
    """For looking only, so that the pages may write meanwhile."""
    with sessions.read() as session:
        yield session


@pytest.fixture
def operation(sessions):
    with sessions.transaction() as session:
        return make_operation(session)


def test_a_family_files_a_report_in_arabic_and_comes_back_on_another_phone(app, visitor, session):
    assert 'dir="rtl"' in visitor.get("/family").text

    answer = send(visitor)
    assert answer.status_code == 302
    reference, secret = numbers(visitor.get(answer.location))

    report = session.scalar(sa.select(AnteMortemReport))
    assert (report.channel, report.triage) == (Channel.PUBLIC_FORM, TriageState.NEW)
    assert report.language.value == "ar"
    assert report.missing_person.name == "سامر خليل الحداد"
    assert report.last_seen_from.isoformat() == "2017-08-20"
    assert report.absences == {"stature_cm": "unknown"}
    assert report.effects[0].kind == "watch"
    assert report.informant.phone == "٠٩٤٤ ١٢٣ ٤٥٦"

    other_phone = app.test_client()
    back = come_back(other_phone, reference.lower().replace(" ", "-"), in_arabic(secret))
    assert (back.status_code, back.location) == (302, "/family/own")
    page = other_phone.get("/family/own").text
    assert "سامر خليل الحداد" in page
    assert "ساعة والده" in page
    assert FamilyStage.RECEIVED.label in page

    form = token(other_phone, "/family/own") | {"text": "كان يعرج قليلا"}
    assert other_phone.post("/family/own", data=form).status_code == 302
    assert "كان يعرج قليلا" in other_phone.get("/family/own").text
    session.rollback()
    assert [addition.text for addition in report.additions] == ["كان يعرج قليلا"]


def test_the_secret_is_kept_nowhere(visitor, session):
    reference, secret = numbers(visitor.get(send(visitor).location))
    digits = secret.replace(" ", "")

    access = session.scalar(sa.select(FamilyAccess))
    assert access.reference == reference.replace(" ", "")
    assert access.secret_hash.startswith("$argon2id$")
    trail = " ".join(str(changes) for changes in session.scalars(sa.select(AuditEntry.changes)))
    assert digits not in trail
    assert access.secret_hash not in trail


def test_wrong_reference_and_wrong_secret_answer_alike(app, visitor):
    reference, secret = numbers(visitor.get(send(visitor).location))
    wrong_secret = "0" * 20
    stranger = app.test_client()

    def body(*typed):
        answer = come_back(stranger, *typed)
        shown = re.sub(r'value="[^"]*"', "", answer.text)
        return answer.status_code, shown

    hasher = app.extensions["caseman.accounts"].hasher
    before = hasher.checks
    assert body("ZZZZZZZZ", secret) == body(reference, wrong_secret) == body("?", "?")
    assert hasher.checks - before == 3


def test_guessing_is_stopped_before_anything_is_hashed(app, visitor):
    reference, secret = numbers(visitor.get(send(visitor).location))
    stranger = app.test_client()
    for _ in range(10):
        assert come_back(stranger, reference, "1" * 20).status_code == 422
    hasher = app.extensions["caseman.accounts"].hasher
    before = hasher.checks

    assert come_back(stranger, reference, secret).status_code == 429
    assert hasher.checks == before


@pytest.mark.parametrize("status", list(MissingPersonStatus))
def test_nothing_that_was_found_or_decided_shows(visitor, sessions, status):
    send(visitor)
    with sessions.transaction() as session:
        report = session.scalar(sa.select(AnteMortemReport))
        services.triage(session, report, TriageState.ACCEPTED)
    before = re.sub(r'value="[^"]*"', "", visitor.get("/family/own").text)
    with sessions.transaction() as session:
        session.scalar(sa.select(MissingPerson)).status = status

    assert re.sub(r'value="[^"]*"', "", visitor.get("/family/own").text) == before


def test_a_form_that_is_refused_keeps_everything_and_says_that_it_is_unsent(visitor, session):
    visitor.set_cookie("lang", "en")
    answer = send(visitor, stature_cm="very tall", name_mother="<b>مريم</b>")

    assert answer.status_code == 422
    assert "has not been sent yet" in answer.text
    for typed in ("سامر", "very tall", "ساعة والده", "&lt;b&gt;مريم&lt;/b&gt;", "١٩٩٠"):
        assert typed in answer.text
    assert session.scalar(sa.select(sa.func.count(MissingPerson.id))) == 0


def test_a_name_is_all_that_is_needed(visitor, session):
    empty = dict.fromkeys(TOLD, "")
    refused = send(visitor, **empty)
    assert refused.status_code == 422

    assert send(visitor, **empty | {"nickname": "أبو خالد"}).status_code == 302
    assert session.scalar(sa.select(MissingPerson.name)) == "أبو خالد"


def test_a_question_is_left_open_in_the_familys_own_words(visitor):
    visitor.set_cookie("lang", "en")
    page = visitor.get("/family/report").text

    for words in ("I do not know", "I prefer not to say", "Ask me later"):
        assert words in page
    for word_of_the_table in ("Not visible", "Not examined", "Not asked"):
        assert word_of_the_table not in page


def test_a_further_row_needs_no_script_and_loses_nothing(visitor, session):
    page = send(visitor, more="effects", circumstance_text="كنا نهرب")

    assert page.status_code == 200
    assert "effects-2-kind" in page.text
    assert "كنا نهرب" in page.text
    assert "ساعة والده" in page.text
    assert session.scalar(sa.select(sa.func.count(AnteMortemReport.id))) == 0


def test_sending_twice_is_one_report_with_the_same_receipt(visitor, session):
    form = {**token(visitor), **TOLD}
    first = visitor.post("/family/report", data=form)
    second = visitor.post("/family/report", data=form)

    assert first.location == second.location
    assert session.scalar(sa.select(sa.func.count(AnteMortemReport.id))) == 1
    assert len(numbers(visitor.get(second.location))[1].replace(" ", "")) == 20


def test_a_photograph_comes_with_the_report_and_a_false_one_is_refused(visitor, session):
    good = (BytesIO(written(picture())), "سامر.jpg")
    assert send(visitor, photos=[good]).status_code == 302
    report = session.scalar(sa.select(AnteMortemReport))
    assert [photo.media_file.original_name for photo in report.photographs] == ["سامر.jpg"]
    assert report.missing_person.has_photograph

    answer = send(visitor, photos=[(BytesIO(b"<script>alert(1)</script>"), "photo.jpg")])
    assert answer.status_code in {415, 422}
    assert "ساعة والده" in answer.text


def test_a_visit_ends_by_itself_and_by_hand(visitor, monkeypatch):
    send(visitor)
    assert visitor.get("/family/own").status_code == 200
    visitor.post("/family/leave", data=token(visitor, "/family/own"))
    assert visitor.get("/family/own").location == "/family/return"

    send(visitor)
    monkeypatch.setattr("caseman.reports.views.visits.IDLE", timedelta(0))
    assert visitor.get("/family/own").location == "/family/return"


def test_no_page_of_families_opens_a_record_by_its_number(visitor, session):
    send(visitor)
    person = session.scalar(sa.select(MissingPerson))

    for path in (f"/missing/{person.number}", "/missing", "/reports"):
        assert visitor.get(path).location.startswith("/sign-in")


@pytest.mark.parametrize(
    "typed", ["\u202eabc", "<script>alert(1)</script>", "a\x00b", "🙂" * 40, "' OR 1=1"]
)
def test_strange_text_is_stored_as_text(visitor, session, typed):
    assert send(visitor, nickname=typed).status_code == 302
    page = visitor.get("/family/own").text
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_the_pages_are_light(visitor):
    send(visitor)
    own = [f"/family/own/1{rest}" for rest in ("", "/correct", "/withdraw", "/consent", "/opened")]
    public = ("", "/report", "/return", "/receipt", "/another", "/how", "/place", "/place/sent")
    for path in (*own, *(f"/family{rest}" for rest in public)):
        answer = visitor.get(path, follow_redirects=True)
        assert answer.status_code == 200, path
        fetched = [answer.data, *loaded_by(answer.text).values()]
        assert sum(len(gzip.compress(each)) for each in fetched) < 50_000, path


def test_drawings_that_were_pointed_at_are_told_as_things_and_marks(visitor, session):
    pointed = {"clothes": ["jeans", "cap"], "things": ["watch", "ring"], "documents": "id_card"}
    mark = {"marks-0-kind": "healed_fracture", "marks-0-region": "L_arm"}
    assert send(visitor, **pointed, **mark, dental_codes=["diastema"]).status_code == 302

    report = session.scalar(sa.select(AnteMortemReport))
    told = [(each.kind, each.category.value, each.description) for each in report.effects]
    assert told == [
        ("watch", "personal", "ساعة والده"),  # chosen in a row too, and told once
        ("jeans", "clothing", ""),
        ("cap", "clothing", ""),
        ("ring", "jewellery", ""),
        ("id_card", "document", ""),
    ]
    assert [(each.kind.value, each.region) for each in report.marks] == [
        ("healed_fracture", "L_arm")
    ]
    assert report.dental_codes == ["diastema"]


def test_what_was_pointed_at_gets_a_row_to_say_more_in(visitor, session):
    page = send(visitor, clothes=["jeans", "cap"], things=["watch"], more="pointed")

    assert page.status_code == 200
    chosen = re.findall(r'<option selected value="(jeans|cap|watch)"', page.text)
    assert chosen == ["watch", "jeans", "cap"]
    assert not re.search(r'value="(jeans|cap|watch)"[^>]* checked', page.text)
    assert session.scalar(sa.select(AnteMortemReport)) is None


def test_every_choice_that_is_pointed_at_has_a_drawing_of_its_own(visitor):
    page = visitor.get("/family/report").text
    of_a_mark = ("marks-0-kind", "marks-0-region")
    for name in ("clothes", "things", "documents", "dental_codes", *of_a_mark):
        labels = re.findall(rf'<label class="choice" for="{name}-.*?</label>', page, re.DOTALL)
        choices = [each for each in labels if 'value=""' not in each]
        drawn = {re.search(r"<svg.*?</svg>", each, re.DOTALL)[0] for each in choices}
        assert len(drawn) == len(choices) > 2, name
        assert all(re.search(r'<path[^>]* d="M', each) for each in drawn), name


@pytest.fixture
def open_for(config):
    """Return a visitor of an installation that names the operation families report to."""
    apps = []

    def visitor(code):
        apps.append(caseman.app.create_app(replace(config, public_operation=code)))
        return apps[-1].test_client()

    yield visitor
    for app in apps:
        app.extensions["caseman"].sessions.engine.dispose()


def test_reports_go_to_the_operation_that_the_installation_names(operation, open_for, sessions):
    with sessions.transaction() as database:
        second = make_operation(database, "SECOND")

    assert send(open_for("SECOND")).status_code == 302

    with sessions.read() as database:
        assert database.scalars(sa.select(MissingPerson.operation_id)).all() == [second.id]


def test_a_name_of_no_operation_sends_nothing_to_strangers_and_loses_nothing(
    operation, open_for, sessions
):
    answer = send(open_for("TYPO"))

    assert answer.status_code == 503
    assert "The fault is ours" in answer.text
    assert TOLD["name_given"] in answer.text
    with sessions.read() as database:
        assert database.scalars(sa.select(MissingPerson)).all() == []

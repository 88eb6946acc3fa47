"""Staff take, sort and correct reports; who may see what of an informant."""

import re
from dataclasses import replace

import pytest
import sqlalchemy as sa

from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.permissions import Role
from caseman.reports import services
from caseman.reports.codes import Channel, MissingPersonStatus, TriageState
from caseman.reports.models import AnteMortemReport, MissingPerson
from caseman.reports.numbers import new_code
from tests.factories.accounts import make_operation, make_team
from tests.factories.reports import FULL, draft, make_missing

SELECT = r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>'
TEXTAREA = r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>'


@pytest.fixture
def team(sessions):
    with sessions.transaction() as session:
        return make_team(session)


@pytest.fixture
def intake(client_as, team):
    return client_as(Role.INTAKE, team=team)


@pytest.fixture
def session(sessions):
    """For looking only, so that the pages may write meanwhile."""
    with sessions.read() as session:
        yield session


@pytest.fixture
def person(sessions, team):
    with sessions.transaction() as session:
        return make_missing(session, session.merge(team).operation)


def version(client, path):
    html = client.get(path).text
    return re.search(r'name="version"[^>]*?value="([^"]*)"', html, re.DOTALL)[1]


def test_a_report_is_taken_and_opens_on_the_persons_page(intake, session):
    answer = intake.send(
        "/reports/new",
        {
            "name_given": "Dilşad",
            "name_father": "Azad",
            "birth-year": "1435",
            "birth-calendar": "hijri",
            "hair_absence": "not_asked",
            "dental_codes": ["gold_crown", "missing_molars"],
            "marks-0-kind": "scar",
            "marks-0-region": "L_arm",
            "companions": "Rojin\nBerîvan",
            "phone": "0944 000 111",
        },
    )

    report = session.scalar(sa.select(AnteMortemReport))
    assert answer.location == f"/missing/{report.missing_person.number}"
    assert (report.channel, report.triage) == (Channel.STAFF, TriageState.ACCEPTED)
    assert report.birth_from.year in {2013, 2014}
    assert report.absences == {"hair": "not_asked"}
    assert [companion.name for companion in report.companions] == ["Rojin", "Berîvan"]
    page = intake.get(answer.location).text
    for shown in ("Dilşad", "Not asked", "Gold crown", "Scar, Left arm", "0944 000 111", "AH"):
        assert shown in page


def test_a_paper_form_is_copied_under_its_number(intake, session):
    number = re.search(r"AM-[0-9A-Z]{8}", intake.get("/reports/blank").text)[0]
    told = {"name_given": "Azad", "paper_number": f" {number[3:].lower()} "}

    assert intake.send("/reports/new", told).status_code == 302
    report = session.scalar(sa.select(AnteMortemReport))
    assert (report.number, report.channel) == (number, Channel.PAPER)
    again = intake.send("/reports/new", told)
    assert again.status_code == 409
    assert "is already here" in again.text
    slip = intake.send("/reports/new", {"name_given": "Azad", "paper_number": "AM-1234"})
    assert slip.status_code == 422


def test_blank_forms_have_numbers_of_their_own(intake):
    page = intake.get("/reports/blank?forms=3").text

    assert len(set(re.findall(r"AM-[0-9A-Z]{8}", page))) == 3
    assert page.count("<svg") >= 3


def test_a_correction_shows_what_is_stored_and_changes_only_that(intake, person, session):
    path = f"/reports/{person.reports[0].number}/correct"
    page = intake.get(path).text
    for stored in ("سامر", "1990", "172", "L_arm", "metal"):
        assert stored in page

    form = _posted(page) | {"stature_cm": "178", "reason": "the brother knows"}
    assert intake.send(path, form).status_code == 302

    report = session.scalar(sa.select(AnteMortemReport))
    assert report.stature_cm == 178
    kept = [(effect.kind, effect.descriptor) for effect in report.effects]
    assert kept == [("t-shirt", ""), ("watch", "metal")]
    assert [(mark.code, mark.region) for mark in report.marks] == [("fx_forearm", "L_arm")]
    assert report.birth_from == FULL.birth_from
    assert report.name_full == FULL.name_full
    assert report.informant.phone == "0944 123 456"


def _posted(page):
    """What a browser sends when nothing on the page is changed."""
    form = {}
    for tag in re.findall(r"<input[^>]*>", page):
        names = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        unchosen = re.search(r'type="(radio|checkbox)"', tag) and " checked" not in tag
        if names and not unchosen and 'type="file"' not in tag and names[1] != "csrf_token":
            form[names[1]] = value[1] if value else ""
    for name, body in re.findall(SELECT, page, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', body)
        form[name] = chosen[1] if chosen else ""
    for name, text in re.findall(TEXTAREA, page, re.DOTALL):
        form[name] = text.strip()
    return form


def test_of_two_corrections_the_later_learns_of_the_earlier(intake, person):
    path = f"/reports/{person.reports[0].number}/correct"
    form = _posted(intake.get(path).text) | {"reason": "misheard"}

    assert intake.send(path, form | {"stature_cm": "170"}).status_code == 302
    later = intake.send(path, form | {"stature_cm": "180", "idempotency_key": "other"})
    assert later.status_code == 409
    assert "180" in later.text


def test_contradictions_stand_side_by_side(intake, person, sessions):
    with sessions.transaction() as session:
        other = replace(FULL, sex="F", stature_cm=150.0)
        held = session.merge(person)
        services.register_report(
            session, replace(draft(held.operation, person=held), answers=other)
        )

    page = intake.get(f"/missing/{person.number}").text
    assert "The reports contradict each other" in page
    assert "172 cm" in page
    assert "150 cm" in page
    assert page.count("The reports differ") == 3, "on top for the sex, and beside both answers"


def test_who_told_is_open_to_those_who_call_and_sealed_to_others(client_as, intake, person, team):
    page = f"/missing/{person.number}"
    assert "0944 123 456" in intake.get(page).text

    reviewer = client_as(Role.REVIEWER, team=team)
    assert "0944" not in reviewer.get(page).text
    contact = f"/reports/{person.reports[0].number}/contact"
    assert "0944" not in reviewer.get(contact).text
    assert reviewer.send(contact, {"reason": ""}).status_code == 422
    assert "0944 123 456" in reviewer.send(contact, {"reason": "to ask about the watch"}).text
    board = client_as(Role.BOARD, team=team)
    assert "0944" not in board.get(page).text
    assert board.get(contact).status_code == 403


def test_opening_a_contact_is_written_down_with_its_reason(client_as, person, team, session):
    reviewer = client_as(Role.REVIEWER, team=team)
    reviewer.send(f"/reports/{person.reports[0].number}/contact", {"reason": "to ask of the watch"})

    entry = session.scalar(
        sa.select(AuditEntry)
        .where(AuditEntry.table_name == "informant", AuditEntry.action == Action.READ)
        .order_by(AuditEntry.seq.desc())
    )
    assert (entry.actor_name, entry.reason) == (reviewer.user.username, "to ask of the watch")


def test_a_report_from_outside_is_sorted(intake, team, sessions, session):
    with sessions.transaction() as writing:
        operation = writing.merge(team).operation
        new = draft(operation, channel=Channel.PUBLIC_FORM)
        new = replace(new, intake=replace(new.intake, triage=TriageState.NEW))
        number = services.register_report(writing, new).number
    assert number in intake.get("/reports").text

    path = f"/reports/{number}/triage"
    refused = {"state": "abusive", "note": "", "version": version(intake, path)}
    assert intake.send(path, refused).status_code == 409
    done = intake.send(path, refused | {"state": "call_back", "note": "after six"})
    assert done.status_code == 302
    assert number not in intake.get("/reports").text
    assert "after six" in intake.get("/reports?state=call_back").text


def test_a_search_is_closed_and_opened_again(intake, person, session):
    path = f"/missing/{person.number}/close"
    form = {"status": "closed_duplicate", "reason": "same man", "version": version(intake, path)}
    assert intake.send(path, form).status_code == 422
    assert intake.send(path, form | {"duplicate_of": f"MP-{new_code()}"}).status_code == 404
    assert intake.send(path, form | {"status": "located_alive"}).status_code == 302
    assert session.scalar(sa.select(MissingPerson.status)) is MissingPersonStatus.LOCATED_ALIVE
    session.rollback()

    path = f"/missing/{person.number}/reopen"
    again = {"reason": "it was his cousin", "version": version(intake, path)}
    assert intake.send(path, again).status_code == 302
    assert session.scalar(sa.select(MissingPerson.status)) is MissingPersonStatus.COMPLETE


def test_a_report_is_withdrawn_and_stays_visible_as_withdrawn(intake, person):
    path = f"/reports/{person.reports[0].number}/withdraw"
    form = {"reason": "the mother asks", "version": version(intake, path)}

    assert intake.send(path, form).status_code == 302
    page = intake.get(f"/missing/{person.number}").text
    assert "the mother asks" in page
    assert person.number not in intake.get("/missing?q=سامر").text


def bare(answer):
    """The page without its form tokens, which differ from second to second."""
    return re.sub(r'value="[^"]*"', "", answer.text)


def test_outside_the_scope_a_person_is_not_there(client_as, person):
    stranger = client_as(Role.INTAKE)
    number = person.reports[0].number
    missing = f"MP-{new_code()}"
    body = bare(stranger.get(f"/missing/{missing}")).replace(missing, person.number)

    for path in (
        f"/missing/{person.number}",
        f"/missing/{person.number}/close",
        f"/reports/{number}/correct",
        f"/reports/{number}/triage",
        f"/reports/{number}/withdraw",
        f"/reports/new?person={person.number}",
    ):
        answer = stranger.get(path)
        assert answer.status_code == 404, path
    assert bare(stranger.get(f"/missing/{person.number}")) == body
    for path in ("/missing", "/missing?q=سامر", f"/missing?q={person.number}", "/reports"):
        assert f"/missing/{person.number}" not in stranger.get(path).text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", True),
        ("sex=M", True),
        ("sex=F", False),
        ("born=1990", True),
        ("born=1991", False),
        ("seen_from-year=2017", True),
        ("seen_to-year=2016", False),
        ("place=البت", True),
        ("place=حلب", False),
        ("channel=staff", True),
        ("photo=yes", False),
        ("status=complete", True),
        ("status=closed_duplicate", False),
        ("born=soon&sex=M", True),
        ("sort=-seen", True),
        ("sort=nonsense&after=nonsense", True),
    ],
)
def test_the_list_is_narrowed(intake, person, asked, found):
    assert (person.number in intake.get(f"/missing?{asked}").text) is found


def test_the_list_shows_both_scripts(intake, person):
    page = intake.get("/missing").text

    assert "سامر خليل الحداد" in page
    assert "Samir Khalil al-Haddad" in page
    assert "26–27" in page


def test_what_a_family_added_is_read_by_somebody(intake, person, sessions):
    with sessions.transaction() as session:
        report = session.get(AnteMortemReport, person.reports[0].id)
        services.add_from_family(session, report, "he limps <a little>")
    page = intake.get("/reports").text
    assert "he limps &lt;a little&gt;" in page

    path = re.search(r'action="(/reports/additions/\d+)"', page)[1]
    assert intake.send(path).status_code == 302
    assert "he limps" not in intake.get("/reports").text
    assert "he limps" in intake.get(f"/missing/{person.number}").text
    assert intake.send(path).status_code == 404


@pytest.mark.parametrize("typed", ["\u202eabc", "<script>alert(1)</script>", "🙂" * 40])
def test_strange_text_stays_text(intake, session, typed):
    path = intake.send("/reports/new", {"name_given": "Azad", "nickname": typed}).location
    page = intake.get(path).text

    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_too_much_is_refused_and_kept(intake):
    answer = intake.send(
        "/reports/new", {"name_given": "A" * 500, "effects-0-inscription": "B" * 600}
    )

    assert answer.status_code == 422
    assert "A" * 500 in answer.text
    assert "too long" in answer.text


def test_operations_are_apart(sessions, intake, team):
    with sessions.transaction() as session:
        other = make_missing(session, make_operation(session), "Layla Darwish")
    assert other.number not in intake.get("/missing").text


def test_a_report_on_a_known_person_may_ask_for_a_row_before_it_is_sent(
    intake, team, sessions, session
):
    """Looking the person up opens the transaction, and must not use up the form's key."""
    with sessions.transaction() as database:
        person = make_missing(database, database.merge(team).operation)
    path, key = f"/reports/new?person={person.number}", {"idempotency_key": "f" * 32}
    answers = {"name_given": "Samer", **key}

    asked = intake.send(path, {**answers, "more": "effects"})
    again = intake.send(path, {**answers, "more": "marks"})
    sent = intake.send(path, {**answers, "effects-0-kind": "watch"})

    assert (asked.status_code, again.status_code) == (200, 200)
    assert sent.location == f"/missing/{person.number}", sent.text
    count = sa.select(sa.func.count()).select_from(AnteMortemReport)
    assert session.scalar(count) == 2


def test_single_teeth_are_charted_with_who_tells_it(intake, sessions, person, session):
    with sessions.transaction() as database:
        report = database.query(AnteMortemReport).one()
        number, report.teeth = report.number, {"front": "crooked"}
    path = f"/reports/{number}/teeth"
    told = {"tooth_16": "FIL", "surfaces_16": ["O", "M"], "tooth_48": "MAM"}
    unsaid = intake.send(path, {"version": version(intake, path), **told})
    assert "Where this is known from is missing" in unsaid.text
    told |= {"source": "Card of the dentist", "version": version(intake, path)}
    assert intake.send(path, told).location
    assert session.query(AnteMortemReport).one().teeth == {
        "front": "crooked",
        "16": "FIL-MO",
        "48": "MAM",
    }
    page = intake.get(f"/missing/{person.number}").text
    assert "Filled (MO)" in page
    assert "crooked" in page
    assert "Tooth 16: Filled (MO)" in intake.get(path).text

"""The call list: why somebody is called, when their family may be, and what came of it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.coding import Absence
from caseman.database import now
from caseman.permissions import OPERATOR, Role
from caseman.reports import services
from caseman.reports.codes import (
    CallNext,
    CallOutcome,
    CallReason,
    CallTurn,
    MissingPersonStatus,
    SafeChannel,
    TriageState,
)
from caseman.reports.drafts import Called, NewInformant
from caseman.reports.errors import NotCallableError
from caseman.reports.models import Informant
from caseman.reports.queries.calls import next_opening, to_call
from tests.factories.accounts import make_operation, make_team, make_user
from tests.factories.reports import make_report

NOON = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
"""Twelve o'clock where the families of these tests live."""
PHONE = NewInformant(phone="0944 123 456")


def rules(opens="", closes="", *, channel=SafeChannel.CALL, heard="", word="Almond"):
    return {
        "channel": channel.value,
        "opens": opens,
        "closes": closes,
        "clock": 180,
        "code_word": word,
        "heard": heard,
    }


def call(reason=CallReason.CALL_BACK, outcome=CallOutcome.REACHED, step=CallNext.NOTHING, **more):
    return Called(NOON, reason, outcome, step, **more)


@pytest.fixture
def by(session):
    return make_user(session, Role.INTAKE)


@pytest.fixture
def report(session):
    row = make_report(session, make_operation(session), "Azad", informant=PHONE)
    services.triage(session, row, TriageState.CALL_BACK, "In the evening.")
    return row


def rows(session, moment=NOON, results=None):
    return to_call(session, OPERATOR, moment, results or {}).rows


def turn(session, moment=NOON):
    return rows(session, moment)[0].turn


@pytest.mark.parametrize(
    ("opens", "closes", "hour", "opening"),
    [
        ("10:00", "14:00", 9, 9),
        ("13:00", "14:00", 9, 10),
        ("08:00", "11:00", 9, 29),
        ("20:00", "02:00", 9, 17),
        ("20:00", "02:00", 22, 22),
        ("20:00", "02:00", 23, 41),
        ("", "", 3, 3),
    ],
)
def test_hours_are_those_of_the_familys_own_clock(opens, closes, hour, opening):
    midnight = NOON.replace(hour=0)
    found = next_opening(rules(opens, closes), midnight + timedelta(hours=hour))
    assert found == midnight + timedelta(hours=opening)


def test_somebody_who_is_to_be_called_back_may_be_called_in_their_hours(session, report):
    services.set_reach(session, report.informant, rules("10:00", "14:00"), may_contact=True)

    row = rows(session)[0]
    assert (row.turn, row.reasons[0]) == (CallTurn.NOW, CallReason.CALL_BACK)
    assert turn(session, NOON + timedelta(hours=3)) is CallTurn.LATER


def test_nobody_calls_where_a_visit_is_asked_for(session, report):
    asked = rules(channel=SafeChannel.VISIT)
    services.set_reach(session, report.informant, asked, may_contact=True)
    assert turn(session) is CallTurn.OTHERWISE


def test_what_the_family_said_is_read_before_anybody_calls(session, report):
    report.informant.safe_contact = "Only when my brother is out"
    session.flush()
    assert turn(session) is CallTurn.UNCLEAR

    read = rules(heard=report.informant.safe_contact)
    services.set_reach(session, report.informant, read, may_contact=True)
    assert turn(session) is CallTurn.NOW
    report.informant.safe_contact = "Not on Fridays"
    session.flush()
    assert turn(session) is CallTurn.UNCLEAR


def test_without_a_number_somebody_finds_one_first(session, report):
    report.informant.phone = None
    session.flush()
    assert turn(session) is CallTurn.UNCLEAR


def test_a_wrong_number_is_not_called_again_until_it_changes(session, report, by):
    wrong = call(outcome=CallOutcome.WRONG_NUMBER, step=CallNext.AGAIN)
    services.record_call(session, report, by, wrong)
    assert turn(session) is CallTurn.UNCLEAR
    report.informant.phone = "0944 123 457"
    session.flush()
    assert turn(session) is CallTurn.NOW


def test_whoever_asks_never_to_be_called_is_counted_and_not_listed(session, report, by):
    services.record_call(session, report, by, call(step=CallNext.NEVER))

    listed = to_call(session, OPERATOR, NOON, {})
    assert (list(listed.rows), listed.never) == ([], 1)
    with pytest.raises(NotCallableError):
        services.record_call(session, report, by, call())


def test_a_call_back_ends_when_nothing_more_is_to_be_done(session, report, by):
    later = call(outcome=CallOutcome.LATER, step=CallNext.AGAIN, not_before=date(2026, 3, 3))
    services.record_call(session, report, by, later)
    row = rows(session)[0]
    assert (row.turn, row.opens_at) == (CallTurn.LATER, datetime(2026, 3, 3, tzinfo=UTC))

    services.record_call(session, report, by, call())
    assert report.triage is TriageState.ACCEPTED
    assert [row.reasons for row in rows(session)] == [(CallReason.QUESTION,)]
    services.record_call(session, report, by, call(CallReason.QUESTION))
    assert rows(session) == []


def test_only_what_would_help_and_was_not_refused_is_a_reason(session, by):
    operation = make_operation(session)
    make_report(session, operation, "Told", absences={"effects": Absence.UNKNOWN}, informant=PHONE)
    put_off = make_report(session, operation, absences={"hair": Absence.DEFERRED})
    make_report(session, operation)
    found = make_report(session, operation, "Found", informant=PHONE)
    services.close(session, found.missing_person, MissingPersonStatus.LOCATED_ALIVE, "He called.")

    assert [row.report for row in rows(session)] == [put_off]


def test_results_come_first_and_only_for_who_tells_them(session, report, by):
    other = make_report(session, report.missing_person.operation, "Rojin", informant=PHONE)
    told = {other.missing_person_id: "/decisions/1"}
    first = rows(session, results=told)[0]
    assert (first.report, first.reasons[0]) == (other, CallReason.RESULT)
    about = call(CallReason.RESULT, CallOutcome.NOBODY, CallNext.AGAIN)
    services.record_call(session, other, by, about)

    team = make_team(session, report.missing_person.operation)
    intake = make_user(session, Role.INTAKE, team=team).scope
    seen = to_call(session, intake, NOON, {}).rows
    assert {row.report for row in seen} == {report, other}
    assert all(row.last is None for row in seen)


def test_a_report_outside_the_readers_operations_is_not_listed(session, report):
    elsewhere = make_user(session, Role.INTAKE, team=make_team(session)).scope
    assert to_call(session, elsewhere, NOON, {}).rows == []


def test_calls_are_never_changed(session, report, by):
    row = services.record_call(session, report, by, call(said="She will ask her son."))
    assert row.said == "She will ask her son."
    for statement in ("UPDATE call_record SET next_step = 'again'", "DELETE FROM call_record"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), session.begin_nested():
            session.execute(sa.text(statement))


@pytest.fixture
def listed(sessions):
    """A report to be called back, and the team that may."""
    with sessions.transaction() as session:
        team = make_team(session)
        row = make_report(session, team.operation, "Azad Example", informant=PHONE)
        services.triage(session, row, TriageState.CALL_BACK, "In the evening.")
        services.set_reach(session, row.informant, rules(), may_contact=True)
        return row, team


def test_the_code_word_is_shown_for_a_reason_that_is_kept(client_as, listed, sessions):
    report, team = listed
    intake = client_as(Role.INTAKE, team=team)
    page = intake.get("/reports/calls").text
    assert "Azad Example" in page
    assert "Ask first: Things carried" in page
    for address in ("/reports/calls", f"/reports/{report.number}/call"):
        assert "Almond" not in intake.get(address).text

    shown = intake.send(f"/reports/{report.number}/call/contact", {"reason": "To call her back."})
    assert "Almond" in shown.text
    with sessions.read() as session:
        reads = session.scalars(
            sa.select(AuditEntry.reason).where(
                AuditEntry.action == Action.READ, AuditEntry.table_name == Informant.__tablename__
            )
        ).all()
    assert "To call her back." in reads
    assert len(reads) >= 3


def test_a_call_is_recorded_and_leaves_the_list(client_as, listed):
    report, team = listed
    intake = client_as(Role.INTAKE, team=team)
    page = f"/reports/{report.number}/call"
    day, hour = f"{now():%Y-%m-%d %H:%M}".split()
    assert f'value="{day}"' in intake.get(page).text
    sent = {
        "called_at-date": day,
        "called_at-time": hour,
        "called_at-clock": "0",
        "call_reason": "call_back",
        "call_outcome": "nobody",
        "next_step": "never",
        "said": "It rang and rang.",
    }
    refused = intake.send(page, sent)
    assert refused.status_code == 422
    assert "It rang and rang." in refused.text
    assert "Only the family itself can ask for it" in refused.text

    # Not tomorrow: east of Greenwich that may have begun, and the call is due again.
    later = f"{now() + timedelta(days=2):%Y-%m-%d}"
    sent |= {"next_step": "again", "not_before": later}
    assert intake.send(page, sent).location == "/reports/calls"
    assert "Nobody waits here for a call." in intake.get("/reports/calls").text
    assert "Azad Example" in intake.get("/reports/calls?turn=later").text
    assert "Nobody answered" in intake.get(page).text


def test_rules_are_written_down_and_keep_the_code_word(client_as, listed, sessions):
    report, team = listed
    intake = client_as(Role.INTAKE, team=team)
    page = f"/reports/{report.number}/reach"
    version = re.search(r'name="version"[^>]*?value="([^"]*)"', intake.get(page).text)[1]
    sent = {"version": version, "may_contact": "yes", "channel": "call", "clock": "180"}
    half = intake.send(page, {**sent, "opens": "18.00"})
    assert "Give both hours, or none." in half.text
    assert (
        "No time lies between"
        in intake.send(page, {**sent, "opens": "9:00", "closes": "٩:٠٠"}).text
    )

    assert intake.send(page, {**sent, "opens": "١٨:٠٠", "closes": "2130"}).status_code == 302
    with sessions.read() as session:
        reach = session.scalars(sa.select(Informant)).one().reach
    assert (reach["opens"], reach["closes"], reach["code_word"]) == ("18:00", "21:30", "Almond")

    told = intake.get(f"/reports/{report.number}/call").text
    assert re.search(r"There it is now</dt>\s*<dd>.*?\d\d:\d\d UTC\+3", told, re.DOTALL)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EXAMINER, Role.PARTNER])
def test_others_see_no_call_list(client_as, listed, role):
    report, team = listed
    client = client_as(role, team=team)
    for page in (
        "/reports/calls",
        *(f"/reports/{report.number}/{each}" for each in ("call", "reach")),
    ):
        assert client.get(page).status_code == 403


def test_whom_nobody_may_call_has_no_page_to_call(client_as, listed, sessions):
    report, team = listed
    with sessions.transaction() as session:
        session.get_one(Informant, report.informant.id).may_contact = False
    intake = client_as(Role.INTAKE, team=team)
    assert intake.get(f"/reports/{report.number}/call").status_code == 404
    assert intake.get(f"/reports/{report.number}/call/contact").status_code == 404
    assert "1 family asked never to be called" in intake.get("/reports/calls").text

"""What to ask next: first whatever would help the ranking most, and nothing that was asked."""

import pytest

from caseman.permissions import Role
from caseman.reports.codes import DatePrecision, TriageState
from caseman.reports.completeness import TOPICS, completeness
from tests.factories.accounts import make_team
from tests.factories.reports import FULL, make_report

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def labels(report):
    return [question.label for question in completeness(report).questions]


def test_a_report_of_a_name_alone_is_asked_for_belongings_first(session, operation):
    report = make_report(session, operation, "Hevîn")

    asked = labels(report)
    assert asked[:3] == ["Things carried", "Birth or age", "When last seen"]
    assert len(asked) == len(TOPICS)
    assert 0 < completeness(report).share < 0.05


def test_what_was_told_is_not_asked_and_a_place_in_words_is_asked_for_the_map(session, operation):
    report = make_report(session, operation, last_seen_lat=None)
    assert FULL.last_seen_place

    found = {each.label: each for each in completeness(report).questions}
    assert set(found) == {"Where last seen", "Teeth", "Hair"}
    assert "point on the map" in found["Where last seen"].why
    assert completeness(report).share > 0.85


def test_whoever_does_not_know_or_does_not_want_to_say_is_not_asked_again(session, operation):
    report = make_report(
        session,
        operation,
        "Hevîn",
        absences={"effects": "declined", "birth": "unknown", "last_seen": "deferred"},
    )

    found = completeness(report).questions
    assert "Things carried" not in labels(report)
    assert "Birth or age" not in labels(report)
    assert [each.label for each in found if each.is_deferred] == ["When last seen"]


def test_a_date_counts_by_how_closely_it_is_told(session, operation):
    report = make_report(session, operation)
    shares = []
    for precision in (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR):
        report.last_seen_precision = precision
        shares.append(completeness(report).share)
    assert shares == sorted(shares, reverse=True)
    assert "feast" in next(
        each.why for each in completeness(report).questions if each.label == "When last seen"
    )


def test_it_stands_on_the_report_and_in_the_list_of_the_desk(session, client_as):
    team = make_team(session)
    report = make_report(session, team.operation, "Hevîn")
    report.triage = TriageState.NEW
    session.commit()
    number = report.missing_person.number
    assert round(completeness(report).share, 3) == 0.03
    session.rollback()

    intake, reviewer = (client_as(role, team=team) for role in (Role.INTAKE, Role.REVIEWER))
    assert "3.0" in intake.get("/reports").text
    assert "What to ask next" in intake.get(f"/missing/{number}").text
    assert "What to ask next" not in reviewer.get(f"/missing/{number}").text

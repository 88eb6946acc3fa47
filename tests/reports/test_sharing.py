"""A partner reads the reports a family opened to it, those alone, and only while it consents."""

import re
from datetime import date

import pytest
import sqlalchemy as sa

from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.permissions import Role
from caseman.reports import services
from caseman.reports.errors import AlreadySharedError
from caseman.reports.models import AnteMortemReport, ReportSharing
from tests.factories.accounts import make_team
from tests.factories.reports import draft, make_missing

CONSENT = services.Consent(date(2019, 3, 1), "The mother, by phone, to this organisation alone")


@pytest.fixture
def team(sessions):
    with sessions.transaction() as session:
        return make_team(session)


@pytest.fixture
def partners(sessions, team):
    with sessions.transaction() as session:
        return make_team(session, session.merge(team).operation, covers_operation=False)


@pytest.fixture
def partner(client_as, partners):
    return client_as(Role.PARTNER, team=partners)


@pytest.fixture
def steward(client_as, team):
    return client_as(Role.STEWARD, team=team)


@pytest.fixture
def report(sessions, team):
    with sessions.transaction() as session:
        return make_missing(session, session.merge(team).operation).reports[0]


@pytest.fixture
def opened(sessions, report, partners):
    with sessions.transaction() as session:
        return services.share(session, session.merge(report), session.merge(partners), CONSENT)


def test_without_consent_a_partner_finds_nothing(partner, report):
    assert "No family has opened a report" in partner.get("/shared").text
    assert partner.get(f"/shared/{report.number}").status_code == 404
    assert partner.get("/missing").status_code in {403, 404}
    assert partner.get(f"/missing/{report.missing_person.number}").status_code in {403, 404}


def test_a_steward_opens_one_report_and_the_partner_reads_that_one(
    steward, partner, report, partners, sessions
):
    with sessions.transaction() as session:
        other = services.register_report(
            session, draft(session.merge(partners).operation, "Layla Darwish")
        ).number
    page = steward.get(f"/reports/{report.number}/sharing").text
    assert "never opened to a partner" in page

    answer = steward.send(
        f"/reports/{report.number}/sharing",
        {
            "team_id": str(partners.id),
            "consented_on": "2019-03-01",
            "consent_text": "The mother, by phone",
        },
    )

    assert answer.status_code == 302
    assert report.missing_person.name in partner.get("/shared").text
    assert report.missing_person.name in partner.get(f"/shared/{report.number}").text
    assert partner.get(f"/shared/{other}").status_code == 404


def test_the_informant_and_our_notes_stay_here(partner, opened, report, sessions):
    with sessions.transaction() as session:
        row = session.get(AnteMortemReport, report.id)
        row.triage_note = "call the brother in the evening"
        secrets = [row.informant.phone, row.triage_note]

    page = partner.get(f"/shared/{report.number}").text

    assert all(secrets)
    assert [secret for secret in secrets if secret in page] == []


def test_that_a_partner_read_is_on_record(partner, opened, report, sessions):
    partner.get(f"/shared/{report.number}")

    with sessions.read() as session:
        read = sa.select(AuditEntry).where(
            AuditEntry.action == Action.READ, AuditEntry.subject == report.number
        )
        assert session.scalars(read).one()


def test_at_the_next_request_nothing_is_there(steward, partner, opened, report):
    path = f"/reports/{report.number}/sharing/{opened.id}/end"
    version = re.search(r'name="version"[^>]*?value="([^"]*)"', steward.get(path).text)[1]
    assert partner.get(f"/shared/{report.number}").status_code == 200

    refused = steward.send(path, {"version": version, "reason": ""})
    assert refused.status_code == 422
    assert partner.get(f"/shared/{report.number}").status_code == 200

    steward.send(path, {"version": version, "reason": "The mother asked for it"})

    assert partner.get(f"/shared/{report.number}").status_code == 404
    assert "The mother asked for it" in steward.get(f"/reports/{report.number}/sharing").text


def test_a_withdrawn_report_is_open_to_nobody(partner, opened, report, sessions):
    with sessions.transaction() as session:
        services.withdraw(session, session.get(AnteMortemReport, report.id), "asked by phone")

    assert partner.get(f"/shared/{report.number}").status_code == 404


def test_another_partner_learns_nothing(client_as, opened, report, sessions, team):
    with sessions.transaction() as session:
        others = make_team(session, session.merge(team).operation, covers_operation=True)

    assert client_as(Role.PARTNER, team=others).get(f"/shared/{report.number}").status_code == 404


def test_what_is_missing_or_wrong_is_said_and_kept(steward, report, partners, partner, sessions):
    answer = steward.send(
        f"/reports/{report.number}/sharing",
        {"team_id": str(partners.id), "consented_on": "2999-01-01", "consent_text": "By letter"},
    )

    assert answer.status_code == 422
    assert "cannot lie in the future" in answer.text
    assert "By letter" in answer.text
    with sessions.read() as session:
        assert session.scalar(sa.select(sa.func.count(ReportSharing.id))) == 0


def test_a_report_is_opened_to_a_partner_once(opened, report, partners, sessions):
    with sessions.transaction() as session, pytest.raises(AlreadySharedError):
        services.share(session, session.merge(report), session.merge(partners), CONSENT)


def test_a_team_of_ours_is_offered_as_no_partner(
    sessions, steward, client_as, team, partners, report
):
    with sessions.transaction() as session:
        mixed = make_team(session, session.merge(team).operation, covers_operation=False)
    client_as(Role.PARTNER, team=partners)
    client_as(Role.PARTNER, team=mixed)
    client_as(Role.RECORDER, team=mixed)

    page = steward.get(f"/reports/{report.number}/sharing").text

    assert partners.code in page
    assert mixed.code not in page

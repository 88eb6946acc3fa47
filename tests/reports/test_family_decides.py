"""What a family changes after it told: its answers, who reads them, DNA, contact, or all of it."""

from datetime import date
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.laboratory.codes import ConsentManner, SampleMaterial
from caseman.permissions import Role
from caseman.reports import services
from caseman.reports.codes import (
    AdditionKind,
    ConsentPurpose,
    Kin,
    MissingPersonStatus,
)
from caseman.reports.drafts import Asked, ConsentGiven, RelativeFacts, SampleTaken
from caseman.reports.errors import ConsentError, RefusedByFamilyError
from caseman.reports.models import AnteMortemReport, ReportConsent
from tests.factories.accounts import make_operation, make_team
from tests.factories.reports import make_report
from tests.hostile.pages import forms_in, parsed
from tests.reports.families import numbers, send

CONSENT = services.Consent(date(2019, 3, 1), "The mother, by phone")
SAID = services.Teller(None, "By the family")


class Told(NamedTuple):
    """A report, and how its family is reached."""

    report: AnteMortemReport
    phone: str
    safe_contact: str
    may_contact: bool


@pytest.fixture
def operation(sessions):
    with sessions.transaction() as session:
        return make_operation(session)


@pytest.fixture
def partners(sessions, operation):
    with sessions.transaction() as session:
        return make_team(session, session.merge(operation), covers_operation=False)


@pytest.fixture
def partner(client_as, partners):
    return client_as(Role.PARTNER, team=partners)


@pytest.fixture
def visitor(client, operation, partner):
    """A family that has just sent its report."""
    numbers(client.get(send(client).location))
    return client


@pytest.fixture
def told(sessions):
    """Return the report as it stands in the database now."""

    def now():
        with sessions.read() as session:
            report = session.scalars(sa.select(AnteMortemReport)).first()
            session.refresh(report, ["effects", "marks", "additions", "informant"])
            session.refresh(report.missing_person)
            informant = report.informant
            contact = informant.phone, informant.safe_contact, informant.may_contact
            session.expunge_all()
            return Told(report, *contact)

    return now


def shown(visitor, page):
    """What the form of this page would send as it stands."""
    address = f"/family/own/1/{page}"
    root = parsed(visitor.get(address).text)
    forms = list(forms_in(root, address))
    return next(each for each in forms if "idempotency_key" in each.names).sent_as_shown()


def post(visitor, page, **answers):
    kept = {name: shown(visitor, page)[name] for name in ("csrf_token", "idempotency_key")}
    return visitor.post(f"/family/own/1/{page}", data=kept | answers)


def test_a_family_corrects_its_answers_and_the_old_ones_stay_on_record(visitor, told, sessions):
    before, phone, *_ = told()
    form = shown(visitor, "correct")
    assert form["name_given"] == [before.name_given]
    answer = visitor.post(
        "/family/own/1/correct",
        data=form | {"name_father": "إبراهيم", "note": "I mixed up two brothers"},
    )
    assert answer.status_code == 302
    after, reached, *_ = told()
    assert (after.name_given, after.name_father) == (before.name_given, "إبراهيم")
    kept = ("birth_from", "last_seen_from", "last_seen_text", "stature_cm", "absences")
    assert {name: getattr(after, name) for name in kept} == {
        name: getattr(before, name) for name in kept
    }
    assert [each.kind for each in after.effects] == [each.kind for each in before.effects]
    assert reached == phone
    assert [(each.kind, each.text) for each in after.additions] == [
        (AdditionKind.CORRECTED, "I mixed up two brothers")
    ]
    with sessions.read() as session:
        changes = session.scalars(
            sa.select(AuditEntry.changes).where(AuditEntry.reason == "I mixed up two brothers")
        ).all()
    assert any(each.get("name_father", [None])[0] == before.name_father for each in changes)


def test_what_staff_found_out_survives_a_correction_by_the_family(visitor, told, sessions):
    with sessions.transaction() as session:
        report = session.scalars(sa.select(AnteMortemReport)).first()
        report.occupation, report.teeth = "Baker", {"11": "FIL"}
        report.absences = {**report.absences, "name_mother": "unknown"}
        report.name_mother = ""
        report.effects[0].material = "metal"
        report.last_seen_text, report.last_seen_calendar = "", None
        report.last_seen_from, report.last_seen_to = date(2017, 8, 3), date(2017, 8, 20)
    form = shown(visitor, "correct")
    visitor.post("/family/own/1/correct", data=form | {"nickname": "أبو خليل"})
    after = told().report
    assert (after.nickname, after.occupation, after.teeth) == ("أبو خليل", "Baker", {"11": "FIL"})
    assert after.absences["name_mother"] == "unknown"
    assert after.effects[0].material == "metal"
    assert (after.last_seen_from, after.last_seen_to) == (date(2017, 8, 3), date(2017, 8, 20))


def test_a_report_that_is_taken_back_is_searched_and_changed_no_more(visitor, told):
    assert post(visitor, "withdraw", note="").status_code == 302
    after = told().report
    assert after.withdrawn_at is not None
    assert after.withdrawn_reason == "By the family, on its own page"
    assert after.missing_person.status is MissingPersonStatus.CLOSED_WITHDRAWN
    page = visitor.get("/family/own").text
    assert "Take your report back" not in page
    for closed in ("correct", "withdraw", "consent"):
        assert visitor.get(f"/family/own/1/{closed}").status_code == 404


def test_a_family_lets_a_partner_in_and_shuts_it_out_at_once(visitor, told, partner, partners):
    number = told().report.number
    assert partner.get(f"/shared/{number}").status_code == 404
    yes = {"may_contact": "yes", "partners": str(partners.id), "recipients": ["icrc"]}
    assert post(visitor, "consent", **yes).status_code == 302
    assert partner.get(f"/shared/{number}").status_code == 200
    assert partners.name in visitor.get("/family/own/1/opened").text
    assert post(visitor, "consent", may_contact="yes").status_code == 302
    assert partner.get(f"/shared/{number}").status_code == 404


def test_what_is_decided_for_all_counts_for_every_person_told_of(
    visitor, sessions, partner, partners
):
    send(visitor, "/family/another", name_given="هدى", may_contact="yes")
    yes = {"may_contact": "yes", "partners": str(partners.id), "for_all": "y"}
    assert post(visitor, "consent", **yes).status_code == 302
    with sessions.read() as session:
        numbers_told = session.scalars(sa.select(AnteMortemReport.number)).all()
    assert len(numbers_told) == 2
    assert {partner.get(f"/shared/{each}").status_code for each in numbers_told} == {200}


def test_each_answer_is_kept_with_its_language_and_what_ended_it(visitor, sessions):
    visitor.set_cookie("lang", "ar")
    post(visitor, "consent", may_contact="no", recipients=["court"], dna="no")
    post(visitor, "consent", may_contact="no", dna="no")
    with sessions.read() as session:
        court = session.scalars(
            sa.select(ReportConsent)
            .where(ReportConsent.purpose == ConsentPurpose.COURT)
            .order_by(ReportConsent.id)
        ).all()
    assert [(each.is_given, each.ended_at is None) for each in court] == [
        (True, False),
        (False, True),
    ]
    assert {each.language.value for each in court} == {"ar"}
    assert {(each.form_version, each.recorded_by_id) for each in court} == {(1, None)}


def test_contact_changes_without_being_shown(visitor, told):
    before = told()
    assert before.phone not in visitor.get("/family/own/1/consent").text
    post(visitor, "consent", may_contact="no", phone="0999 888 777")
    after = told()
    assert (after.phone, after.may_contact) == ("0999 888 777", False)
    assert after.safe_contact == before.safe_contact


def test_the_more_careful_of_two_families_counts_for_both(sessions, operation, partners):
    with sessions.transaction() as session:
        first = make_report(session, session.merge(operation))
        second = make_report(session, session.merge(operation), person=first.missing_person)
        team = session.merge(partners)
        services.share(session, first, team, CONSENT)
        asked = Asked(ConsentPurpose.PARTNER, team.id)
        services.say_consent(session, second, {asked: False}, SAID)
        with pytest.raises(RefusedByFamilyError):
            services.share(session, second, team, CONSENT)
        services.say_consent(session, second, {asked: True}, SAID)


def test_while_a_family_wants_no_dna_nothing_is_compared_or_taken(sessions, operation):
    with sessions.transaction() as session:
        report = make_report(session, session.merge(operation))
        person = report.missing_person
        mother = services.add_relative(session, person, RelativeFacts(Kin.MOTHER))
        taken = SampleTaken(SampleMaterial.SWAB, date(2019, 3, 1), "A nurse")
        given = ConsentGiven(date(2019, 3, 1), ConsentManner.SIGNED, "To find her son")
        services.take_sample(session, mother, taken, given, None)
        assert mother.consent is not None
        services.say_consent(session, report, {Asked(ConsentPurpose.DNA): False}, SAID)
        assert mother.consent is None
        with pytest.raises(ConsentError):
            services.take_sample(session, mother, taken, None, None)
        services.say_consent(session, report, {Asked(ConsentPurpose.DNA): True}, SAID)
        assert mother.consent is mother.given_consent is not None


def test_another_family_sees_nothing_of_it(visitor, app):
    stranger = app.test_client()
    for page in ("", "/1/correct", "/1/withdraw", "/1/consent", "/1/opened"):
        answer = stranger.get(f"/family/own{page}")
        assert (answer.status_code, answer.location) == (302, "/family/return")


@pytest.fixture
def stored_consents(sessions):
    def read():
        with sessions.read() as session:
            rows = session.scalars(sa.select(ReportConsent).order_by(ReportConsent.id)).all()
            session.expunge_all()
            return rows

    return read


@pytest.fixture
def called(sessions, partners, operation):
    """A report that staff took, and somebody of the intake office."""
    with sessions.transaction() as session:
        report = make_report(session, session.merge(operation))
        return report.number


@pytest.fixture
def intake(client_as, sessions, operation):
    with sessions.transaction() as session:
        team = make_team(session, session.merge(operation))
    return client_as(Role.INTAKE, team=team)


def test_what_a_family_says_on_the_phone_counts_as_what_it_types(
    intake, partner, partners, called, stored_consents
):
    page = f"/reports/{called}/consent"
    assert partner.get(f"/shared/{called}").status_code == 404
    said = {"partners": [str(partners.id)], "dna": "no", "may_contact": "yes"}
    nameless = intake.send(page, said)
    assert nameless.status_code == 422
    assert 'id="heard-error"' in nameless.text
    heard = {"heard": "The mother, on the phone", "language": "kmr"}
    assert intake.send(page, said | heard).status_code == 302
    assert partner.get(f"/shared/{called}").status_code == 200
    dna = next(row for row in stored_consents() if row.purpose is ConsentPurpose.DNA)
    assert (dna.is_given, dna.language, dna.recorded_by_id is not None) == (False, "kmr", True)
    assert intake.send(page, heard | {"may_contact": "no"}).status_code == 302
    assert partner.get(f"/shared/{called}").status_code == 404


def test_only_who_takes_reports_writes_down_what_a_family_decides(client_as, called):
    assert client_as(Role.INTAKE).get(f"/reports/{called}/consent").status_code == 404
    assert client_as(Role.REVIEWER).get(f"/reports/{called}/consent").status_code == 403

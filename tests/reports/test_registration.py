from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.coding import Sex
from caseman.coding.belongings import EffectCategory
from caseman.reports import services
from caseman.reports.codes import MissingPersonStatus, TriageState
from caseman.reports.drafts import Answers, NewEffect, NewInformant, NewReport
from caseman.reports.errors import (
    NotOpenError,
    NumberTakenError,
    ReasonMissingError,
    SearchClosedError,
    UnknownPersonError,
)
from caseman.reports.models import AnteMortemReport, MissingPerson, PersonName
from caseman.reports.numbers import new_code
from tests.factories.accounts import make_operation
from tests.factories.reports import FULL, draft, intake, make_missing, make_report


def reason_of(session, table):
    query = sa.select(AuditEntry.reason).where(AuditEntry.table_name == table)
    return session.scalars(query.order_by(AuditEntry.seq.desc())).first()


def test_a_report_brings_its_missing_person(session, operation):
    report = make_report(session, operation)

    person = report.missing_person
    assert person.number.startswith("MP-")
    assert report.number.startswith("AM-")
    assert (person.name, person.name_latin) == ("سامر خليل الحداد", "Samir Khalil al-Haddad")
    assert (person.birth_from, person.last_seen_to) == (date(1990, 1, 1), date(2017, 8, 20))
    assert person.status is MissingPersonStatus.COMPLETE
    assert [effect.ordinal for effect in report.effects] == [1, 2]
    assert report.informant.phone == "0944 123 456"


def test_what_an_informant_said_of_themself_lies_sealed(session, operation):
    report = make_report(session, operation)
    session.commit()

    raw = session.connection().exec_driver_sql("SELECT * FROM informant").first()
    assert "0944" not in str(raw)
    assert "مريم" not in str(raw)
    found = sa.select(AnteMortemReport).where(
        AnteMortemReport.informant.has(
            phone_index=session.info["keyring"].blind_index(
                services.phone_digits("+963 ٩٤٤ ١٢٣ ٤٥٦")
            )
        )
    )
    assert session.scalar(found) is report


def test_age_when_last_seen_gives_the_years_of_birth(session, operation):
    person = make_missing(
        session,
        operation,
        "ليلى",
        age_told_min=16,
        age_told_max=16,
        last_seen_from=date(2014, 8, 3),
        last_seen_to=date(2014, 8, 3),
    )

    assert (person.birth_from.year, person.birth_to.year) == (1997, 1998)


def test_reports_that_contradict_each_other_are_both_kept(session, operation):
    person = make_missing(session, operation)
    second = replace(FULL, sex=Sex.FEMALE, birth_from=date(1992, 1, 1), birth_to=date(1992, 12, 31))

    services.add_report(session, person, intake(operation), second)

    assert len(person.reports) == 2
    assert person.sex is None
    assert (person.birth_from, person.birth_to) == (date(1990, 1, 1), date(1992, 12, 31))
    assert {report.sex for report in person.reports} == {Sex.MALE, Sex.FEMALE}


def test_a_report_about_nobody_or_about_a_closed_search_is_refused(session, operation):
    other = make_missing(session, make_operation(session))
    with pytest.raises(UnknownPersonError):
        make_report(session, operation, person=other)
    closed = make_missing(session, operation)
    services.close(session, closed, MissingPersonStatus.LOCATED_ALIVE, "her uncle called")
    with pytest.raises(SearchClosedError):
        make_report(session, operation, person=closed)


def test_the_number_of_a_paper_form_is_used_once(session, operation):
    number = f"AM-{new_code()}"
    paper = NewReport(intake(operation, number=number), FULL)

    assert services.register_report(session, paper).number == number
    with pytest.raises(NumberTakenError, match=number):
        services.register_report(session, paper)
    with pytest.raises(NumberTakenError):
        services.register_reports(
            session, [replace(paper, intake=intake(operation, number="AM-1"))] * 2
        )


def test_thousands_are_registered_in_their_order_with_few_statements(session, operation):
    drafts = [draft(operation, f"Person {chr(97 + n % 26)}{n}") for n in range(500)]
    statements = []
    sa.event.listen(
        session.get_bind(), "after_cursor_execute", lambda *args: statements.append(args[2])
    )

    reports = services.register_reports(session, drafts)

    assert [report.name_full for report in reports] == [each.answers.name_full for each in drafts]
    assert len({report.missing_person.number for report in reports}) == 500
    assert sum(text.startswith("SELECT") for text in statements) < 20


def test_a_correction_keeps_the_old_answers_in_the_trail(session, operation):
    report = make_report(session, operation)
    before = report.missing_person.evidence_changed_at
    answers = replace(
        FULL,
        stature_cm=178.0,
        effects=(FULL.effects[0], NewEffect(EffectCategory.JEWELLERY, "ring")),
        marks=(),
        informant=None,
    )

    services.correct_report(session, report, answers, "the brother remembers better")
    session.commit()

    assert [effect.kind for effect in report.effects] == ["t-shirt", "ring"]
    assert report.marks == []
    assert report.informant.phone == "0944 123 456"
    assert report.missing_person.evidence_changed_at > before
    changes = {
        (entry.table_name, entry.action.value): entry.changes
        for entry in session.scalars(sa.select(AuditEntry).where(AuditEntry.reason != ""))
    }
    assert changes["ante_mortem_report", "update"]["stature_cm"] == ["172.0", "178.0"]
    assert changes["reported_effect", "update"]["kind"] == ["watch", "ring"]
    assert changes["reported_mark", "delete"]["code"] == ["fx_forearm", None]
    assert reason_of(session, "ante_mortem_report") == "the brother remembers better"


def test_an_effect_added_after_one_was_taken_out_has_an_ordinal_of_its_own(session, operation):
    report = make_report(session, operation)
    three = (*FULL.effects, NewEffect(EffectCategory.DOCUMENT, "id_card"))

    services.correct_report(session, report, replace(FULL, effects=three), "more was told")

    assert [effect.ordinal for effect in report.effects] == [1, 2, 3]


def test_a_change_that_must_be_explained_is_refused_without_a_word(session, operation):
    report = make_report(session, operation)
    with pytest.raises(ReasonMissingError):
        services.correct_report(session, report, FULL, " ")
    with pytest.raises(ReasonMissingError):
        services.withdraw(session, report, "")
    with pytest.raises(ReasonMissingError):
        services.triage(session, report, TriageState.ABUSIVE)
    with pytest.raises(ReasonMissingError):
        services.close(session, report.missing_person, MissingPersonStatus.LOCATED_ALIVE, "")


def test_a_withdrawn_report_is_found_by_nobody(session, operation):
    person = make_missing(session, operation)
    kept = services.add_report(
        session, person, intake(operation), Answers(name_full="Samir Haddad")
    )

    services.withdraw(session, person.reports[0], "the mother asks for it")
    assert person.status is not MissingPersonStatus.CLOSED_WITHDRAWN
    assert person.name == "Samir Haddad"
    services.withdraw(session, kept, "she too")

    assert person.status is MissingPersonStatus.CLOSED_WITHDRAWN
    assert session.scalar(sa.select(sa.func.count(PersonName.id))) == 0
    with pytest.raises(NotOpenError):
        services.withdraw(session, kept, "again")


def test_a_search_is_closed_by_a_person_with_a_reason_and_opened_again(session, operation):
    person, other = make_missing(session, operation), make_missing(session, operation)

    with pytest.raises(NotOpenError):
        services.close(session, person, MissingPersonStatus.CLOSED_DUPLICATE, "same man")
    with pytest.raises(NotOpenError):
        services.close(session, person, MissingPersonStatus.LOCATED_DEAD, "a neighbour says so")
    services.link_same(session, other, person, "same man", None)
    assert (person.duplicate_of_id, person.closed_reason) == (other.id, "same man")

    services.reopen(session, person, "they are cousins")
    assert person.status is MissingPersonStatus.COMPLETE
    assert person.duplicate_of_id is None
    assert reason_of(session, "missing_person") == "they are cousins"


def test_no_answer_and_its_reason_are_stored_apart(session, operation):
    report = make_report(session, operation, "Hevîn", absences={"stature_cm": "declined"})
    session.commit()
    session.expire_all()

    stored = session.get(AnteMortemReport, report.id)
    assert stored.stature_cm is None
    assert stored.absences == {"stature_cm": "declined"}
    assert session.get(MissingPerson, report.missing_person_id).status is (
        MissingPersonStatus.INCOMPLETE
    )


def test_an_informant_may_be_corrected(session, operation):
    report = make_report(session, operation)
    new = NewInformant(name="Hassan", phone="0933")

    services.correct_report(session, report, replace(FULL, informant=new), "he has moved")

    assert (report.informant.name, report.informant.phone) == ("Hassan", "0933")
    assert report.informant.safe_contact is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_correction_may_add_several_things_at_once(session, operation):
    report = make_report(session, operation)
    held = len(report.effects)
    more = tuple(NewEffect(EffectCategory.JEWELLERY, kind) for kind in ("ring", "bracelet"))

    answers = replace(FULL, effects=(*FULL.effects, *more), informant=None)
    services.correct_report(session, report, answers, "The sister remembers more.")
    session.commit()

    assert [effect.ordinal for effect in report.effects] == list(range(1, held + 3))

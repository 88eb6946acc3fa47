"""Several relatives lost together: a report each, opened by one receipt."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from caseman.reports.models import AnteMortemReport, Companion, FamilyAccess
from tests.factories.accounts import make_operation
from tests.reports.families import come_back, form_of, numbers, send, shown

ANOTHER = "/family/another"
FIRST = {
    "last_seen_text": "يومان بعد العيد",
    "circumstance": "flight",
    "circumstance_text": "كنا نهرب",
    "companions": "ليلى",
    "may_contact": "no",
    "safe_contact": "Zqcodeword",
}


@pytest.fixture
def family(client, sessions):
    with sessions.transaction() as session:
        make_operation(session)
    client.set_cookie("lang", "en")
    assert send(client, **FIRST).status_code == 302
    return client


@pytest.fixture
def session(sessions):
    with sessions.read() as session:
        yield session


def report_another(client, **typed):
    return send(client, ANOTHER, **{**shown(client, ANOTHER), **typed})


def told(session):
    session.rollback()
    return session.scalars(sa.select(AnteMortemReport).order_by(AnteMortemReport.id)).all()


def test_shared_answers_are_taken_over_and_the_tie_is_kept(family, session):
    taken = shown(family, ANOTHER)
    assert taken["last_seen_place"] == "البتاني"
    assert taken["last_seen-year"] == "2017"
    assert taken["companions"].splitlines() == ["سامر خليل الحداد", "ليلى"]
    assert (taken["circumstance"], taken["may_contact"]) == ("flight", "no")
    assert not taken.get("name_given")

    answer = report_another(family, name_given="ليلى", name_father="خليل", relation="mother")
    assert (answer.status_code, answer.location) == (302, "/family/receipt")

    first, second = told(session)
    assert second.missing_person.name == "ليلى خليل"
    assert second.missing_person_id != first.missing_person_id
    assert second.last_seen_from == first.last_seen_from
    assert second.circumstance_text == "كنا نهرب"
    assert second.informant.phone == first.informant.phone
    assert (second.informant.name, second.informant.safe_contact) == ("مريم", "Zqcodeword")
    assert second.informant.relation.value == "mother"
    assert not second.informant.may_contact
    tied = {(each.report_id, each.name, each.missing_person_id) for each in companions(session)}
    assert tied == {
        (first.id, "ليلى", second.missing_person_id),
        (second.id, "سامر خليل الحداد", first.missing_person_id),
    }


def companions(session):
    return session.scalars(sa.select(Companion))


def test_one_receipt_opens_all_and_nobody_elses(app, family, session):
    report_another(family, name_given="ليلى")
    report_another(family, name_given="يوسف", last_seen_place="الرقة")
    receipt = family.get("/family/receipt").text
    for name in ("سامر خليل الحداد", "ليلى", "يوسف"):
        assert name in receipt
    reference, secret = numbers(family.get("/family/receipt"))
    assert session.scalar(sa.select(sa.func.count(FamilyAccess.id))) == 1

    stranger = app.test_client()
    send(stranger)
    assert "يوسف" not in stranger.get("/family/own").text
    assert stranger.get("/family/own/2").status_code == 404

    phone = app.test_client()
    come_back(phone, reference, secret)
    assert "الرقة" in phone.get("/family/own/3").text
    assert phone.get("/family/own/4").status_code == 404
    assert phone.get("/family/own/0").status_code == 404
    assert report_another(phone, name_given="نور").status_code == 302
    again = phone.get("/family/receipt").text
    assert "نور" in again
    assert not re.search(r"(\d{4} ){4}\d{4}", again)


def test_contact_is_used_but_never_shown_and_may_be_another(app, family, session):
    page = family.get(ANOTHER).text
    for secret in ("مريم", "٠٩٤٤ ١٢٣ ٤٥٦", "Zqcodeword"):
        assert secret not in page

    report_another(family, name_given="ليلى", phone="0955", may_contact="yes")
    without = {key: value for key, value in shown(family, ANOTHER).items() if key != "same_contact"}
    send(family, ANOTHER, **{**without, "name_given": "يوسف", "informant_name": "هدى"})

    _, second, third = (report.informant for report in told(session))
    assert (second.name, second.phone, second.may_contact) == ("مريم", "0955", True)
    assert (third.name, third.phone, third.safe_contact) == ("هدى", None, None)


def test_a_page_open_for_too_long_loses_nothing(family, session, monkeypatch):
    form = shown(family, ANOTHER) | {"name_given": "ليلى"}
    monkeypatch.setattr("caseman.reports.views.visits.LONGEST", timedelta(0))
    answer = family.post(ANOTHER, data=form)

    assert answer.status_code == 422
    assert "closed your earlier report" in answer.text
    assert "ليلى" in answer.text
    form = form_of(answer)
    assert "same_contact" not in form.sent_as_shown()
    assert family.get(ANOTHER).location == "/family/return"
    assert len(told(session)) == 1

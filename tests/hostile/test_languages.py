"""Another language in the middle of a form, without a script: nothing typed is lost."""

import pytest
import sqlalchemy as sa

from caseman.accounts.models import Membership
from caseman.permissions import Role
from caseman.reports.models import AnteMortemReport, MissingPerson
from caseman.web.words import gettext
from tests.factories.accounts import make_operation, make_team
from tests.hostile.pages import forms_in, parsed

TYPED = {
    "name_given": "سلمى",
    "birth-year": "١٩٩٠",
    "hair": "brown",
    "sex": "F",
    "effects-1-inscription": "R <& K",
    "circumstance_text": "two\nlines",
    "stature_cm": "no figure",
}


pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def form_of(page):
    (form,) = forms_in(parsed(page.text), "/family/report")
    return form


def test_the_form_of_a_family_comes_back_in_the_other_language(client, sessions):
    with sessions.transaction() as session:
        make_operation(session)
    shown = form_of(client.get("/family/report"))
    sent = shown.sent_as_shown() | TYPED

    answer = client.post(f"{shown.action}?speak=ar", data=sent)

    assert answer.status_code == 200
    assert 'lang="ar"' in answer.text
    again = form_of(answer)
    back = again.sent_as_shown()
    assert {name: back[name][0].replace("\r", "") for name in TYPED} == TYPED
    assert (again.action, back["idempotency_key"]) == (
        "/family/report",
        shown.sent_as_shown()["idempotency_key"],
    )
    assert 'lang="ar"' in client.get("/family").text
    with sessions.read() as session:
        assert session.scalar(sa.select(sa.func.count(AnteMortemReport.id))) == 0


def test_the_buttons_of_the_languages_belong_to_the_form_and_enter_still_sends_it(client):
    root = parsed(client.get("/family/report").text)
    (form,) = (each for each in root.iter() if each.get("id") == "family-report")
    buttons = [each for each in root.iter() if each.get("form") == "family-report"]
    assert form.get("method") == "post"
    assert [each.get("formaction") for each in buttons] == [
        None,
        *(f"/family/report?speak={code}" for code in ("en", "ar", "kmr", "ckb")),
    ]


@pytest.mark.parametrize(
    ("target", "page"),
    [
        ("/pairings/P-1/sign", "/pairings/P-1"),
        ("/pairings/open", "/pairings"),
        ("/users/7/roles/3/revoke", "/users/7"),
        ("/family/own?print=1", "/family/own?print=1"),
        ("/nowhere/at/all", "/"),
    ],
)
def test_a_language_chosen_on_an_answer_leads_to_the_page_of_its_form(client, target, page):
    assert client.get("/language/ar", query_string={"next": target}).location == page


def test_who_works_in_several_operations_says_in_which_a_person_is_sought(client_as, sessions):
    with sessions.transaction() as session:
        first, second = make_team(session), make_team(session)
    intake = client_as(Role.INTAKE, team=first)
    assert 'name="operation_id"' not in intake.get("/reports/new").text
    with sessions.transaction() as session:
        session.add(Membership(user_id=intake.user.id, team_id=second.id))

    refused = intake.send("/reports/new", {"name_given": "Dilşad", "operation_id": ""})
    assert refused.status_code == 422
    assert "Operation is missing" in refused.text
    assert "Dilşad" in refused.text
    taken = intake.send(
        "/reports/new", {"name_given": "Dilşad", "operation_id": str(second.operation_id)}
    )
    assert taken.status_code == 302
    with sessions.read() as session:
        assert session.scalars(sa.select(MissingPerson.operation_id)).all() == [second.operation_id]


def test_a_paper_in_kurmanji_says_that_its_words_await_review(client_as, sessions):
    steward = client_as(Role.INTAKE)
    note = "The Kurdish texts still await review by native speakers."
    with steward.application.test_request_context(headers={"Cookie": "lang=kmr"}):
        in_kurmanji = gettext(note)
    steward.set_cookie("lang", "kmr")
    assert in_kurmanji in steward.get("/reports/blank").text
    steward.set_cookie("lang", "en")
    assert note not in steward.get("/reports/blank").text

"""Relatives of a missing person on the page of the tree: how they belong, live, are sought too."""

import pytest
import sqlalchemy as sa

from caseman.permissions import Role
from caseman.reports.models import Relative
from tests.factories.accounts import make_team
from tests.factories.reports import make_report


@pytest.fixture
def tree(sessions, client_as):
    """The page of a tree, somebody who may write it, and whose numbers there are."""
    with sessions.transaction() as session:
        team = make_team(session)
        brothers = [
            make_report(session, team.operation, name).missing_person.number
            for name in ("Azad Example", "Sami Example")
        ]
        stranger = make_report(session, make_team(session).operation, "Somebody Example")
        numbers = (*brothers, stranger.missing_person.number)
    return client_as(Role.INTAKE, team=team), f"/missing/{numbers[0]}/relatives", numbers


def test_a_brother_who_is_missing_too_is_named_by_his_own_record(tree, sessions):
    client, page, (own, his, strangers) = tree
    sent = {"kin": "brother", "living": "missing", "name": "Sami", "note": "Taken with him."}
    for number in ("MP-1", own, strangers, "MP-ZZZZZZZZ"):
        refused = client.send(f"{page}/new", {**sent, "own_record": number})
        assert refused.status_code == 422
        assert "Enter the number of another missing person" in refused.text
        assert "Taken with him." in refused.text
    odd = client.send(f"{page}/new", {**sent, "living": "alive", "own_record": his})
    assert "choose “Missing too”" in odd.text

    assert client.send(f"{page}/new", {**sent, "own_record": his.lower()}).status_code == 302
    text = client.get(page).text
    assert f'href="/missing/{his}"' in text
    assert "Missing too" in text
    assert "kin-missing" in text.split("R1<")[0]
    assert f'value="{his}"' in client.get(f"{page}/1/correct").text
    with sessions.read() as session:
        row = session.scalars(sa.select(Relative)).one()
        assert row.own_record.number == his


def test_a_record_out_of_reach_is_neither_shown_nor_lost(tree, sessions):
    client, page, (_own, _his, strangers) = tree
    client.send(f"{page}/new", {"kin": "sister", "living": "missing"})
    assert "No record of their own is named here" in client.get(page).text
    with sessions.transaction() as session:
        row = session.scalars(sa.select(Relative)).one()
        statement = sa.text("SELECT id FROM missing_person WHERE number = :number")
        row.own_record_id = session.scalar(statement, {"number": strangers})
    assert strangers not in client.get(page).text
    assert strangers not in client.get(f"{page}/1/correct").text

    sent = {"kin": "sister", "living": "missing", "note": "Younger.", "version": "2"}
    assert client.send(f"{page}/1/correct", sent).status_code == 302
    with sessions.read() as session:
        row = session.scalars(sa.select(Relative)).one()
        assert (row.note, row.own_record.number) == ("Younger.", strangers)


def test_who_was_adopted_or_died_is_drawn_so(tree):
    client, page, _numbers = tree
    for sent in ({"kin": "mother", "living": "died"}, {"kin": "son", "bond": "adopted"}):
        assert client.send(f"{page}/new", sent).status_code == 302
    text = client.get(page).text
    assert "Has died" in text
    assert "a sample would not help to find this person" in text
    assert 'stroke-dasharray="4 4"' in text
    assert ">R1<" in text
    assert ">R2<" in text

"""The ante-mortem sheet: what families told, in INTERPOL's order, and never who told it."""

import pytest

from caseman.coding.belongings import EffectCategory
from caseman.coding.physical import HairColour
from caseman.permissions import Role
from caseman.reports.drafts import NewEffect
from tests.factories.accounts import make_team
from tests.factories.reports import make_report


@pytest.fixture
def team(session):
    return make_team(session)


@pytest.fixture
def told(session, team):
    report = make_report(
        session,
        team.operation,
        hair=HairColour.BLACK,
        dental_text="A gold tooth above",
        teeth={"11": "crown"},
    )
    session.commit()
    return report


def test_of_several_reports_each_answer_says_whose_it_is(client_as, team, told, session):
    other = make_report(session, team.operation, person=told.missing_person, stature_cm=181.0)
    session.commit()
    number = told.missing_person.number
    paper = client_as(Role.INTAKE, team=team).get(f"/documents/ante-mortem/{number}").text
    assert f"181 cm (report {other.number})" in paper
    assert f"172 cm (report {told.number})" in paper


def test_the_sheet_says_what_was_told_and_not_by_whom(client_as, team, told):
    reader = client_as(Role.INTAKE, team=team)
    number = told.missing_person.number
    assert f"/documents/ante-mortem/{number}" in reader.get(f"/missing/{number}").text
    paper = reader.get(f"/documents/ante-mortem/{number}").text
    assert "سامر خليل الحداد" in paper
    assert "Watch" in paper
    assert "fell from a roof" in paper
    assert "A gold tooth above" in paper
    assert "never printed" in paper
    assert "0944" not in paper
    assert "after six" not in paper
    assert reader.get(f"/documents/ante-mortem/{number}.pdf").status_code == 200
    assert client_as(Role.INTAKE).get(f"/documents/ante-mortem/{number}").status_code == 404
    assert (
        client_as(Role.RECORDER, team=team).get(f"/documents/ante-mortem/{number}").status_code
        == 403
    )


def test_a_thing_stands_where_its_kind_belongs_whatever_group_it_was_told_in(
    client_as, team, session
):
    ring = NewEffect(EffectCategory.PERSONAL, "ring")
    person = make_report(session, team.operation, effects=(ring,)).missing_person
    session.commit()
    reader = client_as(Role.INTAKE, team=team)
    paper = reader.get(f"/documents/ante-mortem/{person.number}").text
    assert paper.index(">29<") < paper.index(">30<") < paper.index("Ring")

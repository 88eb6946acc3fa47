"""For whom a paper is made: what families have not opened to somebody outside stands on none."""

import pytest
import sqlalchemy as sa

from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.permissions import Role
from caseman.reports import services
from caseman.reports.codes import ConsentPurpose
from caseman.reports.drafts import Asked
from caseman.reports.queries.sharing import recipients_of
from caseman.reports.services.consent import Teller
from tests.factories.accounts import make_team
from tests.factories.reports import make_report

SAID = Teller(None, "Told on the telephone.")


def say(session, report, recipient, *, is_given):
    services.say_consent(session, report, {Asked(recipient): is_given}, SAID)
    session.commit()


@pytest.fixture
def team(session):
    return make_team(session)


@pytest.fixture
def told(session, team):
    report = make_report(session, team.operation)
    session.commit()
    return report


def test_one_family_that_says_no_outweighs_another_that_agreed(session, told):
    other = make_report(session, told.missing_person.operation, person=told.missing_person)
    assert recipients_of(session, told.missing_person) == ()

    say(session, told, ConsentPurpose.ICRC, is_given=True)
    say(session, told, ConsentPurpose.COURT, is_given=True)
    assert recipients_of(session, told.missing_person) == (
        ConsentPurpose.ICRC,
        ConsentPurpose.COURT,
    )
    say(session, other, ConsentPurpose.COURT, is_given=False)
    assert recipients_of(session, told.missing_person) == (ConsentPurpose.ICRC,)


def test_an_ante_mortem_sheet_for_somebody_outside_holds_what_families_opened(
    client_as, team, told, session
):
    say(session, told, ConsentPurpose.ICRC, is_given=True)
    reader = client_as(Role.INTAKE, team=team)
    sheet = f"/documents/ante-mortem/{told.missing_person.number}"

    ours = reader.get(sheet).text
    assert "fell from a roof" in ours
    assert "only these outside may have it: The Red Cross and Red Crescent (ICRC)." in ours
    theirs = reader.get(f"{sheet}?to=icrc").text
    assert "fell from a roof" in theirs
    assert f"{sheet}.pdf?to=icrc" in theirs
    courts = reader.get(f"{sheet}?to=court").text
    for answer in ("fell from a roof", "سامر", "172"):
        assert answer not in courts
    assert "What they told is left out." in courts
    assert reader.get(f"{sheet}?to=neighbour").status_code == 404


def test_for_whom_a_paper_was_made_is_on_record(client_as, team, told, session):
    client_as(Role.INTAKE, team=team).get(
        f"/documents/ante-mortem/{told.missing_person.number}?to=court"
    )

    printed = sa.select(AuditEntry.reason).where(AuditEntry.action == Action.PRINT)
    assert session.scalars(printed).all() == ["A court or prosecutor"]


@pytest.mark.parametrize("kind", ["decisions", "remains"])
def test_a_case_file_for_a_court_leaves_out_what_the_family_did_not_open(
    decision, board, session, kind
):
    number = decision.number if kind == "decisions" else decision.remains.number
    file = f"/documents/{kind}/{number}"
    assert "they have not agreed that anybody outside gets it" in board.get(file).text

    courts = board.get(f"{file}?to=court").text
    assert "What they told, and how it was compared, is left out." in courts
    for told in ("دارا سيف", "Every line of evidence", "The watch and the age agree"):
        assert told not in courts
    for kept in (decision.number, "Second decider", "The remains, as recorded"):
        assert kept in courts

    session.rollback()
    for report in decision.missing_person.reports:
        say(session, report, ConsentPurpose.COURT, is_given=True)
    courts = board.get(f"{file}?to=court").text
    assert "دارا سيف" in courts
    assert "Every line of evidence" in courts

"""Two missing persons who may be one: proposed, side by side, linked, and given back their own."""

import re
from datetime import date

import pytest
import sqlalchemy as sa

from caseman.identification.queries.same import proposals
from caseman.permissions import OPERATOR, Role
from caseman.reports import queries, services
from caseman.reports.codes import ConsentPurpose, MissingPersonStatus, SameFinding, TriageState
from caseman.reports.drafts import Asked, NewInformant
from caseman.reports.errors import LinkedOnError, NotOpenError, ReasonMissingError
from caseman.reports.models import AnteMortemReport, MissingPerson, PersonName, SamePersonFinding
from caseman.reports.queries.openings import told_under
from tests.factories.accounts import make_operation, make_team
from tests.factories.reports import make_missing, make_report

BROTHER = {
    "name_full": "Imad Khalil al-Haddad",
    "name_given": "Imad",
    "name_father": "Khalil",
    "name_family": "al-Haddad",
    "birth_from": date(1979, 1, 1),
    "birth_to": date(1979, 12, 31),
    "stature_cm": 158.0,
    "marks": (),
    "effects": (),
}
LATIN = {
    "name_full": "Samer Khaleel Haddad",
    "name_given": "Samer",
    "name_father": "Khaleel",
    "name_family": "Haddad",
    "name_mother": "Maryam",
    "stature_cm": 185.0,
}


@pytest.fixture
def operation(session):
    operation = make_operation(session)
    session.commit()
    return operation


@pytest.fixture
def two(session, operation):
    """One man reported twice, in two scripts."""
    one, other = make_missing(session, operation), make_missing(session, operation, **LATIN)
    session.commit()
    return one, other


def kept_of(person):
    """What is read of a person: where the search stands, its summary, reports and names."""
    session = sa.orm.object_session(person)
    names = session.scalars(
        sa.select(PersonName.token_id).where(PersonName.missing_person_id == person.id)
    )
    columns = ("status", "closed_at", "closed_reason", "duplicate_of_id", "name", "sex")
    reports = [(each.number, each.triage, each.triage_note) for each in person.reports]
    return [getattr(person, column) for column in columns], reports, sorted(names)


def test_the_same_man_is_proposed_across_scripts_before_his_brother(session, operation, two):
    one, other = two
    brother = make_missing(session, operation, **BROTHER)
    stranger = make_missing(session, operation, "Hevîn Example")

    found = proposals(session, OPERATOR, one)

    assert [each.person for each in found][:1] == [other]
    assert stranger not in [each.person for each in found]
    assert not found[0].may_be_relative
    assert all(each.may_be_relative for each in found if each.person is brother)
    assert found[0].resemblance.levels["phone"] == 0
    assert found[0].resemblance.levels["stature"] == 2


def test_a_shared_telephone_alone_brings_somebody_to_mind(session, operation):
    told = NewInformant(phone="0944 123 456")
    one = make_missing(session, operation, "Nobody Alike", informant=told)
    other = make_missing(session, operation, "Wholly Different", informant=told)
    elsewhere = make_missing(session, make_operation(session), "Third", informant=told)

    assert queries.may_be_same(session, OPERATOR, one) == [other]
    assert queries.may_be_same(session, OPERATOR, elsewhere) == []


def test_a_link_moves_whole_reports_and_undoing_it_restores_both(session, two):
    one, other = two
    report = other.reports[0]
    services.triage(session, report, TriageState.CALL_BACK, "after six")
    before = kept_of(one), kept_of(other)
    told = report.name_full, report.stature_cm

    row = services.link_same(session, one, other, "the same mother", None)

    assert other.status is MissingPersonStatus.CLOSED_DUPLICATE
    assert (other.duplicate_of_id, other.reports) == (one.id, [])
    assert len(one.reports) == 2
    assert (report.name_full, report.stature_cm) == told
    assert {"stature_cm"} <= queries.contradictions(one.reports)
    assert proposals(session, OPERATOR, one) == []

    services.end_finding(session, row, "two cousins", None)

    session.expire_all()
    assert (kept_of(one), kept_of(other)) == before
    assert row.undone_reason == "two cousins"
    with pytest.raises(NotOpenError):
        services.end_finding(session, row, "again", None)


def test_a_new_report_counts_as_read_once_it_is_linked(session, two):
    one, other = two
    report = other.reports[0]
    report.triage = TriageState.NEW

    row = services.link_same(session, one, other, "the same man", None)
    assert (report.triage, report.triage_note) == (TriageState.DUPLICATE, "the same man")
    assert report.number in [
        each.number
        for each in session.scalars(queries.incoming_reports(OPERATOR, TriageState.DUPLICATE))
    ]
    services.reopen(session, other, "they are cousins")
    assert (report.triage, row.undone_at is not None) == (TriageState.NEW, True)


def test_the_more_careful_family_wins_from_the_moment_of_the_link(session, two):
    one, other = two
    teller = services.Teller(None, "said no")
    dna = Asked(ConsentPurpose.DNA)
    services.say_consent(session, other.reports[0], {dna: False}, teller)
    assert (one.dna_refused, other.dna_refused) == (None, True)

    row = services.link_same(session, one, other, "the same man", None)
    assert one.dna_refused is True
    services.end_finding(session, row, "two cousins", None)
    assert (one.dna_refused, other.dna_refused) == (None, True)


def test_what_a_link_refuses(session, operation, two):
    one, other = two
    third = make_missing(session, operation)
    foreign = make_missing(session, make_operation(session))
    for refused, error in (
        ((one, other, " "), ReasonMissingError),
        ((one, one, "why"), NotOpenError),
        ((one, foreign, "why"), NotOpenError),
    ):
        with pytest.raises(error):
            services.link_same(session, *refused, None)

    first = services.link_same(session, other, third, "the same", None)
    with pytest.raises(NotOpenError):
        services.link_same(session, third, one, "closed already", None)
    services.link_same(session, one, other, "the same", None)
    with pytest.raises(LinkedOnError):
        services.end_finding(session, first, "not so", None)
    assert len(one.reports) == 3


def test_reports_about_somebody_found_stay_where_they_were_told(session, two):
    one, other = two
    services.close(session, one, MissingPersonStatus.LOCATED_ALIVE, "he called")

    row = services.link_same(session, one, other, "the same man", None)

    assert (len(one.reports), len(other.reports), row.moved) == (1, 1, [])


def test_two_persons_are_proposed_no_more_until_it_is_taken_back(session, two):
    one, other = two
    row = services.tell_apart(session, one, other, "two cousins", None)
    assert proposals(session, OPERATOR, one) == []
    services.end_finding(session, row, "one man after all", None)
    assert [each.person for each in proposals(session, OPERATOR, one)] == [other]


def test_families_see_when_it_was_opened_under_either_number(session, two):
    one, other = two
    services.link_same(session, one, other, "the same man", None)
    first, moved = one.reports

    assert told_under(session, moved) == {one.number, other.number, moved.number}
    assert told_under(session, first) == {one.number, first.number}


@pytest.fixture
def town(sessions):
    """A team, two persons of its operation and one of another, by number."""
    with sessions.transaction() as session:
        team = make_team(session)
        one, other = (
            make_report(session, team.operation, **told).missing_person.number
            for told in ({}, LATIN)
        )
        foreign = make_missing(session, make_operation(session)).number
    return team, one, other, foreign


def version(client, path):
    html = client.get(path).text
    return re.search(r'name="version"[^>]*?value="([^"]*)"', html, re.DOTALL)[1]


def test_a_clerk_compares_links_and_takes_it_back(client_as, town, sessions):
    team, one, other, foreign = town
    clerk = client_as(Role.INTAKE, team=team)
    listed = clerk.get(f"/missing/{one}/same").text
    assert other in listed
    assert foreign not in listed
    assert "The same name, in whatever spelling or script." in listed

    path = f"/missing/{one}/same/{other}"
    assert "The reports differ" in clerk.get(path).text
    form = {"finding": "same", "reason": "one mother", "version": version(clerk, path)}
    assert "Say whose search goes on." in clerk.send(path, form).text
    assert clerk.send(path, form | {"kept": other}).status_code == 302
    assert clerk.send(path, form | {"kept": other}).status_code == 409
    assert "Held to be the same person" in clerk.get(f"/missing/{one}").text

    undo = {"reason": "two cousins", "version": version(clerk, path)}
    assert clerk.send(f"{path}/undo", undo | {"reason": ""}).status_code == 422
    assert clerk.send(f"{path}/undo", undo).status_code == 302
    assert clerk.send(f"{path}/undo", undo).status_code == 409
    assert re.search("two cousins.*one mother", clerk.get(path).text, re.DOTALL)
    with sessions.read() as session:
        row = session.scalars(sa.select(SamePersonFinding)).one()
        assert row.finding is SameFinding.SAME
        assert row.decided_by_id == row.undone_by_id is not None
        counts = sa.select(sa.func.count()).group_by(AnteMortemReport.missing_person_id)
        told = counts.join(MissingPerson).where(MissingPerson.number.in_((one, other)))
        assert session.scalars(told.select_from(AnteMortemReport)).all() == [1, 1]


def test_who_is_of_another_operation_cannot_be_compared(client_as, town):
    team, one, other, foreign = town
    clerk, reviewer = (client_as(role, team=team) for role in (Role.INTAKE, Role.REVIEWER))
    for path in (f"/missing/{one}/same/{foreign}", f"/missing/{one}/same/{one}"):
        assert clerk.get(path).status_code == 404
    assert clerk.get(f"/missing/{foreign}/same").status_code == 404
    assert clerk.get(f"/missing/{one}/same?other={other}").status_code == 302
    assert clerk.get(f"/missing/{one}/same?other=nobody").status_code == 422
    assert reviewer.get(f"/missing/{one}/same").status_code == 403

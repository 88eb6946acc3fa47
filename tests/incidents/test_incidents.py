"""What happened: who learns of it, how it is found, what it is tied to, and how that is undone."""

import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.calendars import PartialDate
from caseman.custody.models import IncidentExhibit
from caseman.incidents.codes import IncidentKind
from caseman.incidents.models import Incident, IncidentSite
from caseman.incidents.queries import IncidentFilter, conditions, incidents
from caseman.incidents.services import IncidentFacts, register_incident, tie_site
from caseman.permissions import OPERATOR, Role
from caseman.reports.models import IncidentPerson
from tests.factories.accounts import make_team
from tests.factories.remains import make_remains
from tests.factories.reports import make_report
from tests.factories.sites import make_site

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
TYPED = {
    "kind": "air_strike",
    "name": "Strike on the mill road",
    "happened": "Two houses fell.",
    "began-year": "2017",
    "began-month": "8",
    "place": "Mill road",
    "informed_by": "Zqneighbour",
}


class World:
    """An operation with a team everywhere and one on its own site, a body and a person sought."""

    def __init__(self, session):
        self.everywhere = make_team(session)
        self.operation = self.everywhere.operation
        self.local = make_team(session, self.operation, covers_operation=False)
        self.site = make_site(session, self.operation, self.local)
        self.far = make_site(session, self.operation)
        session.refresh(self.site, ["features"])
        grave = self.site.features[-1]
        self.remains = make_remains(session, grave, self.local)
        self.person = make_report(session, self.operation).missing_person
        session.commit()


@pytest.fixture
def world(session):
    return World(session)


def register(client, world, **changes):
    typed = {**TYPED, "operation_id": str(world.operation.id), **changes}
    return client.send("/incidents/new", typed)


def test_a_list_is_narrowed_by_words_kind_site_and_days(session, world):
    days = (PartialDate(2017, 8, 21), PartialDate(2015), None)
    kinds = (IncidentKind.AIR_STRIKE, IncidentKind.DETENTION, IncidentKind.UNKNOWN)
    names = ("Strike on the mill road", "مدرسة النموذج", "Wells")
    rows = [
        register_incident(session, world.operation.id, IncidentFacts(kind, name, began=day))
        for kind, name, day in zip(kinds, names, days, strict=True)
    ]
    tie_site(session, rows[0], world.site, by=None)

    def found(**wanted):
        statement = incidents(OPERATOR).where(*conditions(session, IncidentFilter(**wanted)))
        return [row.name for row in session.scalars(statement.order_by(Incident.id))]

    assert found(text="MILL stri") == [names[0]]
    assert found(text="مدرسه") == [names[1]]
    assert found(text=rows[2].number.lower()) == [names[2]]
    assert found(kind=IncidentKind.DETENTION) == [names[1]]
    assert found(site=world.site.code) == [names[0]]
    assert found(since=days[0].earliest) == [names[0], names[2]]
    assert found(until=days[1].latest) == [names[1], names[2]]


@on_sqlite
def test_a_team_learns_of_what_explains_its_own_sites(world, client_as, sessions):
    recorder = client_as(Role.RECORDER, team=world.local)
    assert "Name a site you work on" in register(recorder, world).text
    assert "There is no site" in register(recorder, world, site_code=world.far.code).text
    page = register(recorder, world, site_code=world.site.code)
    assert page.status_code == 302
    steward = client_as(Role.STEWARD, team=world.everywhere)
    hidden = register(steward, world, name="Elsewhere").location

    shown = recorder.get(page.location).text
    assert "Strike on the mill road" in recorder.get(f"/sites/{world.site.code}").text
    assert world.site.code in shown
    assert "Missing persons" not in shown
    assert "Zqneighbour" not in shown
    assert recorder.get(hidden).status_code == 404
    assert "Elsewhere" not in recorder.get("/incidents").text
    assert client_as(Role.INTAKE, team=world.everywhere).get(page.location).status_code == 403
    assert client_as(Role.STEWARD).get(page.location).status_code == 404  # another operation
    with sessions.read() as session:
        row = session.query(Incident).order_by(Incident.id).first()
        trail = " ".join(map(str, session.scalars(sa.select(AuditEntry.changes))))
        assert row.informed_by == "Zqneighbour"
        assert (row.began, str(row.first_day), str(row.last_day)) == (
            "2017-08",
            "2017-08-01",
            "2017-08-31",
        )
    assert "Zqneighbour" not in trail


@on_sqlite
def test_things_are_tied_by_number_loosened_and_tied_again(world, client_as, sessions):
    reviewer = client_as(Role.REVIEWER, team=world.everywhere)
    address = register(reviewer, world).location
    ends = {
        "sites": (world.site.code.lower(), IncidentSite),
        "persons": (world.person.number, IncidentPerson),
        "traces": (f"{world.remains.exhibit.number}/2", IncidentExhibit),
    }
    for key, (number, model) in ends.items():
        wrong = reviewer.send(f"{address}/{key}/tie", {"target": "XX99", "why": "Said so"})
        assert (wrong.status_code, "XX99" in wrong.text, "Said so" in wrong.text) == (
            422,
            True,
            True,
        )
        typed = {"target": number, "why": "Seen there"}
        assert reviewer.send(f"{address}/{key}/tie", typed).status_code == 302
        assert reviewer.send(f"{address}/{key}/1/loosen", {}).status_code == 302
        assert "Undo: tie it again" in reviewer.get(address).text
        assert reviewer.send(f"{address}/{key}/1/again", {}).status_code == 302
        with sessions.read() as session:
            tie = session.query(model).one()
            assert (tie.loosened_at, tie.why, tie.tied_by is not None) == (None, "Seen there", True)
    assert TYPED["name"] in reviewer.get(f"/missing/{world.person.number}").text
    intake = client_as(Role.INTAKE, team=world.everywhere)
    assert TYPED["name"] not in intake.get(f"/missing/{world.person.number}").text
    recorder = client_as(Role.RECORDER, team=world.local)
    assert recorder.get(f"{address}/persons/tie").status_code == 404
    assert recorder.send(f"{address}/persons/1/loosen", {}).status_code == 404
    assert recorder.send(f"{address}/sites/1/loosen", {}).location == "/incidents"
    assert recorder.get(address).status_code == 404


@on_sqlite
def test_what_is_corrected_meanwhile_is_not_overwritten(world, client_as):
    reviewer = client_as(Role.REVIEWER, team=world.everywhere)
    address = register(reviewer, world).location
    changed = {**TYPED, "version": "1", "place": "Old road", "informed_by": ""}
    assert reviewer.send(f"{address}/correct", changed).status_code == 302
    late = reviewer.send(f"{address}/correct", {**changed, "place": "New road"})
    assert (late.status_code, "Old road" in late.text) == (409, True)
    ended = {**changed, "version": "2", "ended-year": "2016"}
    assert "must not end before it begins" in reviewer.send(f"{address}/correct", ended).text

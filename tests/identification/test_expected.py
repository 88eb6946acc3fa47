"""Who may be here: a hypothesis with its reasons in words, for who may read both sides."""

from datetime import date

import pytest

from caseman.identification.queries.expected import (
    AFTER_DAYS,
    BEFORE_DAYS,
    IN_DAYS,
    MAY_BE_DAYS,
    Days,
    days_of,
    reason_of_days,
)
from caseman.identification.views.expected import band
from caseman.incidents.codes import IncidentKind
from caseman.incidents.services import IncidentFacts, register_incident, tie_site
from caseman.permissions import Role
from caseman.reports.codes import MissingPersonStatus
from caseman.reports.services.incidents import tie_person
from caseman.sites.models import Site
from tests.factories.accounts import make_team
from tests.factories.remains import EXAMINED, make_grave, make_remains
from tests.factories.reports import make_report

DAYS = Days(date(2017, 8, 20), date(2017, 8, 25))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2017, 8, 21), date(2017, 8, 21), IN_DAYS),
        (date(2017, 8, 1), date(2017, 8, 31), IN_DAYS),
        (date(2017, 1, 1), date(2017, 12, 31), MAY_BE_DAYS),
        (date(2017, 8, 1), date(2017, 8, 2), BEFORE_DAYS),
        (date(2017, 6, 1), date(2017, 6, 2), None),
        (date(2017, 9, 1), date(2017, 9, 2), AFTER_DAYS),
        (None, None, None),
    ],
)
def test_what_the_days_say_is_said_in_words(first, last, said):
    assert reason_of_days(DAYS, first, last) == said


def test_the_days_reach_from_the_first_that_is_told_to_the_last():
    assert days_of(Site(), []) is None
    assert days_of(Site(deposit_to=DAYS.last), []) == Days(DAYS.last, DAYS.last)
    assert [band(age) for age in (None, 0, 17.9, 18, 200)] == [
        "Not known",
        "0-11",
        "12-17",
        "18-34",
        "Not known",
    ]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_persons_are_ranked_by_reasons_and_the_located_stand_apart(session, client_as):
    team = make_team(session)
    grave = make_grave(session, team.operation, "EXP01")
    grave.site.deposit_from, grave.site.deposit_to = DAYS.first, DAYS.last
    make_remains(session, grave, team, profile=EXAMINED)
    tied, seen, alive, elsewhere = (
        make_report(session, team.operation, name_full=name).missing_person
        for name in ("Tied Example", "Seen Example", "Alive Example", "Elsewhere Example")
    )
    for person in (seen, alive):
        person.last_seen_from = person.last_seen_to = date(2017, 8, 21)
    for person in (tied, elsewhere):
        person.last_seen_from = person.last_seen_to = date(2015, 1, 1)
    alive.status = MissingPersonStatus.LOCATED_ALIVE
    facts = IncidentFacts(IncidentKind.SHELLING, "Example shelling")
    incident = register_incident(session, team.operation_id, facts)
    tie_site(session, incident, grave.site, by=None)
    tie_person(session, incident, tied, by=None)
    session.commit()

    page = client_as(Role.REVIEWER, team=team).get("/sites/EXP01/expected").text
    places = [page.index(name) for name in ("Tied Example", "Seen Example", "Alive Example")]
    assert places == sorted(places)
    assert page.index("Located, identified or closed") < places[2]
    assert "Elsewhere Example" not in page
    assert "Tied to an incident of this site" in page
    assert client_as(Role.STEWARD).get("/sites/EXP01/expected").status_code == 404
    recorder = client_as(Role.RECORDER, team=team)
    assert recorder.get("/sites/EXP01/expected").status_code == 403
    assert "Who may be here" not in recorder.get("/sites/EXP01").text

"""Visits: explosives first, corrected with the trail keeping what stood before."""

import re
from datetime import date, timedelta

import pytest

from caseman.audit.models import AuditEntry
from caseman.database import now
from caseman.permissions import Role
from caseman.sites.codes import HazardState, VisitPurpose
from caseman.sites.models import SiteVisit

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

VISIT = {
    "hazard": "suspected",
    "hazards": "Wires by the gate.",
    "first_day": "2019-03-04",
    "purpose": "assessment",
    "team_id": "0",
    "led_by": "Leyla Example",
    "present": "Leyla Example, archaeologist",
}


def test_a_visit_is_recorded_and_the_site_says_what_it_found_first(two, recorder, stored):
    code = two.ours.code
    assert "Nobody has recorded a visit yet" in recorder.get(f"/sites/{code}/visits").text
    page = recorder.send(f"/sites/{code}/visits/new", VISIT, follow_redirects=True).text
    assert "Write the danger into the record of the site" in page
    assert "Wires by the gate." in page
    (visit,) = stored(SiteVisit)
    assert (visit.first_day, visit.last_day) == (date(2019, 3, 4), date(2019, 3, 4))
    assert (visit.hazard, visit.purpose) == (HazardState.SUSPECTED, VisitPurpose.ASSESSMENT)
    assert "Suspected: nobody digs" in recorder.get(f"/sites/{code}").text
    assert "Leyla Example" in recorder.get(f"/sites/{code}/visits").text


def test_a_correction_keeps_what_stood_before(two, recorder, stored):
    code = two.ours.code
    recorder.send(f"/sites/{code}/visits/new", VISIT)
    address = f"/sites/{code}/visits/{stored(SiteVisit)[0].id}"
    form = recorder.get(f"{address}/correct").text
    version = re.search(r'name="version"[^>]*value="([^"]*)"', form)[1]
    corrected = VISIT | {"hazard": "cleared", "last_day": "2019-03-06", "version": version}
    assert recorder.send(f"{address}/correct", corrected).status_code == 302
    assert recorder.send(f"{address}/correct", corrected).status_code == 409
    (visit,) = stored(SiteVisit)
    assert (visit.hazard, visit.last_day) == (HazardState.CLEARED, date(2019, 3, 6))
    changed = [entry for entry in stored(AuditEntry) if entry.table_name == "site_visit"]
    assert len(changed) == 2
    assert changed[-1].changes["hazard"] == ["suspected", "cleared"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"last_day": "2019-03-01"}, "The last day must not lie before the first."),
        ({"first_day": (now() + timedelta(days=9)).date().isoformat()}, "still to come"),
        ({"led_by": ""}, "Wires by the gate."),
        ({"hazard": ""}, "Wires by the gate."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(two, recorder, stored, wrong, said):
    page = recorder.send(f"/sites/{two.ours.code}/visits/new", VISIT | wrong)
    assert page.status_code == 422
    assert said in page.text
    assert "Leyla Example, archaeologist" in page.text
    assert stored(SiteVisit) == []


def test_who_does_not_see_the_site_sees_no_visit(two, recorder, stored, client_as):
    recorder.send(f"/sites/{two.ours.code}/visits/new", VISIT)
    visit = stored(SiteVisit)[0].id
    stranger = client_as(Role.RECORDER, team=two.second)
    for rest in ("visits", "visits/new", f"visits/{visit}", f"visits/{visit}/correct"):
        assert stranger.get(f"/sites/{two.ours.code}/{rest}").status_code == 404
    assert stranger.get(f"/sites/{two.theirs.code}/visits/{visit}").status_code == 404
    reader = client_as(Role.EXAMINER, team=two.first)
    assert reader.get(f"/sites/{two.ours.code}/visits/{visit}").status_code == 200
    assert reader.get(f"/sites/{two.ours.code}/visits/new").status_code == 403

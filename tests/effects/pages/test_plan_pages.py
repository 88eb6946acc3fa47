"""The plan of a grave: seen by who reads the remains, filled from a total station after a look."""

import io
import json
import re

import pytest
import sqlalchemy as sa

from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.permissions import Role
from tests.factories.accounts import make_team


@pytest.fixture
def recorder(client_as, team):
    return client_as(Role.RECORDER, team=team)


@pytest.fixture
def page(feature):
    return f"/sites/{feature.site.code}/features/{feature.number}"


STATION = {
    "points": "number,east,north,height\nB001,101.5,202,48.7\nB009,1,2,3\nB001,oops,2,3",
    "datum_east": "100",
    "datum_north": "200",
    "datum_height": "50",
}


def test_points_are_looked_at_before_anything_is_stored(recorder, page, find, feature):
    number = find().number
    assert "No find" not in recorder.get(f"{page}/plan").text
    assert "Nothing has a place here yet" in recorder.get(f"{page}/plan").text

    looked = recorder.send(f"{page}/plan/points", STATION)
    assert looked.status_code == 422
    assert "1 point would be taken over" in looked.text
    assert "No find of this number is recorded here." in looked.text
    assert "East and north must be numbers in metres." in looked.text
    assert "B009,1,2,3" in looked.text  # what was typed stays
    assert "Nothing has a place here yet" in recorder.get(f"{page}/plan").text

    assert recorder.send(f"{page}/plan/points", {**STATION, "checked": "y"}).location
    plan = recorder.get(f"{page}/plan").text
    assert f'aria-label="Body {number}"' in plan
    assert "1.5 · 2</bdi>" in plan
    assert "1.5 m east, 2 m north" in recorder.get(f"/remains/{number}").text
    assert "1.3 m" in recorder.get(f"/remains/{number}").text
    assert f'aria-label="Body {number}"' in recorder.get(page).text

    # A country's grid, or the datum that was taken off, is kept nowhere.
    assert "101.5" not in plan + recorder.get(f"/remains/{number}").text
    far = {**STATION, "datum_east": "", "points": "B001,512345.6,3987654.3,3"}
    refused = recorder.send(f"{page}/plan/points", {**far, "checked": "y"})
    assert "more than 1000 m from the datum" in refused.text
    assert "No line is of a find that is recorded in this feature." in refused.text


def test_the_plan_is_drawn_by_depth(recorder, page, find):
    find()
    recorder.send(f"{page}/plan/points", {**STATION, "checked": "y"})
    assert "1 sign is left out" in recorder.get(f"{page}/plan?depth_from=2").text
    assert 'class="limb"' not in recorder.get(f"{page}/plan?depth_to=1").text
    assert "B001" in recorder.get(f"{page}/plan?depth_from=1&depth_to=1.5").text
    assert recorder.get(f"{page}/plan?depth_from=deep").status_code == 422


def test_a_photograph_stands_where_it_was_taken(recorder, page, find, photo):
    number = find().number
    told = {"photographs": photo(), "grid_e_m": "2", "grid_n_m": "3", "facing_deg": "180"}
    assert recorder.send(f"/remains/{number}/photographs/new", told).location
    plan = recorder.get(f"{page}/plan").text
    assert f'aria-label="Photograph, taken from here {number}"' in plan
    assert "180°" in plan


def test_the_plan_goes_out_with_its_purpose_on_record(
    recorder, client_as, team, page, find, session
):
    number = find().number
    recorder.send(f"{page}/plan/points", {**STATION, "checked": "y"})
    steward = client_as(Role.STEWARD, team=team)
    assert f"{page}/plan/export" in steward.get(f"{page}/plan").text
    wanted = {"file": "local", "purpose": "For the survey office"}
    answer = steward.send(f"{page}/plan/export", wanted)
    told = json.loads(answer.text)
    assert told["features"][0]["id"] == number
    assert told["features"][0]["geometry"]["coordinates"] == [1.5, 2.0]
    assert answer.headers["Content-Disposition"].endswith('-plan.geojson"')

    nowhere = steward.send(f"{page}/plan/export", {**wanted, "file": "gpx"})
    assert nowhere.status_code == 422
    assert "needs the latitude and longitude of the datum" in nowhere.text
    datum = {"file": "gpx", "latitude": "35.95", "longitude": "39.01"}
    assert 'lat="35.950' in steward.send(f"{page}/plan/export", wanted | datum).text

    session.rollback()
    exported = sa.select(AuditEntry).where(AuditEntry.action == Action.EXPORT)
    first, second = session.scalars(exported).all()
    assert (first.reason, first.changes["rows"]) == ("For the survey office", [None, 1])
    assert "35.95" not in str(second.changes)


def test_whoever_may_not_take_records_out_or_read_positions_gets_no_file(recorder, client_as, page):
    assert recorder.get(f"{page}/plan/export").status_code == 403
    assert "plan/export" not in recorder.get(f"{page}/plan").text
    assert client_as(Role.STEWARD).get(f"{page}/plan/export").status_code == 404


def test_a_photograph_is_placed_beside_the_plan(recorder, client_as, team, page, find, photo):
    number = find().number
    recorder.send(f"/remains/{number}/photographs/new", {"photographs": photo()})
    plan = recorder.get(f"{page}/plan").text
    assert "Photographs without a place" in plan
    place = re.search(r"/remains/[^\"]+/place", plan)[0]
    told = {"grid_e_m": "2", "grid_n_m": "3", "depth_m": "-1.6", "facing_deg": "400"}
    wrong = recorder.send(place, told)
    assert wrong.status_code == 422
    assert 'value="-1.6"' in wrong.text
    assert recorder.send(place, told | {"facing_deg": "40"}).location.endswith("/plan")
    plan = recorder.get(f"{page}/plan").text
    assert "Photographs without a place" not in plan
    assert place in plan
    reader = client_as(Role.REVIEWER, team=team).get(place)
    assert reader.status_code == 200
    assert "grid_e_m" not in reader.text
    assert client_as(Role.RECORDER).get(place).status_code == 404


def test_a_file_is_shown_before_it_is_taken_over(recorder, page, find):
    find()
    lines = "Point;E;N;Z\r\nB001;101,5;202;48,7".encode("utf-16")
    datum = {name: value for name, value in STATION.items() if name != "points"}
    sent = {**datum, "checked": "y", "file": (io.BytesIO(lines), "station.txt")}
    looked = recorder.send(f"{page}/plan/points", sent)
    assert "1 point would be taken over" in looked.text
    assert "B001;101,5;202;48,7" in looked.text
    assert "Nothing has a place here yet" in recorder.get(f"{page}/plan").text

    for content in (b"", b"PK\x03\x04", b"B001,1\x00,2", b"<gpx>", b"a" * 100_001):
        sent = {**datum, "file": (io.BytesIO(content), "points.gpx")}
        refused = recorder.send(f"{page}/plan/points", sent)
        assert refused.status_code == 422
        assert 'id="file-error"' in refused.text or not content


def test_waypoints_are_placed_from_a_datum_that_is_not_kept(recorder, page, find):
    number = find().number
    gpx = '<gpx><wpt lat="35.95001" lon="39.01"><name>B001</name></wpt></gpx>'
    told = {"points": gpx, "latitude": "35.95", "longitude": "39.01", "checked": "y"}
    assert recorder.send(f"{page}/plan/points", told).location
    assert "1.11 m north" in recorder.get(f"/remains/{number}").text
    assert "35.95" not in recorder.get(f"{page}/plan").text


def test_who_works_elsewhere_finds_no_plan(client_as, sessions, page):
    with sessions.transaction() as session:
        other = make_team(session)
    stranger = client_as(Role.RECORDER, team=other)
    assert stranger.get(f"{page}/plan").status_code == 404
    assert stranger.get(f"{page}/plan/points").status_code == 404

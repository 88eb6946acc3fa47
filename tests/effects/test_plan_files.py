"""The plan as files: what goes out reads back in the same place, in metres and in degrees."""

import json

import pytest
from defusedxml.ElementTree import fromstring

from caseman.effects.hand_gps import read_gps
from caseman.effects.plan import Placed, PlanKind
from caseman.effects.plan_files import PlanFile, written
from caseman.effects.tangent_plane import local_metres, on_earth
from caseman.effects.total_station import Datum, read_points

DATUM = Datum(latitude=35.95, longitude=39.01, height=250.0, turned=12.5)
BODY = Placed(PlanKind.BODY, "RQA01-F02-B001", 1.0, -2.5, 1.25, 1, 90)
PHOTO = Placed(PlanKind.PHOTOGRAPH, "RQA01-F02-B001", 1.0, 1.0)


@pytest.mark.parametrize("latitude", [-75.0, -33.0, 0.0, 35.95, 60.0])
@pytest.mark.parametrize("turned", [0.0, 90.0, -17.5])
@pytest.mark.parametrize(("east", "north"), [(0, 0), (0.001, 0), (1000, -1000), (-12.345, 640)])
def test_metres_become_degrees_and_metres_again(latitude, turned, east, north):
    datum = Datum(latitude=latitude, longitude=179.9999, turned=turned)
    again = local_metres(datum, *on_earth(datum, east, north))
    assert again == pytest.approx((east, north), abs=1e-5)


def test_at_the_datum_lies_the_datum():
    assert on_earth(DATUM, 0, 0) == (35.95, 39.01)


@pytest.mark.parametrize("kind", [PlanFile.LOCAL, PlanFile.GEOJSON, PlanFile.GPX])
@pytest.mark.parametrize("east", [-999.999, 0.0, 0.001, 12.345])
def test_every_file_reads_back_in_the_same_place(kind, east):
    body = Placed(PlanKind.BODY, "RQA01-F02-B001", east, -2.5, 1.25, 1, 90)
    read, left = read_gps(written(kind, "RQA01-F02", [body, PHOTO], DATUM), DATUM)
    assert (read.number, read.depth) == (body.number, 1.25)
    assert (read.east, read.north) == pytest.approx((east, -2.5), abs=0.0011)
    assert "own pages" in left.wrong


def test_a_table_reads_back_as_that_of_a_station():
    deepless = Placed(PlanKind.EFFECT, "RQA01-F02-A001", 0.25, 3.0)
    table = written(PlanFile.CSV, "RQA01-F02", [BODY, PHOTO, deepless], Datum())
    body, effect = read_points(table, Datum())
    assert (body.number, body.east, body.north, body.depth) == (BODY.number, 1.0, -2.5, 1.25)
    assert (effect.number, effect.east, effect.north, effect.depth) == (
        deepless.number,
        0.25,
        3.0,
        None,
    )


def test_a_file_in_metres_tells_no_degrees():
    told = json.loads(written(PlanFile.LOCAL, "RQA01-F02", [BODY], DATUM))
    assert told["features"][0]["geometry"]["coordinates"] == [1.0, -2.5]
    assert "not WGS 84" in told["coordinates"]
    assert "35.9" not in json.dumps(told)


def test_geojson_has_longitude_first_and_the_height_of_the_find():
    told = json.loads(written(PlanFile.GEOJSON, "RQA01-F02", [BODY], DATUM))
    longitude, latitude, height = told["features"][0]["geometry"]["coordinates"]
    assert (longitude, latitude) == pytest.approx((39.01, 35.95), abs=1e-4)
    assert height == 248.75
    assert "coordinates" not in told


def test_without_the_height_of_the_surface_there_is_none_of_a_find():
    flat = Datum(latitude=35.95, longitude=39.01)
    told = written(PlanFile.GPX, "RQA01-F02", [BODY], flat)
    assert "<ele>" not in told
    root = fromstring(told)
    assert root.tag == "{http://www.topografix.com/GPX/1/1}gpx"
    assert root[1].get("lat", "").startswith("35.9499")

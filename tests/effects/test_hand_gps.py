"""Points of a hand GPS: degrees become metres of the site; what cannot be read says so."""

import json
from math import cos, radians, sin

import pytest

from caseman.effects.hand_gps import UnreadablePointsError, read_gps
from caseman.effects.tangent_plane import AXIS_M, FLATTENING, local_metres
from caseman.effects.total_station import Datum

DATUM = Datum(latitude=35.95, longitude=39.01, height=250.0)
GPX = """<?xml version="1.0" encoding="ISO-8859-1"?>
<gpx xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="35.95001" lon="39.01"><ele>248.5</ele>
<name>b001</name></wpt><wpt lat="x" lon="1"><name>B002</name></wpt><wpt lat="36" lon="39"/></gpx>"""


def test_waypoints_become_metres_and_a_bad_one_says_why():
    good, unreadable, nameless = read_gps(GPX, DATUM)
    assert (good.number, good.east, good.depth) == ("B001", 0.0, 1.5)
    assert good.north == pytest.approx(1.110, abs=0.001)
    assert "no readable coordinates" in unreadable.wrong
    assert "no number of a find" in nameless.wrong
    assert "are needed" in read_gps(GPX, Datum())[0].wrong


@pytest.mark.parametrize("latitude", [-33.0, 0.0, 35.95, 60.0])
def test_a_kilometre_is_true_to_a_centimetre(latitude):
    """Along the meridian by its arc; along the parallel by the chord of the parallel's circle."""
    squared = FLATTENING * (2 - FLATTENING)

    def curvature(degrees):
        at = 1 - squared * sin(radians(degrees)) ** 2
        return AXIS_M * (1 - squared) / at**1.5

    datum = Datum(latitude=latitude, longitude=39.0)
    step = 0.009
    east, north = local_metres(datum, latitude + step, 39.0)
    assert east == pytest.approx(0, abs=0.001)
    assert north == pytest.approx(curvature(latitude + step / 2) * radians(step), abs=0.01)
    east, north = local_metres(datum, latitude, 39.0 + step)
    normal = AXIS_M / (1 - squared * sin(radians(latitude)) ** 2) ** 0.5
    assert east == pytest.approx(normal * cos(radians(latitude)) * radians(step), abs=0.01)
    assert abs(north) < 0.2  # the parallel bends away from the straight line to the east


def test_the_metres_may_be_turned_from_true_north():
    datum = Datum(latitude=35.0, longitude=39.0, turned=90.0)
    east, north = local_metres(datum, 35.001, 39.0)
    assert (east, north) == (pytest.approx(-110.9, abs=0.1), pytest.approx(0, abs=0.001))


def test_geojson_in_degrees_or_in_metres_as_told():
    point = {"type": "Point", "coordinates": [39.01, 35.95]}
    feature = {"type": "Feature", "properties": {"name": "B001"}, "geometry": point}
    text = json.dumps({"type": "FeatureCollection", "features": [feature, 5]})
    in_degrees, no_point = read_gps(text, DATUM)
    assert (in_degrees.east, in_degrees.north) == (0, 0)
    assert "Only points" in no_point.wrong
    assert read_gps(text, Datum(east=39), in_metres=True)[0].east == pytest.approx(0.01)


@pytest.mark.parametrize(
    "text",
    [
        "<gpx>",
        "<gpx/>",
        '<!DOCTYPE g [<!ENTITY a "b">]><gpx><wpt lat="1" lon="1"><name>&a;</name></wpt></gpx>',
        "{",
        "{}",
        '{"features": 5}',
        '{"a":' + "[" * 50_000,
    ],
)
def test_what_is_no_whole_file_is_refused(text):
    with pytest.raises(UnreadablePointsError):
        read_gps(text, DATUM)


@pytest.mark.parametrize("number", ["1e999", "NaN", "9" * 5000, '"x"', "null", "[1]"])
def test_a_hostile_number_is_no_place(number):
    point = '{"type": "Point", "coordinates": [%s, 35.95]}' % number  # noqa: UP031
    text = '{"features": [{"id": "B001", "geometry": %s}]}' % point  # noqa: UP031
    (read,) = read_gps(text, DATUM)
    assert "no readable coordinates" in read.wrong

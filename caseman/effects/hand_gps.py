"""Points of a hand GPS: waypoints of GPX, points of GeoJSON, in metres of the site."""

import json
import re
from collections.abc import Iterator
from math import cos, isfinite, radians, sin, sqrt
from typing import Any, Final, TypeAlias
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from caseman.coding import N_
from caseman.effects.total_station import Datum, Point, at_most, point_at
from caseman.writing import plain_number

AXIS_M: Final = 6_378_137.0
FLATTENING: Final = 1 / 298.257223563
"""WGS 84: NGA.STND.0036, table 3.1."""
_SQUARED: Final = FLATTENING * (2 - FLATTENING)
_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")
_NUMBER: Final = re.compile(r"-?\d{1,12}(\.\d{1,20})?")
_NAMES: Final = ("number", "name", "id")

Where: TypeAlias = tuple[float | None, float | None, float | None]
"""Longitude, latitude and height, or east, north and height."""


class UnreadablePointsError(Exception):
    """A text that is no whole GPX or GeoJSON; its argument is a message id."""


def is_gps(text: str) -> bool:
    """Say whether a text is GPX or GeoJSON rather than lines of a total station."""
    return text.lstrip().startswith(("<", "{"))


def read_gps(text: str, datum: Datum, *, in_metres: bool = False) -> list[Point]:
    """Return the points of a GPX or GeoJSON text, counted from 1 as they stand in it.

    A GeoJSON file is in metres where ``in_metres`` says so, and where it says so itself as the
    plan's own file does.
    """
    if text.lstrip().startswith("<"):
        return at_most(_waypoints(text, datum))
    return at_most(_geojson(text, datum, in_metres=in_metres))


def local_metres(datum: Datum, latitude: float, longitude: float) -> tuple[float, float]:
    """Return metres east and north of the datum, on the plane that touches the ellipsoid there.

    The topocentric conversion of EPSG guidance note 7-2, 4.1.2, heights left out: what the plane
    takes off a distance is below a millimetre at 1 km.
    """
    at = radians(datum.latitude or 0.0)
    away = radians(longitude - (datum.longitude or 0.0))
    outward, up = _meridian(radians(latitude))
    outward_at, up_at = _meridian(at)
    east = outward * sin(away)
    north = (up - up_at) * cos(at) - (outward * cos(away) - outward_at) * sin(at)
    turned = radians(datum.turned)
    return (
        east * cos(turned) - north * sin(turned),
        east * sin(turned) + north * cos(turned),
    )


def _meridian(latitude: float) -> tuple[float, float]:
    """Return the distances from the axis and from the equator's plane."""
    radius = AXIS_M / sqrt(1 - _SQUARED * sin(latitude) ** 2)
    return radius * cos(latitude), radius * (1 - _SQUARED) * sin(latitude)


def _waypoints(text: str, datum: Datum) -> Iterator[Point]:
    try:
        # It is text already; an encoding that the file names is none of ours.
        root = fromstring(_DECLARATION.sub("", text, count=1).encode())
    except (ParseError, DefusedXmlException) as error:
        raise UnreadablePointsError(N_("The text begins like GPX and is no whole file.")) from error
    waypoints = [each for each in root.iter() if _tag(each) == "wpt"]
    if not waypoints:
        raise UnreadablePointsError(N_("The GPX file holds no waypoints."))
    for place, waypoint in enumerate(waypoints, start=1):
        told = {_tag(each): each.text or "" for each in waypoint}
        longitude, latitude = _decimal(waypoint.get("lon")), _decimal(waypoint.get("lat"))
        where = (longitude, latitude, _decimal(told.get("ele")))
        yield _on_earth(place, told.get("name", ""), where, datum)


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _decimal(text: str | None) -> float | None:
    plain = plain_number(text or "")
    return float(plain) if _NUMBER.fullmatch(plain) else None


def _geojson(text: str, datum: Datum, *, in_metres: bool) -> Iterator[Point]:
    try:
        # Whole numbers too: a thousand digits are infinite and no integer.
        whole = json.loads(text, parse_int=float)
    except (ValueError, RecursionError) as error:
        wrong = N_("The text begins like GeoJSON and is no whole file.")
        raise UnreadablePointsError(wrong) from error
    features = whole.get("features")
    if not isinstance(features, list) or not features:
        raise UnreadablePointsError(N_("The GeoJSON file holds no list of points."))
    said = str(whole.get("coordinates", ""))
    is_own = said.startswith("metres east and north of the local datum")
    for place, feature in enumerate(features, start=1):
        yield _of_feature(place, _table(feature), datum, is_own=is_own, in_metres=in_metres)


def _of_feature(
    place: int, feature: dict[str, Any], datum: Datum, *, is_own: bool, in_metres: bool
) -> Point:
    properties = _table(feature.get("properties"))
    names = [feature.get("id"), *(properties.get(name) for name in _NAMES)]
    name = next((each for each in names if isinstance(each, str) and each.strip()), "")
    geometry = _table(feature.get("geometry"))
    if geometry.get("type") != "Point":
        return Point(place, name.strip().upper(), wrong=N_("Only points are taken."))
    if properties.get("kind") == "photo":
        wrong = N_("Photographs are placed on their own pages.")
        return Point(place, name.strip().upper(), wrong=wrong)
    where = _three(geometry.get("coordinates"))
    if not is_own and not in_metres:
        return _on_earth(place, name, where, datum)
    east, north, height = where
    if east is None or north is None:
        return _no_place(place, name)
    if is_own:
        depth = _three([properties.get("depth_m")])[0]
        return point_at(place, name.strip().upper(), east, north, depth)
    east, north = east - datum.east, north - datum.north
    return point_at(place, name.strip().upper(), east, north, _depth(height, datum))


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _three(values: object) -> Where:
    told = values[:3] if isinstance(values, list) else []
    finite = [each if isinstance(each, float) and isfinite(each) else None for each in told]
    first, second, third = [*finite, None, None, None][:3]
    return first, second, third


def _on_earth(place: int, name: str, where: Where, datum: Datum) -> Point:
    longitude, latitude, height = where
    number = name.strip().upper()
    if not number:
        return Point(place, number, wrong=N_("The point has no number of a find."))
    if latitude is None or longitude is None:
        return _no_place(place, name)
    if datum.latitude is None or datum.longitude is None:
        return Point(place, number, wrong=N_("Latitude and longitude of the datum are needed."))
    east, north = local_metres(datum, latitude, longitude)
    return point_at(place, number, east, north, _depth(height, datum))


def _no_place(place: int, name: str) -> Point:
    return Point(place, name.strip().upper(), wrong=N_("The point has no readable coordinates."))


def _depth(height: float | None, datum: Datum) -> float | None:
    return None if height is None or datum.height is None else round(datum.height - height, 3)

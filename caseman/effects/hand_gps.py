"""Points of a hand GPS: waypoints of GPX, points of GeoJSON, in metres of the site."""

import json
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any, Final, TypeAlias
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from caseman.coding import N_
from caseman.effects.plan import PlanKind
from caseman.effects.tangent_plane import local_metres
from caseman.effects.total_station import Datum, Point, at_most, point_at
from caseman.writing import plain_number

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
        if told.get("type") == PlanKind.PHOTOGRAPH:
            yield _photograph(place, told.get("name", ""))
        else:
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
    if properties.get("kind") == PlanKind.PHOTOGRAPH:
        return _photograph(place, name)
    where = _three(geometry.get("coordinates"))
    depth = _three([properties.get("depth_m")])[0]
    if not is_own and not in_metres:
        return _on_earth(place, name, where, datum, depth)
    east, north, height = where
    if east is None or north is None:
        return _no_place(place, name)
    if is_own:
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


def _photograph(place: int, name: str) -> Point:
    wrong = N_("Photographs are placed on their own pages.")
    return Point(place, name.strip().upper(), wrong=wrong)


def _on_earth(
    place: int, name: str, where: Where, datum: Datum, depth: float | None = None
) -> Point:
    longitude, latitude, height = where
    number = name.strip().upper()
    if not number:
        return Point(place, number, wrong=N_("The point has no number of a find."))
    if latitude is None or longitude is None:
        return _no_place(place, name)
    if datum.latitude is None or datum.longitude is None:
        return Point(place, number, wrong=N_("Latitude and longitude of the datum are needed."))
    east, north = local_metres(datum, latitude, longitude)
    below = _depth(height, datum) if depth is None else depth
    return point_at(place, number, east, north, below)


def _no_place(place: int, name: str) -> Point:
    return Point(place, name.strip().upper(), wrong=N_("The point has no readable coordinates."))


def _depth(height: float | None, datum: Datum) -> float | None:
    return None if height is None or datum.height is None else round(datum.height - height, 3)

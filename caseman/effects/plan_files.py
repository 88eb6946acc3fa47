"""The plan of a grave as files for maps and GPS receivers.

Degrees are worked out from a datum that is told for the file and kept nowhere; the file in metres
tells how things lay to each other and nothing else.
"""

import csv
import json
from collections.abc import Iterable
from io import StringIO
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from caseman.coding import N_, Code
from caseman.effects.plan import Placed, PlanKind
from caseman.effects.tangent_plane import on_earth
from caseman.effects.total_station import Datum

GPX = "http://www.topografix.com/GPX/1/1"
PLACES = 8
"""Of degrees: a millimetre on the ground."""


class PlanFile(Code):
    """What kind of file the plan is taken out as."""

    CSV = "csv", N_("Table of points in metres of the site (CSV)")
    LOCAL = "local", N_("GeoJSON in metres of the site")
    GEOJSON = "geojson", N_("GeoJSON in degrees (WGS 84)")
    GPX = "gpx", N_("GPX waypoints")

    @property
    def is_on_earth(self) -> bool:
        """Whether it tells where on earth the grave is."""
        return self in {PlanFile.GEOJSON, PlanFile.GPX}

    @property
    def suffix(self) -> str:
        """What the file's name ends with."""
        return "geojson" if self in {PlanFile.LOCAL, PlanFile.GEOJSON} else self.value

    @property
    def media_type(self) -> str:
        """The file's type on the internet."""
        kinds = {PlanFile.GPX: "application/gpx+xml", PlanFile.CSV: "text/csv"}
        return kinds.get(self, "application/geo+json")


def written(kind: PlanFile, feature_code: str, placed: Iterable[Placed], datum: Datum) -> str:
    """Return the plan as the text of a file of ``kind``.

    ``read_gps`` reads it again, and ``read_points`` a table.
    """
    if kind is PlanFile.GPX:
        return as_gpx(feature_code, placed, datum)
    if kind is PlanFile.CSV:
        return as_table(placed)
    table = _local if kind is PlanFile.LOCAL else _geojson
    return json.dumps(table(feature_code, placed, datum), ensure_ascii=False, indent=1)


def as_table(placed: Iterable[Placed]) -> str:
    """Return one line a find, as a total station writes it; where cameras stood is left out."""
    out = StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("number", "east", "north", "depth"))
    found = (each for each in placed if each.kind is not PlanKind.PHOTOGRAPH)
    table.writerows((each.number, each.east, each.north, each.depth) for each in found)
    return out.getvalue()


def as_gpx(feature_code: str, placed: Iterable[Placed], datum: Datum) -> str:
    """Return one waypoint a find, named by its number; heights where the surface has one."""
    root = Element("gpx", {"xmlns": GPX, "version": "1.1", "creator": "caseman"})
    SubElement(SubElement(root, "metadata"), "name").text = feature_code
    for each in placed:
        latitude, longitude = on_earth(datum, each.east, each.north)
        place = {"lat": f"{latitude:.{PLACES}f}", "lon": f"{longitude:.{PLACES}f}"}
        waypoint = SubElement(root, "wpt", place)
        if datum.height is not None and each.depth is not None:
            SubElement(waypoint, "ele").text = f"{datum.height - each.depth:.3f}"
        SubElement(waypoint, "name").text = each.number
        SubElement(waypoint, "type").text = each.kind.value
    indent(root, " ")
    return tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _local(feature_code: str, placed: Iterable[Placed], _datum: Datum) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "name": feature_code,
        "coordinates": "metres east and north of the local datum; not WGS 84",
        "features": [_point(each, [each.east, each.north]) for each in placed],
    }


def _geojson(feature_code: str, placed: Iterable[Placed], datum: Datum) -> dict[str, Any]:
    """Return RFC 7946: longitude before latitude, and a height where the surface has one."""
    features = []
    for each in placed:
        latitude, longitude = on_earth(datum, each.east, each.north)
        place = [round(longitude, PLACES), round(latitude, PLACES)]
        if datum.height is not None and each.depth is not None:
            place.append(round(datum.height - each.depth, 3))
        features.append(_point(each, place))
    return {"type": "FeatureCollection", "name": feature_code, "features": features}


def _point(placed: Placed, coordinates: list[float]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": placed.number,
        "geometry": {"type": "Point", "coordinates": coordinates},
        "properties": {
            "kind": placed.kind.value,
            "depth_m": placed.depth,
            "layer": placed.layer,
            "context": placed.context,
            "direction_deg": placed.direction,
        },
    }

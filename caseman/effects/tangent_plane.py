"""The plane that touches the ellipsoid at the datum of a site: degrees to metres and back.

The topocentric conversion of EPSG guidance note 7-2, 4.1.2, heights left out: what the plane
takes off a distance is below a millimetre at 1 km.
"""

from math import cos, degrees, hypot, radians, sin, sqrt
from typing import Final

from caseman.effects.total_station import Datum

AXIS_M: Final = 6_378_137.0
FLATTENING: Final = 1 / 298.257223563
"""WGS 84: NGA.STND.0036, table 3.1."""
_SQUARED: Final = FLATTENING * (2 - FLATTENING)
_NEAR_M: Final = 1e-6
_MOST_STEPS: Final = 20


def local_metres(datum: Datum, latitude: float, longitude: float) -> tuple[float, float]:
    """Return metres east and north of the datum, on the plane that touches the ellipsoid there."""
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


def on_earth(datum: Datum, east: float, north: float) -> tuple[float, float]:
    """Return the latitude and longitude, in degrees, whose ``local_metres`` these are.

    Found by steps of the local radii of curvature: near a datum the first is already close.
    """
    latitude, longitude = datum.latitude or 0.0, datum.longitude or 0.0
    turned = radians(-datum.turned)
    for _step in range(_MOST_STEPS):
        there_east, there_north = local_metres(datum, latitude, longitude)
        left_east, left_north = east - there_east, north - there_north
        if hypot(left_east, left_north) < _NEAR_M:
            break
        true_east = left_east * cos(turned) - left_north * sin(turned)
        true_north = left_east * sin(turned) + left_north * cos(turned)
        along, across = _radii(radians(latitude))
        latitude += degrees(true_north / along)
        longitude += degrees(true_east / across)
    return latitude, longitude


def _radii(latitude: float) -> tuple[float, float]:
    """Return the radius of curvature along the meridian, and that of the parallel circle."""
    root = 1 - _SQUARED * sin(latitude) ** 2
    return AXIS_M * (1 - _SQUARED) / root**1.5, AXIS_M * cos(latitude) / sqrt(root)


def _meridian(latitude: float) -> tuple[float, float]:
    """Return the distances from the axis and from the equator's plane."""
    radius = AXIS_M / sqrt(1 - _SQUARED * sin(latitude) ** 2)
    return radius * cos(latitude), radius * (1 - _SQUARED) * sin(latitude)

"""Points of a total station: one line each, with a header or as number, east, north, height."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from caseman.coding import N_
from caseman.writing import plain_number

MOST: Final = 5000
"""Points taken at once."""
FARTHEST: Final = 1000.0
DEEPEST: Final = 100.0
_NAMES: Final = {
    "number": ("number", "point", "id", "name", "pt", "label"),
    "east": ("east", "easting", "e", "x", "east_m", "grid_e_m"),
    "north": ("north", "northing", "n", "y", "north_m", "grid_n_m"),
    "height": ("height", "elevation", "z", "h", "elev"),
    "depth": ("depth", "depth_m", "d"),
}
_NUMBER: Final = re.compile(r"-?\d{1,12}(\.\d{1,12})?")
_PLAIN: Final = ("number", "east", "north", "height")


@dataclass(frozen=True, slots=True)
class Datum:
    """What is taken off each point, in the station's own metres; it is never kept."""

    east: float = 0.0
    north: float = 0.0
    height: float | None = None
    """Of the surface, so that depth is what lies below it."""
    latitude: float | None = None
    longitude: float | None = None
    turned: float = 0.0
    """Degrees clockwise from true north to the north of the site's metres."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point in metres from the datum, or why its line was not understood."""

    line: int
    number: str
    east: float = 0.0
    north: float = 0.0
    depth: float | None = None
    wrong: str = ""
    """A message id."""
    values: Mapping[str, object] = field(default_factory=dict)


def read_points(text: str, datum: Datum) -> list[Point]:
    """Return every line of ``text`` as a point; the first beyond ``MOST`` says that it is."""
    return at_most(_points(text, datum))


def at_most(points: Iterator[Point]) -> list[Point]:
    """Return the first ``MOST`` points, and one that says so where there are more."""
    taken = list(islice(points, MOST))
    if (rest := next(points, None)) is not None:
        too_many = N_("At most %(most)s points are taken at once: this one and the rest are not.")
        taken.append(Point(rest.line, rest.number, wrong=too_many, values={"most": MOST}))
    return taken


def _points(text: str, datum: Datum) -> Iterator[Point]:
    lines = [(at, line) for at, line in enumerate(text.splitlines(), start=1) if line.strip()]
    separator = _separator(lines[0][1]) if lines else ","
    columns: tuple[str, ...] = _PLAIN
    for place, (at, line) in enumerate(lines):
        # Line by line, so that a quotation mark left open swallows no other line.
        cells = next(csv.reader([line], delimiter=separator))
        if place == 0 and _is_header(cells):
            columns = _header(cells)
        else:
            yield _point(at, dict(zip(columns, cells, strict=False)), datum)


def _separator(line: str) -> str:
    return next((mark for mark in (";", "\t") if mark in line), ",")


def _is_header(cells: list[str]) -> bool:
    known = {name for names in _NAMES.values() for name in names}
    return sum(cell.strip().lower() in known for cell in cells) >= 3


def _header(cells: list[str]) -> tuple[str, ...]:
    by_name = {name: ours for ours, names in _NAMES.items() for name in names}
    return tuple(by_name.get(cell.strip().lower(), "") for cell in cells)


def _point(line: int, row: Mapping[str, str], datum: Datum) -> Point:
    number = row.get("number", "").strip().upper()
    east, north = _metres(row.get("east")), _metres(row.get("north"))
    if not number:
        return Point(line, number, wrong=N_("The line has no number of a find."))
    if east is None or north is None:
        return Point(line, number, wrong=N_("East and north must be numbers in metres."))
    return point_at(line, number, east - datum.east, north - datum.north, _depth(row, datum))


def point_at(line: int, number: str, east: float, north: float, depth: float | None) -> Point:
    """Return a point in metres from the datum, or what cannot be about it."""
    east, north = round(east, 3), round(north, 3)
    if max(abs(east), abs(north)) > FARTHEST:
        return Point(
            line,
            number,
            wrong=N_(
                "It lies more than %(most)s m from the datum. Give the datum in the metres of the "
                "station: it is taken off and not kept."
            ),
            values={"most": int(FARTHEST)},
        )
    if depth is not None and not 0 <= depth <= DEEPEST:
        return Point(
            line,
            number,
            wrong=N_("The depth comes out as %(depth)s m; 0 to %(most)s m is expected."),
            values={"depth": depth, "most": int(DEEPEST)},
        )
    return Point(line, number, east, north, depth)


def _depth(row: Mapping[str, str], datum: Datum) -> float | None:
    depth = _metres(row.get("depth"))
    if depth is not None:
        return round(depth, 3)
    height = _metres(row.get("height"))
    return None if height is None or datum.height is None else round(datum.height - height, 3)


def _metres(text: str | None) -> float | None:
    plain = plain_number(text or "")
    return float(plain) if _NUMBER.fullmatch(plain) else None

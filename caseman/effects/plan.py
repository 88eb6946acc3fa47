"""The plan of a grave: what was found, in metres from the datum, drawn to scale with north above.

The metres are of a local datum: they tell how things lay to each other, never where on earth.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from caseman.coding import N_, Code
from caseman.effects.labelling import Box, Label, Line, Mark, along, place_labels

CENTIMETRES = 100
"""Units of the drawing in a metre."""
BODY_M = 1.6
"""A body whose direction is known is drawn as a line of this length about its place."""
LEAST_M = 2.0
"""No plan shows less than this, or two finds beside each other would fill it."""
STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)


class PlanKind(Code):
    """What a sign of the plan stands for."""

    BODY = "body", N_("Body")
    PART = "part", N_("Part, bone or lot")
    EFFECT = "effect", N_("Effect")
    PHOTOGRAPH = "photo", N_("Photograph, taken from here")


@dataclass(frozen=True, slots=True)
class Placed:
    """One find or photograph with its place: metres east and north of the datum."""

    kind: PlanKind
    number: str
    east: float
    north: float
    depth: float | None = None
    layer: int | None = None
    direction: int | None = None
    """Degrees from north: from head to feet of a body, into the picture of a photograph."""
    context: str | None = None
    """Code of the context it lay in, such as C003."""
    picture: int | None = None
    """Which photograph of that number it is."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign as it is drawn, in centimetres with y downwards; ``line`` ends at (x2, y2)."""

    placed: Placed
    short: str
    x: float
    y: float
    x1: float
    y1: float
    x2: float
    y2: float
    depth_class: int
    """0 to 3, the deeper the darker; 0 where no depth is known."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that the template draws."""

    signs: list[Sign]
    labels: list[Label | None]
    """One for each sign, in their order; photographs have none."""
    left: float
    top: float
    width: float
    height: float
    letter: float
    """Height of a letter, so that numbers are readable at any scale."""
    bar_m: float
    """Length of the scale bar in metres."""
    grid_x: list[float]
    grid_y: list[float]

    @property
    def bar(self) -> float:
        """The length of the scale bar as drawn."""
        return self.bar_m * CENTIMETRES


def draw(placed: Sequence[Placed], feature_code: str = "") -> Plan | None:
    """Return the plan of what has a place; None where nothing has."""
    if not placed:
        return None
    left, right = _span([each.east for each in placed])
    bottom, top = _span([each.north for each in placed])
    width, height = right - left, top - bottom
    letter = max(width, height) * CENTIMETRES / 36
    bar = max(step for step in STEPS if step <= max(width / 3, STEPS[0]))
    deepest = _depths(placed)
    signs = [_sign(each, feature_code, deepest) for each in placed]
    frame = Box(_drawn(left), _drawn(-top), _drawn(right), _drawn(-bottom))
    return Plan(
        signs,
        _labels(signs, letter, frame, bar * CENTIMETRES),
        frame.left,
        frame.top,
        _drawn(width),
        _drawn(height),
        round(letter, 1),
        bar,
        _lines(left, right, bar),
        [-each for each in _lines(bottom, top, bar)],
    )


def _drawn(metres: float) -> float:
    return round(metres * CENTIMETRES, 1)


def _span(values: Sequence[float]) -> tuple[float, float]:
    """Return the least and most shown, with a margin that holds a body and its number."""
    low, high = min(values), max(values)
    margin = max(BODY_M / 2 + 0.4, (high - low) / 10)
    spare = max(0.0, LEAST_M - (high - low)) / 2
    return low - margin - spare, high + margin + spare


def _lines(low: float, high: float, step: float) -> list[float]:
    first = int(low // step) + 1
    return [round(at * step, 3) * CENTIMETRES for at in range(first, int(high // step) + 1)]


def _depths(placed: Iterable[Placed]) -> tuple[float, float] | None:
    told = [each.depth for each in placed if each.depth is not None]
    return (min(told), max(told)) if told else None


def _sign(placed: Placed, feature_code: str, depths: tuple[float, float] | None) -> Sign:
    x, y = _drawn(placed.east), _drawn(-placed.north)
    reach = 0.0
    if placed.direction is not None:
        reach = BODY_M / 2 if placed.kind is PlanKind.BODY else 0.6
    angle = radians(placed.direction or 0)
    dx, dy = _drawn(reach * sin(angle)), _drawn(-reach * cos(angle))
    is_body = placed.kind is PlanKind.BODY
    return Sign(
        placed,
        placed.number.removeprefix(f"{feature_code}-"),
        x,
        y,
        x - dx if is_body else x,
        y - dy if is_body else y,
        x + dx,
        y + dy,
        _depth_class(placed.depth, depths),
    )


def _labels(signs: Sequence[Sign], letter: float, frame: Box, bar: float) -> list[Label | None]:
    """Return where the number of each sign stands, clear of signs, north arrow and scale bar."""
    north = Box(frame.right - 2.4 * letter, frame.top, frame.right, frame.top + 3.6 * letter)
    scale = Box(frame.left, frame.bottom - 2.6 * letter, frame.left + bar + letter, frame.bottom)
    kept_free, marks = [north, scale], list[Mark]()
    for sign in signs:
        # A body is a circle at its head and a line to its feet, all else has its mark in place.
        kept_free += along(Line(sign.x1, sign.y1, sign.x1, sign.y1), letter / 2)
        kept_free += along(Line(sign.x1, sign.y1, sign.x2, sign.y2), letter / 8)
        if sign.placed.kind is not PlanKind.PHOTOGRAPH:
            marks.append(Mark(sign.x1, sign.y1, sign.short))
    placed = iter(place_labels(marks, letter, frame, kept_free))
    is_numbered = (sign.placed.kind is not PlanKind.PHOTOGRAPH for sign in signs)
    return [next(placed) if each else None for each in is_numbered]


def _depth_class(depth: float | None, depths: tuple[float, float] | None) -> int:
    if depth is None or depths is None:
        return 0
    low, high = depths
    return 1 if high == low else 1 + min(2, int(3 * (depth - low) / (high - low)))

"""Where the boxes and lines of a Harris matrix stand, in units of the drawing's box."""

from collections.abc import Mapping
from dataclasses import dataclass

from caseman.stratigraphy.harris import Matrix
from caseman.stratigraphy.models import Context

WIDE, HIGH = 84, 34
"""A box of one context; one more in the group makes it wider by ``MORE``."""
MORE, GAP, STEP = 48, 20, 74


@dataclass(frozen=True, slots=True)
class Box:
    """Contexts that are the same, as one box; ``x`` and ``y`` are its upper left corner."""

    contexts: tuple[Context, ...]
    x: float
    y: float
    width: float
    height: float = HIGH

    @property
    def middle(self) -> float:
        """Where lines meet its upper and lower side."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Line:
    """From the later box down to the earlier one, with a bend half way."""

    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def bend(self) -> float:
        """The height at which it turns."""
        return (self.y1 + self.y2) / 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that the template draws."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float


def draw(matrix: Matrix, contexts: Mapping[int, Context]) -> Drawing:
    """Return the drawing, the latest contexts on top, each row in the middle of the widest."""
    widths = {key: WIDE + MORE * (len(group) - 1) for key, group in matrix.groups.items()}
    rows = [sum(widths[key] + GAP for key in level) - GAP for level in matrix.levels]
    whole = max(rows) + 2 * GAP
    boxes: dict[int, Box] = {}
    for number, level in enumerate(matrix.levels):
        x = (whole - rows[number]) / 2
        for key in level:
            members = tuple(contexts[each] for each in matrix.groups[key])
            boxes[key] = Box(members, x, GAP + number * STEP, widths[key])
            x += widths[key] + GAP
    lines = tuple(_line(boxes[upper], boxes[lower]) for upper, lower in matrix.edges)
    height = GAP * 2 + STEP * (len(matrix.levels) - 1) + HIGH
    return Drawing(tuple(boxes.values()), lines, whole, height)


def _line(upper: Box, lower: Box) -> Line:
    return Line(upper.middle, upper.y + HIGH, lower.middle, lower.y)

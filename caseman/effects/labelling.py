"""Where the numbers of a plan are written, so that each is readable and none covers another.

The nearest free place about a mark is taken, then one further away that a line leads to. The same
marks in the same order always give the same places.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, cos, hypot, radians, sin
from typing import Final, NamedTuple

LETTER_WIDTH: Final = 0.62
"""Of a fixed-width letter, as part of its height."""
BASELINE: Final = 0.15
"""How far the line that letters stand on lies above the lower edge of their box."""
GAP: Final = 0.2
"""Between a mark and its number where no line leads to it, in heights of a letter."""
RINGS: Final = (0.0, 1.2, 2.4, 3.6, 5.0, 6.5, 8.0, 10.0, 12.0, 15.0, 18.0)
"""How much further away than the gap a number may stand; a line leads to all but the first."""
_BESIDE: Final = (0, 270, 90, 180, 315, 45, 225, 135)
_AROUND: Final = tuple(15 * step for step in range(24))
"""Degrees, clockwise from the right as the drawing runs."""


class Box(NamedTuple):
    """A rectangle of the drawing, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Say whether the two have more than an edge in common."""
        beside = self.left < other.right and other.left < self.right
        return beside and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: "Box") -> bool:
        """Say whether ``other`` lies within this one."""
        beside = self.left <= other.left and other.right <= self.right
        return beside and self.top <= other.top and other.bottom <= self.bottom


class Line(NamedTuple):
    """A straight line of the drawing."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Mark:
    """What has a number: the middle of its sign, and the words beside it."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Label:
    """Where a number stands, with the line that leads to it where it stands further away."""

    box: Box
    letter: float
    leader: Line | None = None

    @property
    def x(self) -> float:
        """Where its first letter begins."""
        return round(self.box.left, 1)

    @property
    def y(self) -> float:
        """The line that its letters stand on."""
        return round(self.box.bottom - BASELINE * self.letter, 1)


class _Taken:
    """Boxes that are taken, found by where they lie."""

    def __init__(self, cell: float, boxes: Iterable[Box] = ()) -> None:
        self.cell = cell
        self.cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
        self.add(boxes)

    def add(self, boxes: Iterable[Box]) -> None:
        for box in boxes:
            for at in self._under(box):
                self.cells[at].append(box)

    def meets(self, box: Box) -> bool:
        return any(box.meets(other) for at in self._under(box) for other in self.cells.get(at, ()))

    def _under(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box.left // self.cell), int(box.right // self.cell) + 1):
            for row in range(int(box.top // self.cell), int(box.bottom // self.cell) + 1):
                yield column, row


def place_labels(
    marks: Sequence[Mark], letter: float, frame: Box, kept_free: Iterable[Box] = ()
) -> list[Label]:
    """Return a label for each mark, in their order, within ``frame``.

    No label covers another as long as there is room for all. Where there is room for that too,
    none covers what is ``kept_free`` and no line that leads to one runs through another.
    """
    cell = 3 * letter
    taken, drawn = _Taken(cell), _Taken(cell, kept_free)
    labels = []
    for mark in marks:
        label = _label(mark, letter, frame, taken, drawn)
        labels.append(label)
        taken.add([label.box])
        if label.leader is not None:
            drawn.add(along(label.leader, letter / 4))
    return labels


def _label(mark: Mark, letter: float, frame: Box, taken: _Taken, drawn: _Taken) -> Label:
    best, least = None, 4
    for label in _places(mark, letter):
        if not frame.holds(label.box) or taken.meets(label.box):
            continue
        # To cover a part of a sign is better than a line through another number.
        faults = 1 if drawn.meets(label.box) else 0
        if faults < least and label.leader is not None:
            faults += 2 * any(map(taken.meets, along(label.leader, letter / 4)))
        if faults < least:
            best, least = label, faults
        if not least:
            break
    return best or next(_places(mark, letter))


def _places(mark: Mark, letter: float) -> Iterator[Label]:
    """Yield where the number of a mark may stand, the best place first."""
    half_width = (len(mark.words) * LETTER_WIDTH + 0.2) * letter / 2
    half_height = letter / 2
    for ring in RINGS:
        for degrees in _AROUND if ring else _BESIDE:
            right, down = cos(radians(degrees)), sin(radians(degrees))
            # On a rectangle rather than a circle: a number is wider than high.
            reach = (0.5 + GAP + ring) * letter
            edge = max(abs(right), abs(down))
            x = mark.x + right / edge * (reach + half_width)
            y = mark.y + down / edge * (reach + half_height)
            box = Box(x - half_width, y - half_height, x + half_width, y + half_height)
            yield Label(box, letter, _leader(mark, box) if ring else None)


def _leader(mark: Mark, box: Box) -> Line:
    x = min(max(mark.x, box.left), box.right)
    y = min(max(mark.y, box.top), box.bottom)
    return Line(round(mark.x, 1), round(mark.y, 1), round(x, 1), round(y, 1))


def along(line: Line, half: float) -> list[Box]:
    """Return small boxes that cover a line, of twice ``half`` each."""
    wide, high = line.x2 - line.x1, line.y2 - line.y1
    steps = max(1, ceil(hypot(wide, high) / (2 * half)))
    boxes = []
    for step in range(steps + 1):
        x, y = line.x1 + wide * step / steps, line.y1 + high * step / steps
        boxes.append(Box(x - half, y - half, x + half, y + half))
    return boxes

"""The drawn skeleton: where each bone stands, seen from the front, palms forward.

Units are those of the drawing's box. The person's right is on the viewer's left in every language.
Bones that another hides from the front stand in a column of their own beside the head and chest.
"""

from collections.abc import Iterator
from functools import cache
from math import cos, hypot, pi, sin
from typing import Final, NamedTuple

from caseman.remains.codes import BoneSide

WIDTH: Final = 440
HEIGHT: Final = 880
MIDDLE: Final = 200

Point = tuple[float, float]


class Shape(NamedTuple):
    """The outline of one bone as the path of an SVG."""

    element: str
    side: BoneSide
    path: str
    part: str = ""
    """Which part of a young bone."""


@cache
def shapes() -> tuple[Shape, ...]:
    """Return every bone of an adult, those of the head first."""
    middle = (Shape(element, BoneSide.MIDDLE, path) for element, path in _middle())
    left = list(_left())
    paired = (
        Shape(element, side, path(element, points, side is BoneSide.RIGHT))
        for side in (BoneSide.RIGHT, BoneSide.LEFT)
        for element, points in left
    )
    return (*middle, *paired)


def path(element: str, points: list[Point], mirrored: bool) -> str:  # noqa: FBT001
    """Return the outline; the bones of the column of hidden ones move aside, not across."""
    if mirrored:
        shift = element in _HIDDEN_PAIRS
        points = [(x - 22 if shift else 2 * MIDDLE - x, y) for x, y in points]
    return closed(points)


def closed(points: list[Point]) -> str:
    """Return the path of an outline."""
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + "Z"


def bar(start: Point, end: Point, width: float, knob: float = 1.0) -> list[Point]:
    """Return a long bone from ``start`` to ``end``, its ends wider by ``knob``."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    across = (-along[1], along[0])
    ends = min(length / 4, width * 1.4)
    edge = [(0.0, knob), (ends * 0.6, knob), (ends * 1.3, 1.0)]
    edge += [(length - at, wide) for at, wide in reversed(edge)]

    def at(distance: float, out: float) -> Point:
        out *= width / 2
        return (
            start[0] + along[0] * distance + across[0] * out,
            start[1] + along[1] * distance + across[1] * out,
        )

    return [at(d, w) for d, w in edge] + [at(d, -w) for d, w in reversed(edge)]


def disc(x: float, y: float, width: float, height: float | None = None) -> list[Point]:
    """Return an oval around a point."""
    tall = width if height is None else height
    turns = (2 * pi * step / 14 for step in range(14))
    return [(x + width / 2 * cos(turn), y + tall / 2 * sin(turn)) for turn in turns]


def box(x: float, y: float, width: float, height: float) -> list[Point]:
    """Return a box with its corners cut, from its upper left one."""
    right, bottom = x + width, y + height
    cut = min(width, height) / 4
    return [
        (x + cut, y), (right - cut, y), (right, y + cut), (right, bottom - cut),
        (right - cut, bottom), (x + cut, bottom), (x, bottom - cut), (x, y + cut),
    ]  # fmt: skip


_HIDDEN_MIDDLE: Final = ("OCC", "SPH", "ETH", "VOM", "HYO", "COC", "STE")
_HIDDEN_PAIRS: Final = ("LAC", "PAL", "INC", "MAL", "INS", "STA")
_HIDDEN_X: Final = 390


def _middle() -> Iterator[tuple[str, str]]:
    brow = [(164, 62), (166, 40), (180, 24), (200, 19), (220, 24), (234, 40), (236, 62)]
    yield "FRO", closed([*brow, (212, 66), (200, 60), (188, 66)])
    jaw = [(170, 108), (176, 128), (188, 140), (212, 140), (224, 128), (230, 108)]
    yield "MAN", closed([*jaw, (222, 110), (214, 126), (200, 129), (186, 126), (178, 110)])
    y = 146.0
    for region, count, width, height in (("C", 7, 22, 7), ("T", 12, 26, 13), ("L", 5, 36, 17)):
        for number in range(1, count + 1):
            yield f"{region}{number}", closed(box(MIDDLE - width / 2, y, width, height))
            y += height + 2
    yield (
        "SAC",
        closed([(172, y), (228, y), (222, y + 22), (206, y + 44), (194, y + 44), (178, y + 22)]),
    )
    for place, element in enumerate(_HIDDEN_MIDDLE):
        tall = 44 if element == "STE" else 18
        yield element, closed(box(_HIDDEN_X - 13, 30 + place * 24, 26, tall))


def _left() -> Iterator[tuple[str, list[Point]]]:
    """Yield the outlines of the left side of the body."""
    yield from _face()
    yield from _chest()
    yield from _arm()
    yield from _leg()
    for place, element in enumerate(_HIDDEN_PAIRS):
        yield element, box(_HIDDEN_X + 2, 250 + place * 22, 18, 16)


def _face() -> Iterator[tuple[str, list[Point]]]:
    yield "PAR", [(222, 22), (238, 38), (240, 60), (246, 58), (246, 36), (234, 18)]
    yield "TEM", [(238, 64), (246, 62), (244, 88), (236, 96), (234, 80)]
    yield "ZYG", [(216, 84), (232, 78), (232, 92), (222, 98)]
    yield "NAS", [(201, 64), (207, 68), (206, 82), (201, 84)]
    yield "MAX", [(202, 88), (214, 86), (222, 101), (220, 110), (202, 112)]


def _chest() -> Iterator[tuple[str, list[Point]]]:
    yield "CLA", bar((212, 206), (276, 192), 8, 1.3)
    yield "SCA", [(284, 204), (306, 210), (302, 226), (288, 270), (276, 232)]
    for number in range(1, 13):
        y = 212 + (number - 1) * 14.5
        reach = (36, 46, 54, 60, 64, 67, 69, 69, 66, 58, 44, 28)[number - 1]
        drop = (4, 8, 12, 16, 19, 22, 24, 26, 26, 24, 18, 10)[number - 1]
        yield f"R{number}", [
            (216, y), (216 + reach * 0.6, y + drop * 0.15), (216 + reach, y + drop),
            (216 + reach * 0.94, y + drop + 7), (216 + reach * 0.56, y + drop * 0.2 + 7),
            (216, y + 6),
        ]  # fmt: skip


def _arm() -> Iterator[tuple[str, list[Point]]]:
    yield "HUM", bar((312, 214), (328, 356), 14, 1.5)
    yield "ULN", bar((324, 362), (338, 476), 9, 1.3)
    yield "RAD", bar((338, 364), (354, 476), 9, 1.4)
    for row, carpals in enumerate((("PIS", "TRQ", "LUN", "SCD"), ("HAM", "CAP", "TRD", "TRM"))):
        for place, element in enumerate(carpals):
            yield element, disc(331 + place * 10.5, 486 + row * 11, 9.5)
    for finger in range(1, 6):
        x = 374 - (finger - 1) * 11.5
        top = 505 if finger > 1 else 500
        yield f"MC{finger}", bar((x - 2, top), (x, top + 24), 6, 1.3)
        y = top + 27.0
        parts = ("PHP", "PHD") if finger == 1 else ("PHP", "PHI", "PHD")
        for part, length in zip(parts, (17, 12, 8), strict=False):
            yield f"{part}{finger}", bar((x, y), (x + 1, y + length), 5.5, 1.2)
            y += length + 3


def _leg() -> Iterator[tuple[str, list[Point]]]:
    yield "COX", [
        (230, 416), (262, 404), (274, 420), (268, 446), (256, 462), (262, 484), (246, 494),
        (232, 500), (206, 490), (208, 482), (230, 480), (236, 456), (228, 436),
    ]  # fmt: skip
    yield "FEM", [
        (248, 470), (260, 464), (272, 478), (276, 490), (262, 560), (258, 628), (264, 648),
        (236, 648), (244, 628), (250, 560), (256, 496), (246, 486),
    ]  # fmt: skip
    yield "PAT", disc(250, 658, 16, 15)
    yield "TIB", bar((248, 670), (250, 800), 13, 1.8)
    yield "FIB", bar((266, 676), (264, 804), 6, 1.5)
    yield "TAL", disc(252, 812, 20, 10)
    yield "CAL", disc(272, 814, 12, 14)
    yield "NAV", disc(250, 823, 15, 8)
    yield "CUB", disc(268, 827, 12, 10)
    for place, element in enumerate(("CU1", "CU2", "CU3")):
        yield element, disc(243 + place * 8.5, 832, 8, 7)
    for toe in range(1, 6):
        x = 242 + (toe - 1) * 8.5
        yield f"MT{toe}", bar((x, 838), (x + 1, 853), 5.5, 1.2)
        y = 855.0
        parts = ("PFP", "PFD") if toe == 1 else ("PFP", "PFI", "PFD")
        for part, length in zip(parts, (7, 5, 4), strict=False):
            yield f"{part}{toe}", bar((x + 1, y), (x + 1, y + length), 5, 1.1)
            y += length + 1

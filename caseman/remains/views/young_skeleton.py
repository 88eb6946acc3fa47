"""The parts of young bones, drawn where the bone of an adult stands, with gaps between them.

What lies behind another part from the front stands in the column of hidden bones, as there.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from caseman.remains.adapters import PARTS
from caseman.remains.codes import BoneSide
from caseman.remains.views.skeleton import MIDDLE, Point, Shape, bar, box, closed, disc

Points = list[Point]
Drawn = Mapping[str, Points]
"""Part of a bone -> its outline, on the left side of the body."""


@cache
def young_shapes() -> Mapping[tuple[str, BoneSide], tuple[Shape, ...]]:
    """Return the outlines of the parts of each bone that grows from several."""
    outlines = {**dict(_middle()), **dict(_left())}
    shapes = defaultdict(list)
    for part in PARTS:
        points = outlines[part.element][part.name]
        if part.side is BoneSide.RIGHT:
            points = _across(points)
        shape = Shape(part.element, part.side, closed(points), part.name)
        shapes[part.element, part.side].append(shape)
    return {key: tuple(some) for key, some in shapes.items()}


def _across(points: Points) -> Points:
    return [(2 * MIDDLE - x, y) for x, y in points]


def _halves(name: str, left: Points) -> dict[str, Points]:
    """Return the right and the left half of one bone in the middle."""
    return {f"R {name}": _across(left), f"L {name}": left}


def _middle() -> Iterator[tuple[str, Drawn]]:
    yield "FRO", _halves("half", [
        (201, 19), (220, 24), (234, 40), (236, 62), (212, 66), (201, 60),
    ])  # fmt: skip
    yield "MAN", _halves("half", [
        (201, 129), (214, 126), (222, 110), (230, 108), (224, 128), (212, 140), (201, 140),
    ])  # fmt: skip
    yield from _hidden()
    yield from _spine()
    yield (
        "SAC",
        {
            **{
                f"S{n}": box(MIDDLE - 15 + 2 * n, 476 + 9 * n, 30 - 4 * n, 7.5) for n in range(1, 6)
            },
            **_halves("lateral", [(215, 487), (227, 486), (222, 508), (211, 522)]),
            "arches": box(377, 234, 26, 9),
        },
    )


def _hidden() -> Iterator[tuple[str, Drawn]]:
    yield (
        "OCC",
        {
            "squama": box(377, 28, 26, 9),
            "R lateral": box(377, 39, 7, 10),
            "L lateral": box(396, 39, 7, 10),
            "basilar": box(386, 39, 8, 10),
        },
    )
    yield (
        "SPH",
        {
            "body": box(386, 58, 8, 12),
            "R greater wing": box(375, 61, 9, 10),
            "L greater wing": box(396, 61, 9, 10),
            "R lesser wing": box(377, 53, 8, 6),
            "L lesser wing": box(395, 53, 8, 6),
        },
    )
    yield (
        "HYO",
        {
            "body": box(384, 136, 12, 9),
            "R greater horn": box(375, 126, 7, 15),
            "L greater horn": box(398, 126, 7, 15),
        },
    )
    yield (
        "STE",
        {
            "manubrium": box(376, 172, 28, 10),
            **{f"sternebra {n}": box(381, 174 + 10 * n, 18, 8) for n in range(1, 5)},
            "xiphoid": box(386, 224, 8, 8),
        },
    )


def _spine() -> Iterator[tuple[str, Drawn]]:
    y = 146.0
    for region, count, wide, arch, height in (
        ("C", 7, 12, 10.0, 7),
        ("T", 12, 13, 7.5, 13),
        ("L", 5, 19, 10.0, 17),
    ):
        for number in range(1, count + 1):
            yield f"{region}{number}", _vertebra(f"{region}{number}", y, wide / 2, arch, height)
            y += height + 2


def _vertebra(element: str, y: float, half: float, arch: float, height: float) -> Drawn:
    inner, outer = MIDDLE + half + 1, MIDDLE + half + 1 + arch
    ring = height * 0.22
    arches = _halves("arch", [
        (inner, y), (inner + arch * 0.6, y), (outer, y + height * 0.3),
        (outer - arch * 0.2, y + height * 0.75), (inner, y + height * 0.8),
    ])  # fmt: skip
    if element == "C1":
        return {**arches, "anterior arch": box(MIDDLE - half, y + 1, 2 * half, 4)}
    body = {"centrum": box(MIDDLE - half, y, 2 * half, height - ring - 0.8)}
    rings = {"rings": box(MIDDLE - half, y + height - ring, 2 * half, ring)}
    if element == "C2":
        body = {
            "dens": box(MIDDLE - 2.5, y - 1.5, 5, 3.5),
            "centrum": box(MIDDLE - half, y + 2.6, 2 * half, 2.2),
        }
    return {**body, **arches, **rings}


def _left() -> Iterator[tuple[str, Drawn]]:
    yield (
        "TEM",
        {
            "squama": [(238, 64), (246, 62), (245, 77), (235, 79)],
            "petromastoid": [(235, 81), (245, 79), (244, 88), (236, 96)],
            "tympanic ring": disc(250, 84, 6, 8),
        },
    )
    yield from _chest()
    yield from _arm()
    yield from _leg()


def _chest() -> Iterator[tuple[str, Drawn]]:
    yield (
        "CLA",
        {
            "shaft": bar((219, 204.5), (268, 193.7), 8, 1.2),
            "medial flake": disc(213.5, 205.6, 6, 10),
            "lateral flake": disc(274, 192.4, 6, 9),
        },
    )
    yield (
        "SCA",
        {
            "body": [(283, 212), (294, 214), (295, 228), (288, 261), (280, 232)],
            "coracoid": disc(288, 205.5, 9, 7),
            "acromial epiphysis": disc(301, 205, 11, 6),
            "glenoid rim": disc(299, 219, 4.5, 13),
            "inferior angle": disc(288, 268, 9, 9),
            "medial border": [
                (275, 212),
                (280.5, 212),
                (277, 232),
                (284, 260),
                (281, 262),
                (272, 232),
            ],
        },
    )
    for number in range(1, 13):
        y = 212 + (number - 1) * 14.5
        reach = (36, 46, 54, 60, 64, 67, 69, 69, 66, 58, 44, 28)[number - 1]
        drop = (4, 8, 12, 16, 19, 22, 24, 26, 26, 24, 18, 10)[number - 1]
        yield f"R{number}", {
            "shaft": [
                (226, y), (216 + reach * 0.6, y + drop * 0.15), (216 + reach, y + drop),
                (216 + reach * 0.94, y + drop + 7), (216 + reach * 0.56, y + drop * 0.2 + 7),
                (226, y + 6),
            ],
            "head epiphysis": disc(217.5, y + 3, 4, 6),
            "tubercle epiphysis": disc(222.8, y + 3, 4, 6),
        }  # fmt: skip


def _arm() -> Iterator[tuple[str, Drawn]]:
    yield (
        "HUM",
        {
            "shaft": bar((315, 236), (325.5, 334), 14, 1.25),
            "articular head": disc(309, 219, 15, 15),
            "greater tubercle": disc(322, 221, 9, 14),
            "lesser tubercle": disc(315.5, 230, 7, 6.5),
            "trochlea": disc(322.5, 349, 10, 10),
            "capitulum": disc(333.5, 348, 10, 10),
            "medial epicondyle": disc(315, 341, 7, 9),
            "lateral epicondyle": disc(338.5, 339, 7, 9),
        },
    )
    yield (
        "ULN",
        {
            "shaft": bar((324.6, 371), (336.5, 463), 9, 1.2),
            "olecranon": disc(323.5, 363, 12, 8),
            "lower epiphysis": disc(338, 472, 11, 8),
        },
    )
    yield (
        "RAD",
        {
            "shaft": bar((339, 373), (352, 463), 9, 1.3),
            "upper epiphysis": disc(338, 366, 12, 7),
            "lower epiphysis": disc(353.5, 472, 15, 8),
        },
    )
    for finger in range(1, 6):
        x = 374 - (finger - 1) * 11.5
        top = 505.0 if finger > 1 else 500.0
        shaft, end = (top, top + 18), top + 22.5
        if finger == 1:
            shaft, end = (top + 6, top + 24), top + 1.5
        yield (
            f"MC{finger}",
            {
                "shaft": bar((x - 2, shaft[0]), (x - 0.5, shaft[1]), 6, 1.3),
                "epiphysis": disc(x if finger > 1 else x - 2, end, 8, 5),
            },
        )
        y = top + 27.0
        parts = ("PHP", "PHD") if finger == 1 else ("PHP", "PHI", "PHD")
        for part, length in zip(parts, (17, 12, 8), strict=False):
            yield f"{part}{finger}", _phalanx(x, y, length, 6)
            y += length + 3


def _phalanx(x: float, y: float, length: float, width: float) -> Drawn:
    """Return a bone of a finger or toe; its epiphysis is towards the body."""
    tall = min(3.2, length * 0.3)
    start = (x, y + tall + 1)
    return {
        "shaft": bar(start, (x + 1, y + length), width - 0.5, 1.2),
        "epiphysis": disc(x, y + tall / 2, width + 0.5, tall),
    }


def _leg() -> Iterator[tuple[str, Drawn]]:
    yield "COX", {
        "ilium": [
            (231, 421), (262, 410), (269, 422), (265, 444), (261, 459), (239, 457), (229, 438),
        ],
        "iliac crest": [
            (228, 417), (262, 402), (275, 416), (274, 423), (271, 419), (262, 407), (229, 420),
        ],
        "lower iliac spine": disc(271.5, 439, 7, 11),
        "pubis": [
            (207, 490), (208, 482), (230, 478), (237, 461), (243, 463), (241, 478), (231, 487),
            (212, 493),
        ],
        "ischium": [
            (245, 480), (254, 484), (261, 484), (248, 491), (236, 494), (234, 489), (243, 483),
        ],
        "ischial tuberosity": [(237, 497), (249, 494), (263, 487), (264, 491), (249, 500)],
    }  # fmt: skip
    yield "FEM", {
        "shaft": [
            (262, 481), (269, 484), (275, 496), (262, 560), (258, 624), (261, 634), (239, 634),
            (244, 624), (250, 560), (260, 508), (262, 497), (257, 489),
        ],
        "articular head": disc(254, 471, 16, 15),
        "greater trochanter": [(266, 466), (274, 471), (279, 482), (277, 492), (267, 479)],
        "lesser trochanter": disc(253.5, 511, 7, 10),
        "lower epiphysis": [
            (235, 638), (265, 638), (267, 647), (259, 651), (250, 647), (241, 651), (233, 647),
        ],
    }  # fmt: skip
    yield (
        "TIB",
        {
            "shaft": bar((248.4, 692), (249.8, 784), 13, 1.5),
            "upper epiphysis": box(236, 668, 25, 9),
            "tuberosity": disc(248.4, 684, 10, 8),
            "lower epiphysis": box(239, 789, 20, 10),
        },
    )
    yield (
        "FIB",
        {
            "shaft": bar((266.5, 686), (265, 784), 6, 1.3),
            "upper epiphysis": disc(267, 679, 9, 8),
            "lower epiphysis": disc(265, 795, 8, 12),
        },
    )
    yield "CAL", {"body": disc(272, 809.5, 12, 9), "epiphysis": disc(273, 818.5, 10, 6)}
    for toe in range(1, 6):
        x = 242 + (toe - 1) * 8.5
        shaft, end = ((838.0, 848.5), 852.0) if toe > 1 else ((842.5, 853.0), 839.5)
        yield (
            f"MT{toe}",
            {
                "shaft": bar((x, shaft[0]), (x + 1, shaft[1]), 5.5, 1.2),
                "epiphysis": disc(x + 1, end, 6.5, 4.5),
            },
        )
        y = 855.0
        parts = ("PFP", "PFD") if toe == 1 else ("PFP", "PFI", "PFD")
        for part, length in zip(parts, (7, 5, 4), strict=False):
            yield f"{part}{toe}", _phalanx(x + 1, y, length, 5)
            y += length + 1

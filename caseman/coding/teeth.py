"""Teeth by their FDI numbers and the five surfaces of each.

A chart is drawn as one faces the person: their right is on the viewer's left in every language.
"""

from collections.abc import Mapping
from typing import Final

from caseman.coding import N_, Code
from caseman.coding.physical import ToothState

PERMANENT: Final = tuple(jaw * 10 + place for jaw in (1, 2, 3, 4) for place in range(1, 9))
DECIDUOUS: Final = tuple(jaw * 10 + place for jaw in (5, 6, 7, 8) for place in range(1, 6))
TEETH: Final = (*PERMANENT, *DECIDUOUS)


class Surface(Code):
    """One of five surfaces; the middle one of a front tooth is its edge."""

    MESIAL = "M", N_("towards the middle")
    OCCLUSAL = "O", N_("biting surface or edge")
    DISTAL = "D", N_("away from the middle")
    VESTIBULAR = "V", N_("lip or cheek")
    LINGUAL = "L", N_("tongue or palate")


KEYS: Final = {
    "1": ToothState.SOUND,
    "2": ToothState.FILLED,
    "3": ToothState.CROWN,
    "4": ToothState.ROOT_FILLED,
    "5": ToothState.CARIES,
    "6": ToothState.MISSING_ANTE_MORTEM,
    "7": ToothState.MISSING_POST_MORTEM,
    "8": ToothState.MISSING_UNKNOWN,
    "9": ToothState.UNERUPTED,
    "0": None,
    "B": ToothState.BRIDGE,
    "P": ToothState.DENTURE,
    "I": ToothState.IMPLANT,
    "K": ToothState.FRACTURED,
    "R": ToothState.ROOT_ONLY,
    "E": ToothState.IMPACTED,
    "J": ToothState.JAW_MISSING,
    "A": ToothState.ANOMALY,
    "U": ToothState.NOT_EXAMINABLE,
}
"""What each key sets on the drawing of a chart; the letters of surfaces mark those."""
_SAME: Final = str.maketrans({"I": "O", "B": "V", "F": "V"})


def surfaces_of(text: str) -> list[Surface]:
    """Return the surfaces of letters as they are written: I is O, B and F are V."""
    letters = text.upper().translate(_SAME)
    return [surface for surface in Surface if surface.value in letters]


def quadrants(*, deciduous: bool) -> tuple[tuple[int, ...], ...]:
    """Return the teeth of each quadrant as drawn, from left to right: upper two, lower two."""
    last = 5 if deciduous else 8
    right, left = tuple(range(last, 0, -1)), tuple(range(1, last + 1))
    first = (5, 6, 8, 7) if deciduous else (1, 2, 4, 3)
    order = (right, left, right, left)
    return tuple(
        tuple(10 * quadrant + place for place in places)
        for quadrant, places in zip(first, order, strict=True)
    )


def written(state: ToothState, surfaces: str) -> str:
    """Return what a report keeps of a tooth: ``FIL-MO``."""
    return f"{state.value}-{surfaces}" if surfaces else state.value


def read_chart(told: Mapping[str, object]) -> dict[int, tuple[ToothState, str]]:
    """Return state and surfaces by tooth of what a report keeps, without what is in other words."""
    chart = {}
    for fdi, text in told.items():
        code, _, letters = str(text).partition("-")
        if code in set(ToothState) and fdi.isdecimal() and int(fdi) in TEETH:
            surfaces = "".join(each.value for each in surfaces_of(letters))
            chart[int(fdi)] = (ToothState(code), surfaces)
    return chart

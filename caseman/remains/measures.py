"""What is measured on a bone, by the codes of the engine: bone, definition, plausible lengths.

Codes with an underscore are of the reference data (Fem_01), the others Martin's numbers (Tib1b),
and ``shaft_`` is the shaft of a child's bone without its ends. Lengths in mm.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from caseman.coding import N_
from caseman.osteology import (
    SAME_LENGTH,
    adult_range_cm,
    diaphysis_range_mm,
    published_equations,
    size_range_mm,
)
from caseman.osteology.tables import rows
from caseman.remains.bone_names import bone_name
from caseman.web.words import gettext as _

SHAFT: Final = "shaft_"
"""Begins the code of a child's shaft; what follows is the engine's name of the bone."""

_BONES: Final = {
    "Fem": "FEM", "Tib": "TIB", "Fib": "FIB", "Hum": "HUM", "Rad": "RAD", "Uln": "ULN",
    "Cla": "CLA", "Sca": "SCA", "Osc": "COX", "Pat": "PAT", "Cal": "CAL", "Tal": "TAL",
    "femur": "FEM", "tibia": "TIB", "fibula": "FIB", "humerus": "HUM", "radius": "RAD",
    "ulna": "ULN",
}  # fmt: skip
_GREATEST: Final = N_("greatest length")
_CHILD: Final = N_("shaft of a child, without the ends")
_DEFINITIONS: Final = {
    "Fem_01": _GREATEST,
    "Fem_02": N_("length on both condyles"),
    "Fem_03": N_("breadth over the epicondyles"),
    "Fem_04": N_("greatest diameter of the head"),
    "Tib_01": N_("length with the malleolus"),
    "Tib1": N_("length of the outer condyle to the malleolus (Martin 1)"),
    "Tib1 (no tubercles)": N_("length with the malleolus, without the spines"),
    "Tib1a": N_("greatest length, with the spines (Martin 1a)"),
    "Tib1b": N_("length without the malleolus (Martin 1b)"),
    "Tib_02": N_("greatest breadth of the upper end"),
    "Fib_01": _GREATEST,
    "Hum_01": _GREATEST,
    "Hum2": N_("length of head to capitulum (Martin 2)"),
    "Hum_02": N_("breadth over the epicondyles"),
    "Hum_03": N_("greatest vertical diameter of the head"),
    "Hum_06": N_("breadth of capitulum and trochlea"),
    "Rad_01": _GREATEST,
    "Rad1b": N_("parallel length (Martin 1b)"),
    "Rad2": N_("length between the joint surfaces (Martin 2)"),
    "Rad_04": N_("greatest diameter of the head"),
    "Uln_01": _GREATEST,
    "Uln2": N_("length between the joint surfaces (Martin 2)"),
    "Uln_11": N_("breadth of the semilunar notch"),
    "Cla_01": _GREATEST,
    "Sca_01": N_("height"),
    "Sca_03": N_("breadth of the glenoid cavity"),
    "Sca_04": N_("height of the glenoid cavity"),
    "Osc_01": N_("greatest height"),
    "Osc_17": N_("greatest diameter of the acetabulum"),
    "Pat_02": N_("greatest breadth"),
    "Cal_01": _GREATEST,
    "Tal_01": N_("smallest breadth of the trochlea"),
    "Tal_02": _GREATEST,
    **{f"MC{ray}_01": _GREATEST for ray in range(1, 6)},
    **{f"MT{ray}_01": _GREATEST for ray in range(1, 6)},
    **{f"{SHAFT}{bone}": _CHILD
       for bone in ("femur", "tibia", "fibula", "humerus", "radius", "ulna")},
}  # fmt: skip

_OURS: Final = {theirs: ours for ours, theirs in SAME_LENGTH.items()}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of one bone; ``lowest_mm`` and ``highest_mm`` are what such a bone can have."""

    code: str
    element: str
    lowest_mm: float
    highest_mm: float

    @property
    def is_of_child(self) -> bool:
        return self.code.startswith(SHAFT)


@cache
def measures() -> dict[str, Measure]:
    """Return every measure by its code, in the order in which they are offered."""
    return {code: Measure(code, _element(code), *_range(code)) for code in _DEFINITIONS}


def our_code(code: str) -> str:
    """Return the code under which a length is recorded, of one that has two names."""
    return _OURS.get(code, code)


def measure_name(code: str) -> str:
    """Return the bone and what of it is measured, in the reader's language."""
    ours = our_code(code)
    return _(
        "%(bone)s: %(measure)s",
        bone=bone_name(measures()[ours].element),
        measure=_(_DEFINITIONS[ours]),
    )


def _element(code: str) -> str:
    stem = code.removeprefix(SHAFT).partition("_")[0]
    return _BONES.get(stem) or _BONES.get(stem[:3]) or stem


def _range(code: str) -> tuple[float, float]:
    if code.startswith(SHAFT):
        return diaphysis_range_mm(code.removeprefix(SHAFT))
    smallest, largest = size_range_mm(code) if code in _sized() else (0.0, 1000.0)
    if code not in _lengths():
        return smallest, largest
    lowest, highest = (10 * each for each in adult_range_cm(code))
    return max(lowest, smallest), min(highest, largest)


@cache
def _sized() -> frozenset[str]:
    return frozenset(row["measurement"] for row in rows("sex_metrics"))


def lengths_of_stature() -> list[str]:
    """Return the lengths of adults' bones that equations of stature are made on."""
    return [code for code in measures() if code in _lengths()]


@cache
def _lengths() -> frozenset[str]:
    known = {each for equation in published_equations() for each in equation.measures}
    return frozenset(known | {ours for ours, theirs in SAME_LENGTH.items() if theirs in known})

"""A laboratory's own equation of stature, refused with a sentence where it cannot be one."""

from collections.abc import Mapping
from typing import Final

from caseman.coding import N_
from caseman.osteology.methods import name_of
from caseman.osteology.own.checking import (
    check_numbers,
    check_sample,
    refuse_known,
    refuse_own,
    row_of,
)
from caseman.osteology.stature import (
    StatureEquation,
    adult_range_cm,
    equation_of,
    published_equations,
)
from caseman.osteology.tables import Row
from caseman.osteology.values import Sex, Status

COLUMNS: Final = (
    "method", "year", "population", "sex", "measures", "slope", "intercept_cm", "error_cm", "n",
    "mean_x_cm", "sd_x_cm", "lowest_cm", "highest_cm", "source", "note",
)  # fmt: skip
"""Those of data/stature_equations.csv, and the shortest and longest sum of lengths it holds for."""
STATURES_CM: Final = (110, 230)
"""What an equation may give in the middle of the lengths it holds for."""
_NUMBERS: Final = ("slope", "intercept_cm", "error_cm", "n", "mean_x_cm", "sd_x_cm", "lowest_cm",
                   "highest_cm")  # fmt: skip
_NEEDED: Final = ("slope", "intercept_cm", "error_cm")
_SAMPLE: Final = ("n", "mean_x_cm", "sd_x_cm")
_LARGEST_ERROR_CM: Final = 20


def own_equation(given: Mapping[str, object]) -> StatureEquation:
    """Return the equation of these columns; raises ``OwnRefusedError`` where it is none."""
    row = row_of(given, COLUMNS)
    _check_numbers(row)
    if row["sex"] not in set(Sex):
        refuse_own("sex", N_("M, F or any is expected."))
    lowest, highest = _lengths(row["measures"])
    _check_sample(row)
    _check_range(row, lowest, highest)
    equation = equation_of({**row, "status": Status.LOCAL, "error_status": ""})
    refuse_known(name_of(equation))
    _check_statures(equation, equation.fits_cm or (lowest, highest))
    return equation


def _check_numbers(row: Row) -> None:
    check_numbers(row, _NUMBERS, needed=_NEEDED)
    if float(row["slope"]) <= 0:
        refuse_own("slope", N_("A number above 0 is expected: longer bones are of taller people."))
    if not 0 < float(row["error_cm"]) < _LARGEST_ERROR_CM:
        refuse_own(
            "error_cm",
            N_("More than 0 and less than %(most)s cm is expected."),
            most=_LARGEST_ERROR_CM,
        )


def _lengths(measures: str) -> tuple[float, float]:
    """Return the shortest and longest sum of these lengths in an adult."""
    known = {each for equation in published_equations() for each in equation.measures}
    named = measures.split("+")
    for each in named:
        if each not in known:
            refuse_own(
                "measures", N_("%(given)s is no length of an adult's bone."), given=each or "-"
            )
    if len(set(named)) < len(named):
        refuse_own("measures", N_("One length stands here twice."))
    ranges = [adult_range_cm(each) for each in named]
    return sum(low for low, _ in ranges), sum(high for _, high in ranges)


def _check_sample(row: Row) -> None:
    """Refuse a sample without all that is needed of it."""
    given = [name for name in _SAMPLE if row[name]]
    if given and len(given) < len(_SAMPLE):
        missing = next(name for name in _SAMPLE if not row[name])
        refuse_own(missing, N_("Number, mean and spread of the sample go together: all or none."))
    if given:
        check_sample(row, "n")
        if float(row["sd_x_cm"]) <= 0:
            refuse_own("sd_x_cm", N_("A number above 0 is expected."))


def _check_range(row: Row, lowest: float, highest: float) -> None:
    """Refuse a range, or a mean of the sample, that no adults have."""
    if bool(row["lowest_cm"]) != bool(row["highest_cm"]):
        missing = "highest_cm" if row["lowest_cm"] else "lowest_cm"
        refuse_own(missing, N_("Shortest and longest length go together: both or none."))
    for name in ("mean_x_cm", "lowest_cm", "highest_cm"):
        if row[name] and not lowest <= float(row[name]) <= highest:
            refuse_own(
                name,
                N_("%(lowest)s to %(highest)s cm is expected of an adult. Is it in cm?"),
                lowest=f"{lowest:g}",
                highest=f"{highest:g}",
            )
    if row["lowest_cm"] and float(row["lowest_cm"]) >= float(row["highest_cm"]):
        refuse_own("highest_cm", N_("It must be longer than the shortest."))


def _check_statures(equation: StatureEquation, ends: tuple[float, float]) -> None:
    """Refuse coefficients of other units: nobody is as short or as tall as they say."""
    shortest, tallest = STATURES_CM
    middle = sum(ends) / 2
    stature = equation.intercept_cm + equation.slope * middle
    if not shortest <= stature <= tallest:
        refuse_own(
            "slope",
            N_(
                "At a length of %(length)s cm it gives %(stature)s cm: no adult's stature. "
                "Are slope and intercept made for lengths and statures in cm?"
            ),
            length=f"{middle:.1f}",
            stature=f"{stature:.1f}",
        )

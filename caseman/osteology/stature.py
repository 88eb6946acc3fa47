"""Stature from the length of bones: each equation is a row of ``data/stature_equations.csv``.

The estimate is ``a + b x``. Where the equation states n, mean and spread of its sample, the
interval is one of prediction for one more person,

    y +- t(n - 2, 1 - alpha / 2) * SEE * sqrt(1 + 1/n + (x - mean)^2 / ((n - 1) sd^2)),

else 1.96 standard errors, and labelled so: it is then too narrow away from the mean.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from statistics import fmean, linear_regression, stdev
from typing import Final

from caseman.osteology.chances import Z95, t_quantile
from caseman.osteology.tables import Row, number, rows, titled
from caseman.osteology.values import Estimate, Provenance, Sex, Status, refuse, refuse_outside

FEWEST_CASES: Final = 30
"""Identified cases from which a laboratory may fit an equation of its own."""

_ADULT_CM: Final = {
    "Fem": (32, 62),
    "Tib": (25, 53),
    "Fib": (25, 52),
    "Hum": (22, 43),
    "Rad": (16, 34),
    "Uln": (18, 36),
    "Cla": (9, 20),
    "Sca": (10, 22),
    "Osc": (15, 28),
}
"""Lengths of adult bones: four standard deviations about the mean of the pooled reference."""
_SMALL_CM: Final = (0.8, 12)
"""Bones of hand and foot, and diameters of joints."""
_DIAMETERS: Final = frozenset({"Fem_04", "Hum_03"})


SAME_LENGTH: Final = {
    "Fem_01": "Fem1",
    "Fem_02": "Fem2",
    "Hum_01": "Hum1",
    "Rad_01": "Rad1",
    "Uln_01": "Uln1",
    "Fib_01": "Fib1",
}
"""The greatest lengths, and the femur on both condyles, are one definition under two names.

Not so the tibia, of which the lengths differ by the malleolus and the spines.
"""


def adult_range_cm(measure: str) -> tuple[float, float]:
    """Return the shortest and longest that this length is of an adult."""
    return _SMALL_CM if measure in _DIAMETERS else _ADULT_CM.get(measure[:3], _SMALL_CM)


@dataclass(frozen=True, slots=True)
class Reference:
    """The sample that an equation was fitted to; lengths in cm."""

    n: int
    mean_cm: float
    sd_cm: float


@dataclass(frozen=True, slots=True)
class StatureEquation:
    """Stature in cm as ``intercept_cm + slope * x``, x the sum of ``measures`` in cm.

    ``measures`` names the definition of each length: Martin numbers (Fem1, Tib1b) or codes of the
    reference data (Fem_01). The two are not interchangeable.
    """

    measures: tuple[str, ...]
    sex: Sex
    slope: float
    intercept_cm: float
    provenance: Provenance
    error_cm: float | None = None
    error_status: Status = Status.SEEN
    reference: Reference | None = None
    notes: tuple[str, ...] = ()
    fits_cm: tuple[float, float] | None = None
    """The shortest and longest x that it holds for, where its laboratory says so."""

    def estimate(self, lengths_cm: Mapping[str, float], level: float = 0.95) -> Estimate:
        """Return the stature of an adult.

        Raises ``RefusedInputError`` for lengths missing, unknown, or of no adult, and beyond those
        that the equation holds for.
        """
        length = sum(_adult(measure, lengths_cm) for measure in self.measures)
        if self.fits_cm is not None:
            refuse_outside("lengths_cm", length, *self.fits_cm, "cm")
        stature = self.intercept_cm + self.slope * length
        error = self._error_of_one(length)
        half, kind = self._half_width(error, level)
        return Estimate(
            stature,
            "cm",
            self.provenance,
            None if half is None else (stature - half, stature + half),
            kind,
            {
                "lengths_cm": {each: lengths_cm[each] for each in self.measures},
                "sex": self.sex,
                "error_cm": self.error_cm,
                "error_status": self.error_status,
                "prediction_error_cm": error if self.reference else None,
            },
            self.notes + self._warning(length),
        )

    def _error_of_one(self, length: float) -> float | None:
        """Return the standard error for one more person; without a sample that of the equation."""
        if self.error_cm is None or self.reference is None:
            return self.error_cm
        n, mean, sd = self.reference.n, self.reference.mean_cm, self.reference.sd_cm
        return self.error_cm * sqrt(1 + 1 / n + (length - mean) ** 2 / ((n - 1) * sd**2))

    def _half_width(self, error: float | None, level: float) -> tuple[float | None, str]:
        if error is None:
            return None, ""
        if self.reference is None:
            return Z95 * error, f"1.96 standard errors ({self.error_status})"
        t = t_quantile((1 + level) / 2, self.reference.n - 2)
        return t * error, f"{100 * level:g} % prediction"

    def _warning(self, length: float) -> tuple[str, ...]:
        if self.reference is None:
            return ()
        away = abs(length - self.reference.mean_cm) / self.reference.sd_cm
        return ("beyond the lengths of the reference sample: extrapolated",) if away > 3 else ()


def _adult(measure: str, lengths_cm: Mapping[str, float]) -> float:
    """Return one length, or say why it cannot be of an adult."""
    if measure not in lengths_cm:
        refuse(measure, "its length in cm is missing")
    length = lengths_cm[measure]
    lowest, highest = adult_range_cm(measure)
    if not lowest <= length <= highest:
        advice = ""
        if lowest <= length / 10 <= highest:
            advice = f"; is it {length:g} mm, which is {length / 10:g} cm?"
        elif 0 < length < lowest:
            advice = "; for a child take a method of the diaphysis"
        expected = f"{lowest:g} to {highest:g} cm is expected of an adult"
        refuse(measure, f"{length:g} cm is given, {expected}{advice}")
    return length


@cache
def published_equations() -> tuple[StatureEquation, ...]:
    """Return the equations that come with the program, in the order of their table."""
    return tuple(equation_of(row) for row in rows("stature_equations"))


def equation_of(row: Row) -> StatureEquation:
    """Return the equation of a row; a laboratory's own table has the same columns."""
    provenance = Provenance(
        titled(row),
        row["population"],
        row["source"],
        Status(row["status"]),
    )
    n, mean, sd = (number(row[name]) for name in ("n", "mean_x_cm", "sd_x_cm"))
    known = n is not None and mean is not None and sd is not None
    lowest, highest = (number(row.get(name) or "") for name in ("lowest_cm", "highest_cm"))
    return StatureEquation(
        tuple(row["measures"].split("+")),
        Sex(row["sex"]),
        float(row["slope"]),
        float(row["intercept_cm"]),
        provenance,
        number(row["error_cm"]),
        Status(row["error_status"] or row["status"]),
        Reference(int(n or 0), mean or 0.0, sd or 0.0) if known else None,
        (row["note"],) if row["note"] else (),
        None if lowest is None or highest is None else (lowest, highest),
    )


def fit_equation(
    measure: str, lengths_cm: Sequence[float], statures_cm: Sequence[float], laboratory: str
) -> StatureEquation:
    """Return a laboratory's own equation by least squares, with all its prediction needs.

    Raises ``RefusedInputError`` below thirty cases, or where all bones are of one length.
    """
    n = len(lengths_cm)
    if n < FEWEST_CASES:
        refuse("cases", f"{n} are given, at least {FEWEST_CASES} are needed")
    sd = stdev(lengths_cm)
    if sd == 0:
        refuse("lengths", "all bones are of one length")
    slope, intercept = linear_regression(lengths_cm, statures_cm)
    left = [y - intercept - slope * x for x, y in zip(lengths_cm, statures_cm, strict=True)]
    error = sqrt(sum(each**2 for each in left) / (n - 2))
    return StatureEquation(
        (measure,),
        Sex.ANY,
        slope,
        intercept,
        Provenance(laboratory, "own identified cases", laboratory, Status.LOCAL),
        error,
        Status.LOCAL,
        Reference(n, fmean(lengths_cm), sd),
    )


def find_equations(
    lengths: Iterable[str], sex: Sex | None = None, equations: Iterable[StatureEquation] = ()
) -> tuple[StatureEquation, ...]:
    """Return the equations that these measures suffice for, by default the published ones."""
    known = set(lengths)
    return tuple(
        each
        for each in (tuple(equations) or published_equations())
        if known.issuperset(each.measures) and sex in {None, each.sex}
    )


def at_death(stature_cm: float, age_y: float, author: str = "Trotter & Gleser") -> float:
    """Return the stature that age has shortened, in cm.

    Trotter & Gleser (1951): 0.06 cm for each year above 30. Galloway (1988): 0.16 above 45. Only
    for comparison with a height at death: families often tell the greatest height.
    """
    per_year, begin = {"Trotter & Gleser": (0.06, 30), "Galloway": (0.16, 45)}[author]
    return stature_cm - per_year * max(0.0, age_y - begin)

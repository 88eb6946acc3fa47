"""Osteometric sorting: may these two bones be of one person? It excludes, it never associates.

Byrd & Adams (2003), Byrd (2008), Byrd & LeGarde (2014); lengths in mm. A p above the chosen alpha
says only that size does not speak against it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from caseman.osteology.chances import t_two_tailed, t_two_tailed_of, t_upper_tail
from caseman.osteology.tables import Row, distinct, provenance, rows
from caseman.osteology.values import Provenance, refuse

Floats = npt.NDArray[np.float64]
POOLED = "six groups of the DPAA reference, pooled"


@dataclass(frozen=True, slots=True)
class SizeTest:
    """Whether two bones differ in size as those of one person do.

    ``p`` is the chance of so great a difference within one person; ``asymmetry`` is M of Thomas,
    Ubelaker & Byrd (2013), a ratio, for pairs by one measure.
    """

    t: float
    p: float
    degrees: int
    provenance: Provenance
    asymmetry: float | None = None


def compare_pair(
    left_mm: Mapping[str, float], right_mm: Mapping[str, float], *, absolute: bool = False
) -> SizeTest:
    """Return whether left and right may be a pair, by the sum of L - R over their measures.

    ``absolute`` tests the sum of absolute differences, one-tailed, which one measure alone has.
    The variance of a sum is that of all its measures together, with their covariances.
    """
    measures = _same(left_mm, right_mm)
    mean, variance, n = _differences(measures)
    differences = [left_mm[each] - right_mm[each] for each in measures]
    where = provenance("pair_differences", "Byrd & LeGarde 2014, pair matching", POOLED)
    asymmetry = _asymmetry(left_mm, right_mm) if len(measures) == 1 else None
    if absolute:
        if len(measures) > 1:
            refuse("absolute", "it is offered for one measure at a time")
        row = _pairs()[measures[0]]
        t = (abs(differences[0]) - float(row["mean_abs_mm"])) / float(row["sd_abs_mm"])
        return SizeTest(t, t_upper_tail(t, n - 1), n - 1, where, asymmetry)
    t = (sum(differences) - mean) / sqrt(variance)
    return SizeTest(t, t_two_tailed(t, n - 1), n - 1, where, asymmetry)


def compare_all_pairs(
    measures: Sequence[str], left_mm: Floats, right_mm: Floats
) -> tuple[Floats, Floats]:
    """Return t and p of every left with every right bone, of shape (lefts, rights).

    ``left_mm`` has the shape (lefts, measures), ``right_mm`` (rights, measures). The same test as
    ``compare_pair``, for a lot or a site at once.
    """
    names = _same(dict.fromkeys(measures, 1.0), dict.fromkeys(measures, 1.0))
    if not ((left_mm > 0).all() and (right_mm > 0).all()):
        refuse("lengths", "every bone needs every measure, in mm")
    mean, variance, n = _differences(names)
    difference = left_mm.sum(axis=1)[:, None] - right_mm.sum(axis=1)[None, :]
    t = (difference - mean) / sqrt(variance)
    return t, t_two_tailed_of(t, n - 1)


def compare_joint(first_mm: Mapping[str, float], second_mm: Mapping[str, float]) -> SizeTest:
    """Return whether two surfaces may be of one joint; each bone gives its measure of the joint."""
    found = _joint(first_mm, second_mm)
    if found is None:
        known = "; ".join(f"{row['first']} with {row['second']}" for row in rows("joints"))
        refuse("measures", f"no joint of these; known are {known}")
    row, difference = found
    _positive({**first_mm, **second_mm})
    t = (difference - float(row["mean_mm"])) / float(row["sd_mm"])
    n = int(row["n"])
    where = provenance("joints", f"Byrd 2008, {row['joint']}", POOLED)
    return SizeTest(t, t_two_tailed(t, n - 1), n - 1, where)


def _joint(
    first_mm: Mapping[str, float], second_mm: Mapping[str, float]
) -> tuple[Row, float] | None:
    """Return the joint that these measures are of, and their difference in mm as it takes it."""
    for row in rows("joints"):
        for one, other in ((first_mm, second_mm), (second_mm, first_mm)):
            if row["first"] in one and row["second"] in other:
                return row, one[row["first"]] - other[row["second"]]
    return None


def compare_association(x_mm: Mapping[str, float], y_mm: Mapping[str, float]) -> SizeTest:
    """Return whether bone y may go with bone x of another kind.

    ln of the sum of y is predicted from ln of the sum of x by the reference's regression;
    t = (predicted - found) / (SEE sqrt(1 + 1/n + (X - mean)^2 / (n sd^2))), n - 2 degrees.
    """
    _positive({**x_mm, **y_mm})
    row = _associations().get((frozenset(x_mm), frozenset(y_mm)))
    if row is None:
        refuse("measures", "no regression of these measures on each other")
    n, x = int(row["n"]), log(sum(x_mm.values()))
    away = (x - float(row["mean_ln_x"])) ** 2 / (n * float(row["sd_ln_x"]) ** 2)
    predicted = float(row["intercept"]) + float(row["slope"]) * x
    error = float(row["error_ln"]) * sqrt(1 + 1 / n + away)
    t = (predicted - log(sum(y_mm.values()))) / error
    where = provenance("associations", "Byrd & LeGarde 2014, association", POOLED)
    return SizeTest(t, t_two_tailed(t, n - 2), n - 2, where)


def _same(left_mm: Mapping[str, float], right_mm: Mapping[str, float]) -> list[str]:
    """Return the measures of both sides, which must be of one bone and known."""
    if not left_mm or set(left_mm) != set(right_mm):
        refuse("measures", "the same measures are expected of left and right")
    unknown = sorted(set(left_mm) - set(_pairs()))
    if unknown:
        refuse("measures", f"no reference of pairs for {', '.join(unknown)}")
    bones = list(distinct(each.partition("_")[0] for each in left_mm))
    if len(bones) > 1:
        refuse("measures", f"of one bone is expected, not {' and '.join(bones)}")
    _positive(left_mm)
    _positive(right_mm)
    return sorted(left_mm)


def _positive(lengths_mm: Mapping[str, float]) -> None:
    for measure, length in lengths_mm.items():
        if not 0 < length < 1000:
            refuse(measure, f"{length:g} is given, a length in mm is expected")


def _asymmetry(left_mm: Mapping[str, float], right_mm: Mapping[str, float]) -> float:
    (left,), (right,) = left_mm.values(), right_mm.values()
    return abs(left - right) / ((left + right) / 2)


def _differences(measures: list[str]) -> tuple[float, float, int]:
    """Return mean and variance of the summed L - R, and the size of the smallest sample."""
    mean = sum(float(_pairs()[each]["mean_mm"]) for each in measures)
    n = min(int(_pairs()[each]["n"]) for each in measures)
    if len(measures) == 1:
        return mean, float(_pairs()[measures[0]]["sd_mm"]) ** 2, n
    table = _covariances()
    return mean, sum(table[frozenset((a, b))] for a in measures for b in measures), n


@cache
def _pairs() -> dict[str, dict[str, str]]:
    return {row["measurement"]: row for row in rows("pair_differences")}


@cache
def _covariances() -> dict[frozenset[str], float]:
    return {
        frozenset((row["first"], row["second"])): float(row["covariance_mm2"])
        for row in rows("pair_covariances")
    }


@cache
def _associations() -> dict[tuple[frozenset[str], frozenset[str]], dict[str, str]]:
    return {
        (frozenset(row["x"].split("+")), frozenset(row["y"].split("+"))): row
        for row in rows("associations")
    }

"""What an estimate becomes in the profile: an interval, or one of the five grades of sex."""

from collections.abc import Mapping
from math import ceil, floor
from typing import Any, Final

from caseman.coding import SexEstimate
from caseman.osteology import Estimate
from caseman.remains.codes import AgeMethod, EstimateKind, FigureStatus
from caseman.remains.drafts import TakenOver
from caseman.remains.methods.applying import Applied
from caseman.remains.methods.offered import Offered, is_tooth

AGES: Final = (0.0, 120.0)
STATURES: Final = (20.0, 250.0)
GRADES: Final = (
    (0.09, SexEstimate.FEMALE),
    (0.325, SexEstimate.PROBABLE_FEMALE),
    (0.675, SexEstimate.INDETERMINATE),
    (0.91, SexEstimate.PROBABLE_MALE),
    (1.0, SexEstimate.MALE),
)
"""Highest chance of a man in each grade: half-way between the chances that the grades stand for
when remains are compared with reports (0.03, 0.15, 0.5, 0.85, 0.97)."""
_FEREMBACH: Final = {
    "female": SexEstimate.FEMALE,
    "likely female": SexEstimate.PROBABLE_FEMALE,
    "indifferent": SexEstimate.INDETERMINATE,
    "likely male": SexEstimate.PROBABLE_MALE,
    "male": SexEstimate.MALE,
}


def taken_over(applied: Applied) -> TakenOver | None:
    """Return what the profile takes from an estimate, or None where it gives no interval of age."""
    method, found = applied.method, applied.estimate
    columns = None if found is None else _columns(method, found)
    if found is None or columns is None:
        return None
    lowest, highest = found.interval or (None, None)
    is_number = isinstance(found.value, float | int)
    return TakenOver(
        about=method.about,
        method=method.name,
        inputs=applied.inputs,
        title=method.title,
        population=population_of(method, found),
        source=found.provenance.source,
        status=FigureStatus(found.provenance.status.value),
        unit=found.unit,
        value=float(found.value) if is_number and found.value is not None else None,
        lowest=lowest,
        highest=highest,
        interval_kind=found.interval_kind,
        notes=found.notes,
        columns=columns,
    )


def population_of(method: Offered, found: Estimate) -> str:
    """Return on whom the method was made; of phases the tables name the site instead."""
    population = found.provenance.population
    return "" if population == method.site else population


def _columns(method: Offered, found: Estimate) -> dict[str, Any] | None:
    if method.about is EstimateKind.SEX:
        return {"sex": grade_of(found), "sex_method": method.basis}
    if method.about is EstimateKind.STATURE:
        return _stature(found)
    if found.interval is None:
        return None
    low, high = _within(found.interval, AGES)
    basis = method.basis or basis_of_stages(found.details["stages"])
    return {"age_min": low, "age_max": high, "age_method": basis}


def basis_of_stages(stages: object) -> AgeMethod:
    """Return what stages of growth were seen on, by their variables."""
    of_teeth = {is_tooth(each) for each in stages} if isinstance(stages, Mapping) else set()
    if len(of_teeth) > 1:
        return AgeMethod.DENTAL_EPIPHYSEAL
    return AgeMethod.TEETH if True in of_teeth else AgeMethod.EPIPHYSES


def grade_of(found: Estimate) -> SexEstimate:
    """Return the grade of sex that an estimate stands for."""
    if "class" in found.details:
        return _FEREMBACH[str(found.details["class"])]
    p_male = float(str(found.details["p_male"]))
    return next(grade for highest, grade in GRADES if p_male <= highest)


def _stature(found: Estimate) -> dict[str, Any]:
    low, high = _within(found.interval, STATURES) if found.interval else (None, None)
    lengths = found.details["lengths_cm"]
    bones = "+".join(lengths) if isinstance(lengths, Mapping) else ""
    error = found.details["error_cm"]
    said = f"{found.provenance.method}, {found.provenance.population}, {bones}"
    return {
        "stature_cm": round(float(str(found.value)), 1),
        "stature_min_cm": low,
        "stature_max_cm": high,
        "stature_se_cm": None if error is None else round(float(str(error)), 2),
        "stature_method": said[:120],
    }


def _within(
    interval: tuple[float | None, float | None], plausible: tuple[float, float]
) -> tuple[float, float]:
    """Return the limits to a tenth, widened to it; an open end goes as far as can be."""
    low, high = interval
    return (
        plausible[0] if low is None else max(plausible[0], floor(low * 10) / 10),
        plausible[1] if high is None else min(plausible[1], ceil(high * 10) / 10),
    )

"""Age of children and the young: stages of teeth and epiphyses, lengths of diaphyses.

Stages follow a cumulative probit model on a log scale (after Stull, Chu, Corron & Price 2023),

    P(stage >= s | age) = Phi((ln(age + 0.75) - mu_s) / sigma_s),

an age from stages is the posterior under a flat prior over 0 to 25 years. Stages of one skeleton
are taken as independent given age, which narrows the interval somewhat too much; said in the
notes. Diaphyses: ln(age + 0.75) is a parabola in ln of the length in mm, below 13 years.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, log
from typing import Final

import numpy as np
import numpy.typing as npt

from caseman.osteology.chances import Z95, normal_share_below
from caseman.osteology.tables import Row, distinct, provenance, rows
from caseman.osteology.values import Estimate, Sex, refuse, refuse_outside

OLDEST: Final = 25.0
STEP: Final = 0.01
_SHIFT: Final = 0.75
"""Years added before the logarithm, so that birth has one: the time before it."""
_POOLED: Final = "pooled"
_GRID: Final = np.arange(0, OLDEST + STEP / 2, STEP)

Floats = npt.NDArray[np.float64]


def stage_chances(variable: str, sex: Sex, age_y: float) -> dict[str, float]:
    """Return the chance of each stage at an age; "absent" is the one before the first."""
    refuse_outside("age_y", age_y, 0, OLDEST, "years")
    steps = _steps(variable, sex)
    reached = [1.0] + [normal_share_below((log(age_y + _SHIFT) - mu) / sd) for _, mu, sd in steps]
    # Spreads differ by stage, so far from the median two curves may cross by a hair.
    reached = list(np.minimum.accumulate(reached))
    names = ["absent", *(name for name, _, _ in steps)]
    return dict(zip(names, np.append(-np.diff(reached), reached[-1]).tolist(), strict=True))


def age_by_stages(stages: Mapping[str, str], sex: Sex) -> Estimate:
    """Return median and 95 % interval of the age of somebody with these stages by variable.

    ``sex`` ANY uses the pooled sample. Raises ``RefusedInputError`` for a variable or stage that
    the tables do not have, naming those they have.
    """
    if not stages:
        refuse("stages", "at least one tooth or epiphysis is expected")
    chance = np.ones_like(_GRID)
    for variable, stage in stages.items():
        chance *= _stage_over_ages(variable, sex, stage)
    if chance.sum() == 0:
        refuse("stages", "no age has all of these; check each of them")
    low, median, high = _quantiles(chance, (0.025, 0.5, 0.975))
    note = "several stages are taken as independent at an age" if len(stages) > 1 else ""
    return Estimate(
        median,
        "years",
        provenance("stage_transitions", "cumulative probit by stages", "US children, CT, 0-21 y"),
        (low, high),
        "95 % posterior, flat prior",
        {"stages": dict(stages), "sex": sex},
        (note,) if note else (),
    )


def age_by_diaphysis(
    bone: str, length_mm: float, sex: Sex = Sex.ANY, sample: str = "US+South Africa"
) -> Estimate:
    """Return the age of a child below 13 by the length of a shaft in mm, without epiphyses.

    Raises ``RefusedInputError`` beyond the lengths of the sample. Hunger and war slow growth: the
    teeth tell age before lengths, and a length then gives the least age.
    """
    row = _diaphysis(bone, sex, sample)
    lowest, highest = float(row["min_mm"]), float(row["max_mm"])
    refuse_outside("length_mm", length_mm, lowest, highest, f"mm of a child's {bone}")
    x = log(length_mm)
    y = float(row["c0"]) + float(row["c1"]) * x + float(row["c2"]) * x * x
    half = Z95 * float(row["sd_ln"])
    low, age, high = (max(0.0, exp(each) - _SHIFT) for each in (y - half, y, y + half))
    return Estimate(
        age,
        "years",
        provenance("diaphyses", "length of the diaphysis", sample),
        (low, high),
        "95 % prediction",
        {"bone": bone, "length_mm": length_mm, "sex": sex, "n": int(row["n"])},
        ("undernutrition slows growth: take it as the least age",),
    )


def diaphysis_range_mm(bone: str) -> tuple[float, float]:
    """Return the shortest and longest shaft of this bone in the pooled sample of children."""
    row = _diaphysis(bone, Sex.ANY, "US+South Africa")
    return float(row["min_mm"]), float(row["max_mm"])


def _diaphysis(bone: str, sex: Sex, sample: str) -> Row:
    key = (sample, bone, _POOLED if sex is Sex.ANY else sex)
    named = (((r["sample"], r["bone"], r["sex"]), r) for r in rows("diaphyses"))
    row = dict(named).get(key)
    if row is None:
        bones = ", ".join(distinct(each["bone"] for each in rows("diaphyses")))
        refuse("bone", f"{bone} is given, one of {bones} is expected")
    return row


@cache
def _steps(variable: str, sex: Sex) -> tuple[tuple[str, float, float], ...]:
    """Return the stages of a variable in their order, each with mu and sigma."""
    group = _POOLED if sex is Sex.ANY else sex
    found = tuple(
        (row["stage"], float(row["mu"]), float(row["sd"]))
        for row in rows("stage_transitions")
        if (row["variable"], row["sex"]) == (variable, group)
    )
    if not found:
        known = ", ".join(distinct(row["variable"] for row in rows("stage_transitions")))
        refuse("variable", f"{variable} is given, one of {known} is expected")
    return found


def _stage_over_ages(variable: str, sex: Sex, stage: str) -> Floats:
    steps = _steps(variable, sex)
    names = ["absent", *(name for name, _, _ in steps)]
    if stage not in names:
        refuse(variable, f"{stage} is given, one of {', '.join(names)} is expected")
    at = names.index(stage)
    reached = _reached(steps, at)
    return np.clip(reached - _reached(steps, at + 1), 0, None)


def _reached(steps: Sequence[tuple[str, float, float]], at: int) -> Floats:
    if at == 0:
        return np.ones_like(_GRID)
    if at > len(steps):
        return np.zeros_like(_GRID)
    _, mu, sd = steps[at - 1]
    return np.array([normal_share_below((log(age + _SHIFT) - mu) / sd) for age in _GRID])


def _quantiles(chance: Floats, shares: Sequence[float]) -> list[float]:
    """Return the ages below which these shares of a distribution over the grid lie."""
    rising = np.cumsum(chance) / chance.sum()
    return [float(_GRID[int(np.searchsorted(rising, share))]) for share in shares]

"""Sex, age and stature: the biological profile against what the family knows."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np

from caseman.matching.arrays import Floats
from caseman.matching.evidence import Agreement, Finding, LineName
from caseman.matching.lines.base import (
    FixedDensityLine,
    Packed,
    Setting,
    normal_density,
)
from caseman.matching.parameters import Parameters
from caseman.matching.values import (
    AnteMortem,
    Assessor,
    PostMortem,
    Sex,
    SexCall,
    StatureCategory,
)

_MALE_CALLS = (SexCall.MALE, SexCall.PROBABLY_MALE)
_DEFINITE = (SexCall.MALE, SexCall.FEMALE)


class SexSeen(NamedTuple):
    """A determined sex and how often such a determination is right."""

    male: bool
    accuracy: float


class SexLine(FixedDensityLine[SexSeen, Sex]):
    """P(estimate | sex) by method, examiner and certainty; indeterminate says nothing."""

    name = LineName.SEX

    def __init__(self, parameters: Parameters) -> None:
        self._accuracy = parameters.table("sex.accuracy")
        self._probable = parameters.number("sex.probable_error_factor")
        self._juvenile = parameters.number("sex.juvenile_accuracy")
        self._juvenile_age = parameters.number("sex.juvenile_age")
        self._report_error = parameters.number("sex.report_error")

    def observe(self, remains: PostMortem) -> SexSeen | None:
        if remains.sex is None or remains.sex.call is SexCall.INDETERMINATE:
            return None
        return SexSeen(remains.sex.call in _MALE_CALLS, self._accuracy_of(remains))

    def _accuracy_of(self, remains: PostMortem) -> float:
        estimate = remains.sex
        if estimate is None or (remains.age and remains.age.high <= self._juvenile_age):
            return self._juvenile
        method = estimate.method if f"{estimate.method}/lay" in self._accuracy else "other"
        assessor = estimate.assessor or Assessor.LAY
        error = 1 - self._accuracy[f"{method}/{assessor}"]
        return 1 - error * (1 if estimate.call in _DEFINITE else self._probable)

    def tell(self, report: AnteMortem) -> Sequence[Sex]:
        return (report.sex,) if report.sex else ()

    def seen(self, observations: Sequence[SexSeen]) -> Packed:
        return np.array(observations, dtype=np.float64).reshape(-1, 2)

    def told(self, cells: Sequence[Sex]) -> Packed:
        return np.array([cell is Sex.MALE for cell in cells], dtype=np.float64)

    def chances(self, seen: Packed, told: Packed) -> Floats:
        same, accuracy = seen[:, :1] == told, seen[:, 1:]
        right = accuracy * (1 - self._report_error) + (1 - accuracy) * self._report_error
        return np.where(same, right, 1 - right)

    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        estimate, told = remains.sex, report.sex
        if estimate is None or told is None:
            raise AssertionError
        same = (estimate.call in _MALE_CALLS) == (told is Sex.MALE)
        definite = estimate.call in _DEFINITE
        level = "same" if same else "opposite_definite" if definite else "opposite_probable"
        apart = Agreement.CONTRADICTS if definite else Agreement.EXPLAINABLE
        return Finding(
            level,
            Agreement.AGREES if same else apart,
            {
                "estimate": estimate.call.value,
                "method": estimate.method,
                "assessor": estimate.assessor.value if estimate.assessor else None,
            },
            {"sex": told.value},
        )


class AgeTold(NamedTuple):
    """Age when last seen, in years, and the standard deviation of that knowledge."""

    years: float
    spread: float


class AgeSeen(NamedTuple):
    """Age at death as a normal distribution in years."""

    years: float
    spread: float


class AgeLine(FixedDensityLine[AgeSeen, AgeTold]):
    """Stated interval as a normal, wider than nominal (Konigsberg et al. 2008), with wide errors.

    Stated 95 % intervals cover less than they say, so half an interval counts as more than half a
    standard deviation; a mixture carries clerical errors and "age now instead of then".
    """

    name = LineName.AGE

    def __init__(self, parameters: Parameters, setting: Setting) -> None:
        self._setting = setting
        self._factor_adult = parameters.number("age.half_interval_to_sd_adult")
        self._factor_narrow = parameters.number("age.half_interval_to_sd_narrow")
        self._narrow = parameters.number("age.narrow_half_interval")
        self._least = parameters.number("age.least_sd")
        self._bias = parameters.number("age.adult_bias")
        self._spread = parameters.table("age.report_sd")
        self._wide = parameters.number("age.wide_error_share")
        self._wide_spread = parameters.number("age.wide_error_sd")
        self._uniform = parameters.number("age.uniform_share")

    def observe(self, remains: PostMortem) -> AgeSeen | None:
        if remains.age is None:
            return None
        half = (remains.age.high - remains.age.low) / 2
        narrow = half <= self._narrow
        spread = max(self._least, half * (self._factor_narrow if narrow else self._factor_adult))
        middle = (remains.age.high + remains.age.low) / 2
        return AgeSeen(round(middle + (0 if narrow else self._bias), 2), round(spread, 3))

    def tell(self, report: AnteMortem) -> Sequence[AgeTold]:
        told = self._told(report)
        return () if told is None else (told,)

    def _told(self, report: AnteMortem) -> AgeTold | None:
        if report.birth is None:
            if report.age_told is None:
                return None
            return AgeTold(round(2 * report.age_told) / 2, round(self._spread["told"], 1))
        seen, spread = _year_seen(report, self._setting)
        # Half-years keep the tables small; the rounding is far below any examiner's error.
        years = round(2 * max(0.0, seen - report.birth.middle_year)) / 2
        kind = "day" if report.birth.days < 32 else "year"
        return AgeTold(years, round(float(np.hypot(self._spread[kind], spread)), 1))

    def seen(self, observations: Sequence[AgeSeen]) -> Packed:
        return np.array(observations, dtype=np.float64).reshape(-1, 2)

    def told(self, cells: Sequence[AgeTold]) -> Packed:
        return np.array(cells, dtype=np.float64).reshape(-1, 2)

    def chances(self, seen: Packed, told: Packed) -> Floats:
        deviation = seen[:, :1] - told[:, 0]
        variance = seen[:, 1:] ** 2 + told[:, 1] ** 2
        close = normal_density(deviation, np.sqrt(variance))
        wide = normal_density(deviation, np.sqrt(variance + self._wide_spread**2))
        rest = 1 - self._wide - self._uniform
        return rest * close + self._wide * wide + self._uniform / 90

    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        told, seen, age = self._told(report), self.observe(remains), remains.age
        if told is None or seen is None or age is None:
            raise AssertionError
        off = max(0.0, age.low - told.years, told.years - age.high)
        near = off <= 2 * float(np.hypot(seen.spread, told.spread))
        level = "inside" if off == 0 else "near" if near else "outside"
        return Finding(
            level,
            _GRADES[level],
            {"low": age.low, "high": age.high, "method": age.method},
            {"years": told.years, "from_birth": report.birth is not None},
        )


_GRADES = {
    "inside": Agreement.AGREES,
    "close": Agreement.AGREES,
    "near": Agreement.EXPLAINABLE,
    "outside": Agreement.CONTRADICTS,
    "far": Agreement.CONTRADICTS,
}


def _year_seen(report: AnteMortem, setting: Setting) -> tuple[float, float]:
    if report.last_seen is None:
        return setting.typical_year, setting.typical_spread
    interval = report.last_seen.interval
    return interval.middle_year, interval.days / 365.2425 / np.sqrt(12)


class StatureTold(NamedTuple):
    """What the family said of stature: centimetres or a word, and the sex that gives it sense."""

    sex: Sex | None
    centimetres: float | None
    category: StatureCategory | None


class StatureLine(FixedDensityLine[tuple[float, float], StatureTold]):
    """Bone stature against told stature; means within one sex, or sex would count twice."""

    name = LineName.STATURE

    def __init__(self, parameters: Parameters, setting: Setting) -> None:
        self._setting = setting
        self._family = parameters.number("stature.report_sd")
        self._method = parameters.number("stature.method_sd")
        self._bias = parameters.number("stature.bias")
        self._uniform = parameters.number("stature.uniform_share")
        self._mean = parameters.table("stature.mean")
        self._spread = parameters.table("stature.sd")
        self._cut = parameters.number("stature.category_cut")
        self._shift = parameters.number("stature.category_shift")
        self._adult = parameters.number("stature.category_least_age")

    def observe(self, remains: PostMortem) -> tuple[float, float] | None:
        if remains.stature is None:
            return None
        error = max(self._method, remains.stature.standard_error or 0.0)
        return round(remains.stature.centimetres), round(error, 1)

    def tell(self, report: AnteMortem) -> Sequence[StatureTold]:
        if report.stature_cm is not None:
            return (StatureTold(report.sex, float(round(report.stature_cm)), None),)
        if report.stature_category is None or self._is_child(report):
            return ()
        return (StatureTold(report.sex, None, report.stature_category),)

    def _is_child(self, report: AnteMortem) -> bool:
        # "Tall" of a child means tall for that age.
        if report.birth is not None:
            year, _ = _year_seen(report, self._setting)
            return year - report.birth.middle_year < self._adult
        return report.age_told is not None and report.age_told < self._adult

    def group(self, cell: StatureTold) -> Hashable:
        return cell.sex

    def seen(self, observations: Sequence[tuple[float, float]]) -> Packed:
        return np.array(observations, dtype=np.float64).reshape(-1, 2)

    def told(self, cells: Sequence[StatureTold]) -> Packed:
        return np.array([self._expected(cell) for cell in cells], dtype=np.float64).reshape(-1, 2)

    def chances(self, seen: Packed, told: Packed) -> Floats:
        deviation = seen[:, :1] - self._bias - told[:, 0]
        spread = np.sqrt(seen[:, 1:] ** 2 + told[:, 1] ** 2)
        return (1 - self._uniform) * normal_density(deviation, spread) + self._uniform / 60

    def _expected(self, cell: StatureTold) -> tuple[float, float]:
        if cell.centimetres is not None:
            return cell.centimetres, self._family
        sex = cell.sex.value if cell.sex else "unknown"
        sign = {"short": -1, "medium": 0, "tall": 1}[cell.category or StatureCategory.MEDIUM]
        # A third of the people in each word; the outer thirds centre about 1.1 sd off the mean.
        spread = self._spread[sex] * (self._cut if sign == 0 else 0.7)
        return self._mean[sex] + sign * self._shift * self._spread[sex], spread + self._family / 2

    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        estimate, told = remains.stature, self.tell(report)[0]
        if estimate is None:
            raise AssertionError
        centre, spread = self._expected(told)
        off = abs(estimate.centimetres - self._bias - centre)
        sigma = float(np.hypot(spread, estimate.standard_error or self._method))
        level = "close" if off <= sigma else "near" if off <= 2.5 * sigma else "far"
        return Finding(
            level,
            _GRADES[level],
            {"centimetres": estimate.centimetres, "standard_error": estimate.standard_error},
            {
                "centimetres": report.stature_cm,
                "category": told.category.value if told.category else None,
            },
        )

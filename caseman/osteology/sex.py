"""Biological sex of adult remains: an estimate with its chance, never gender, never of a child.

Morphology gives a logistic score, the size of a bone the ratio of two normal densities. Whatever
method, ``details["p_male"]`` and ``details["p_female"]`` stand beside its printed value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Final

from caseman.osteology.chances import normal_density
from caseman.osteology.tables import Row, distinct, provenance, rows
from caseman.osteology.values import (
    Estimate,
    Provenance,
    Status,
    refuse,
    refuse_outside,
)

UNIT: Final = "probability of female"


@dataclass(frozen=True, slots=True)
class Size:
    """A size in the people of one sex: how many were measured, their mean and spread."""

    n: int
    mean_mm: float
    sd_mm: float


@dataclass(frozen=True, slots=True)
class Sectioning:
    """One size of a bone in the men and the women of a population.

    P(M|x) = pi N(x; mu_M, sd_M) / (pi N(x; mu_M, sd_M) + (1 - pi) N(x; mu_F, sd_F)). In a grave of
    men alone the prior says so. Populations differ by 2 to 3 mm: local figures should replace
    those that come with the program.
    """

    measurement: str
    men: Size
    women: Size
    provenance: Provenance
    notes: tuple[str, ...] = ()

    @property
    def range_mm(self) -> tuple[float, float]:
        """The smallest and largest that an adult has."""
        small, large = sorted((self.women, self.men), key=lambda each: each.mean_mm)
        return (
            round(small.mean_mm - 5 * small.sd_mm, 1),
            round(large.mean_mm + 5 * large.sd_mm, 1),
        )

    @property
    def cut_mm(self) -> float:
        """Half-way between the means."""
        return (self.men.mean_mm + self.women.mean_mm) / 2

    def estimate(self, length_mm: float, prior_male: float = 0.5) -> Estimate:
        """Return P(male), that of the site before it is measured being ``prior_male``."""
        refuse_outside("prior_male", prior_male, 0, 1, "")
        refuse_outside(self.measurement, length_mm, *self.range_mm, "mm of an adult")
        man = prior_male * normal_density(length_mm, self.men.mean_mm, self.men.sd_mm)
        woman = (1 - prior_male) * normal_density(length_mm, self.women.mean_mm, self.women.sd_mm)
        # Both are 0 only where the prior leaves one sex and its figures are far from this size.
        p_male = man / (man + woman) if man + woman else prior_male
        details = {"p_male": p_male, "p_female": 1 - p_male, "cut_mm": round(self.cut_mm, 2)}
        return Estimate(
            p_male, "probability of male", self.provenance, details=details, notes=self.notes
        )


@dataclass(frozen=True, slots=True)
class Discriminant:
    """A score ``constant + sum(weight * trait)`` of traits from 1 to 5; above 0 is female."""

    provenance: Provenance
    constant: float
    weights: Mapping[str, float]

    def estimate(self, traits: Mapping[str, float]) -> Estimate:
        """Return P(female) = 1 / (1 + exp(-score)) of an adult."""
        for name in self.weights:
            if name not in traits:
                refuse(name, "a score from 1 to 5 is missing")
            refuse_outside(name, traits[name], 1, 5, "(scores)")
        score = self.constant + sum(w * traits[name] for name, w in self.weights.items())
        p_female = 1 / (1 + exp(-score))
        return _of_female(p_female, self.provenance, score=score, traits=dict(traits))


def _walker(constant: float, status: Status = Status.SEEN, **weights: float) -> Discriminant:
    modern = status is Status.SEEN
    population = "modern US and English" if modern else "ancient Native American"
    source = "Walker 2008, AJPA 136:39"
    return Discriminant(Provenance("Walker 2008", population, source, status), constant, weights)


KLALES: Final = Discriminant(
    Provenance("Klales et al. 2012", "US", "nonmetricpelvissexing.weebly.com", Status.SEEN),
    16.312,
    {"VA": -2.726, "MA": -1.214, "SPC": -1.073},
)
"""Ventral arc, medial aspect, subpubic contour. The print has the opposite sign of the score."""

WALKER: Final = (
    _walker(9.128, glabella=-1.375, mastoid=-1.185, mental=-1.151),
    _walker(7.434, glabella=-1.568, mastoid=-1.459),
    _walker(7.372, glabella=-1.525, mental=-1.485),
    _walker(7.382, mental=-1.415, mastoid=-1.629),
    _walker(6.018, orbit=-1.007, mental=-1.850),
    _walker(5.329, nuchal=-0.700, mental=-1.559),
    _walker(3.414, Status.RECALLED, orbit=-0.499, mental=-0.606),
    _walker(4.765, Status.RECALLED, mental=-0.576, glabella=-1.136),
    _walker(5.025, Status.RECALLED, glabella=-0.797, mastoid=-1.085),
)
"""Traits of the skull, 1 gracile to 5 robust. Of glabella and mastoid one print has 1.558."""

_SCIATIC_NOTCH_MALE: Final = (0.12, 0.66, 0.88, 0.93, 0.90)
_RHOMBOID_FOSSA_MALE: Final = {
    ("left", True): 0.922,
    ("left", False): 0.414,
    ("right", True): 0.817,
    ("right", False): 0.410,
}
FEREMBACH: Final = {
    "glabella": 3, "mastoid": 3, "nuchal relief": 3, "zygomatic process": 3, "brow ridge": 2,
    "frontal and parietal bosses": 2, "occipital protuberance": 2, "zygomatic": 2,
    "supramastoid crest": 2, "frontal slope": 1, "orbital margin": 1, "orbit shape": 1,
    "mandible overall": 3, "chin": 2, "gonial region": 1, "lower margin": 1, "angle": 1,
    "preauricular sulcus": 3, "sciatic notch": 3, "pubic angle": 2, "composite arch": 2,
    "hip bone shape": 2, "obturator foramen": 2, "ischium body": 2, "iliac crest": 1,
    "iliac fossa": 1, "greater pelvis": 1, "auricular area": 1, "sacrum": 1, "acetabulum": 1,
    "humerus": 1, "femur": 1,
}  # fmt: skip
"""Weights of the traits of Ferembach, Schwidetzky & Stloukal (1979)."""


def by_klales(traits: Mapping[str, float]) -> Estimate:
    """Return P(female) of an adult hip bone by VA, MA and SPC; its score as printed, male above."""
    found = KLALES.estimate(traits)
    score = -float(str(found.details["score"]))
    return Estimate(found.value, UNIT, found.provenance, details={**found.details, "score": score})


def by_walker(traits: Mapping[str, float], *, ancient: bool = False) -> Estimate:
    """Return P(female) of an adult skull by the equation that has just these traits."""
    status = Status.RECALLED if ancient else Status.SEEN
    offered = [each for each in WALKER if each.provenance.status is status]
    found = next((each for each in offered if set(each.weights) == set(traits)), None)
    if found is None:
        known = "; ".join(", ".join(each.weights) for each in offered)
        refuse("traits", f"one of these sets is expected: {known}")
    return found.estimate(traits)


def by_sciatic_notch(score: float) -> Estimate:
    """Return P(female) by the greater sciatic notch, scored 1 to 5 (Walker 2005)."""
    if score not in {1, 2, 3, 4, 5}:
        refuse("score", f"{score:g} is given, 1, 2, 3, 4 or 5 is expected")
    where = Provenance("Walker 2005", "US and English", "cora-docs methods", Status.SEEN)
    return _of_female(1 - _SCIATIC_NOTCH_MALE[int(score) - 1], where, score=score)


def by_rhomboid_fossa(side: str, *, is_present: bool) -> Estimate:
    """Return P(female) by the rhomboid fossa of a clavicle (Rogers 2000)."""
    if (side, is_present) not in _RHOMBOID_FOSSA_MALE:
        refuse("side", f"{side} is given, left or right is expected")
    where = Provenance("Rogers 2000", "North American", "cora-docs methods", Status.SEEN)
    return _of_female(1 - _RHOMBOID_FOSSA_MALE[side, is_present], where, side=side)


def by_ferembach(traits: Mapping[str, float]) -> Estimate:
    """Return the weighted mean of traits scored -2 (female) to 2 (male), and its class."""
    for name, score in traits.items():
        if name not in FEREMBACH:
            refuse(name, f"not a trait; known are {', '.join(FEREMBACH)}")
        refuse_outside(name, score, -2, 2, "(scores)")
    if not traits:
        refuse("traits", "at least one is expected")
    weight = sum(FEREMBACH[name] for name in traits)
    mean = sum(FEREMBACH[name] * score for name, score in traits.items()) / weight
    where = Provenance("Ferembach 1979", "European", "OpenAtlas manual", Status.SEEN)
    details = {"class": _ferembach_class(mean), "traits": dict(traits)}
    return Estimate(mean, "weighted mean, -2 female to 2 male", where, details=details)


def _ferembach_class(mean: float) -> str:
    ends = ((-0.695, "female"), (-0.305, "likely female"), (0.305, "indifferent"))
    for end, name in (*ends, (0.695, "likely male")):
        if mean <= end:
            return name
    return "male"


def by_measurement(
    measurement: str, length_mm: float, population: str = "pooled", prior_male: float = 0.5
) -> Estimate:
    """Return P(male) of an adult bone by its size, by the sizes that come with the program."""
    refuse_outside("prior_male", prior_male, 0, 1, "")
    return published_sizes(measurement, population).estimate(length_mm, prior_male)


def size_range_mm(measurement: str) -> tuple[float, float]:
    """Return the smallest and largest that this size is of an adult, all populations together."""
    return published_sizes(measurement).range_mm


@cache
def sizes_known() -> tuple[str, ...]:
    """Return the sizes that come with the program, in the order of their table."""
    return tuple(distinct(row["measurement"] for row in rows("sex_metrics")))


@cache
def published_sizes(measurement: str, population: str = "pooled") -> Sectioning:
    """Return one size as the program's own table has it; refused is one that it has not."""
    key = (measurement, population)
    row = next((r for r in rows("sex_metrics") if (r["measurement"], r["population"]) == key), None)
    if row is None:
        known = ", ".join(sizes_known())
        refuse("measurement", f"{measurement} is given, one of {known} is expected")
    where = provenance("sex_metrics", f"sectioning of {row['name']}", population)
    return Sectioning(measurement, size_of(row, "male"), size_of(row, "female"), where)


def size_of(row: Row, sex: str) -> Size:
    """Return the figures of ``male`` or ``female`` in a row."""
    return Size(
        int(float(row[f"n_{sex}"])), float(row[f"mean_{sex}_mm"]), float(row[f"sd_{sex}_mm"])
    )


def _of_female(p_female: float, where: Provenance, **details: object) -> Estimate:
    chances = {"p_female": p_female, "p_male": 1 - p_female}
    return Estimate(p_female, UNIT, where, details={**details, **chances})

"""Y-STR and mitochondrial haplotypes: whether two may be of one line, and how rare that line is.

These are shared by everybody of the father's or mother's line, so they are consistency evidence
beside an LR, never an identification; the verdicts are guides, people decide.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Consistency(StrEnum):
    """What the number of differences between two haplotypes says."""

    NOT_EXCLUDED = "not_excluded"
    INCONCLUSIVE = "inconclusive"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class HaplotypeComparison:
    """Where two haplotypes differ, among the markers or positions that both cover."""

    compared: int
    differences: tuple[str, ...]
    consistency: Consistency | None


@dataclass(frozen=True, slots=True)
class HaplotypeFrequency:
    """How often a haplotype was counted in a database, with estimate and exact interval.

    The estimate is (count + 1) / (size + 1); the interval is Clopper and Pearson's, two-sided.
    """

    count: int
    size: int
    estimate: float
    lower: float
    upper: float


def compare_y_haplotypes(
    first: Mapping[str, frozenset[str]], second: Mapping[str, frozenset[str]]
) -> HaplotypeComparison:
    """Return how two Y-STR haplotypes differ: 1 or 2 markers may have mutated, 3 exclude."""
    shared = sorted(first.keys() & second.keys())
    differing = tuple(marker for marker in shared if first[marker] != second[marker])
    return _judged(len(shared), differing, inconclusive=2)


def compare_mitochondrial(
    first: Mapping[str, str], second: Mapping[str, str]
) -> HaplotypeComparison:
    """Return how two mitochondrial sequences differ, by position: 1 is inconclusive, 2 exclude.

    Both give the base at each position that was read; length variants are to be left out.
    """
    shared = sorted(first.keys() & second.keys())
    differing = tuple(position for position in shared if first[position] != second[position])
    return _judged(len(shared), differing, inconclusive=1)


def _judged(
    compared: int, differences: tuple[str, ...], *, inconclusive: int
) -> HaplotypeComparison:
    if not compared:
        return HaplotypeComparison(0, (), None)
    if not differences:
        verdict = Consistency.NOT_EXCLUDED
    elif len(differences) <= inconclusive:
        verdict = Consistency.INCONCLUSIVE
    else:
        verdict = Consistency.EXCLUDED
    return HaplotypeComparison(compared, differences, verdict)


def haplotype_frequency(count: int, size: int, *, confidence: float = 0.95) -> HaplotypeFrequency:
    """Return the frequency of a haplotype counted in a database of `size` haplotypes.

    Raises ValueError for a count that the database cannot have, or a confidence that is none.
    """
    if not 0 <= count <= size or size == 0 or not 0 < confidence < 1:
        message = f"{count} of {size} haplotypes at confidence {confidence:g} cannot be"
        raise ValueError(message)
    tail = (1 - confidence) / 2
    lower = 0.0 if count == 0 else _share_with_tail(count - 1, size, 1 - tail)
    upper = 1.0 if count == size else _share_with_tail(count, size, tail)
    return HaplotypeFrequency(count, size, (count + 1) / (size + 1), lower, upper)


def _share_with_tail(count: int, size: int, chance: float) -> float:
    """Return the share at which at most `count` of `size` have this chance, by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(count, size, middle) > chance:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _at_most(count: int, size: int, share: float) -> float:
    """Return the binomial chance of at most `count`, summed over logarithms."""
    ways = math.lgamma(size + 1)
    return math.fsum(
        math.exp(
            ways
            - math.lgamma(k + 1)
            - math.lgamma(size - k + 1)
            + k * math.log(share)
            + (size - k) * math.log1p(-share)
        )
        for k in range(count + 1)
    )

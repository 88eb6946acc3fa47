"""Handedness, hair and the circumstances: small tables of codes against codes."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from caseman.matching.arrays import Floats
from caseman.matching.evidence import Agreement, Finding, LineName
from caseman.matching.lines.base import DensityLine, FixedDensityLine, Population
from caseman.matching.parameters import Parameters
from caseman.matching.values import AnteMortem, Hand, PostMortem


class HandednessLine(FixedDensityLine[Hand, Hand]):
    """The side bones suggest against the hand the family knows; weak by nature."""

    name = LineName.HANDEDNESS

    def __init__(self, parameters: Parameters) -> None:
        self._accuracy = parameters.number("handedness.accuracy")

    def observe(self, remains: PostMortem) -> Hand | None:
        return remains.handedness

    def tell(self, report: AnteMortem) -> Sequence[Hand]:
        return (report.handedness,) if report.handedness else ()

    def density(
        self,
        observations: Sequence[Hand],
        cells: Sequence[Hand],
    ) -> Floats:
        same = np.array([[o is c for c in cells] for o in observations])
        return np.where(same, self._accuracy, 1 - self._accuracy)

    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        return _same_or_other(remains.handedness, report.handedness)


class HairLine(DensityLine[str, str]):
    """Hair colour seen against told: right, or else spread as the colours told are spread."""

    name = LineName.HAIR

    def __init__(self, parameters: Parameters) -> None:
        self._right = parameters.number("hair.accuracy")

    def observe(self, remains: PostMortem) -> str | None:
        return remains.hair

    def tell(self, report: AnteMortem) -> Sequence[str]:
        return (report.hair,) if report.hair else ()

    def density_among(
        self, population: Population[str, str]
    ) -> Callable[[Sequence[str], Sequence[str]], Floats]:
        total = float(population.cell_counts.sum()) + 4.0
        told = zip(population.cells, population.cell_counts, strict=True)
        shares = {colour: (count + 1.0) / total for colour, count in told}
        return partial(self._density, shares, 1.0 / total)

    def _density(
        self,
        shares: Mapping[str, float],
        rare: float,
        observations: Sequence[str],
        cells: Sequence[str],
    ) -> Floats:
        common = np.array([shares.get(o, rare) for o in observations])[:, None]
        same = np.array([[o == c for c in cells] for o in observations])
        return np.where(same, self._right, 0.0) + (1 - self._right) * common

    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        return _same_or_other(remains.hair, report.hair)


class CircumstanceLine(FixedDensityLine[str, str]):
    """What happened (attack, arrest) against the kind of place where the remains lay."""

    name = LineName.CIRCUMSTANCE

    def __init__(self, parameters: Parameters) -> None:
        self._odds = parameters.table("circumstance.relative_rate")

    def observe(self, remains: PostMortem) -> str | None:
        return remains.site.kind if remains.site else None

    def tell(self, report: AnteMortem) -> Sequence[str]:
        return (report.circumstance,) if report.circumstance else ()

    def density(self, observations: Sequence[str], cells: Sequence[str]) -> Floats:
        return np.array([[self._odds.get(f"{c}/{o}", 1.0) for c in cells] for o in observations])

    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        kind, told = self.observe(remains), report.circumstance
        usual = self._odds.get(f"{told}/{kind}", 1.0) >= 1
        return Finding(
            "usual" if usual else "unusual",
            Agreement.AGREES if usual else Agreement.EXPLAINABLE,
            {"site_kind": kind},
            {"circumstance": told},
        )


def _same_or_other(seen: str | None, told: str | None) -> Finding:
    same = seen == told
    return Finding(
        "same" if same else "other",
        Agreement.AGREES if same else Agreement.EXPLAINABLE,
        {"value": str(seen)},
        {"value": str(told)},
    )

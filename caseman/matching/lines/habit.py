"""Handedness, hair and the circumstances: small tables of codes against codes."""

from collections.abc import Sequence

import numpy as np

from caseman.matching.arrays import Floats
from caseman.matching.evidence import Agreement, Finding, LineName
from caseman.matching.lines.base import (
    Density,
    DensityLine,
    FixedDensityLine,
    Packed,
    Population,
    objects,
)
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

    def seen(self, observations: Sequence[Hand]) -> Packed:
        return np.array([hand is Hand.LEFT for hand in observations], dtype=bool)

    def told(self, cells: Sequence[Hand]) -> Packed:
        return np.array([hand is Hand.LEFT for hand in cells], dtype=bool)

    def chances(self, seen: Packed, told: Packed) -> Floats:
        return np.where(seen[:, None] == told, self._accuracy, 1 - self._accuracy)

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

    def density(self, population: Population[str, str]) -> Density[str, str]:
        return _Hair(self._right, population)

    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        return _same_or_other(remains.hair, report.hair)


class _Hair(Density[str, str]):
    def __init__(self, right: float, population: Population[str, str]) -> None:
        self._right = right
        total = float(population.cell_counts.sum()) + 4.0
        told = zip(population.cells, population.cell_counts, strict=True)
        self._shares = {colour: (count + 1.0) / total for colour, count in told}
        self._rare = 1.0 / total

    def seen(self, observations: Sequence[str]) -> Packed:
        return objects(observations)

    def told(self, cells: Sequence[str]) -> Packed:
        return objects(cells)

    def chances(self, seen: Packed, told: Packed) -> Floats:
        common = np.array([self._shares.get(colour, self._rare) for colour in seen])[:, None]
        same = (seen[:, None] == told).astype(bool)
        return np.where(same, self._right, 0.0) + (1 - self._right) * common


class CircumstanceLine(FixedDensityLine[str, str]):
    """What happened (attack, arrest) against the kind of place where the remains lay."""

    name = LineName.CIRCUMSTANCE

    def __init__(self, parameters: Parameters) -> None:
        self._odds = parameters.table("circumstance.relative_rate")

    def observe(self, remains: PostMortem) -> str | None:
        return remains.site.kind if remains.site else None

    def tell(self, report: AnteMortem) -> Sequence[str]:
        return (report.circumstance,) if report.circumstance else ()

    def seen(self, observations: Sequence[str]) -> Packed:
        return objects(observations)

    def told(self, cells: Sequence[str]) -> Packed:
        return objects(cells)

    def chances(self, seen: Packed, told: Packed) -> Floats:
        odds = [[self._odds.get(f"{c}/{o}", 1.0) for c in told] for o in seen]
        return np.array(odds, dtype=np.float64).reshape(len(seen), len(told))

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

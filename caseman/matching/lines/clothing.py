"""Clothing: the same garment still worn, or one as common among the remains."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from caseman.matching.arrays import Floats
from caseman.matching.evidence import Agreement, Finding, LineName, Plain
from caseman.matching.lines.base import (
    Density,
    DensityLine,
    Packed,
    Population,
    objects,
    smoothed,
)
from caseman.matching.parameters import Parameters
from caseman.matching.values import AnteMortem, Garment, PostMortem

SLOTS = ("top", "bottom", "outer", "feet", "head")


class GarmentTold(NamedTuple):
    """A garment a report tells of, and what happened: people arrested change their clothes."""

    kind: str
    colour: str
    circumstance: str


class ClothingLine(DensityLine[tuple[Garment, ...], GarmentTold]):
    """One slot: the same garment still worn, or any garment as common among the remains."""

    name = LineName.CLOTHING

    def __init__(self, parameters: Parameters, slot: str) -> None:
        self._slot = slot
        self._same = parameters.table("clothing.still_worn")
        self._agrees = tuple(
            parameters.number(f"clothing.{what}_agrees") for what in ("kind", "colour")
        )

    def observe(self, remains: PostMortem) -> tuple[Garment, ...] | None:
        if remains.garments is None:
            return None
        return _by_slot(remains.garments).get(self._slot)

    def tell(self, report: AnteMortem) -> Sequence[GarmentTold]:
        if not report.garments:
            return ()
        known = report.circumstance if report.circumstance in self._same else "unknown"
        garments = _by_slot(report.garments).get(self._slot, ())
        return tuple(GarmentTold(g.kind, g.colour, known or "unknown") for g in garments)

    def density(
        self, population: Population[tuple[Garment, ...], GarmentTold]
    ) -> Density[tuple[Garment, ...], GarmentTold]:
        return _Worn(self._same, self._agrees, population)

    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        seen, told = remains.garments or frozenset(), report.garments or frozenset()
        pairs = [(a, b) for a in seen for b in told if a.slot == b.slot]
        if any(a == b and a.colour for a, b in pairs):
            level, agreement = "same_garment", Agreement.AGREES
        elif any(a.kind == b.kind for a, b in pairs):
            level, agreement = "same_kind", Agreement.AGREES
        else:
            level, agreement = "different", Agreement.EXPLAINABLE
        return Finding(level, agreement, _list_garments(seen), _list_garments(told))


@lru_cache(maxsize=200_000)
def _by_slot(garments: frozenset[Garment]) -> Mapping[str, tuple[Garment, ...]]:
    slots: dict[str, tuple[Garment, ...]] = {}
    for garment in sorted(garments):
        slots[garment.slot] = (*slots.get(garment.slot, ()), garment)
    return slots


class _Worn(Density[tuple[Garment, ...], GarmentTold]):
    def __init__(
        self,
        same: Mapping[str, float],
        agrees: tuple[float, ...],
        population: Population[tuple[Garment, ...], GarmentTold],
    ) -> None:
        self._same = same
        self._kind, self._colour = agrees
        self._kinds, self._colours = _wardrobe(population)

    def seen(self, observations: Sequence[tuple[Garment, ...]]) -> Packed:
        return objects(observations)

    def told(self, cells: Sequence[GarmentTold]) -> Packed:
        return objects(cells)

    def chances(self, seen: Packed, told: Packed) -> Floats:
        same = np.array([self._same[cell.circumstance] for cell in told], dtype=np.float64)
        rows = [np.mean([self._of(g, told, same) for g in worn], axis=0) for worn in seen]
        return np.array(rows, dtype=np.float64).reshape(len(seen), len(told))

    def _of(self, seen: Garment, told: Packed, same: Floats) -> Floats:
        kind = self._kinds.get(seen.kind, 0.005)
        colour = self._colours.get(seen.colour, 0.005)
        own = np.array([_agree(cell.kind, seen.kind, self._kind, kind) for cell in told])
        hue = np.array([_agree(cell.colour, seen.colour, self._colour, colour) for cell in told])
        chance: Floats = same * own * hue + (1 - same) * kind * (colour if seen.colour else 1.0)
        return chance


def _agree(told: str, seen: str, right: float, common: float) -> float:
    if not told:
        return common if seen else 1.0
    if not seen:
        return 1.0
    return (right if told == seen else 0.0) + (1 - right) * common


def _wardrobe(
    population: Population[tuple[Garment, ...], GarmentTold],
) -> tuple[dict[str, float], dict[str, float]]:
    kinds: dict[str, float] = {}
    colours: dict[str, float] = {}
    for seen, count in zip(population.observations, population.observation_counts, strict=True):
        for garment in seen:
            kinds[garment.kind] = kinds.get(garment.kind, 0.0) + count
            if garment.colour:
                colours[garment.colour] = colours.get(garment.colour, 0.0) + count
    return smoothed(kinds), smoothed(colours)


def _list_garments(garments: Iterable[Garment]) -> dict[str, Plain]:
    return {"garments": [[g.slot, g.kind, g.colour] for g in sorted(garments)]}

"""Clothing and personal effects."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from caseman.matching.arrays import Floats
from caseman.matching.evidence import Agreement, Finding, LineName, Plain
from caseman.matching.lines.base import (
    Density,
    DensityLine,
    Line,
    Packed,
    Population,
    Weigher,
    objects,
)
from caseman.matching.parameters import Parameters
from caseman.matching.values import AnteMortem, Effect, Garment, PostMortem

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
    return _smoothed(kinds), _smoothed(colours)


def _smoothed(counts: Mapping[str, float]) -> dict[str, float]:
    total = sum(counts.values()) + len(counts) + 1
    return {name: (count + 1) / total for name, count in counts.items()}


def _list_garments(garments: Iterable[Garment]) -> dict[str, Plain]:
    return {"garments": [[g.slot, g.kind, g.colour] for g in sorted(garments)]}


class KindTold(NamedTuple):
    """A kind of effect with the descriptors told; the empty kind says that effects were told."""

    kind: str
    descriptors: tuple[str, ...] = ()


_ANY = KindTold("")


class EffectsSeen(NamedTuple):
    """The effects found and whether the body was complete enough for absence to mean much."""

    effects: tuple[Effect, ...]
    complete: bool


class EffectsLine(Line[EffectsSeen, KindTold]):
    """Two by two for each kind, {told} x {found}, and the descriptor within it."""

    name = LineName.EFFECTS
    always_told = _ANY

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._regions = parameters.number("effects.complete_regions")

    def observe(self, remains: PostMortem) -> EffectsSeen | None:
        if remains.effects is None:
            return None
        complete = len(remains.regions) >= self._regions
        return EffectsSeen(tuple(sorted(remains.effects)), complete)

    def tell(self, report: AnteMortem) -> Sequence[KindTold]:
        kinds: dict[str, list[str]] = {}
        for effect in sorted(report.effects or ()):
            kinds.setdefault(effect.kind, []).append(effect.descriptor)
        told = [KindTold(k, tuple(d for d in v if d)) for k, v in sorted(kinds.items())]
        return (_ANY, *told) if told else ()

    def prepare(self, population: Population[EffectsSeen, KindTold]) -> "EffectsWeigher":
        return EffectsWeigher(self._parameters, population)

    def compare(self, remains: PostMortem, report: AnteMortem) -> Finding:
        seen, told = remains.effects or frozenset(), report.effects or frozenset()
        if any(e.descriptor for e in seen & told):
            level, agreement = "same_described", Agreement.AGREES
        elif {e.kind for e in seen} & {e.kind for e in told}:
            level, agreement = "same_kind", Agreement.AGREES
        elif not seen and not told:
            level, agreement = "none_either", Agreement.AGREES
        else:
            level, agreement = "none_common", Agreement.EXPLAINABLE
        return Finding(level, agreement, _list_effects(seen), _list_effects(told))


class EffectsWeigher(Weigher[EffectsSeen, KindTold]):
    """Shares of kinds and descriptors among the reports and the remains at hand."""

    def __init__(
        self, parameters: Parameters, population: Population[EffectsSeen, KindTold]
    ) -> None:
        self.population = population
        self._told_if_found = parameters.number("effects.told_if_found")
        self._found_if_told = parameters.table("effects.found_if_told")
        self._equal = parameters.number("effects.descriptor_agrees")
        self._told, self._described = _told_shares(population)
        self._found = _found_shares(population)

    def log_lr(self, observations: Sequence[EffectsSeen], cells: Sequence[KindTold]) -> Floats:
        kinds = np.array([cell.kind for cell in cells])
        missing = {c: self._missing(cells, complete=c) for c in (True, False)}
        rows = [self._row(seen, cells, kinds, missing[seen.complete]) for seen in observations]
        return np.array(rows).reshape(len(observations), len(cells))

    def _missing(self, cells: Sequence[KindTold], *, complete: bool) -> Floats:
        kept = self._found_if_told["complete" if complete else "incomplete"]
        common = np.array([self._found.get(cell.kind, 0.01) for cell in cells])
        silent = np.array([cell == _ANY for cell in cells])
        return np.where(silent, 0.0, np.log((1 - kept) / (1 - np.minimum(common, 0.9))))

    def _row(
        self, seen: EffectsSeen, cells: Sequence[KindTold], kinds: Floats, missing: Floats
    ) -> Floats:
        row = missing.copy()
        found: dict[str, list[str]] = {}
        for effect in seen.effects:
            found.setdefault(effect.kind, []).append(effect.descriptor)
        for kind, descriptors in found.items():
            share = self._told.get(kind, 0.01)
            silent = np.log((1 - self._told_if_found) / (1 - share))
            row[kinds == ""] += silent
            for column in np.flatnonzero(kinds == kind).tolist():
                factor = self._descriptor(kind, descriptors, cells[column].descriptors)
                row[column] = np.log(self._told_if_found / share * factor) - silent
        return row

    def _descriptor(self, kind: str, seen: Sequence[str], told: Sequence[str]) -> float:
        shares = self._described.get(kind, {})
        factors = [self._factor(a == b, shares.get(a, 0.05)) for a in seen for b in told if a and b]
        return max(factors, default=1.0)

    def _factor(self, equal: bool, share: float) -> float:  # noqa: FBT001 - private, one caller
        return self._equal / share if equal else (1 - self._equal) / (1 - min(0.9, share))


def _told_shares(
    population: Population[EffectsSeen, KindTold],
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    counts: dict[str, float] = {}
    described: dict[str, dict[str, float]] = {}
    for cell, count in zip(population.cells, population.cell_counts, strict=True):
        counts[cell.kind] = counts.get(cell.kind, 0.0) + count
        for descriptor in cell.descriptors:
            inside = described.setdefault(cell.kind, {})
            inside[descriptor] = inside.get(descriptor, 0.0) + count
    told = counts.pop("", 0.0) + 20
    shares = {kind: min(0.9, (count + 1) / told) for kind, count in counts.items()}
    return shares, {kind: _smoothed(inside) for kind, inside in described.items()}


def _found_shares(population: Population[EffectsSeen, KindTold]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for seen, count in zip(population.observations, population.observation_counts, strict=True):
        for kind in {effect.kind for effect in seen.effects}:
            counts[kind] = counts.get(kind, 0.0) + count
    total = float(population.observation_counts.sum()) + 20
    return {kind: (count + 1) / total for kind, count in counts.items()}


def _list_effects(effects: Iterable[Effect]) -> dict[str, Plain]:
    return {"effects": [[e.kind, e.descriptor] for e in sorted(effects)]}

"""Personal effects: which kinds were told and found, and how they are described."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from caseman.matching.arrays import Floats, Int64s
from caseman.matching.evidence import Agreement, Finding, LineName, Plain
from caseman.matching.lines.base import Line, Population, Weigher, smoothed
from caseman.matching.parameters import Parameters
from caseman.matching.values import AnteMortem, Effect, PostMortem


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


class _Bearers(NamedTuple):
    """Rows that show one kind of effect; the descriptors of a row are `described[which[row]]`."""

    rows: Int64s
    which: Int64s
    described: tuple[tuple[str, ...], ...]


class _Shown(NamedTuple):
    """Observations turned about: for each kind, in order, who shows it; and who is complete."""

    kinds: dict[str, _Bearers]
    complete: npt.NDArray[np.bool_]


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
        self._all = _shown(population.observations)

    def log_lr(self, observations: Sequence[EffectsSeen], cells: Sequence[KindTold]) -> Floats:
        return self._columns(_shown(observations), cells)

    def column(self, cells: Sequence[KindTold]) -> Floats:
        return self._columns(self._all, cells)

    def _columns(self, shown: _Shown, cells: Sequence[KindTold]) -> Floats:
        weights = np.empty((len(shown.complete), len(cells)))
        for place, cell in enumerate(cells):
            weights[:, place] = self._silent(shown) if cell == _ANY else self._of(shown, cell)
        return weights

    def _silent(self, shown: _Shown) -> Floats:
        """Return what a report that tells of effects weighs before any of them is looked at."""
        weights = np.zeros(len(shown.complete))
        for kind, bearers in shown.kinds.items():
            weights[bearers.rows] += self._not_told(kind)
        return weights

    def _of(self, shown: _Shown, cell: KindTold) -> Floats:
        missing = [self._missing(cell.kind, complete=complete) for complete in (False, True)]
        weights = np.where(shown.complete, missing[True], missing[False])
        if cell.kind in shown.kinds:
            rows, which, described = shown.kinds[cell.kind]
            found = [self._found_and_told(cell, seen) for seen in described]
            weights[rows] = np.array(found)[which]
        return weights

    def _missing(self, kind: str, *, complete: bool) -> float:
        kept = self._found_if_told["complete" if complete else "incomplete"]
        return float(np.log((1 - kept) / (1 - min(self._found.get(kind, 0.01), 0.9))))

    def _not_told(self, kind: str) -> float:
        share = self._told.get(kind, 0.01)
        return float(np.log((1 - self._told_if_found) / (1 - share)))

    def _found_and_told(self, cell: KindTold, seen: Sequence[str]) -> float:
        factor = self._descriptor(cell.kind, seen, cell.descriptors)
        own = self._told_if_found / self._told.get(cell.kind, 0.01) * factor
        return float(np.log(own)) - self._not_told(cell.kind)

    def _descriptor(self, kind: str, seen: Sequence[str], told: Sequence[str]) -> float:
        shares = self._described.get(kind, {})
        factors = [self._factor(a == b, shares.get(a, 0.05)) for a in seen for b in told if a and b]
        return max(factors, default=1.0)

    def _factor(self, equal: bool, share: float) -> float:  # noqa: FBT001 - private, one caller
        return self._equal / share if equal else (1 - self._equal) / (1 - min(0.9, share))


def _shown(observations: Sequence[EffectsSeen]) -> _Shown:
    found: dict[str, tuple[list[int], list[int], dict[tuple[str, ...], int]]] = {}
    for row, seen in enumerate(observations):
        for kind, descriptors in _by_kind(seen.effects):
            rows, which, described = found.setdefault(kind, ([], [], {}))
            rows.append(row)
            which.append(described.setdefault(descriptors, len(described)))
    kinds = {
        kind: _Bearers(np.array(rows, np.int64), np.array(which, np.int64), tuple(described))
        for kind, (rows, which, described) in sorted(found.items())
    }
    return _Shown(kinds, np.array([seen.complete for seen in observations], bool))


@lru_cache(maxsize=50_000)
def _by_kind(effects: tuple[Effect, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    kinds: dict[str, list[str]] = {}
    for effect in effects:
        kinds.setdefault(effect.kind, []).append(effect.descriptor)
    return tuple((kind, tuple(descriptors)) for kind, descriptors in kinds.items())


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
    return shares, {kind: smoothed(inside) for kind, inside in described.items()}


def _found_shares(population: Population[EffectsSeen, KindTold]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for seen, count in zip(population.observations, population.observation_counts, strict=True):
        for kind in {effect.kind for effect in seen.effects}:
            counts[kind] = counts.get(kind, 0.0) + count
    total = float(population.observation_counts.sum()) + 20
    return {kind: (count + 1) / total for kind, count in counts.items()}


def _list_effects(effects: Iterable[Effect]) -> dict[str, Plain]:
    return {"effects": [[e.kind, e.descriptor] for e in sorted(effects)]}

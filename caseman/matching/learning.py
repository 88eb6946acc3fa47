"""Learns from decided pairs and tells what that changes: weights, levels, and quality.

All decisions are set against the model that came before any of them, also where an earlier lesson
is in use by now: its pairs would otherwise count twice. What is told of quality after learning is
held out: the decided remains are dealt into five parts,
and each is judged by what the four others teach. Companions and rivals are not weighed here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from caseman.matching.arrays import Floats, Int32s, Int64s
from caseman.matching.encoded import LINES
from caseman.matching.evidence import LineName
from caseman.matching.fitting import (
    EXCLUDED,
    TRUE,
    Sample,
    changed,
    columns_of,
    others,
    refuse_too_few,
    regress,
    sample_of,
)
from caseman.matching.kernels import TO_LOG10
from caseman.matching.parameters import DAY_ONE, Parameters
from caseman.matching.pool import Pair, Pool
from caseman.matching.values import AnteMortem, PostMortem
from caseman.matching.wording import findings_of

PARTS = 5
"""Into so many the decided remains are dealt: each is judged by what the others teach."""

Factors = Mapping[LineName, tuple[float, float]]

PLACED = 400
"""True pairs whose place among all reports is looked up, spread over all of them."""


@dataclass(frozen=True, slots=True)
class WeightChange:
    """What one line counts before and after, and on how many decided pairs both sides speak."""

    line: LineName
    before: float
    after: float
    same: int
    excluded: int


@dataclass(frozen=True, slots=True)
class LevelChange:
    """Mean log10 LR of the decided pairs that stand at one level of one line, and their number."""

    line: LineName
    level: str
    same: int
    excluded: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How well true pairs are told from others; `excluded_below` None where none is excluded.

    `cllr` is in bits (0 best, 1 worthless). `first` and `twenty` count the `placed` true pairs
    whose report stands first, or among twenty. `excluded_below` is the share of (true, excluded)
    pairs of which the true one weighs more.
    """

    cllr: float
    placed: int
    first: int
    twenty: int
    excluded_below: float | None


@dataclass(frozen=True)
class Lesson:
    """New parameters, and all that they change from those in use; `after` is held out."""

    parameters: Parameters
    same: int
    excluded: int
    drawn: int
    intercept: tuple[float, float]
    """log10, before and after."""
    weights: tuple[WeightChange, ...]
    levels: tuple[LevelChange, ...]
    before: Quality
    after: Quality


def learn(  # noqa: PLR0913 - one question; all but the first three have defaults
    all_remains: Iterable[PostMortem],
    reports: Iterable[AnteMortem],
    pairs: Sequence[Pair],
    *,
    excluded: Sequence[Pair] = (),
    start: Parameters = DAY_ONE,
    present: Parameters | None = None,
    model: str = "learned",
    source: str = "decided pairs",
    drawn: int = 40_000,
    seed: int = 0,
) -> Lesson:
    """Return what `pairs` of one person and `excluded` pairs teach, beginning with `start`.

    It is told as a change of `present`, which differs from `start` in weights only (or not at all).
    Raises TooFewPairsError below twenty pairs of one person, KeyError for a key in neither list.
    """
    refuse_too_few(pairs)
    pool = Pool(all_remains, reports, start)
    decided = [*pairs, *excluded]
    random = others(pool, frozenset(decided), drawn, seed)
    sample = sample_of(pool, pairs, excluded, random)
    trial = _Trial(pool, sample, _dealt([*decided, *random], seed))
    now = _weights_of(present or start, sample)
    after = regress(sample)
    parameters = changed(start, sample.lines, after, model=model, source=source)
    levels = _levels(pool, decided, len(pairs), _factors(sample, now, after))
    return Lesson(
        parameters=parameters,
        same=len(pairs),
        excluded=len(excluded),
        drawn=len(random),
        intercept=(float(now[0] / np.log(10)), float(after[0] / np.log(10))),
        weights=_weights(sample.lines, now, after, levels),
        levels=levels,
        before=trial.quality(pairs, [now] * PARTS),
        after=trial.quality(pairs, trial.taught_by_others()),
    )


def _weights_of(parameters: Parameters, sample: Sample) -> Floats:
    """Return constant and weights by which `parameters` weigh the lines of a sample."""
    names = ["intercept", *(f"weight.{line}" for line in sample.lines)]
    return np.array([parameters.number(name) for name in names])


def _dealt(pairs: Sequence[Pair], seed: int) -> Int64s:
    """Return the part each pair belongs to; all pairs of the same remains are in one."""
    distinct = list(dict.fromkeys(remains for remains, _ in pairs))
    order = np.random.default_rng(seed).permutation(len(distinct)) % PARTS
    part_of = dict(zip(distinct, order.tolist(), strict=True))
    return np.array([part_of[remains] for remains, _ in pairs], np.int64)


@dataclass(frozen=True)
class _Trial:
    """A sample dealt into parts, in which weights are tried on pairs they were not learnt from."""

    pool: Pool
    sample: Sample
    part: Int64s

    def taught_by_others(self) -> list[Floats]:
        """Return for each part the weights that all other parts teach."""
        return [regress(self.sample.only(self.part != part)) for part in range(PARTS)]

    def quality(self, pairs: Sequence[Pair], weights: Sequence[Floats]) -> Quality:
        """Return how well weights do, each set of them in its own part."""
        by_row = np.array(weights)[self.part]
        scores: Floats = np.einsum("ij,ij->i", self.sample.log_lr, by_row)
        placed = range(0, len(pairs), 1 + (len(pairs) - 1) // PLACED)
        places = [self._place(pairs[row], by_row[row]) for row in placed]
        return Quality(
            cllr=self.sample.cost(scores),
            placed=len(places),
            first=sum(place == 1 for place in places),
            twenty=sum(place <= 20 for place in places),
            excluded_below=_share_below(
                scores[self.sample.kind == TRUE], scores[self.sample.kind == EXCLUDED]
            ),
        )

    def _place(self, pair: Pair, weights: Floats) -> int:
        """Return where the report of a pair stands among all, by direct evidence."""
        remains, report = pair
        block = self.pool.block([self.pool.remains[remains]])
        units = self.pool.encoded.parts(block, _against_all(len(self.pool.reports)))
        scores = columns_of(self.sample, units.astype(np.float64)) @ weights
        return 1 + int((scores > scores[self.pool.report_index[report]]).sum())


def _against_all(reports: int) -> Int32s:
    return np.stack([np.zeros(reports, np.int32), np.arange(reports, dtype=np.int32)], axis=1)


def _share_below(true: Floats, excluded: Floats) -> float | None:
    if not len(excluded):
        return None
    above = np.searchsorted(np.sort(excluded), true, side="left")
    return float(above.sum() / (len(true) * len(excluded)))


def _factors(sample: Sample, now: Floats, after: Floats) -> Factors:
    """Return what the weights of a pool are multiplied by, line by line: now, and after."""
    ratios = (np.stack([now, after], axis=1)[1:] / sample.before[1:, None]).tolist()
    return {line: (old, new) for line, (old, new) in zip(sample.lines, ratios, strict=True)}


def _levels(
    pool: Pool, decided: Sequence[Pair], same: int, factors: Factors
) -> tuple[LevelChange, ...]:
    """Return the levels at which decided pairs stand; the first `same` of them are true."""
    weights: dict[tuple[LineName, str], list[tuple[bool, float]]] = defaultdict(list)
    for place, (remains, report) in enumerate(decided):
        sides = pool.remains[remains], pool.reports[report]
        parts = pool.parts(*sides)
        by_line = dict(zip(LINES, parts.tolist(), strict=True))
        for line, finding in findings_of(pool, *sides, parts).items():
            weights[line, finding.level].append((place < same, by_line[line] * TO_LOG10))
    order = sorted(weights, key=lambda key: (LINES.index(key[0]), -_mean(weights[key])))
    return tuple(
        LevelChange(
            line=line,
            level=level,
            same=sum(is_same for is_same, _ in weights[line, level]),
            excluded=sum(not is_same for is_same, _ in weights[line, level]),
            before=_mean(weights[line, level]) * old,
            after=_mean(weights[line, level]) * new,
        )
        for line, level in order
        for old, new in [factors.get(line, (1.0, 1.0))]
    )


def _mean(weights: Sequence[tuple[bool, float]]) -> float:
    return sum(weight for _, weight in weights) / len(weights)


def _weights(
    lines: Sequence[LineName], now: Floats, after: Floats, levels: Sequence[LevelChange]
) -> tuple[WeightChange, ...]:
    numbers = zip(lines, now[1:].tolist(), after[1:].tolist(), strict=True)
    return tuple(
        WeightChange(
            line,
            old,
            new,
            sum(level.same for level in levels if level.line == line),
            sum(level.excluded for level in levels if level.line == line),
        )
        for line, old, new in numbers
    )

"""Learns from decided pairs how much each line of evidence deserves to count.

A logistic regression of *same person* on the log LRs of the lines (their weights) and a constant,
with true pairs and pairs drawn at random weighing alike, so that what comes out is a calibrated
LR and not a posterior (Morrison 2013). Weights are drawn towards those of the model that was
there before: few pairs change little.

Pairs that people excluded were compared because they looked alike, so they cannot stand for all
others. They are set against the true pairs under a constant of their own, which is thrown away:
they say which lines misled, not how common it is to agree.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np

from caseman.matching.arrays import Bools, Floats, Int64s
from caseman.matching.encoded import LINES
from caseman.matching.evidence import LineName
from caseman.matching.kernels import TO_LOG10, UNIT
from caseman.matching.parameters import DAY_ONE, Parameter, Parameters, Status
from caseman.matching.pool import Pair, Pool
from caseman.matching.ranking import score_in
from caseman.matching.values import AnteMortem, PostMortem

LEAST_PAIRS = 20
"""True pairs below which nothing is learnt."""

_PULL = 5.0  # pseudo-pairs that speak for the weights there were before
_STEPS = 50
_MOST = 2.0  # no line counts for more than its square
_FREE = 1e-6  # in place of a pull, for what nothing was known of before


class TooFewPairsError(ValueError):
    """Not enough decided pairs to learn from; the message says how many are needed."""


@dataclass(frozen=True, slots=True)
class Fit:
    """New parameters, and what they change: Cllr on the pairs learnt from (0 best, 1 worthless)."""

    parameters: Parameters
    true_pairs: int
    other_pairs: int
    cllr_before: float
    cllr_after: float


TRUE, DRAWN, EXCLUDED = 1, 0, -1
"""What is known of a pair of a sample: one person; drawn at random; excluded by people."""


@dataclass(frozen=True)
class Sample:
    """Pairs as rows: a constant 1 and the log LR (natural) of each line that counts for something.

    `kind` tells for each row what is known of the pair; `before` are the constant and the weights
    that the lines had.
    """

    lines: tuple[LineName, ...]
    log_lr: Floats
    kind: Int64s
    before: Floats

    def only(self, rows: Bools) -> "Sample":
        """Return the sample of some rows."""
        return replace(self, log_lr=self.log_lr[rows], kind=self.kind[rows])

    def cost(self, log_lr: Floats) -> float:
        """Return Cllr of given log LRs of the rows; excluded pairs are no draw and do not count."""
        counted = self.kind != EXCLUDED
        return cllr(log_lr[counted], (self.kind[counted] == TRUE).astype(np.float64))


def fit(  # noqa: PLR0913 - one question; all but the first three have defaults
    all_remains: Iterable[PostMortem],
    reports: Iterable[AnteMortem],
    pairs: Sequence[Pair],
    *,
    excluded: Sequence[Pair] = (),
    start: Parameters = DAY_ONE,
    model: str = "fitted",
    source: str = "decided pairs",
    drawn: int = 40_000,
    seed: int = 0,
) -> Fit:
    """Return weights learnt from true pairs of (remains key, report key), starting from `start`.

    `excluded` are pairs that people excluded. `drawn` other pairs are drawn at random with `seed`;
    `source` is kept with each new value. Raises TooFewPairsError below twenty true pairs, KeyError
    for a key in neither list.
    """
    refuse_too_few(pairs)
    pool = Pool(all_remains, reports, start)
    sample = sample_of(pool, pairs, excluded, others(pool, {*pairs, *excluded}, drawn, seed))
    after = regress(sample)
    return Fit(
        parameters=changed(start, sample.lines, after, model=model, source=source),
        true_pairs=len(pairs),
        other_pairs=int((sample.kind == DRAWN).sum()),
        cllr_before=sample.cost(sample.log_lr @ sample.before),
        cllr_after=sample.cost(sample.log_lr @ after),
    )


def refuse_too_few(pairs: Sequence[Pair]) -> None:
    """Raise TooFewPairsError below twenty true pairs."""
    if len(pairs) < LEAST_PAIRS:
        message = f"{len(pairs)} true pairs are too few to learn from; {LEAST_PAIRS} are needed"
        raise TooFewPairsError(message)


def cllr(log_lr: Floats, same: Floats) -> float:
    """Return the cost of log LRs (natural; Brummer and du Preez 2006), in bits.

    `same` is 1 for pairs of one person and 0 for others. 0 is perfect, 1 says nothing.
    """
    missed = np.mean(np.logaddexp(0, -log_lr[same == 1]))
    falsely = np.mean(np.logaddexp(0, log_lr[same == 0]))
    return float((missed + falsely) / 2 / np.log(2))


def others(pool: Pool, decided: AbstractSet[Pair], drawn: int, seed: int) -> list[Pair]:
    """Return about `drawn` pairs of the pool at random, none of them decided."""
    chance = np.random.default_rng(seed)
    rows = chance.integers(0, len(pool.remains_keys), drawn)
    places = chance.integers(0, len(pool.report_keys), drawn)
    keys = zip(rows.tolist(), places.tolist(), strict=True)
    pairs = {(pool.remains_keys[i], pool.report_keys[j]) for i, j in keys}
    return sorted(pairs - decided)


def sample_of(
    pool: Pool, true: Sequence[Pair], excluded: Sequence[Pair], drawn: Sequence[Pair]
) -> Sample:
    """Return pairs of the pool as a sample, in the order given."""
    parameters = pool.parameters
    weighted = [line for line in LINES if f"weight.{line}" in parameters.entries]
    weights = np.array([parameters.number(f"weight.{line}") for line in weighted])
    # A line that counts for nothing has lost its log LRs; it stays as it is.
    chosen = tuple(line for line, w in zip(weighted, weights, strict=True) if w > 0)
    sample = Sample(
        lines=chosen,
        log_lr=np.empty((0, 0)),
        kind=np.repeat([TRUE, EXCLUDED, DRAWN], [len(true), len(excluded), len(drawn)]),
        before=np.append(parameters.number("intercept"), weights[weights > 0]),
    )
    units = score_in(pool, [*true, *excluded, *drawn]).log10_parts / TO_LOG10
    return replace(sample, log_lr=columns_of(sample, units))


def columns_of(sample: Sample, units: Floats) -> Floats:
    """Return the rows of a sample for pairs whose weight by line is known, in 1/256 nat."""
    chosen = units[:, [LINES.index(line) for line in sample.lines]] / UNIT
    constant = np.ones((len(units), 1))
    return np.concatenate([constant, chosen / sample.before[1:]], axis=1)


def regress(sample: Sample) -> Floats:
    """Return constant and weights by Newton's method; see the module for what is set against what.

    In either comparison both sides weigh alike: drawn pairs as much as the true ones, and true and
    excluded ones as much as those of which there are fewer.
    """
    design, same, each = _design(sample)
    pull = np.full(design.shape[1], _PULL)
    pull[[0, -1]] = _FREE
    began = np.append(sample.before, 0.0)
    found = began.copy()
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ found, -50, 50)))
        slope = design.T @ (each * (same - chance)) - pull * (found - began)
        spread = (design * (each * chance * (1 - chance))[:, None]).T @ design
        step = np.linalg.solve(spread + np.diag(pull), slope)
        found += step
        if np.abs(step).max() < 1e-8:
            break
    weights = found[:-1]
    # A line may be found worthless, never to count against itself.
    weights[1:] = np.clip(weights[1:], 0.0, _MOST)
    return weights


def _design(sample: Sample) -> tuple[Floats, Floats, Floats]:
    """Return rows (a column for compared pairs last), which are true, and what each weighs."""
    true, drawn, excluded = (
        np.flatnonzero(sample.kind == kind) for kind in (TRUE, DRAWN, EXCLUDED)
    )
    compared = np.concatenate([true, excluded]) if len(excluded) else excluded
    rows = np.concatenate([true, drawn, compared])
    apart = np.repeat([0.0, 1.0], [len(true) + len(drawn), len(compared)])
    least = min(len(true), len(excluded))
    each = np.concatenate(
        [
            np.ones(len(true)),
            np.full(len(drawn), len(true) / max(1, len(drawn))),
            np.full(len(compared) - len(excluded), least / max(1, len(true))),
            np.full(len(excluded), least / max(1, len(excluded))),
        ]
    )
    same = (sample.kind[rows] == TRUE).astype(np.float64)
    return np.column_stack([sample.log_lr[rows], apart]), same, each


def changed(
    start: Parameters, lines: Sequence[LineName], found: Floats, *, model: str, source: str
) -> Parameters:
    """Return `start` with the constant and the weights found, named `model`."""
    names = ["intercept", *(f"weight.{line}" for line in lines)]
    changes = {
        name: Parameter(round(value, 3), Status.FITTED, source)
        for name, value in zip(names, found.tolist(), strict=True)
    }
    return start.replace(changes, model=model)

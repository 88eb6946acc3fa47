"""Learns from decided pairs how much each line of evidence deserves to count.

A logistic regression of *same person* on the log LRs of the lines (their weights) and a constant,
with true pairs and pairs drawn at random weighing alike, so that what comes out is a calibrated
LR and not a posterior (Morrison 2013). Weights are drawn towards those of the model that was
there before: few pairs change little.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from caseman.matching.arrays import Floats
from caseman.matching.encoded import LINES
from caseman.matching.evidence import LineName
from caseman.matching.parameters import DAY_ONE, Parameter, Parameters, Status
from caseman.matching.pool import Pair, Pool
from caseman.matching.ranking import score_in
from caseman.matching.values import AnteMortem, PostMortem

_LEAST_PAIRS = 20
_PULL = 5.0  # pseudo-pairs that speak for the weights there were before
_STEPS = 50
_MOST = 2.0  # no line counts for more than its square


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


@dataclass(frozen=True)
class _Sample:
    lines: tuple[LineName, ...]
    log_lr: Floats
    same: Floats
    before: Floats


def fit(  # noqa: PLR0913 - one question; all but the first three have defaults
    all_remains: Iterable[PostMortem],
    reports: Iterable[AnteMortem],
    pairs: Sequence[Pair],
    *,
    start: Parameters = DAY_ONE,
    model: str = "fitted",
    source: str = "decided pairs",
    drawn: int = 40_000,
    seed: int = 0,
) -> Fit:
    """Return weights learnt from true pairs of (remains key, report key), starting from `start`.

    `drawn` other pairs are drawn at random with `seed`; `source` is kept with each new value.
    Raises TooFewPairsError below twenty true pairs, KeyError for a key in neither list.
    """
    if len(pairs) < _LEAST_PAIRS:
        message = f"{len(pairs)} true pairs are too few to learn from; {_LEAST_PAIRS} are needed"
        raise TooFewPairsError(message)
    pool = Pool(all_remains, reports, start)
    sample = _sample(pool, pairs, _others(pool, frozenset(pairs), drawn, seed))
    after = _regress(sample)
    return Fit(
        parameters=_changed(start, sample.lines, after, model=model, source=source),
        true_pairs=len(pairs),
        other_pairs=int((sample.same == 0).sum()),
        cllr_before=cllr(sample.log_lr @ sample.before, sample.same),
        cllr_after=cllr(sample.log_lr @ after, sample.same),
    )


def cllr(log_lr: Floats, same: Floats) -> float:
    """Return the cost of log LRs (natural; Brummer and du Preez 2006), in bits.

    `same` is 1 for pairs of one person and 0 for others. 0 is perfect, 1 says nothing.
    """
    missed = np.mean(np.logaddexp(0, -log_lr[same == 1]))
    falsely = np.mean(np.logaddexp(0, log_lr[same == 0]))
    return float((missed + falsely) / 2 / np.log(2))


def _others(pool: Pool, true: frozenset[Pair], drawn: int, seed: int) -> list[Pair]:
    chance = np.random.default_rng(seed)
    rows = chance.integers(0, len(pool.remains_keys), drawn)
    places = chance.integers(0, len(pool.report_keys), drawn)
    keys = zip(rows.tolist(), places.tolist(), strict=True)
    pairs = {(pool.remains_keys[i], pool.report_keys[j]) for i, j in keys}
    return sorted(pairs - true)


def _sample(pool: Pool, true: Sequence[Pair], others: Sequence[Pair]) -> _Sample:
    parameters = pool.parameters
    weighted = [line for line in LINES if f"weight.{line}" in parameters.entries]
    weights = np.array([parameters.number(f"weight.{line}") for line in weighted])
    # A line that counts for nothing has lost its log LRs; it stays as it is.
    chosen = tuple(line for line, w in zip(weighted, weights, strict=True) if w > 0)
    weights = weights[weights > 0]
    parts = score_in(pool, [*true, *others]).log10_parts * np.log(10)
    columns = parts[:, [LINES.index(line) for line in chosen]] / weights
    constant = np.ones((len(columns), 1))
    return _Sample(
        lines=chosen,
        log_lr=np.concatenate([constant, columns], axis=1),
        same=np.repeat([1.0, 0.0], [len(true), len(others)]),
        before=np.append(parameters.number("intercept"), weights),
    )


def _regress(sample: _Sample) -> Floats:
    """Return constant and weights by Newton's method, each side of the sample weighing alike."""
    true = sample.same.sum()
    each = np.where(sample.same == 1, 1.0, true / (len(sample.same) - true))
    pull = np.full(len(sample.before), _PULL)
    pull[0] = 1e-6
    found = sample.before.copy()
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(sample.log_lr @ found, -50, 50)))
        slope = sample.log_lr.T @ (each * (sample.same - chance)) - pull * (found - sample.before)
        spread = (sample.log_lr * (each * chance * (1 - chance))[:, None]).T @ sample.log_lr
        step = np.linalg.solve(spread + np.diag(pull), slope)
        found += step
        if np.abs(step).max() < 1e-8:
            break
    # A line may be found worthless, never to count against itself.
    found[1:] = np.clip(found[1:], 0.0, _MOST)
    return found


def _changed(
    start: Parameters, lines: Sequence[LineName], found: Floats, *, model: str, source: str
) -> Parameters:
    names = ["intercept", *(f"weight.{line}" for line in lines)]
    changes = {
        name: Parameter(round(value, 3), Status.FITTED, source)
        for name, value in zip(names, found.tolist(), strict=True)
    }
    return start.replace(changes, model=model)

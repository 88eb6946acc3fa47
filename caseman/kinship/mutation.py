"""How alleles change between parent and child: the models, and their transition matrices.

Formulas as in the documentation of Familias (Egeland, Mostad et al.), Dawid, Mortera and Pascali
(2001) and Simonsson and Mostad (2016, stationary variants); docs/kinship.md writes them out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from caseman.kinship.arrays import Floats
from caseman.kinship.faults import KinshipError

_ROUNDING = 1e-9


class MutationModel(StrEnum):
    """The models; equal and proportional do not look at the length of an allele."""

    EQUAL = "equal"
    PROPORTIONAL = "proportional"
    ONE_STEP = "onestep"
    STEPWISE = "stepwise"
    DAWID = "dawid"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Mutation:
    """One model with its parameters.

    `rate` is the chance that a transmission mutates, `rate2` the part between microvariant groups
    (stepwise), `range` the chance of one step more relative to one step less (stepwise, dawid),
    `matrix` the rows of a custom model: parental allele by transmitted allele.
    `is_stabilised` makes the alleles' frequencies stay what they are over the generations.
    """

    model: MutationModel
    rate: float = 0.0
    rate2: float = 0.0
    range: float = 0.1
    matrix: tuple[tuple[float, ...], ...] | None = None
    is_stabilised: bool = False

    def __post_init__(self) -> None:
        for name, value, most in (
            ("rate", self.rate, 1.0),
            ("rate2", self.rate2, 1.0),
            ("range", self.range, 100.0),
        ):
            if not 0 <= value <= most:
                fault = f"{name} of mutation is {value:g}; give a number from 0 to {most:g}"
                raise KinshipError(fault)


@dataclass(frozen=True, slots=True)
class MutationPair:
    """Mutation in egg cells and in sperm, which may differ."""

    female: Mutation
    male: Mutation


@dataclass(frozen=True, slots=True)
class Redraw:
    """A model that keeps an allele with chance `keep` and draws a new one from `target` else.

    None, equal and proportional are of this form. The rest of the engine can then put alleles
    that nobody has into one class, whatever their number.
    """

    keep: float
    target: Floats


def transition_matrix(
    mutation: Mutation | None, alleles: Sequence[str], frequencies: Sequence[float]
) -> Floats:
    """Return chances by parental allele (row) and transmitted allele (column).

    `frequencies` may sum to less than one where a silent allele has the rest. Raises KinshipError
    for parameters that give no chances.
    """
    share = np.asarray(frequencies, float) / np.sum(frequencies)
    if mutation is None:
        return np.eye(len(share))
    with np.errstate(all="ignore"):
        matrix = _BUILDERS[mutation.model](mutation, alleles, share)
    are_chances = np.isfinite(matrix).all() and (matrix > -_ROUNDING).all()
    if are_chances and mutation.is_stabilised:
        matrix = stabilised(matrix, share)
    if not are_chances or abs(matrix.sum(axis=1) - 1).max() > _ROUNDING:
        fault = f"mutation model {mutation.model.value} gives no chances at rate {mutation.rate:g}"
        raise KinshipError(fault)
    return np.maximum(matrix, 0.0)


def as_redraw(mutation: Mutation | None, frequencies: Sequence[float]) -> Redraw | None:
    """Return the model as a redraw, or None if it is not of that form."""
    share = np.asarray(frequencies, float) / np.sum(frequencies)
    if mutation is None or (mutation.model in _BLIND and mutation.rate == 0):
        return Redraw(1.0, share)
    if mutation.is_stabilised or len(share) < 2:
        return None
    if mutation.model is MutationModel.EQUAL:
        keep, target = 1 - mutation.rate * len(share) / (len(share) - 1), np.ones(len(share))
    elif mutation.model is MutationModel.PROPORTIONAL:
        keep, target = 1 - mutation.rate / float(share @ (1 - share)), share
    else:
        return None
    return Redraw(keep, target / target.sum()) if keep >= 0 else None


def stabilised(matrix: Floats, share: Floats) -> Floats:
    """Return the matrix of equal mutation rate under which the frequencies do not change.

    The variant PM of Simonsson and Mostad (2016): rows are mixed with staying, by weights from
    the stationary distribution. Raises KinshipError where it does not exist.
    """
    values, vectors = np.linalg.eig(matrix.T)
    found = np.real(vectors[:, np.argmin(abs(values - 1))])
    stationary = found / found.sum()
    rate = 1 - float(np.diag(matrix) @ share)
    moved = 1 - float(np.diag(matrix) @ stationary)
    if moved <= 0:
        return matrix
    weight = rate * stationary / (moved * share)
    if (weight * (1 - np.diag(matrix)) > 1 + _ROUNDING).any() or (weight < 0).any():
        fault = "mutation model has no stabilised variant at these frequencies"
        raise KinshipError(fault)
    mixed: Floats = np.eye(len(share)) + (matrix - np.eye(len(share))) * weight[:, None]
    return mixed


def _equal(mutation: Mutation, alleles: Sequence[str], _: Floats) -> Floats:
    count = len(alleles)
    if count == 1:
        return np.eye(1)
    matrix = np.full((count, count), mutation.rate / (count - 1))
    np.fill_diagonal(matrix, 1 - mutation.rate)
    return matrix


def _proportional(mutation: Mutation, alleles: Sequence[str], share: Floats) -> Floats:
    if len(alleles) == 1:
        return np.eye(1)
    weight = mutation.rate / float(share @ (1 - share))
    return (1 - weight) * np.eye(len(share)) + weight * share[None, :]


def _one_step(mutation: Mutation, alleles: Sequence[str], _: Floats) -> Floats:
    lengths = _lengths(mutation, alleles)
    near = abs(abs(lengths[:, None] - lengths[None, :]) - 1) < 1e-6
    return _spread(near.astype(float), np.full(len(alleles), mutation.rate))


def _stepwise(mutation: Mutation, alleles: Sequence[str], _: Floats) -> Floats:
    lengths = _lengths(mutation, alleles)
    group = np.round(10 * (lengths - np.round(lengths)))
    same = group[:, None] == group[None, :]
    distance = abs(lengths[:, None] - lengths[None, :])
    inside = np.where(same, mutation.range**distance, 0.0)
    np.fill_diagonal(inside, 0.0)
    is_alone, is_one_group = same.sum(axis=1) == 1, bool(same.all())
    rate = np.where(is_alone, 0.0, mutation.rate)
    rate2 = np.full(len(alleles), 0.0 if is_one_group else mutation.rate2)
    matrix = _spread(inside, rate) + _spread((~same).astype(float), rate2)
    np.fill_diagonal(matrix, 1 - rate - rate2)
    return matrix


def _spread(weights: Floats, rate: Floats) -> Floats:
    """Return rows with `rate` shared out by weight and the rest on the diagonal."""
    total = weights.sum(axis=1)
    has_any = total > 0
    scale = np.where(has_any, rate / np.where(has_any, total, 1.0), 0.0)
    matrix: Floats = weights * scale[:, None]
    np.fill_diagonal(matrix, 1 - np.where(has_any, rate, 0.0))
    return matrix


def _dawid(mutation: Mutation, alleles: Sequence[str], share: Floats) -> Floats:
    count, base = len(alleles), mutation.range
    if count == 1:
        return np.eye(1)
    if not 0 < base < 1:
        fault = f"mutation model dawid needs a range between 0 and 1, not {base:g}"
        raise KinshipError(fault)
    rank = np.argsort(np.argsort(_lengths(mutation, alleles)))
    reach = (1 - base**count) / (1 - base)
    scale = mutation.rate * (1 - base) / (2 * base * (count - reach))
    matrix: Floats = scale / share[:, None] * base ** abs(rank[:, None] - rank[None, :])
    np.fill_diagonal(matrix, 0.0)
    np.fill_diagonal(matrix, 1 - matrix.sum(axis=1))
    return matrix


def _custom(mutation: Mutation, alleles: Sequence[str], _: Floats) -> Floats:
    matrix = np.array(mutation.matrix or (), float)
    if matrix.shape != (len(alleles), len(alleles)):
        fault = f"mutation matrix is not {len(alleles)} by {len(alleles)}, as there are alleles"
        raise KinshipError(fault)
    return matrix


def _lengths(mutation: Mutation, alleles: Sequence[str]) -> Floats:
    try:
        return np.array([float(allele) for allele in alleles])
    except ValueError as error:
        fault = f"mutation model {mutation.model.value} needs alleles that are numbers"
        raise KinshipError(fault) from error


_BLIND = frozenset({MutationModel.EQUAL, MutationModel.PROPORTIONAL})
_BUILDERS: Mapping[MutationModel, Callable[[Mutation, Sequence[str], Floats], Floats]] = {
    MutationModel.EQUAL: _equal,
    MutationModel.PROPORTIONAL: _proportional,
    MutationModel.ONE_STEP: _one_step,
    MutationModel.STEPWISE: _stepwise,
    MutationModel.DAWID: _dawid,
    MutationModel.CUSTOM: _custom,
}

"""Solves remains and families together: which assignment of remains to the missing fits best.

As dvir (Vigeland and Egeland 2021): every assignment is weighed by its likelihood, the prior is
flat over assignments, and what is asked of a pair is summed or maximised over all of them. Where
sums over everything are out of reach, choices of small weight are set aside and what that can
change at most is stated.
"""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from caseman.kinship.caseload import NOBODY_SOUGHT, Caseload
from caseman.kinship.matching import (
    LARGEST,
    SMALLEST,
    TOTAL,
    Component,
    Sweep,
    Ways,
    best_first,
)
from caseman.kinship.options import Choice, FamilyOptions, family_options, remains_log_likelihoods
from caseman.kinship.pairwise import Comparer, PairwiseMatrix, compare, family_log_likelihood
from caseman.kinship.reach import components, remains_of, within_reach

MOST_ROWS = 3000
_TIE = 1e-9
_FOLDS = (TOTAL, LARGEST, SMALLEST)


@dataclass(frozen=True)
class Assignment:
    """Who the remains are taken to be, with ln LR against nobody being anybody."""

    pairs: Mapping[str, str]
    log_ratio: float
    log_posterior: float


@dataclass(frozen=True)
class PairSupport:
    """What all assignments say of one pair: posterior, and likelihoods with it over without it.

    `log_glr` compares the best assignments of both kinds, `log_glr_least` the worst with the pair.
    """

    remains: str
    missing: str
    posterior: float
    log_glr: float
    log_glr_least: float


@dataclass(frozen=True)
class NullHypothesis:
    """Natural log likelihoods of remains and of families if none of them belong together."""

    remains: Mapping[str, float]
    families: Mapping[str, float]

    @property
    def total(self) -> float:
        """Their sum."""
        return math.fsum((*self.remains.values(), *self.families.values()))


@dataclass(frozen=True)
class JointSolution:
    """All of it; `assignments` are the best ones, `support` is of every pair that was allowed.

    `bound` is the most that a posterior can be off because choices were set aside: 0 where the
    sum is exact. `ties` are remains and missing persons that the best assignments exchange.
    """

    count: int
    assignments: tuple[Assignment, ...]
    support: tuple[PairSupport, ...]
    null: NullHypothesis
    bound: float
    set_aside: int
    ties: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


@dataclass(frozen=True)
class _Group:
    """A component with what its families and bits stand for."""

    component: Component
    options: tuple[FamilyOptions, ...]
    remains: tuple[int, ...]


def solve_jointly(
    caseload: Caseload,
    matrix: PairwiseMatrix | None = None,
    *,
    limit: float = 0.0,
    evidence: Mapping[tuple[str, str], float] | None = None,
    rows: int = MOST_ROWS,
) -> JointSolution:
    """Return the joint solution over pairs whose LR is above `limit`.

    `evidence` adds log10 LRs of other lines, by remains and missing person. Raises TooLargeError,
    naming the family, where one family alone has too many ways to be given remains.
    """
    comparer = Comparer(caseload.loci, caseload.remains, theta=caseload.theta)
    found = matrix or compare(caseload)
    allowed = allowed_pairs(found, limit)
    options = []
    column = 0
    for family in caseload.families:
        ratios = found.log_ratios[:, column : column + len(family.missing)]
        column += len(family.missing)
        weighed = family_options(comparer, family, allowed, ratios)
        options.append(_with_evidence(weighed, caseload, evidence or {}))
    kept, bound, set_aside = within_reach(options)
    groups = _groups(kept)
    total = math.fsum(Sweep(group.component, TOTAL).total for group in groups)
    best = _assignments(caseload, groups, total, rows)
    return JointSolution(
        math.prod(group.component.count() for group in groups),
        best,
        tuple(_all_support(caseload, groups)),
        _null(comparer, caseload),
        bound,
        set_aside,
        find_ties(best),
    )


def allowed_pairs(matrix: PairwiseMatrix, limit: float) -> dict[str, tuple[int, ...]]:
    """Return, for each missing person, the numbers of the remains with an LR above the limit."""
    least = math.log(limit) if limit > 0 else -math.inf
    with np.errstate(invalid="ignore"):
        is_open = matrix.log_ratios > least
    columns = zip(matrix.missing, is_open.T, strict=True)
    return {missing: tuple(np.flatnonzero(column).tolist()) for missing, column in columns}


def _with_evidence(
    options: FamilyOptions, caseload: Caseload, evidence: Mapping[tuple[str, str], float]
) -> FamilyOptions:
    def added(choice: Choice) -> float:
        named = zip(choice, options.family.missing, strict=True)
        pairs = [(caseload.remains[v].key, missing) for v, missing in named if v >= 0]
        return math.fsum(evidence.get(pair, 0.0) for pair in pairs) * math.log(10)

    more = np.array([added(choice) for choice in options.choices])
    return FamilyOptions(options.family, options.choices, options.log_weights + more)


def _groups(options: Sequence[FamilyOptions]) -> list[_Group]:
    groups = []
    for members in components(options):
        remains = remains_of(members)
        bit = {v: 1 << i for i, v in enumerate(remains)}
        ways = tuple(
            Ways(
                np.array([sum(bit[v] for v in choice if v >= 0) for choice in each.choices]),
                each.log_weights,
            )
            for each in members
        )
        groups.append(_Group(Component(ways, len(remains)), members, remains))
    return groups


def _assignments(
    caseload: Caseload, groups: Sequence[_Group], total: float, rows: int
) -> tuple[Assignment, ...]:
    families = [options for group in groups for options in group.options]
    found = []
    for weight, chosen in itertools.islice(best_first([g.component for g in groups]), rows):
        pairs = {each.key: NOBODY_SOUGHT for each in caseload.remains}
        for options, number in zip(families, chosen, strict=True):
            for v, missing in zip(options.choices[number], options.family.missing, strict=True):
                if v >= 0:
                    pairs[caseload.remains[v].key] = missing
        found.append(Assignment(pairs, weight, weight - total))
    return tuple(found)


def _all_support(caseload: Caseload, groups: Sequence[_Group]) -> Iterator[PairSupport]:
    """Yield the support of every pair; the worst of all is the worst of every group."""
    sweeps = [[Sweep(group.component, fold) for fold in _FOLDS] for group in groups]
    for number, (group, own) in enumerate(zip(groups, sweeps, strict=True)):
        others = [each for i, each in enumerate(sweeps) if i != number]
        elsewhere = math.fsum(smallest.total - largest.total for _, largest, smallest in others)
        yield from _support(caseload, group, own, elsewhere)


def _support(
    caseload: Caseload, group: _Group, sweeps: Sequence[Sweep], elsewhere: float
) -> Iterator[PairSupport]:
    """Yield the support of the pairs of a group; `elsewhere` is worst less best of the others."""
    folds = [sweep.by_choice() for sweep in sweeps]
    uses = [sweep.by_use() for sweep in sweeps]
    for options, total, largest, smallest in zip(group.options, *folds, strict=True):
        chosen = np.array(options.choices).reshape(len(options.choices), -1)
        for column, missing in enumerate(options.family.missing):
            for v in sorted(set(chosen[:, column].tolist()) - {-1}):
                has = chosen[:, column] == v
                sums = float(np.logaddexp.reduce(total[has])), float(np.logaddexp.reduce(total))
                best = float(largest[has].max()), float(largest[~has].max())
                least = float(np.fmin.reduce(smallest[has])) + elsewhere
                yield _pair((caseload.remains[v].key, missing), sums, best, least)
    for bit, v in enumerate(group.remains):
        (total_without, total_with), best, (worst, _) = (use[bit] for use in uses)
        sums = total_without, float(np.logaddexp(total_without, total_with))
        pair = caseload.remains[v].key, NOBODY_SOUGHT
        yield _pair(pair, sums, best, worst + elsewhere)


def _pair(
    pair: tuple[str, str], sums: tuple[float, float], best: tuple[float, float], least: float
) -> PairSupport:
    """Return the support of a pair from sums (with it, all), best (with, without), worst with."""
    posterior = math.exp(sums[0] - sums[1]) if sums[0] > -math.inf else 0.0
    return PairSupport(*pair, posterior, _difference(*best), _difference(least, best[1]))


def _difference(above: float, below: float) -> float:
    """Return the difference of logarithms, -inf where the first is of zero."""
    return above - below if above > -math.inf else -math.inf


def _null(comparer: Comparer, caseload: Caseload) -> NullHypothesis:
    remains = remains_log_likelihoods(comparer)
    return NullHypothesis(
        {each.key: float(value) for each, value in zip(caseload.remains, remains, strict=True)},
        {f.key: family_log_likelihood(comparer, f) for f in caseload.families},
    )


def find_ties(
    assignments: Sequence[Assignment],
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return remains and missing persons that equally good best assignments exchange."""
    tied = [a.pairs for a in assignments if assignments[0].log_ratio - a.log_ratio < _TIE]
    groups: list[tuple[set[str], set[str]]] = []
    for key in tied[0] if tied else ():
        taken = {pairs[key] for pairs in tied}
        if len(taken) == 1:
            continue
        remains, missing = {key}, taken - {NOBODY_SOUGHT}
        apart = []
        for group in groups:
            if group[1] & missing:
                remains, missing = remains | group[0], missing | group[1]
            else:
                apart.append(group)
        groups = [*apart, (remains, missing)]
    return tuple((tuple(sorted(r)), tuple(sorted(m))) for r, m in groups)

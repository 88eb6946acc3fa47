"""Checks the tree of a family against the profiles of its members, before it is used.

Each typed member is taken out in turn: LR = L(family with the profile in its place) / (L(family
without it) L(profile of somebody unrelated)). Nobody is left out of anything by this: whoever does
not fit is named, with the loci, for people to find out whether the tree, the tube or the name is
wrong.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from caseman.kinship.caseload import Family, Remains
from caseman.kinship.mutation import Mutation, MutationModel, MutationPair
from caseman.kinship.pairwise import Comparer
from caseman.kinship.panel import Loci
from caseman.kinship.values import Locus

ASSUMED_RATE = 0.002
DOUBTFUL, INCONSISTENT = 1.0, 1e-4
_ROUNDING = 1e-9


class Verdict(StrEnum):
    """How a profile fits its place in the tree, by the LR with mutation."""

    FITS = "fits"
    SAYS_NOTHING = "says nothing"
    DOUBTFUL = "doubtful"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True)
class Fit:
    """One relative, left out and put back; natural logarithms.

    `log_ratio` is under the mutation model of the loci, None where the others cannot be of one
    family by themselves. `log_ratio_moving` has mutation at every locus, so that it says by how
    much. `impossible` are loci at which the profile does not fit at all unless alleles mutate.
    """

    person: str
    log_ratio: float | None
    log_ratio_moving: float
    impossible: tuple[str, ...]
    by_locus: Mapping[str, float]

    @property
    def verdict(self) -> Verdict:
        """Return what the LR with mutation says."""
        if abs(self.log_ratio_moving) < _ROUNDING:
            return Verdict.SAYS_NOTHING
        if self.log_ratio_moving < math.log(INCONSISTENT):
            return Verdict.INCONSISTENT
        return Verdict.DOUBTFUL if self.log_ratio_moving < math.log(DOUBTFUL) else Verdict.FITS


@dataclass(frozen=True)
class FamilyCheck:
    """All relatives of a family, and whom to set aside, one after another, until the rest fits.

    `suspects` begins with the least fitting of all; after it the others are weighed anew. Two
    relatives alone cannot say which of them is wrong; then `is_either` is true.
    """

    family: str
    fits: tuple[Fit, ...]
    suspects: tuple[Fit, ...]
    is_either: bool


class FamilyChecker:
    """Checks families over one set of loci.

    Loci without a mutation model get the proportional one at the assumed rate where the question
    is by how much somebody does not fit.
    """

    def __init__(self, loci: Sequence[Locus], *, assumed_rate: float = ASSUMED_RATE) -> None:
        self.given = Loci.of(loci)
        self.still = Loci.of([replace(locus, mutation=None) for locus in loci])
        self.moving = Loci.of([_moving(locus, assumed_rate) for locus in loci])

    def check(self, family: Family) -> FamilyCheck:
        """Return how each typed relative fits; raises TooLargeError, naming family and locus."""
        fits = tuple(self._fit(family, person) for person in family.profiles)
        suspects, rest, left = list[Fit](), family, list(fits)
        while left:
            worst = min(left, key=lambda fit: fit.log_ratio_moving)
            if worst.verdict not in {Verdict.INCONSISTENT, Verdict.DOUBTFUL}:
                break
            suspects.append(worst)
            rest = without(rest, worst.person)
            left = [self._fit(rest, person) for person in rest.profiles]
        related = [fit for fit in fits if fit.verdict is not Verdict.SAYS_NOTHING]
        return FamilyCheck(family.key, fits, tuple(suspects), bool(suspects) and len(related) == 2)

    def _fit(self, family: Family, person: str) -> Fit:
        given, moving, still = (
            _left_out(loci, family, person) for loci in (self.given, self.moving, self.still)
        )
        own = given.log_ratio if given.is_possible else None
        return Fit(person, own, moving.log_ratio, still.impossible, moving.by_locus)


@dataclass(frozen=True)
class _LeftOut:
    log_ratio: float
    is_possible: bool
    impossible: tuple[str, ...]
    by_locus: Mapping[str, float]


def without(family: Family, person: str) -> Family:
    """Return the family without the profile of one member, who stays in the tree."""
    profiles = {key: profile for key, profile in family.profiles.items() if key != person}
    dropout = {key: chance for key, chance in family.dropout.items() if key != person}
    return replace(family, profiles=profiles, dropout=dropout)


def _left_out(loci: Loci, family: Family, person: str) -> _LeftOut:
    """Return ln LR of one profile in its place, and whether the others can be a family at all."""
    sex, dropout = family.pedigree[person].sex, family.dropout.get(person, 0.0)
    comparer = Comparer(loci, [Remains(person, sex, family.profiles[person], dropout)])
    column = comparer.column(replace(without(family, person), missing=(person,)), person)
    by_locus = comparer.by_locus(column, 0)
    names = (marker.locus.name for marker in loci.markers)
    others = dict(zip(names, column.family_log_likelihood.tolist(), strict=True))
    impossible = [n for n, log in by_locus.items() if log == -math.inf and others[n] > -math.inf]
    is_possible = all(log > -math.inf for log in others.values())
    return _LeftOut(float(column.totals[0]), is_possible, tuple(impossible), by_locus)


def _moving(locus: Locus, rate: float) -> Locus:
    if locus.mutation or len(locus.alleles) < 2:
        return locus
    share = [f / math.fsum(locus.frequencies) for f in locus.frequencies]
    most = math.fsum(f * (1 - f) for f in share) / 2
    model = Mutation(MutationModel.PROPORTIONAL, min(rate, most))
    return replace(locus, mutation=MutationPair(model, model))

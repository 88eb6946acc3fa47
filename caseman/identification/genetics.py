"""Weighs typed remains against typed families with the kinship engine: values in, values out.

What a pair weighs depends on the pair and the terms alone, not on who else is compared: an allele
that the table of frequencies lacks is added for those pairs only in which somebody has it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from caseman.identification.family_trees import MISSING, FamilyTree
from caseman.kinship import (
    Comparer,
    Family,
    FamilyCheck,
    FamilyChecker,
    KinshipError,
    Locus,
    Mutation,
    MutationModel,
    MutationPair,
    Profile,
    Reading,
    Remains,
)

Alleles = Mapping[str, tuple[str | None, ...]]
"""Two alleles by marker, the second None where it is not known."""

Unseen = frozenset[tuple[str, str]]
"""Markers and alleles that a table of frequencies does not have."""


BETWEEN_GROUPS: Final = 1e-6
"""Stepwise: the part of changes between whole repeats and microvariants (as KLINK has it)."""

STEP_FURTHER: Final = 0.1
"""Stepwise: how much rarer each step more is."""


LEAST_CHECKED: Final = 2
"""One profile alone fits any tree."""


class ImpossibleFamilyError(KinshipError):
    """The profiles of a family are impossible together at the marker that is named."""


@dataclass(frozen=True)
class Terms:
    """By what profiles are weighed."""

    frequencies: Mapping[str, Mapping[str, float]]
    minimum: float
    theta: float
    mutation: MutationModel | None
    """None: nothing mutates."""
    female_rate: float
    male_rate: float

    def unseen(self, profiles: Iterable[Alleles]) -> Unseen:
        """Return what the table lacks of some profiles."""
        return frozenset(
            (marker, allele)
            for profile in profiles
            for marker, alleles in profile.items()
            for allele in alleles
            if marker in self.frequencies
            and allele is not None
            and allele not in self.frequencies[marker]
        )

    def frequencies_with(self, marker: str, unseen: Unseen) -> dict[str, float]:
        """Return the frequencies of a marker as they are weighed: none too rare, in sum one."""
        known = self.frequencies[marker]
        more = {allele: 0.0 for at, allele in sorted(unseen) if at == marker}
        raised = {a: max(value, self.minimum) for a, value in (dict(known) | more).items()}
        total = math.fsum(raised.values())
        return {allele: value / total for allele, value in raised.items()}

    def loci(self, unseen: Unseen = frozenset()) -> tuple[Locus, ...]:
        """Return the engine's markers."""
        return tuple(self._locus(marker, unseen) for marker in self.frequencies)

    def _locus(self, marker: str, unseen: Unseen) -> Locus:
        weighed = self.frequencies_with(marker, unseen)
        mutation = self.mutation_pair if len(weighed) > 1 else None
        return Locus(marker, tuple(weighed), tuple(weighed.values()), mutation)

    @cached_property
    def mutation_pair(self) -> MutationPair | None:
        if self.mutation is None:
            return None
        is_stepwise = self.mutation is MutationModel.STEPWISE
        between = BETWEEN_GROUPS if is_stepwise else 0.0
        female, male = (
            Mutation(self.mutation, rate=rate, rate2=between, range=STEP_FURTHER)
            for rate in (self.female_rate, self.male_rate)
        )
        return MutationPair(female, male)


@dataclass(frozen=True)
class TypedRemains:
    """The profile of one source of remains."""

    source_id: int
    remains_id: int
    alleles: Alleles


@dataclass(frozen=True)
class TypedFamily:
    """The tree of a missing person and the profiles of those in it, by their place in the tree."""

    person_id: int
    tree: FamilyTree
    alleles: Mapping[str, Alleles]
    sources: Mapping[str, int] = field(default_factory=dict)
    """The source of each profile, by the same place."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What DNA says of one pair: a natural logarithm, -inf where it is impossible."""

    source_id: int
    log_ratio: float
    markers: int
    """How many markers of the remains were weighed."""


@dataclass(frozen=True, slots=True)
class MarkerWeight:
    """One marker of a pair: what was seen, how frequent that is, and what it weighs (log10)."""

    marker: str
    remains: tuple[str | None, ...]
    relatives: Mapping[str, tuple[str | None, ...]]
    frequencies: Mapping[str, float]
    log10_lr: float | None
    """None where the remains were not typed; -inf where the marker alone is impossible."""


class Weigher:
    """Weighs pairs by the same terms; what they share is made ready once."""

    def __init__(self, terms: Terms, remains: Sequence[TypedRemains]) -> None:
        self.terms = terms
        self._groups: dict[Unseen, list[TypedRemains]] = defaultdict(list)
        for each in remains:
            self._groups[terms.unseen([each.alleles])].append(each)
        self._comparers: dict[tuple[Unseen, Unseen], Comparer] = {}

    def weigh(self, family: TypedFamily) -> list[Weight]:
        """Return what DNA says of the family and each of the remains.

        Raises KinshipError where the profiles of the family are impossible together, or too much.
        """
        unseen = self.terms.unseen(family.alleles.values())
        found: list[Weight] = []
        for own, group in self._groups.items():
            found += self._of_group(family, own, unseen, group)
        return found

    def _of_group(
        self, family: TypedFamily, own: Unseen, unseen: Unseen, group: Sequence[TypedRemains]
    ) -> Iterable[Weight]:
        key = own, unseen
        if key not in self._comparers:
            self._comparers[key] = _comparer(self.terms, own | unseen, group)
        column = self._comparers[key].column(engine_family(self.terms, family), MISSING)
        _check_family(self._comparers[key], column.family_log_likelihood.tolist())
        for each, total in zip(group, column.totals.tolist(), strict=True):
            yield Weight(each.source_id, total, len(each.alleles.keys() & self.terms.frequencies))


def weigh_markers(
    terms: Terms, family: TypedFamily, remains: TypedRemains
) -> tuple[float, list[MarkerWeight]]:
    """Return the natural log LR of one pair, and every marker with all that it rests on."""
    unseen = terms.unseen([remains.alleles, *family.alleles.values()])
    comparer = _comparer(terms, unseen, [remains])
    column = comparer.column(engine_family(terms, family), MISSING)
    _check_family(comparer, column.family_log_likelihood.tolist())
    ratios = comparer.by_locus(column, 0)
    markers = [
        MarkerWeight(
            marker,
            tuple(remains.alleles.get(marker, ())),
            {key: tuple(own[marker]) for key, own in family.alleles.items() if marker in own},
            _named(terms.frequencies_with(marker, unseen), marker, remains, family),
            ratios[marker] / math.log(10) if marker in ratios else None,
        )
        for marker in terms.frequencies
        if marker in remains.alleles or any(marker in own for own in family.alleles.values())
    ]
    return float(column.totals[0]), markers


def _named(
    frequencies: Mapping[str, float], marker: str, remains: TypedRemains, family: TypedFamily
) -> dict[str, float]:
    """Return the frequencies of those alleles that somebody has."""
    profiles = (remains.alleles, *family.alleles.values())
    seen = {allele for own in profiles for allele in own.get(marker, ())}
    return {allele: value for allele, value in frequencies.items() if allele in seen}


def check_family(terms: Terms, family: TypedFamily) -> FamilyCheck | None:
    """Return how each profile of a family fits its place in the tree; None with fewer than two.

    Raises KinshipError where the tree is too large to be checked.
    """
    if len(family.alleles) < LEAST_CHECKED:
        return None
    loci = terms.loci(terms.unseen(family.alleles.values()))
    return FamilyChecker(loci).check(engine_family(terms, family))


def clash_of(fault: KinshipError) -> str | None:
    """Return the marker at which a family is impossible; None where something else is wrong."""
    return fault.locus if isinstance(fault, ImpossibleFamilyError) else None


def _comparer(terms: Terms, unseen: Unseen, group: Sequence[TypedRemains]) -> Comparer:
    remains = [
        Remains(str(each.source_id), None, profile_of(terms, each.alleles)) for each in group
    ]
    return Comparer(terms.loci(unseen), remains, theta=terms.theta)


def engine_family(terms: Terms, family: TypedFamily) -> Family:
    """Return a family as the engine takes it, at the markers that are weighed."""
    profiles = {key: profile_of(terms, own) for key, own in family.alleles.items()}
    return Family(str(family.person_id), family.tree.pedigree, profiles, (MISSING,))


def profile_of(terms: Terms, alleles: Alleles) -> Profile:
    """Return a profile as the engine takes it, at the markers that are weighed."""
    weighed = (marker for marker in alleles if marker in terms.frequencies)
    return {marker: Reading(tuple(alleles[marker])) for marker in weighed}


def _check_family(comparer: Comparer, by_locus: Sequence[float]) -> None:
    for marker, value in zip(comparer.loci.markers, by_locus, strict=True):
        if value == -math.inf:
            fault = "the profiles of the family are impossible together"
            raise ImpossibleFamilyError(fault, locus=marker.locus.name)

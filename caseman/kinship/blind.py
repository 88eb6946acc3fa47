"""Searches every profile against every other, whatever was declared of them.

Two remains of one person, a bone that is a member of staff, relatives who are none, a brother who
lies in the same grave: nobody asked, and the profiles tell. What is found is for people to look at.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from caseman.kinship.arrays import Floats
from caseman.kinship.caseload import Caseload, Family, Remains
from caseman.kinship.direct import SamePerson
from caseman.kinship.pairwise import Comparer
from caseman.kinship.pedigrees import Member, Pedigree, Sex
from caseman.kinship.values import Locus, Profile

THRESHOLD = 1e4
MOST_DIFFERING = 2
LEAST_COMPARED = 6
_SAME_FAMILY = "same family"


class Source(StrEnum):
    """Whose profile it is."""

    REMAINS = "remains"
    RELATIVE = "relative"
    STAFF = "staff"


class Relation(StrEnum):
    """What two profiles may be of each other."""

    SAME = "same person"
    PARENT_CHILD = "parent and child"
    SIBLINGS = "full siblings"


@dataclass(frozen=True)
class Sample:
    """One profile in the search; `family` is of a relative."""

    source: Source
    key: str
    profile: Profile
    family: str | None = None
    sex: Sex | None = None
    dropout: float = 0.0


@dataclass(frozen=True)
class Likeness:
    """Two profiles that speak for a relation: natural log LRs against two unrelated people.

    `differing` are loci at which they cannot be of one person, among those `compared`.
    `declared` says how a family tree relates them, None if they are not of one family.
    """

    first: Sample
    second: Sample
    relation: Relation
    log_ratios: Mapping[Relation, float]
    compared: int
    differing: tuple[str, ...]
    declared: str | None


@dataclass(frozen=True)
class BlindOptions:
    """From which LR on a pair is reported, and how many loci may differ in one person.

    A pair that differs at no more loci than that, among at least six, is reported as one person
    whatever the LR: alleles drop out and are misread.
    """

    threshold: float = THRESHOLD
    most_differing: int = MOST_DIFFERING
    only: frozenset[str] | None = None
    """Keys of the profiles whose pairs are asked for; None asks for those of all."""


def search_blindly(
    caseload: Caseload, staff: Sequence[Sample] = (), options: BlindOptions | None = None
) -> list[Likeness]:
    """Return pairs of profiles that are alike beyond the threshold, the greatest LR first.

    Parent and child, and siblings, are weighed on autosomal loci; the first of a pair stands for
    the parent. Staff is compared for identity only. Pairs that were declared are among them.
    """
    samples = [*_samples(caseload), *staff]
    search = _Search(caseload, samples, options or BlindOptions())
    return sorted(search.pairs(), key=lambda pair: -pair.log_ratios[pair.relation])


def _samples(caseload: Caseload) -> Iterator[Sample]:
    for each in caseload.remains:
        yield Sample(Source.REMAINS, each.key, each.profile, None, each.sex, each.dropout)
    for family in caseload.families:
        for key, profile in family.profiles.items():
            sex, dropout = family.pedigree[key].sex, family.dropout.get(key, 0.0)
            yield Sample(Source.RELATIVE, key, profile, family.key, sex, dropout)


class _Search:
    def __init__(
        self, caseload: Caseload, samples: Sequence[Sample], options: BlindOptions
    ) -> None:
        self.samples, self.options = samples, options
        self.families = {family.key: family for family in caseload.families}
        self.same = SamePerson(caseload.loci, [(s.profile, s.dropout, s.sex) for s in samples])
        autosomal = [locus for locus in caseload.loci if not locus.x_linked]
        self.kin = [Remains(s.key, s.sex, _on(s.profile, autosomal), s.dropout) for s in samples]
        self.comparer = Comparer(autosomal, self.kin)

    def pairs(self) -> Iterator[Likeness]:
        """Yield what is alike, row by row."""
        for row in range(len(self.samples)):
            if self._is_asked(row):
                yield from self._pairs_of(row)

    def _is_asked(self, row: int) -> bool:
        return self.options.only is None or self.samples[row].key in self.options.only

    def _pairs_of(self, row: int) -> Iterator[Likeness]:
        by_relation = {Relation.SAME: self.same.log_ratios(row)}
        if self.samples[row].source is not Source.STAFF:
            by_relation |= {relation: self._as_relative(row, relation) for relation in _TREES}
        differing, compared = self.same.differing(row), self.same.compared(row)
        least = math.log(self.options.threshold)
        reaches = np.max(np.stack(list(by_relation.values())), axis=0) >= least
        nearly = (differing <= self.options.most_differing) & (compared >= LEAST_COMPARED)
        for column in np.flatnonzero(reaches | nearly).tolist():
            is_first = column > row or (column < row and not self._is_asked(column))
            if is_first and self._may_ask(row, column):
                ratios = {relation: float(v[column]) for relation, v in by_relation.items()}
                yield from self._likeness(row, column, ratios, is_near=bool(nearly[column]))

    def _may_ask(self, row: int, column: int) -> bool:
        return {self.samples[row].source, self.samples[column].source} != {Source.STAFF}

    def _likeness(
        self, row: int, column: int, ratios: Mapping[Relation, float], *, is_near: bool
    ) -> Iterator[Likeness]:
        first, second = self.samples[row], self.samples[column]
        if Source.STAFF in {first.source, second.source}:
            ratios = {Relation.SAME: ratios[Relation.SAME]}
        relation = max(ratios, key=lambda each: ratios[each])
        if is_near and ratios[relation] < math.log(self.options.threshold):
            relation = Relation.SAME
        elif ratios[relation] < math.log(self.options.threshold):
            return
        yield Likeness(
            first,
            second,
            relation,
            ratios,
            int(self.same.compared(row)[column]),
            self.same.differing_names(row, column),
            self._declared(first, second),
        )

    def _as_relative(self, row: int, relation: Relation) -> Floats:
        """Return the log LRs of everybody being the child, or the sibling, of one."""
        tree, known, asked = _TREES[relation]
        family = Family(relation.value, tree, {known: self.kin[row].profile}, (asked,))
        dropout = self.kin[row].dropout
        if dropout:
            family = replace(family, dropout={known: dropout})
        return self.comparer.column(family, asked).totals

    def _declared(self, first: Sample, second: Sample) -> str | None:
        if first.family is None or first.family != second.family:
            return None
        tree = self.families[first.family].pedigree
        parents = set(tree.parents(first.key)), set(tree.parents(second.key))
        if first.key in parents[1] or second.key in parents[0]:
            return Relation.PARENT_CHILD.value
        if parents[0] and parents[0] == parents[1]:
            return Relation.SIBLINGS.value
        return _SAME_FAMILY


def _on(profile: Profile, loci: Sequence[Locus]) -> Profile:
    names = {locus.name for locus in loci}
    return {name: reading for name, reading in profile.items() if name in names}


_PARENTS = Member("father", sex=Sex.MALE), Member("mother", sex=Sex.FEMALE)
_ONE, _OTHER = Member("one", "father", "mother"), Member("other", "father", "mother")
_TREES = {
    Relation.PARENT_CHILD: (Pedigree((*_PARENTS, _ONE)), "father", "one"),
    Relation.SIBLINGS: (Pedigree((*_PARENTS, _ONE, _OTHER)), "one", "other"),
}

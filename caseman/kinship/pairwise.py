"""Every set of remains against every missing person: likelihood ratios and exclusions.

LR = L(family, the remains being the missing person) / (L(family) L(remains)).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from caseman.kinship.arrays import Flags, Floats
from caseman.kinship.caseload import Caseload, Family, Remains
from caseman.kinship.coancestry import log_likelihood_alone, log_ratios_by_reading
from caseman.kinship.contraction import TOO_LARGE
from caseman.kinship.faults import TooLargeError
from caseman.kinship.panel import Loci
from caseman.kinship.pedigrees import Pedigree, Sex
from caseman.kinship.people import relevant_people
from caseman.kinship.readings import gather_readings, profile_codes, typed_arrays
from caseman.kinship.tables import add_up, log_likelihoods, log_ratios
from caseman.kinship.values import Locus

BEYOND_REACH = "needs a table beyond the limit: too many untyped people over too many alleles"
_NO_READING = 0.0


@dataclass(frozen=True)
class Column:
    """The weights of one missing person against all remains, natural logarithms.

    All are -inf where the family's own profiles are impossible together at some locus.
    `by_locus` has a row for each set of remains; loci that it lacks weigh 0. -inf: impossible.
    """

    missing: str
    family: str
    totals: Floats
    by_reading: Floats
    family_log_likelihood: Floats


@dataclass(frozen=True)
class PairwiseMatrix:
    """Log LRs: a row for each set of remains, a column for each missing person, NaN if not asked.

    Not asked are pairs of another sex, or left out by the pairings.
    """

    remains: tuple[str, ...]
    missing: tuple[str, ...]
    log_ratios: Floats


class Comparer:
    """Compares remains with missing persons of any number of families, over one set of loci."""

    def __init__(
        self, loci: Sequence[Locus] | Loci, remains: Sequence[Remains], *, theta: float = 0.0
    ) -> None:
        self.theta = theta
        self.loci = loci if isinstance(loci, Loci) else Loci.of(loci)
        self.remains = tuple(remains)
        self.codes = [
            profile_codes(self.loci, each.profile, may_miss=each.dropout > 0)
            for each in self.remains
        ]
        self.readings = gather_readings(self.loci, self.remains, self.codes)

    def loci_of(self, family: Family) -> Loci:
        """Return the loci with what mutates in this family."""
        return self._still if family.is_still else self.loci

    @cached_property
    def _still(self) -> Loci:
        return Loci.of([replace(m.locus, mutation=None) for m in self.loci.markers])

    def column(self, family: Family, missing: str) -> Column:
        """Return the weights of one missing person; TooLargeError names family and locus."""
        ratios, families = self._log_ratios(family, missing)
        if (families == TOO_LARGE).any():
            name = self.loci.markers[int(np.argmax(families == TOO_LARGE))].locus.name
            raise TooLargeError(BEYOND_REACH, case=family.key, person=missing, locus=name)
        by_reading = np.append(ratios, _NO_READING)
        totals = np.empty(len(self.remains))
        add_up(by_reading, self.readings.rows, totals)
        if np.isneginf(families).any():
            totals[:] = -np.inf
        return Column(missing, family.key, totals, by_reading, families)

    def _log_ratios(self, family: Family, missing: str) -> tuple[Floats, Floats]:
        loci = self.loci_of(family)
        if loci.has_x_linked and family.pedigree[missing].sex is None:
            women, families = self._log_ratios(_with_sex(family, missing, Sex.FEMALE), missing)
            men, _ = self._log_ratios(_with_sex(family, missing, Sex.MALE), missing)
            return np.where(self.readings.asked.single == 1, men, women), families
        if self.theta:
            asked = self.readings.asked
            return log_ratios_by_reading(loci, self.theta, family, missing, asked)
        people = relevant_people(family.pedigree, (*family.profiles, missing), {})
        typed = typed_arrays(loci, people, family.profiles, family.dropout)
        target = people.number(missing), 2 if family.pedigree.has_related_parents(missing) else 1
        return log_ratios(people.kin, loci.panel, typed, self.readings.asked, target)

    def by_locus(self, column: Column, row: int) -> dict[str, float]:
        """Return log LRs of one set of remains by the name of the locus, untyped loci left out."""
        ratios = column.by_reading[self.readings.rows[row]]
        untyped = self.readings.rows[row] == len(self.readings.asked.first)
        names = [marker.locus.name for marker in self.loci.markers]
        known = zip(names, ratios, untyped, strict=True)
        return {name: float(ratio) for name, ratio, skip in known if not skip}


def _with_sex(family: Family, person: str, sex: Sex) -> Family:
    """Return the family with the sex that remains at an X-linked locus say the person had."""
    members = family.pedigree.members
    told = (replace(m, sex=sex) if m.key == person else m for m in members)
    return replace(family, pedigree=Pedigree(tuple(told)))


def compare(caseload: Caseload) -> PairwiseMatrix:
    """Return all log LRs of a caseload."""
    comparer = Comparer(caseload.loci, caseload.remains, theta=caseload.theta)
    columns = [
        np.where(
            open_pairs(caseload, family, missing),
            comparer.column(family, missing).totals,
            np.nan,
        )
        for family in caseload.families
        for missing in family.missing
    ]
    return _matrix(caseload, columns)


def count_exclusions(caseload: Caseload) -> PairwiseMatrix:
    """Return, for each pair, how many loci are impossible if nothing ever mutates.

    A locus at which the family is inconsistent by itself counts for every pair.
    """
    without = tuple(replace(locus, mutation=None) for locus in caseload.loci)
    comparer = Comparer(without, caseload.remains)
    columns = []
    for family in caseload.families:
        for missing in family.missing:
            found = comparer.column(family, missing)
            impossible = np.append(np.isneginf(found.by_reading), False)[:-1]
            by_locus = impossible[comparer.readings.rows]
            by_locus |= np.isneginf(found.family_log_likelihood)[None, :]
            counts = by_locus.sum(axis=1).astype(float)
            columns.append(np.where(open_pairs(caseload, family, missing), counts, np.nan))
    return _matrix(caseload, columns)


def family_log_likelihood(comparer: Comparer, family: Family) -> float:
    """Return ln L of a family as it is; TooLargeError, naming it, where that is out of reach."""
    if comparer.theta:
        return log_likelihood_alone(comparer.loci_of(family), comparer.theta, family)
    people = relevant_people(family.pedigree, family.profiles, {})
    loci = comparer.loci_of(family)
    typed = typed_arrays(loci, people, family.profiles, family.dropout)
    fillings = typed.first[None], typed.second[None], typed.dropout[None]
    found = float(log_likelihoods(people.kin, loci.panel, fillings)[0])
    if found == TOO_LARGE:
        raise TooLargeError(BEYOND_REACH, case=family.key)
    return found


def _matrix(caseload: Caseload, columns: Sequence[Floats]) -> PairwiseMatrix:
    keys = tuple(each.key for each in caseload.remains)
    shape = (len(keys), len(columns))
    values = np.stack(columns, axis=1) if columns else np.zeros(shape)
    return PairwiseMatrix(keys, caseload.missing, values)


def open_pairs(caseload: Caseload, family: Family, missing: str) -> Flags:
    """Return which remains may be this missing person."""
    return np.array([caseload.may_be(each, family, missing) for each in caseload.remains], bool)

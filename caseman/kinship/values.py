"""What the engine is told: loci with their frequencies, profiles, and the trees compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from caseman.kinship.faults import KinshipError
from caseman.kinship.mutation import MutationPair
from caseman.kinship.pedigrees import Pedigree, Sex

SUM_TOLERANCE = 1e-5
"""How far frequencies may sum from one: published tables are rounded."""


@dataclass(frozen=True)
class Reading:
    """What a laboratory saw at one locus.

    `alleles` has two entries, or one for a man at an X-linked locus. The second is None where it
    is not known (a partial genotype). No entry at all: the locus was tried and nothing was seen.
    """

    alleles: tuple[str | None, ...]

    @property
    def seen(self) -> tuple[str, ...]:
        """The alleles that were seen, each as often as it was reported."""
        return tuple(allele for allele in self.alleles if allele is not None)


Profile = Mapping[str, Reading]
"""Readings by the name of the locus; a locus that is not there was not typed."""


@dataclass(frozen=True)
class Locus:
    """A marker: its alleles, their frequencies, how they mutate, and where it lies.

    `silent` is the frequency of one more allele, which is never seen and never mutates. Raises
    KinshipError, naming the locus, for alleles that stand twice and frequencies that are none.
    """

    name: str
    alleles: tuple[str, ...]
    frequencies: tuple[float, ...]
    mutation: MutationPair | None = None
    x_linked: bool = False
    silent: float | None = None
    code: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        fault = _fault_of_frequencies(self)
        if fault:
            raise KinshipError(fault, locus=self.name)
        object.__setattr__(self, "code", {a: i for i, a in enumerate(self.alleles)})


def _fault_of_frequencies(locus: Locus) -> str | None:
    if not locus.alleles:
        return "has no alleles"
    if len(locus.alleles) != len(locus.frequencies):
        return f"has {len(locus.alleles)} alleles and {len(locus.frequencies)} frequencies"
    if len(set(locus.alleles)) != len(locus.alleles):
        doubled = next(a for a in locus.alleles if locus.alleles.count(a) > 1)
        return f"allele {doubled} stands twice"
    named = [*zip(locus.alleles, locus.frequencies, strict=True)]
    if locus.silent is not None:
        named.append(("silent", locus.silent))
    for allele, frequency in named:
        if not 0 < frequency <= 1:
            return f"frequency of allele {allele} is {frequency:g}; give one above 0, at most 1"
    total = sum(frequency for _, frequency in named)
    return f"frequencies sum to {total:.6g}, not 1" if abs(total - 1) > SUM_TOLERANCE else None


@dataclass(frozen=True)
class Hypothesis:
    """One way the people of a case may be related; `pedigree` holds all its components."""

    name: str
    pedigree: Pedigree


@dataclass(frozen=True)
class Model:
    """What is assumed about people besides their family trees.

    `theta` is the coancestry within the population (Balding and Nichols 1994);
    `founder_inbreeding` gives the inbreeding coefficient of founders, `dropout` the chance of
    each allele of a person to be missed. Nothing named means none.
    """

    theta: float = 0.0
    founder_inbreeding: Mapping[str, float] = field(default_factory=dict)
    dropout: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_theta(self.theta)
        for person, share in self.founder_inbreeding.items():
            if not 0 <= share <= 1:
                fault = f"founder inbreeding is {share:g}; give a number from 0 to 1"
                raise KinshipError(fault, person=person)
        check_dropout(self.dropout)


def check_theta(theta: float) -> None:
    """Raise KinshipError for a coancestry that is none."""
    if not 0 <= theta < 1:
        fault = f"theta is {theta:g}; give a number from 0 to below 1"
        raise KinshipError(fault)


def check_dropout(dropout: Mapping[str, float]) -> None:
    """Raise KinshipError, naming the person, for a chance that is none, or is certainty."""
    for person, chance in dropout.items():
        if not 0 <= chance < 1:
            fault = f"drop-out is {chance:g}; give a number from 0 to below 1"
            raise KinshipError(fault, person=person)


@dataclass(frozen=True)
class Case:
    """A question: how much better the first hypothesis explains the profiles than the second.

    `recombination` links the two loci of the case: the chance that one meiosis passes them on
    from different grandparents. Raises KinshipError where the parts do not fit each other.
    """

    key: str
    loci: tuple[Locus, ...]
    hypotheses: tuple[Hypothesis, Hypothesis]
    profiles: Mapping[str, Profile]
    model: Model = field(default_factory=Model)
    recombination: float | None = None

    def __post_init__(self) -> None:
        try:
            _check_case(self)
        except KinshipError as error:
            raise error.within(case=self.key) from error


def _check_case(case: Case) -> None:
    names = [locus.name for locus in case.loci]
    for name in names:
        if names.count(name) > 1:
            fault = "stands twice among the loci"
            raise KinshipError(fault, locus=name)
    trees = [hypothesis.pedigree for hypothesis in case.hypotheses]
    for person in (*case.model.founder_inbreeding, *case.model.dropout):
        if not any(person in tree for tree in trees):
            fault = "is in no family tree of the case"
            raise KinshipError(fault, person=person)
    loci = {locus.name: locus for locus in case.loci}
    for hypothesis in case.hypotheses:
        sexes = {member.key: member.sex for member in hypothesis.pedigree.members}
        check_profiles(case.profiles, loci, sexes)
    _check_linkage(case)


def _check_linkage(case: Case) -> None:
    if case.recombination is None:
        return
    if not 0 <= case.recombination <= 0.5:
        fault = f"recombination is {case.recombination:g}; give a number from 0 to 0.5"
        raise KinshipError(fault)
    if len(case.loci) != 2 or any(locus.x_linked for locus in case.loci) or case.model.theta:
        fault = "linkage is for two autosomal loci without theta"
        raise KinshipError(fault)


def check_profiles(
    profiles: Mapping[str, Profile], loci: Mapping[str, Locus], sexes: Mapping[str, Sex | None]
) -> None:
    """Raise KinshipError for a reading that its locus or the sex of its person cannot have."""
    for person, profile in profiles.items():
        if person not in sexes:
            fault = "has a profile and is not in every family tree of the case"
            raise KinshipError(fault, person=person)
        for name, reading in profile.items():
            fault_of_reading = _fault_of_reading(reading, loci.get(name), sexes[person])
            if fault_of_reading:
                raise KinshipError(fault_of_reading, person=person, locus=name)


def _fault_of_reading(reading: Reading, locus: Locus | None, sex: Sex | None) -> str | None:
    if locus is None:
        return "is not among the loci"
    for allele in reading.seen:
        if allele not in locus.code:
            return f"allele {allele} is not among the alleles of the locus"
    if not reading.alleles:
        return None
    if locus.x_linked and sex is None:
        return "is X-linked, so the sex of the person must be known"
    wanted = 1 if locus.x_linked and sex is Sex.MALE else 2
    if len(reading.alleles) != wanted:
        return f"has {len(reading.alleles)} alleles where {wanted} belong"
    return None

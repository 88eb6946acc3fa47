"""Remains, and the families that look for somebody: what a comparison of all with all is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from caseman.kinship.faults import KinshipError
from caseman.kinship.pedigrees import Pedigree, Sex
from caseman.kinship.values import Locus, Profile, check_dropout, check_profiles, check_theta

NOBODY_SOUGHT = "*"
"""Stands in a pairing for "none of the missing persons"."""


@dataclass(frozen=True)
class Remains:
    """One profile from remains; `dropout` is the chance of each allele to be missed."""

    key: str
    sex: Sex | None
    profile: Profile
    dropout: float = 0.0


@dataclass(frozen=True)
class Family:
    """A family tree with the profiles of its members and those of them who are missing.

    In a family that `is_still` no allele mutates, whatever the models of the loci.
    """

    key: str
    pedigree: Pedigree
    profiles: Mapping[str, Profile]
    missing: tuple[str, ...]
    dropout: Mapping[str, float] = field(default_factory=dict)
    is_still: bool = False


@dataclass(frozen=True)
class Caseload:
    """Everything that is compared. `pairings` may restrict which missing person a set can be.

    `theta` is the coancestry within the population, `candidates` how many people a set of remains
    could be before DNA speaks, where that is to be the prior of single pairs.

    Raises KinshipError where the parts do not fit each other, naming family, person and locus.
    """

    loci: tuple[Locus, ...]
    remains: tuple[Remains, ...]
    families: tuple[Family, ...]
    pairings: Mapping[str, frozenset[str]] | None = None
    theta: float = 0.0
    candidates: int | None = None

    def __post_init__(self) -> None:
        if self.candidates is not None and self.candidates < 1:
            fault = f"the prior has {self.candidates} candidates; give at least one"
            raise KinshipError(fault)
        check_theta(self.theta)
        loci = {locus.name: locus for locus in self.loci}
        if len(loci) != len(self.loci):
            fault = "a locus stands twice"
            raise KinshipError(fault)
        _check_unique([each.key for each in self.remains], "remains")
        _check_unique([family.key for family in self.families], "families")
        _check_unique(self.missing, "missing persons")
        for each in self.remains:
            _check_remains(each, loci)
        for family in self.families:
            _check_family(family, loci)

    @property
    def missing(self) -> tuple[str, ...]:
        """All missing persons, family by family."""
        return tuple(person for family in self.families for person in family.missing)

    def family_of(self, missing: str) -> Family:
        """Return the family that looks for this person."""
        return next(family for family in self.families if missing in family.missing)

    def may_be(self, remains: Remains, family: Family, missing: str) -> bool:
        """Whether sex, and the pairings if there are any, leave this pair open."""
        sexes = {remains.sex, family.pedigree[missing].sex} - {None}
        if len(sexes) > 1:
            return False
        return self.pairings is None or missing in self.pairings.get(remains.key, frozenset())


def _check_unique(keys: "list[str] | tuple[str, ...]", what: str) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            fault = f"stands twice among the {what}"
            raise KinshipError(fault, person=key)
        seen.add(key)


def _check_remains(remains: Remains, loci: Mapping[str, Locus]) -> None:
    check_profiles({remains.key: remains.profile}, loci, {remains.key: remains.sex})
    check_dropout({remains.key: remains.dropout})


def _check_family(family: Family, loci: Mapping[str, Locus]) -> None:
    try:
        for person in (*family.missing, *family.dropout):
            if person not in family.pedigree:
                fault = "is not in the family tree"
                raise KinshipError(fault, person=person)  # noqa: TRY301 - the family is added below
        sexes = {member.key: member.sex for member in family.pedigree.members}
        check_profiles(family.profiles, loci, sexes)
        check_dropout(family.dropout)
    except KinshipError as error:
        raise error.within(case=family.key) from error

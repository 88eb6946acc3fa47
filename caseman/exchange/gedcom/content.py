"""The tree of a missing person as it leaves."""

from collections.abc import Sequence
from typing import Final

from caseman.coding import Sex
from caseman.exchange.gedcom.tree import Family, Individual, Tree
from caseman.identification.family_trees import MISSING, FamilyTree
from caseman.identification.profiles import tree_of
from caseman.reports.codes import SEX_OF_KIN, Kin
from caseman.reports.latin import latin_reading
from caseman.reports.models import MissingPerson, Relative

_ANCESTORS: Final = {f"?{kin.value}": sex for kin, sex in SEX_OF_KIN.items()}


def content_of(
    person: MissingPerson, relatives: Sequence[Relative], *, with_names: bool, with_notes: bool
) -> Tree:
    """Return the tree, with those whom its relations imply; names of relatives and notes if wanted.

    Raises KinshipError where the tree contradicts itself.
    """
    family = tree_of(person, relatives)
    own = [each for each in relatives if each.kin is Kin.SELF]
    missing = Individual(
        MISSING,
        person.sex,
        person.name,
        _latin(person.name),
        person.number,
        born=(person.birth_from, person.birth_to),
        has_sample=any(_gave(each) for each in own),
        is_missing=True,
    )
    people = {MISSING: missing}
    for each in relatives:
        if each.kin is not Kin.SELF:
            people[str(each.id)] = _individual(each, with_names=with_names, with_notes=with_notes)
    for member in family.pedigree.members:
        if member.key not in people:
            people[member.key] = Individual(member.key, _ANCESTORS.get(member.key))
    return Tree(people, _families(family, relatives))


def _individual(row: Relative, *, with_names: bool, with_notes: bool) -> Individual:
    name = (row.name or "") if with_names else ""
    return Individual(
        str(row.id),
        row.sex,
        name,
        _latin(name),
        row.number,
        note=row.note if with_notes else "",
        has_sample=_gave(row),
        is_loose=row.kin is Kin.OTHER,
    )


def _latin(name: str) -> str:
    reading = latin_reading(name)
    return "" if reading == name else reading


def _gave(row: Relative) -> bool:
    """Say whether a sample is there that may be compared now."""
    consent = row.consent
    return consent is not None and any(each.consent is consent for each in row.samples)


def _families(family: FamilyTree, relatives: Sequence[Relative]) -> tuple[Family, ...]:
    children: dict[tuple[str, ...], list[str]] = {}
    for member in family.pedigree.members:
        parents = family.pedigree.parents(member.key)
        if parents:
            children.setdefault(parents, []).append(member.key)
    couples = {frozenset(pair) for pair in children}
    for each in relatives:
        pair = _couple(str(each.id), each.sex)
        if each.kin is Kin.SPOUSE and frozenset(pair) not in couples:
            children[pair] = []
    return tuple(Family(pair, tuple(keys)) for pair, keys in children.items())


def _couple(spouse: str, sex: Sex | None) -> tuple[str, str]:
    return (spouse, MISSING) if sex is Sex.MALE else (MISSING, spouse)

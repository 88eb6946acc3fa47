"""The tree of a missing person as it leaves."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from caseman.coding import Sex
from caseman.exchange.gedcom.tree import Family, Individual, Tree
from caseman.identification.family_trees import MISSING, FamilyTree
from caseman.identification.profiles import tree_of
from caseman.reports.codes import SEX_OF_KIN, Bond, Kin, Living
from caseman.reports.latin import latin_reading
from caseman.reports.models import MissingPerson, Relative

_AS: Final[Mapping[Bond | None, str]] = {Bond.ADOPTED: "adopted", Bond.FOSTER: "foster"}
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
    loose = {*family.left_out} - {tie.key for tie in family.ties}
    for each in relatives:
        if each.kin is not Kin.SELF:
            people[str(each.id)] = replace(
                _individual(each, with_names=with_names, with_notes=with_notes),
                is_loose=str(each.id) in loose,
            )
    for member in family.pedigree.members:
        if member.key not in people:
            people[member.key] = Individual(member.key, _ANCESTORS.get(member.key))
    sexes = {key: each.sex for key, each in people.items()}
    return Tree(people, tuple(_families(family, relatives, sexes)))


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
        is_missing=row.living is Living.MISSING,
        has_died=row.living is Living.DIED,
    )


def _latin(name: str) -> str:
    reading = latin_reading(name)
    return "" if reading == name else reading


def _gave(row: Relative) -> bool:
    """Say whether a sample is there that may be compared now."""
    consent = row.consent
    return consent is not None and any(each.consent is consent for each in row.samples)


def _families(
    family: FamilyTree, relatives: Sequence[Relative], sexes: Mapping[str, Sex | None]
) -> Iterator[Family]:
    homes = _Homes(sexes)
    for member in family.pedigree.members:
        if parents := family.pedigree.parents(member.key):
            homes.of(parents)["children"].append(member.key)
    for each in relatives:
        if each.kin is Kin.SPOUSE:
            homes.of((MISSING, str(each.id)))
    bonds = {str(each.id): each.bond for each in relatives}
    for pair, child, bond in _not_of_the_blood(family, bonds):
        homes.of(pair)[_AS.get(bond, "children")].append(child)
    for partners, below in homes.found.items():
        yield Family(partners, **{kind: tuple(keys) for kind, keys in below.items()})


def _not_of_the_blood(
    family: FamilyTree, bonds: Mapping[str, Bond | None]
) -> Iterator[tuple[Sequence[str], str, Bond | None]]:
    """Yield with whom somebody grew up, and by which bond."""
    parents: dict[tuple[str, Bond | None], list[str]] = defaultdict(list)
    for tie in family.ties:
        if tie.parents:
            yield tie.parents, tie.key, bonds[tie.key]
        if tie.child is not None:
            parents[tie.child, bonds[tie.key]].append(tie.key)
    for (child, bond), keys in parents.items():
        yield keys[:2], child, bond


class _Homes:
    """Families by their partners, the father's side first, whoever names them in which order."""

    def __init__(self, sexes: Mapping[str, Sex | None]) -> None:
        self.found: dict[tuple[str | None, str | None], dict[str, list[str]]] = {}
        self._sexes = sexes

    def of(self, parents: Sequence[str]) -> dict[str, list[str]]:
        """Return the children of some parents by how they came, to be added to."""
        pair: tuple[str | None, str | None]
        pair = parents[0], parents[1] if len(parents) > 1 else None
        sexes = [None if each is None else self._sexes.get(each) for each in pair]
        if sexes[0] is Sex.FEMALE or sexes[1] is Sex.MALE:
            pair = pair[1], pair[0]
        known = (each for each in self.found if {*each} == {*pair})
        return self.found.setdefault(next(known, pair), defaultdict(list))

"""Family trees: who is whose child. Loops, marriages of cousins, several families may occur."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from caseman.kinship.faults import KinshipError


class Sex(StrEnum):
    """Sex as needed for X-linked loci and for the sense of a family tree."""

    MALE = "M"
    FEMALE = "F"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a family; a founder has neither father nor mother in it."""

    key: str
    father: str | None = None
    mother: str | None = None
    sex: Sex | None = None

    @property
    def is_founder(self) -> bool:
        """Whether the parents stand outside the tree."""
        return self.father is None and self.mother is None


@dataclass(frozen=True)
class Pedigree:
    """A checked family tree, parents before children; one or several components.

    Whose sex is not given and who is somebody's father or mother gets it from that. Raises
    KinshipError, naming the person, for a doubled person, an unknown parent, a single
    parent, a father who is a woman or a mother who is a man, and somebody among their own
    ancestors.
    """

    members: tuple[Member, ...]
    index: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key = _with_sex_by_role(_by_key(self.members))
        for member in self.members:
            _check_parents(member, by_key)
        ordered = tuple(by_key[key] for key in _ancestors_first(self.members))
        object.__setattr__(self, "members", ordered)
        object.__setattr__(self, "index", {m.key: i for i, m in enumerate(ordered)})

    def __getitem__(self, key: str) -> Member:
        return self.members[self.index[key]]

    def __contains__(self, key: object) -> bool:
        return key in self.index

    def parents(self, key: str) -> tuple[str, ...]:
        """Return the parents in the tree: two, or none for a founder."""
        member = self[key]
        return tuple(parent for parent in (member.father, member.mother) if parent is not None)

    def ancestors(self, keys: Iterable[str]) -> frozenset[str]:
        """Return the given people and everybody they descend from."""
        found: set[str] = set()
        waiting = list(keys)
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting.extend(self.parents(key))
        return frozenset(found)

    def has_related_parents(self, key: str) -> bool:
        """Whether both alleles of the person may be copies of one: the parents share ancestors."""
        parents = self.parents(key)
        if not parents:
            return False
        father, mother = (self.ancestors((parent,)) for parent in parents)
        return bool(father & mother)

    def restricted_to(self, keys: frozenset[str]) -> "Pedigree":
        """Return the tree of these people, who must bring their parents along."""
        return Pedigree(tuple(member for member in self.members if member.key in keys))


def _by_key(members: tuple[Member, ...]) -> dict[str, Member]:
    by_key: dict[str, Member] = {}
    for member in members:
        if member.key in by_key:
            fault = "stands twice in the family tree"
            raise KinshipError(fault, person=member.key)
        by_key[member.key] = member
    return by_key


def _with_sex_by_role(by_key: dict[str, Member]) -> dict[str, Member]:
    """Return the same; somebody who is both father and mother is found out afterwards."""
    roles = {m.mother: Sex.FEMALE for m in by_key.values()}
    roles |= {m.father: Sex.MALE for m in by_key.values()}
    return {
        key: replace(member, sex=member.sex or roles.get(key)) for key, member in by_key.items()
    }


def _check_parents(member: Member, by_key: Mapping[str, Member]) -> None:
    if (member.father is None) != (member.mother is None):
        fault = "has only one parent; add the other, untyped if nothing is known"
        raise KinshipError(fault, person=member.key)
    for role, parent, wrong in (
        ("father", member.father, Sex.FEMALE),
        ("mother", member.mother, Sex.MALE),
    ):
        if parent is None:
            continue
        if parent not in by_key:
            fault = f"has the {role} {parent}, who is not in the family tree"
            raise KinshipError(fault, person=member.key)
        if by_key[parent].sex is wrong:
            fault = f"has the {role} {parent}, whose sex is {wrong.value}"
            raise KinshipError(fault, person=member.key)
    if member.father is not None and member.father == member.mother:
        fault = f"has {member.father} as father and mother"
        raise KinshipError(fault, person=member.key)


def _ancestors_first(members: tuple[Member, ...]) -> tuple[str, ...]:
    graph = {m.key: [p for p in (m.father, m.mother) if p is not None] for m in members}
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        around = error.args[1]
        fault = f"is among their own ancestors ({' < '.join(map(str, around))})"
        raise KinshipError(fault, person=str(around[0])) from error

"""Who is whose child in a file of genotypes, and what two people in it are to each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Link = tuple[str, str]
"""A parent and a child."""


class Tie(StrEnum):
    """What one person is to another, as parents and children say."""

    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    ONE_PARENT = "one_parent"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    FURTHER = "further"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TreeRead:
    """A family tree of a file: its name, if any, and its parents with their children."""

    name: str
    links: tuple[Link, ...]

    @property
    def people(self) -> list[str]:
        """Everybody whom a link names, in the order of the links."""
        return list(dict.fromkeys(person for link in self.links for person in link))


def tie(links: Iterable[Link], one: str, other: str) -> Tie:
    """Return what ``one`` is to ``other`` by the closest relation that the links tell.

    A brother or sister shares two parents; whoever shares one may share the other, untold.
    """
    parents: dict[str, set[str]] = {}
    for parent, child in links:
        parents.setdefault(child, set()).add(parent)
    of_one, of_other = parents.get(one, set()), parents.get(other, set())
    if one in of_other or other in of_one:
        return Tie.PARENT if one in of_other else Tie.CHILD
    if shared := of_one & of_other:
        return Tie.SIBLING if len(shared) > 1 else Tie.ONE_PARENT
    if one in _parents_of(of_other, parents):
        return Tie.GRANDPARENT
    if other in _parents_of(of_one, parents):
        return Tie.GRANDCHILD
    is_further = not _line(one, parents).isdisjoint(_line(other, parents))
    return Tie.FURTHER if is_further else Tie.NONE


def _parents_of(people: Iterable[str], parents: Mapping[str, set[str]]) -> set[str]:
    return {parent for person in people for parent in parents.get(person, ())}


def _line(person: str, parents: Mapping[str, set[str]]) -> set[str]:
    """Return a person and everybody they descend from; a circle in a file ends where it closes."""
    found: set[str] = set()
    waiting = [person]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += parents.get(each, ())
    return found

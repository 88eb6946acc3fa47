"""What a file says of kinship beside what family trees say: told in words, never stored.

The slice that knows family trees registers itself here; the laboratory knows codes alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from sqlalchemy.orm import Session

from caseman.laboratory.codes import SourceKind, Tie
from caseman.laboratory.models import Specimen
from caseman.laboratory.reading.kinship import Link, TreeRead, tie

MOST_PAIRS = 200
"""So many pairs of one tree are compared; a family has fewer."""


@dataclass(frozen=True)
class Declared:
    """A family tree as the family told it: its links, and where in it each source stands."""

    links: tuple[Link, ...]
    places: Mapping[int, str]
    """The place of a source in the links, by its id."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two codes: what the first is to the second in the file, and in a family tree here."""

    one: str
    other: str
    in_file: Tie
    here: Tie | None
    """None where no family tree has both."""


Trees = Callable[[Session, Sequence[int]], Sequence[Declared]]

_trees: list[Trees] = []


def add(trees: Trees) -> None:
    """Ask ``trees`` for those in which some sources stand."""
    _trees.append(trees)


def compare(
    session: Session, found: Mapping[str, Specimen], read: Sequence[TreeRead]
) -> list[Compared]:
    """Return what each tree of a file says of the people whose names in it are codes here."""
    people = {name: row for name, row in found.items() if _is_compared(row)}
    ids = sorted({row.source_id for row in people.values()})
    declared = [tree for trees in _trees for tree in trees(session, ids)] if ids else []
    rows = (
        Compared(one, other, Tie(tie(tree.links, one, other).value), _here(declared, *pair))
        for tree in read
        for one, other in _pairs(tree, people)
        for pair in [(people[one].source_id, people[other].source_id)]
    )
    return list(dict.fromkeys(rows))


def _is_compared(row: Specimen) -> bool:
    is_of_family = row.source.kind in {SourceKind.RELATIVE, SourceKind.DIRECT}
    return is_of_family and row.source.withdrawn_at is None


def _pairs(tree: TreeRead, people: Mapping[str, Specimen]) -> Iterator[tuple[str, str]]:
    named = [name for name in tree.people if name in people]
    pairs = (
        (one, other)
        for one, other in combinations(named, 2)
        if people[one].source_id != people[other].source_id
    )
    return islice(pairs, MOST_PAIRS)


def _here(declared: Sequence[Declared], one: int, other: int) -> Tie | None:
    tree = next((each for each in declared if {one, other} <= each.places.keys()), None)
    if tree is None:
        return None
    return Tie(tie(tree.links, tree.places[one], tree.places[other]).value)

"""The Harris matrix: contexts in the order of time, with no relation that others already imply.

Harris 1979, Principles of Archaeological Stratigraphy: of all that is observed, the matrix keeps
the immediate relations only, the transitive reduction of "is later than".
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

Pair = tuple[int, int]


class ContradictionError(ValueError):
    """Relations by which a context would be later than itself; ``path`` leads back to its start."""

    def __init__(self, path: tuple[int, ...]) -> None:
        super().__init__("a context is later than itself")
        self.path = path


@dataclass(frozen=True, slots=True)
class Matrix:
    """Groups of contexts that are the same, by their least number, from the latest to the first."""

    levels: tuple[tuple[int, ...], ...]
    """Each group stands as high as what lies above it allows."""
    edges: tuple[Pair, ...]
    """(later, earlier) of the immediate relations."""
    groups: Mapping[int, tuple[int, ...]]
    """The contexts of each group; most are alone."""


def matrix(contexts: Collection[int], later: Iterable[Pair], same: Iterable[Pair]) -> Matrix:
    """Return the matrix of ``contexts``.

    ``later`` holds (later, earlier), ``same`` contexts that are one. Raises ``ContradictionError``
    where that cannot be.
    """
    head = _heads(contexts, same)
    below: dict[int, set[int]] = {head[each]: set() for each in sorted(contexts)}
    for upper, lower in later:
        if head[upper] == head[lower]:
            raise ContradictionError((upper, lower, upper))
        below[head[upper]].add(head[lower])
    order = _from_the_latest(below)
    groups: dict[int, list[int]] = defaultdict(list)
    for each in sorted(contexts):
        groups[head[each]].append(each)
    return Matrix(
        _levels(order, below),
        tuple(sorted(_immediate(order, below))),
        {key: tuple(group) for key, group in groups.items()},
    )


def _heads(contexts: Collection[int], same: Iterable[Pair]) -> dict[int, int]:
    """Return for each context the least of those that are the same."""
    head = {each: each for each in contexts}
    for one, other in same:
        least, most = sorted((head[one], head[other]))
        head = {each: least if of == most else of for each, of in head.items()}
    return head


def _from_the_latest(below: Mapping[int, set[int]]) -> list[int]:
    """Return the groups with each before all that are earlier."""
    order: list[int] = []
    left = dict(below)
    while left:
        covered = set[int]().union(*left.values())
        free = [each for each in left if each not in covered]
        if not free:
            raise ContradictionError(_circle(left))
        order += free
        for each in free:
            del left[each]
    return order


def _circle(below: Mapping[int, set[int]]) -> tuple[int, ...]:
    """Return a path that leads back to where it began; every group left lies below another."""
    above = {lower: upper for upper, lowers in below.items() for lower in sorted(lowers)}
    path = [min(below)]
    while above[path[-1]] not in path:
        path.append(above[path[-1]])
    start = path.index(above[path[-1]])
    return (*reversed(path[start:]), path[-1])


def _levels(order: list[int], below: Mapping[int, set[int]]) -> tuple[tuple[int, ...], ...]:
    level = dict.fromkeys(order, 0)
    for each in order:
        for lower in below[each]:
            level[lower] = max(level[lower], level[each] + 1)
    rows: dict[int, list[int]] = defaultdict(list)
    for each in sorted(order):
        rows[level[each]].append(each)
    return tuple(tuple(rows[number]) for number in sorted(rows))


def _immediate(order: list[int], below: Mapping[int, set[int]]) -> Iterable[Pair]:
    """Yield the relations that no chain of others implies."""
    reached: dict[int, set[int]] = {}
    for each in reversed(order):
        deeper = set[int]().union(*(reached[lower] for lower in below[each]))
        yield from ((each, lower) for lower in below[each] - deeper)
        reached[each] = below[each] | deeper

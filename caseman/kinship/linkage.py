"""Two linked loci: one meiosis passes both on, from the same grandparent unless it recombines.

Each transmission has a selector at either locus, which grandparent's allele it takes; the two
selectors differ with the chance of recombination. Founders are in linkage equilibrium.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from caseman.kinship.arrays import Floats, Int64s
from caseman.kinship.contraction import (
    MOST_WORK,
    TOO_LARGE,
    Tables,
    contract,
    elimination_order,
)
from caseman.kinship.faults import TooLargeError
from caseman.kinship.lumping import Lumping, Marker, lump
from caseman.kinship.observations import UNKNOWN, chance_of_reading
from caseman.kinship.people import Codes, People, seen_in
from caseman.kinship.relatives import FEMALE, MALE, NOBODY, Seen, founders_pair


@dataclass
class _Network:
    """Tables under construction; a variable is added with its states."""

    sizes: list[int] = field(default_factory=list)
    tables: list[tuple[tuple[int, ...], Floats]] = field(default_factory=list)

    def variable(self, size: int) -> int:
        self.sizes.append(size)
        return len(self.sizes) - 1

    def closed(self) -> Tables:
        widest = max(len(scope) for scope, _ in self.tables)
        scopes = np.zeros((len(self.tables), widest), np.int64)
        for t, (scope, _) in enumerate(self.tables):
            scopes[t, : len(scope)] = scope
        lengths = np.array([cells.size for _, cells in self.tables])
        return Tables(
            np.array(self.sizes, np.int64),
            scopes,
            np.array([len(scope) for scope, _ in self.tables], np.int64),
            np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64),
            np.concatenate([cells.ravel() for _, cells in self.tables]),
        )


@dataclass
class _Side:
    """One of the two loci: its classes, readings, and the variable and states of each allele."""

    lumping: Lumping
    seen: Seen
    variables: dict[tuple[int, int], int] = field(default_factory=dict)
    states: dict[tuple[int, int], Int64s] = field(default_factory=dict)


def linked_log_likelihood(
    people: People,
    markers: Sequence[Marker],
    codes: Sequence[Codes],
    *,
    recombination: float,
    dropout: Mapping[str, float],
) -> float:
    """Return the natural logarithm of the joint likelihood at two linked autosomal loci.

    Raises TooLargeError, naming the first locus, where the exact sum is out of reach.
    """
    network, sides = _Network(), []
    for marker, seen in zip(markers, codes, strict=True):
        lumping = lump(marker, seen.alleles)
        side = _Side(lumping, seen_in(people, lumping, seen, dropout))
        for person in range(len(people.keys)):
            _add_person(network, side, people, person)
        sides.append(side)
    selected = [_add_transmissions(network, side, people) for side in sides]
    for pair in zip(*selected, strict=True):
        switch = np.array([[1 - recombination, recombination], [recombination, 1 - recombination]])
        network.tables.append((pair, switch / 2))
    tables, nobody = network.closed(), np.zeros(0, np.int64)
    order, work = elimination_order(tables, nobody)
    scale, cells = TOO_LARGE, np.zeros(0)
    if work <= MOST_WORK:
        scale, cells = contract(tables, order, nobody, MOST_WORK)
    if scale == TOO_LARGE:
        fault = "needs a table beyond the limit together with the locus it is linked to"
        raise TooLargeError(fault, locus=markers[0].locus.name)
    return float(scale + np.log(cells[0])) if len(cells) and cells[0] > 0 else -np.inf


def _add_person(network: _Network, side: _Side, people: People, person: int) -> None:
    kin, alphabet = people.kin, side.lumping.alphabet
    places = (1,) if kin.halved[person] else (0, 1)
    for place in places:
        side.states[person, place] = _states(side, person)
        side.variables[person, place] = network.variable(len(side.states[person, place]))
    if kin.father[person] == NOBODY:
        _add_priors(network, side, people, person)
    reading = tuple(column[person] for column in side.seen)
    if reading[:2] != (UNKNOWN, UNKNOWN):
        first, second = side.states[person, 0], side.states[person, 1]
        chances = [
            [chance_of_reading(x, y, reading, alphabet.silent) for y in second] for x in first
        ]
        scope = side.variables[person, 0], side.variables[person, 1]
        network.tables.append((scope, np.array(chances)))


def _states(side: _Side, person: int) -> Int64s:
    alphabet, seen = side.lumping.alphabet, side.seen
    pair = {int(seen.first[person]), int(seen.second[person])}
    if min(pair) < 0 or seen.dropout[person] > 0:
        return np.arange(len(alphabet.frequencies))
    if len(pair) == 1 and alphabet.silent >= 0:
        pair.add(alphabet.silent)
    return np.array(sorted(pair))


def _add_priors(network: _Network, side: _Side, people: People, person: int) -> None:
    frequencies = side.lumping.alphabet.frequencies
    inbreeding = float(people.kin.inbreeding[person])
    if inbreeding > 0 and not people.kin.halved[person]:
        first, second = side.states[person, 0], side.states[person, 1]
        chances = [[founders_pair(frequencies, inbreeding, x, y) for y in second] for x in first]
        scope = side.variables[person, 0], side.variables[person, 1]
        network.tables.append((scope, np.array(chances)))
        return
    for place in (0, 1):
        if (person, place) in side.variables:
            states = side.states[person, place]
            network.tables.append(((side.variables[person, place],), frequencies[states]))


def _add_transmissions(network: _Network, side: _Side, people: People) -> list[int]:
    """Return the selectors of this locus, in the same order at both loci."""
    selectors: list[int] = []
    for child in range(len(people.keys)):
        for place, sex, parents in ((0, MALE, people.kin.father), (1, FEMALE, people.kin.mother)):
            parent = int(parents[child])
            if parent != NOBODY:
                selector = _add_transmission(network, side, (parent, child, place), sex)
                selectors.extend(selector)
    return selectors


def _add_transmission(
    network: _Network, side: _Side, link: tuple[int, int, int], sex: int
) -> tuple[int, ...]:
    parent, child, place = link
    passed = side.lumping.alphabet.transmissions[sex]
    received = side.states[child, place]
    target = side.variables[child, place]
    mothers = side.states[parent, 1]
    from_mother = passed[np.ix_(mothers, received)]
    if (parent, 0) not in side.variables:
        network.tables.append(((side.variables[parent, 1], target), from_mother))
        return ()
    fathers = side.states[parent, 0]
    cells = np.empty((len(fathers), len(mothers), len(received), 2))
    cells[..., 0] = passed[np.ix_(fathers, received)][:, None, :]
    cells[..., 1] = from_mother[None, :, :]
    selector = network.variable(2)
    scope = side.variables[parent, 0], side.variables[parent, 1], target, selector
    network.tables.append((scope, cells))
    return (selector,)

"""Founders' alleles under coancestry, summed over which of them are copies of one.

The urn of Balding and Nichols is the same as this: alleles fall into groups, by the Chinese
restaurant process (Pitman 2006), and each group has one allele, drawn by frequency. A group is one
variable, so no table covers all founders together. That pays where alleles are many and untyped
founders few; the number of partitions is Bell's.
"""

from typing import NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.kinship.arrays import Floats, Int64s
from caseman.kinship.contraction import TOO_LARGE, Tables, contract, elimination_order
from caseman.kinship.urn import Draws, next_draw

MOST_DRAWS = 9
"""The most alleles that are not known: they have 21,147 partitions."""
MOST_WORK = 1 << 32
"""The most cells that the sums of all partitions go through together."""


class _Urn(NamedTuple):
    """What is left to draw: variables, the chances of a group's allele, and what it weighs anew.

    `alias` says for each variable which one it is the same as.
    """

    free: Int64s
    alias: Int64s
    chances: Floats
    anew: float
    theta: float


@compiled
def sum_over_partitions(tables: Tables, states: Int64s, draws: Draws, frequencies: Floats) -> float:
    """Return ln of the sum of the tables, founders' alleles drawn from the urn.

    Variables of founders have all alleles as states, or one. TOO_LARGE where it is out of reach.
    """
    inbred = np.flatnonzero(draws.twin)
    found = -np.inf
    for ways in range(1 << len(inbred)):
        weight, urn = _after_the_known(tables, states, draws, frequencies, ways)
        if weight == -np.inf:
            continue
        if len(urn.free) > MOST_DRAWS:
            return TOO_LARGE
        more = _sum_over_groups(tables, urn)
        if more == TOO_LARGE:
            return TOO_LARGE
        found = np.logaddexp(found, weight + more)
    return found


@compiled
def _after_the_known(
    tables: Tables, states: Int64s, draws: Draws, frequencies: Floats, ways: int
) -> tuple[float, _Urn]:
    """Return ln of the chance of the known draws, and the urn after them.

    Bit k of `ways` says whether the k-th inbred founder has one allele twice.
    """
    alias, drawn = np.arange(len(tables.sizes)), np.zeros(len(frequencies), np.int64)
    free = np.empty(len(draws.variables), np.int64)
    weight, bit, count, open_draws = 0.0, 0, 0, 0
    for k in range(len(draws.variables)):
        v = draws.variables[k]
        if draws.twin[k] > 0:
            is_twin = (ways >> bit) & 1 == 1
            bit += 1
            weight += np.log(draws.twin[k] if is_twin else 1 - draws.twin[k])
            if is_twin:
                first = draws.variables[k - 1]
                if tables.sizes[v] == 1 and states[v, 0] != states[first, 0]:
                    weight = -np.inf
                alias[v] = first
                continue
        if tables.sizes[v] > 1:
            free[open_draws] = v
            open_draws += 1
            continue
        a = states[v, 0]
        weight += np.log(next_draw(a, drawn, frequencies, draws.theta, count))
        drawn[a] += 1
        count += 1
    anew = count * draws.theta + 1 - draws.theta
    chances = (drawn * draws.theta + (1 - draws.theta) * frequencies) / anew
    return weight, _Urn(free[:open_draws], alias, chances, anew, draws.theta)


@compiled
def _sum_over_groups(tables: Tables, urn: _Urn) -> float:
    """Return ln of the sum over all partitions, each numbered by where a draw joins."""
    count = len(urn.free)
    group, highest = np.zeros(count, np.int64), np.zeros(count, np.int64)
    found, work = -np.inf, 0.0
    while True:
        weight, merged = _merged(tables, urn, group)
        nobody = np.zeros(0, np.int64)
        order, own = elimination_order(merged, nobody)
        work += own
        if work > MOST_WORK:
            return TOO_LARGE
        scale, cells = contract(merged, order, nobody, MOST_WORK)
        if scale == TOO_LARGE:
            return TOO_LARGE
        if scale > -np.inf and cells[0] > 0.0:
            found = np.logaddexp(found, weight + scale + np.log(cells[0]))
        k = count - 1
        while k > 0 and group[k] == highest[k - 1] + 1:
            k -= 1
        if k <= 0:
            return found
        group[k] += 1
        highest[k] = max(highest[k - 1], group[k])
        for later in range(k + 1, count):
            group[later], highest[later] = 0, highest[k]


@compiled
def _merged(tables: Tables, urn: _Urn, group: Int64s) -> tuple[float, Tables]:
    """Return ln of the chance of a partition, and the tables with a variable for each group."""
    count, given = len(group), len(tables.widths)
    members, first = np.zeros(count, np.int64), np.full(count, -1)
    alias, weight = urn.alias.copy(), 0.0
    for k in range(count):
        g = group[k]
        weight += np.log(urn.anew if members[g] == 0 else members[g] * urn.theta)
        weight -= np.log(urn.anew + k * urn.theta)
        if members[g] == 0:
            first[g] = urn.free[k]
        members[g] += 1
        alias[urn.free[k]] = first[g]
    groups = (members > 0).sum()
    scopes = np.zeros((given + groups, tables.scopes.shape[1]), np.int64)
    for t in range(given):
        for j in range(tables.widths[t]):
            scopes[t, j] = alias[alias[tables.scopes[t, j]]]
    widths, offsets = np.ones(given + groups, np.int64), np.empty(given + groups, np.int64)
    widths[:given], offsets[:given] = tables.widths, tables.offsets
    for g in range(groups):
        scopes[given + g, 0], offsets[given + g] = first[g], len(tables.cells)
    return weight, Tables(
        tables.sizes, scopes, widths, offsets, np.concatenate((tables.cells, urn.chances))
    )

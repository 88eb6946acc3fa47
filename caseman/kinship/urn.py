"""Founders' alleles under coancestry: drawn one after another from the urn of Balding and Nichols.

All founders of all components share one urn, so their alleles depend on each other and one table
covers them all. The chance of the next allele is (n_a theta + (1 - theta) p_a) / (1 + (n - 1)
theta) after n draws, n_a of them of that kind.
"""

from typing import NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.kinship.arrays import Floats, Int64s
from caseman.kinship.contraction import WIDEST, Tables
from caseman.kinship.relatives import Alphabet, Kin, is_founder, is_single


class Draws(NamedTuple):
    """Variables in the order of drawing; `twin` is the inbreeding of a founder's second allele.

    The urn counts kinds of alleles: `kinds` has that of each class, `shares` the part of a kind
    that is this class, whatever was drawn before, and `frequencies` is by kind.
    """

    variables: Int64s
    twin: Floats
    theta: float
    kinds: Int64s
    shares: Floats
    frequencies: Floats


@compiled
def with_urn(tables: Tables, states: Int64s, draws: Draws, most: int) -> tuple[Tables, bool]:
    """Return the tables with the urn's, and whether that table has no more cells than `most`."""
    free = np.array([v for v in draws.variables if tables.sizes[v] > 1], np.int64)
    cells = 1.0
    for v in free:
        cells *= tables.sizes[v]
    if len(free) > WIDEST or cells > most:
        return tables, False
    if (draws.twin > 0).any():
        urn = _urn_cells(tables, states, draws, free)
    else:
        urn = _urn_cells_in_turn(tables, states, draws, free)
    return _appended(tables, free, urn), True


@compiled
def draws_of(kin: Kin, alphabet: Alphabet, theta: float) -> Draws:
    """Return whose alleles are drawn from the urn, in the order of the people."""
    kinds = np.arange(len(alphabet.frequencies))
    return draws_of_kinds(kin, alphabet, theta, (kinds, np.ones(len(kinds))))


@compiled
def draws_of_kinds(
    kin: Kin, alphabet: Alphabet, theta: float, kinds: tuple[Int64s, Floats]
) -> Draws:
    """Return the same where several classes are of one kind, each a share of it."""
    frequencies = np.zeros(kinds[0].max() + 1)
    for k in range(len(alphabet.frequencies)):
        frequencies[kinds[0][k]] += alphabet.frequencies[k]
    variables = np.empty(2 * len(kin.father), np.int64)
    twin = np.zeros(2 * len(kin.father))
    made = 0
    for i in range(len(kin.father)):
        if is_founder(kin, i):
            if not is_single(kin, alphabet, i):
                variables[made] = 2 * i
                made += 1
                twin[made] = kin.inbreeding[i]
            variables[made] = 2 * i + 1
            made += 1
    return Draws(variables[:made], twin[:made], theta, kinds[0], kinds[1], frequencies)


@compiled
def _urn_cells(tables: Tables, states: Int64s, draws: Draws, free: Int64s) -> Floats:
    state = states[:, 0].copy()
    index = np.zeros(len(free), np.int64)
    count = 1
    for v in free:
        count *= tables.sizes[v]
    cells = np.empty(count)
    drawn = np.zeros(len(draws.frequencies), np.int64)
    for cell in range(count):
        cells[cell] = _chance(state, draws, drawn)
        j = len(free) - 1
        while j >= 0:
            v = free[j]
            index[j] = (index[j] + 1) % tables.sizes[v]
            state[v] = states[v, index[j]]
            if index[j] > 0:
                break
            j -= 1
    return cells


@compiled
def _urn_cells_in_turn(tables: Tables, states: Int64s, draws: Draws, free: Int64s) -> Floats:
    """Return the same where nobody is inbred: each cell from the one before it.

    The order of drawing does not matter, so what is known is drawn first.
    """
    drawn, count, last = np.zeros(len(draws.frequencies), np.int64), 0, len(free)
    weights, index = np.ones(last + 1), np.zeros(last, np.int64)
    for v in draws.variables:
        if tables.sizes[v] == 1:
            weights[0] *= _draw(draws, drawn, states[v, 0], count)
            count += 1
    size = 1
    for k in range(last):
        weights[k + 1] = weights[k] * _draw(draws, drawn, states[free[k], 0], count + k)
        size *= tables.sizes[free[k]]
    cells = np.empty(size)
    for cell in range(size):
        cells[cell] = weights[last]
        k = last - 1
        while k >= 0:
            drawn[draws.kinds[states[free[k], index[k]]]] -= 1
            index[k] += 1
            if index[k] < tables.sizes[free[k]]:
                break
            index[k] = 0
            k -= 1
        for later in range(max(k, 0), last if k >= 0 else 0):
            allele = states[free[later], index[later]]
            weights[later + 1] = weights[later] * _draw(draws, drawn, allele, count + later)
    return cells


@compiled
def _draw(draws: Draws, drawn: Int64s, allele: int, count: int) -> float:
    """Draw an allele and return its chance."""
    kind = draws.kinds[allele]
    chance = next_draw(kind, drawn, draws.frequencies, draws.theta, count) * draws.shares[allele]
    drawn[kind] += 1
    return float(chance)


@compiled
def _chance(state: Int64s, draws: Draws, drawn: Int64s) -> float:
    """Return the chance of all draws, over each way in which inbred founders have twin alleles."""
    inbred = np.flatnonzero(draws.twin)
    total = 0.0
    for ways in range(1 << len(inbred)):
        chance, count, bit = 1.0, 0, 0
        drawn[:] = 0
        for k in range(len(draws.variables)):
            a = state[draws.variables[k]]
            if draws.twin[k] > 0:
                is_twin = (ways >> bit) & 1 == 1
                bit += 1
                chance *= draws.twin[k] if is_twin else 1 - draws.twin[k]
                if is_twin:
                    chance *= 1.0 if a == state[draws.variables[k - 1]] else 0.0
                    continue
            kind = draws.kinds[a]
            chance *= next_draw(kind, drawn, draws.frequencies, draws.theta, count)
            chance *= draws.shares[a]
            drawn[kind] += 1
            count += 1
        total += chance
    return total


@compiled
def next_draw(a: int, drawn: Int64s, frequencies: Floats, theta: float, total: int) -> float:
    """Return the chance that the next of `total` + 1 draws is this allele."""
    if total == 0:
        return float(frequencies[a])
    return float((drawn[a] * theta + (1 - theta) * frequencies[a]) / (1 + (total - 1) * theta))


@compiled
def _appended(tables: Tables, scope: Int64s, cells: Floats) -> Tables:
    made = len(tables.widths)
    scopes = np.zeros((made + 1, max(3, len(scope))), np.int64)
    scopes[:made, :3] = tables.scopes
    scopes[made, : len(scope)] = scope
    widths, offsets = np.empty(made + 1, np.int64), np.empty(made + 1, np.int64)
    widths[:made], widths[made] = tables.widths, len(scope)
    offsets[:made], offsets[made] = tables.offsets, len(tables.cells)
    return Tables(tables.sizes, scopes, widths, offsets, np.concatenate((tables.cells, cells)))

"""From chances over the classes of one family back to chances over all alleles of a locus."""

import numpy as np

from caseman.compilation import compiled
from caseman.kinship.arrays import Floats, Int64s
from caseman.kinship.panel import Classes, Panel


@compiled
def unfold(panel: Panel, at: int, classes: Classes, table: Floats) -> Floats:
    """Return a table over ordered pairs of classes as one over pairs of alleles."""
    pairs = np.zeros((panel.counts[at], panel.counts[at]))
    if classes.origins == 0:
        ones = np.ones(panel.counts[at])
        _spread(pairs, table, (classes.class_of, ones), (classes.class_of, ones))
        return pairs
    weights = _weights_in_rest(panel, at, classes)
    joined = _without_tags(classes, table)
    alike = _copies(classes, table)
    is_rest = classes.class_of == classes.apart
    for o in range(len(weights)):
        rows = classes.class_of + o * is_rest
        for p in range(len(weights)):
            columns = classes.class_of + p * is_rest
            _spread(pairs, joined, (rows, weights[o]), (columns, weights[p]))
        for x in np.flatnonzero(is_rest):
            pairs[x, x] += weights[o, x] * alike[o]
    return pairs


@compiled
def unfold_with_urn(panel: Panel, at: int, classes: Classes, table: Floats, theta: float) -> Floats:
    """Return the same under coancestry: two founders' alleles of the rest come from one urn.

    What the rest is made of does not depend on what else was drawn, so of two draws in it the
    second is like the first by theta / (theta + (1 - theta) p of the rest).
    """
    pairs = unfold(panel, at, classes, table)
    if classes.origins == 0:
        return pairs
    both = _without_tags(classes, table)[classes.apart, classes.apart]
    weights, rest = _weights_in_rest(panel, at, classes)[0], 0.0
    is_rest = classes.class_of == classes.apart
    for x in np.flatnonzero(is_rest):
        rest += panel.frequencies[at, x]
    for x in np.flatnonzero(is_rest):
        for y in np.flatnonzero(is_rest):
            top = (theta if x == y else 0.0) + (1 - theta) * panel.frequencies[at, y]
            second = top / (theta + (1 - theta) * rest)
            pairs[x, y] += both * weights[x] * (second - weights[y])
    return pairs


@compiled
def unfold_single(panel: Panel, at: int, classes: Classes, table: Floats) -> Floats:
    """Return chances on the diagonal over classes as chances on the diagonal over alleles."""
    count, apart = panel.counts[at], classes.apart
    singles = np.zeros((count, count))
    if classes.origins == 0:
        for x in range(count):
            singles[x, x] = table[classes.class_of[x], classes.class_of[x]]
        return singles
    weights = _weights_in_rest(panel, at, classes)
    for x in range(count):
        first = classes.class_of[x]
        last = first if first < apart else len(table) - 1
        for i in range(first, last + 1):
            origin = (i - apart) % classes.origins if i >= apart else 0
            singles[x, x] += table[i, i] * weights[origin, x]
    return singles


@compiled
def _spread(
    pairs: Floats, table: Floats, rows: tuple[Int64s, Floats], columns: tuple[Int64s, Floats]
) -> None:
    """Add to each pair of alleles its share of the pair of their classes."""
    for x in range(len(pairs)):
        for y in range(len(pairs)):
            share = rows[1][x] * columns[1][y]
            pairs[x, y] += share * table[rows[0][x], columns[0][y]]


@compiled
def _weights_in_rest(panel: Panel, at: int, classes: Classes) -> Floats:
    """Return the share of each allele in its class, by origin; single alleles have all of one."""
    count, rest = panel.counts[at], np.zeros(2)
    weights = np.zeros((classes.origins, count))
    for a in range(count):
        if classes.class_of[a] == classes.apart:
            rest[0] += panel.frequencies[at, a]
            rest[1] += panel.targets[at, a]
    for a in range(count):
        if classes.class_of[a] < classes.apart:
            weights[0, a] = 1.0
            continue
        weights[0, a] = panel.frequencies[at, a] / rest[0]
        if classes.origins == 2:
            weights[1, a] = panel.targets[at, a] / rest[1]
    return weights


@compiled
def _without_tags(classes: Classes, table: Floats) -> Floats:
    """Return the chances of independent alleles, over single alleles and origins."""
    apart, origins = classes.apart, classes.origins
    joined = np.zeros((apart + origins, apart + origins))
    for i in range(len(table)):
        for j in range(len(table)):
            is_rest = i >= apart and j >= apart
            row = i if i < apart else apart + (i - apart) % origins
            column = j if j < apart else apart + (j - apart) % origins
            if not is_rest or classes.tags == 1:
                joined[row, column] += table[i, j]
            elif (i - apart) // origins != (j - apart) // origins:
                joined[row, column] += 2.0 * table[i, j]
    return joined


@compiled
def _copies(classes: Classes, table: Floats) -> Floats:
    """Return, by origin, the chance that both alleles are copies of one allele of the rest."""
    alike = np.zeros(classes.origins)
    if classes.tags < 2:
        return alike
    for o in range(classes.origins):
        i, j = classes.apart + o, classes.apart + classes.origins + o
        alike[o] = max(0.0, table[i, i] + table[j, j] - table[i, j] - table[j, i])
    return alike

"""What a family says of one of its members: the chance of each genotype, locus by locus.

One sum for each family, member and locus answers every question "and if these remains were they":
the likelihood ratio of a reading is looked up, not computed anew.
"""

from typing import NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.kinship.arrays import Floats, Int64s
from caseman.kinship.contraction import TOO_LARGE
from caseman.kinship.observations import chance_of_reading, chance_of_single
from caseman.kinship.panel import Classes, Panel, family_classes
from caseman.kinship.relatives import Kin, Seen, is_single
from caseman.kinship.summation import sum_out
from caseman.kinship.unfolding import unfold, unfold_single


class Typed(NamedTuple):
    """Readings of the people of a family by locus and person, in codes of alleles."""

    first: Int64s
    second: Int64s
    dropout: Floats


class Asked(NamedTuple):
    """The different readings of all remains; those of locus l are starts[l] to starts[l + 1].

    `single` is 1 for a man's reading at an X-linked locus; `base` is the chance of the reading in
    somebody of whom nothing is known.
    """

    starts: Int64s
    first: Int64s
    second: Int64s
    dropout: Floats
    single: Int64s
    base: Floats


class _Table(NamedTuple):
    """Chances over ordered pairs of classes, to be multiplied by the exponential of `scale`."""

    scale: float
    pairs: Floats


@compiled
def log_ratios(
    kin: Kin, panel: Panel, typed: Typed, asked: Asked, target: tuple[int, int]
) -> tuple[Floats, Floats]:
    """Return (log LR of each reading, log likelihood of the family at each locus).

    `target` is the member asked about and 2 if that person's parents may be related, else 1. Where
    the family itself is impossible the ratios are -inf. TOO_LARGE stands for a likelihood that is
    out of reach.
    """
    ratios = np.full(len(asked.first), -np.inf)
    families = np.empty(len(panel.counts))
    order = np.zeros(0, np.int64)
    for at in range(len(panel.counts)):
        classes = family_classes(panel, at, typed.first[at], typed.second[at], target[1])
        seen = in_classes(typed, at, classes)
        table, order = _member_table(kin, classes, seen, target[0], order)
        total = table.pairs.sum()
        families[at] = table.scale + np.log(total) if total > 0 else table.scale
        if total <= 0:
            continue
        if is_single(kin, classes.alphabet, target[0]):
            chances = unfold_single(panel, at, classes, table.pairs)
        else:
            chances = unfold(panel, at, classes, table.pairs)
        for reading in range(asked.starts[at], asked.starts[at + 1]):
            found = chance_of_asked(chances, asked, reading, panel.silent[at])
            if found > 0:
                ratios[reading] = np.log(found / total) - np.log(asked.base[reading])
    return ratios, families


@compiled
def in_classes(typed: Typed, at: int, classes: Classes) -> Seen:
    """Return the readings of one locus in classes of an alphabet."""
    count = len(typed.dropout)
    first, second = typed.first[at].copy(), typed.second[at].copy()
    for i in range(count):
        if first[i] >= 0:
            first[i] = classes.class_of[first[i]]
        if second[i] >= 0:
            second[i] = classes.class_of[second[i]]
    return Seen(first, second, typed.dropout)


@compiled
def _member_table(
    kin: Kin, classes: Classes, seen: Seen, target: int, order: Int64s
) -> tuple[_Table, Int64s]:
    """Return the chances of the member's genotypes, a man's X-linked alleles on the diagonal.

    The order of elimination is found once and handed on to the next locus.
    """
    alphabet = classes.alphabet
    count = len(alphabet.frequencies)
    pairs = np.zeros((count, count))
    single = is_single(kin, alphabet, target)
    kept = np.arange(2 * target + 1 if single else 2 * target, 2 * target + 2)
    scale, cells, order = sum_out(kin, alphabet, seen, kept, order)
    if len(cells) == 0 or scale == -np.inf:
        return _Table(scale, pairs), order
    for x in range(count):
        if single:
            pairs[x, x] = cells[x]
        else:
            for y in range(count):
                pairs[x, y] = cells[x * count + y]
    return _Table(scale, pairs), order


@compiled
def chance_of_asked(chances: Floats, asked: Asked, reading: int, silent: int) -> float:
    """Return the chance of a reading over a table of ordered pairs of alleles, unscaled."""
    a, b, d = asked.first[reading], asked.second[reading], asked.dropout[reading]
    if a >= 0 and b >= 0 and d == 0.0 and (silent < 0 or a != b or asked.single[reading] == 1):
        return float(chances[a, b] + chances[b, a] if a != b else chances[a, a])
    total = 0.0
    for x in range(len(chances)):
        if asked.single[reading] == 1:
            total += chances[x, x] * chance_of_single(x, (a, b, d), silent)
            continue
        for y in range(len(chances)):
            total += chances[x, y] * chance_of_reading(x, y, (a, b, d), silent)
    return total


@compiled
def base_chances(panel: Panel, asked: Asked) -> None:
    """Fill in the chance of each reading in somebody of whom nothing is known."""
    for at in range(len(panel.counts)):
        frequencies = panel.frequencies[at, : panel.counts[at]]
        pairs = np.outer(frequencies, frequencies)
        for reading in range(asked.starts[at], asked.starts[at + 1]):
            if asked.single[reading] == 1:
                asked.base[reading] = chance_of_asked(
                    np.diag(frequencies), asked, reading, panel.silent[at]
                )
            else:
                asked.base[reading] = chance_of_asked(pairs, asked, reading, panel.silent[at])


@compiled
def add_up(ratios: Floats, readings: Int64s, totals: Floats) -> None:
    """Write the log LR of each set of remains over all loci; `readings` has a row for each."""
    for i in range(len(readings)):
        total = 0.0
        for at in range(readings.shape[1]):
            total += ratios[readings[i, at]]
        totals[i] = total


@compiled
def log_likelihoods(kin: Kin, panel: Panel, fillings: tuple[Int64s, Int64s, Floats]) -> Floats:
    """Return the log likelihood of a family by filling, TOO_LARGE where it is out of reach.

    The fillings are codes of first and second alleles [filling, locus, person] and the chances of
    drop-out [filling, person].
    """
    first, second, dropout = fillings
    found = np.zeros(len(first))
    nobody, order = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for k in range(len(first)):
        typed = Typed(first[k], second[k], dropout[k])
        for at in range(len(panel.counts)):
            classes = family_classes(panel, at, typed.first[at], typed.second[at], 0)
            seen = in_classes(typed, at, classes)
            scale, cells, order = sum_out(kin, classes.alphabet, seen, nobody, order)
            if scale == TOO_LARGE:
                return np.full(len(first), TOO_LARGE)
            if scale == -np.inf:
                found[k] = -np.inf
                break
            found[k] += scale + np.log(cells[0])
    return found

"""Tables of one member's genotypes under coancestry, and those of a stranger from the same urn.

As `tables`, with theta: two sums for each family, member and locus answer for all remains.
"""

from typing import NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.kinship.arrays import Floats, Int64s
from caseman.kinship.assembly import assemble
from caseman.kinship.contraction import LARGEST, TOO_LARGE, contract, elimination_order
from caseman.kinship.panel import Classes, Panel, family_classes
from caseman.kinship.relatives import Kin, Plan, Seen, is_single
from caseman.kinship.summation import PLAIN
from caseman.kinship.tables import Asked, Typed, chance_of_asked, in_classes
from caseman.kinship.unfolding import unfold_single, unfold_with_urn
from caseman.kinship.urn import draws_of_kinds, with_urn

_MOST = 1 << 20
"""The most cells of one urn: beyond it readings are weighed one by one."""


class Side(NamedTuple):
    """A family, whose genotype is asked for, and 2 if that person's parents may be related."""

    kin: Kin
    typed: Typed
    target: int
    tags: int


def log_ratios_with_urn(
    family: Side, stranger: Side, panel: Panel, asked: Asked, theta: float
) -> tuple[Floats, Floats]:
    """Return (ln LR of each reading, ln L of the family at each locus).

    `panel` has founders' and redrawn alleles apart wherever there is mutation. TOO_LARGE stands
    for the family of a locus, and NaN for its readings, where the tables would be large: they are
    to be weighed one by one.
    """
    ratios = np.full(len(asked.first), np.nan)
    families = np.full(len(panel.counts), TOO_LARGE)
    for at in range(len(panel.counts)):
        scale, above = _chances(family, panel, at, theta)
        if scale == TOO_LARGE:
            continue
        stranger_scale, below = _chances(stranger, panel, at, theta)
        if stranger_scale == TOO_LARGE:
            continue
        total = above.sum()
        families[at] = scale + np.log(total) if total > 0 else -np.inf
        _weigh(ratios, at, (above, below), asked, (scale - stranger_scale, panel.silent[at]))
    return ratios, families


@compiled
def _weigh(
    ratios: Floats, at: int, chances: tuple[Floats, Floats], asked: Asked, given: tuple[float, int]
) -> None:
    """Write ln LR of each reading of a locus from chances with the family and with a stranger."""
    for reading in range(asked.starts[at], asked.starts[at + 1]):
        found = chance_of_asked(chances[0], asked, reading, given[1])
        base = chance_of_asked(chances[1], asked, reading, given[1])
        ratios[reading] = np.log(found / base) + given[0] if found > 0 else -np.inf


def _chances(side: Side, panel: Panel, at: int, theta: float) -> tuple[float, Floats]:
    """Return the log scale and the chances of pairs of alleles."""
    typed = side.typed
    classes = family_classes(panel, at, typed.first[at], typed.second[at], side.tags)
    seen = in_classes(typed, at, classes)
    scale, table = _class_chances(side, classes, seen, theta)
    if scale in {TOO_LARGE, -np.inf}:
        return scale, np.zeros((panel.counts[at], panel.counts[at]))
    if is_single(side.kin, classes.alphabet, side.target):
        return scale, unfold_single(panel, at, classes, table)
    return scale, unfold_with_urn(panel, at, classes, table, theta)


@compiled
def _class_chances(side: Side, classes: Classes, seen: Seen, theta: float) -> tuple[float, Floats]:
    kin, alphabet, target = side.kin, classes.alphabet, side.target
    count = len(alphabet.frequencies)
    pairs = np.zeros((count, count))
    tables, states, factor = assemble(kin, alphabet, seen, Plan(target, 0, 0, PLAIN, LARGEST))
    if factor == TOO_LARGE:
        return TOO_LARGE, pairs
    draws = draws_of_kinds(kin, alphabet, theta, _kinds(classes))
    tables, is_within = with_urn(tables, states, draws, _MOST)
    if not is_within:
        return TOO_LARGE, pairs
    single = is_single(kin, alphabet, target)
    kept = np.arange(2 * target + 1 if single else 2 * target, 2 * target + 2)
    order, work = elimination_order(tables, kept)
    if work > 4 * _MOST:
        return TOO_LARGE, pairs
    scale, cells = contract(tables, order, kept, 4 * _MOST)
    if scale in (TOO_LARGE, -np.inf):
        return scale, pairs
    for x in range(count):
        if single:
            pairs[x, x] = cells[x]
        else:
            for y in range(count):
                pairs[x, y] = cells[x * count + y]
    return scale + np.log(factor), pairs


@compiled
def _kinds(classes: Classes) -> tuple[Int64s, Floats]:
    """Return the kind of each class and its share: lots of founders' alleles are one kind."""
    count, apart = len(classes.alphabet.frequencies), classes.apart
    kinds, shares = np.arange(count), np.ones(count)
    if classes.origins > 0:
        for k in range(apart, count):
            is_founders = (k - apart) % classes.origins == 0
            kinds[k] = apart
            shares[k] = 1.0 / classes.tags if is_founders else 0.0
    return kinds, shares

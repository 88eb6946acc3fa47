"""Sums over a pedigree at one locus: in the plain form if that is small, else with selectors.

Where a parent's two alleles are open the plain table of a transmission couples both with the
child's. A selector between two smaller tables (Fishelson and Geiger 2002) uncouples them, which
is what long alphabets need; short ones are faster without.
"""

import numpy as np

from caseman.compilation import compiled
from caseman.kinship.arrays import Floats, Int64s
from caseman.kinship.assembly import assemble
from caseman.kinship.contraction import MOST_WORK, TOO_LARGE, contract, elimination_order
from caseman.kinship.relatives import NOBODY, Alphabet, Kin, Plan, Seen

QUICK = 1 << 18
"""Sums through no more cells are not worth another form."""
PLAIN, SPLIT = 0, 1
FORMS = ((PLAIN, QUICK), (SPLIT, MOST_WORK))
"""What is tried in turn: how transmissions are written, and how many cells are gone through."""


@compiled
def sum_out(
    kin: Kin, alphabet: Alphabet, seen: Seen, kept: Int64s, order: Int64s
) -> tuple[float, Floats, Int64s]:
    """Return (log scale, cells over `kept`, order), IMPOSSIBLE or TOO_LARGE as `contract` does.

    `kept` are alleles of one person, or none. The order of the plain form is found where it is
    given empty, and serves other readings of the same people.
    """
    target = kept[0] // 2 if len(kept) else NOBODY
    for split, most in FORMS:
        tables, _, factor = assemble(kin, alphabet, seen, Plan(target, 1, 0, split, most))
        if factor == TOO_LARGE:
            continue
        own, work = order, 0.0
        if split == SPLIT or len(order) == 0:
            own, work = elimination_order(tables, kept)
        if split == PLAIN:
            order = own
        if work <= most:
            scale, cells = contract(tables, own, kept, most)
            if scale != TOO_LARGE:
                return scale + np.log(factor), cells, order
    return TOO_LARGE, np.zeros(0), order

"""Which alleles each person of a tree can have at all: the states of the variables of a sum.

Person i has two variables: 2 i, the allele from the father, and 2 i + 1, the one from the mother.
"""

from typing import NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.kinship.arrays import Int64s
from caseman.kinship.relatives import (
    Alphabet,
    Kin,
    Plan,
    Seen,
    is_founder,
    is_single,
)


class Variables(NamedTuple):
    """The states of variable v are states[v, :sizes[v]], classes of the alphabet.

    Behind the alleles stands a selector for each, which has no states but a size: from which of
    the parent's two alleles it comes.
    """

    sizes: Int64s
    states: Int64s


@compiled
def find_states(
    kin: Kin, alphabet: Alphabet, seen: Seen, plan: Plan
) -> tuple[Variables, Int64s, float]:
    """Return the states, who is a founder of known alleles (1), and a factor for the whole sum.

    The alleles of a typed founder have no order: one order stands for both, which is the factor.
    """
    people, classes = len(kin.father), len(alphabet.frequencies)
    found = Variables(np.ones(4 * people, np.int64), np.zeros((2 * people, classes), np.int64))
    is_fixed, factor = np.zeros(people, np.int64), 1.0
    for i in range(people):
        if _fix_founder(kin, alphabet, seen, plan, (found, i)):
            is_fixed[i] = 1
            factor *= 2.0 if seen.first[i] != seen.second[i] else 1.0
        else:
            is_open = i == plan.target or (plan.whole == 1 and is_founder(kin, i))
            _write_states(alphabet, seen, (found, i), is_single(kin, alphabet, i), is_open)
            if is_founder(kin, i) and not is_open:
                _leave_out_nobodys(alphabet, found, i)
    return found, is_fixed, factor


@compiled
def _is_exact(alphabet: Alphabet, seen: Seen, i: int) -> bool:
    """Whether the reading leaves one unordered genotype."""
    if seen.first[i] < 0 or seen.second[i] < 0 or seen.dropout[i] > 0:
        return False
    return alphabet.silent < 0 or seen.first[i] != seen.second[i]


@compiled
def _fix_founder(
    kin: Kin, alphabet: Alphabet, seen: Seen, plan: Plan, at: tuple[Variables, int]
) -> bool:
    """Give a typed founder one order of alleles; answer whether that was possible."""
    found, i = at
    if not is_founder(kin, i) or i == plan.target or is_single(kin, alphabet, i):
        return False
    if not _is_exact(alphabet, seen, i):
        return False
    found.states[2 * i, 0], found.states[2 * i + 1, 0] = seen.first[i], seen.second[i]
    return True


@compiled
def _leave_out_nobodys(alphabet: Alphabet, found: Variables, i: int) -> None:
    """Leave a founder only what founders have: a class may be of redrawn alleles alone."""
    for v in range(2 * i, 2 * i + 2):
        kept = 0
        for k in range(found.sizes[v]):
            if found.sizes[v] == 1 or alphabet.frequencies[found.states[v, k]] > 0.0:
                found.states[v, kept] = found.states[v, k]
                kept += 1
        found.sizes[v] = kept


@compiled
def _write_states(
    alphabet: Alphabet,
    seen: Seen,
    at: tuple[Variables, int],
    single: bool,  # noqa: FBT001 - compiled code takes no keywords
    is_open: bool,  # noqa: FBT001 - compiled code takes no keywords
) -> None:
    found, i = at
    exact = seen.first[i] >= 0 and seen.second[i] >= 0 and seen.dropout[i] == 0.0
    for v in range(2 * i + 1 if single else 2 * i, 2 * i + 2):
        if exact and not is_open:
            found.states[v, 0] = seen.first[i]
            if seen.first[i] != seen.second[i]:
                found.states[v, 1], found.sizes[v] = seen.second[i], 2
            elif alphabet.silent >= 0 and not single:
                found.states[v, 1], found.sizes[v] = alphabet.silent, 2
        else:
            found.sizes[v] = len(alphabet.frequencies)
            found.states[v, :] = np.arange(len(alphabet.frequencies))

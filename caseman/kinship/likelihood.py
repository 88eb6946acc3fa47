"""The likelihood of a family tree, locus by locus, in logarithms."""

import math
from collections.abc import Mapping

import numpy as np

from caseman.kinship.arrays import Floats
from caseman.kinship.assembly import assemble
from caseman.kinship.contraction import (
    LARGEST,
    MOST_WORK,
    TOO_LARGE,
    contract,
    elimination_order,
)
from caseman.kinship.faults import TooLargeError
from caseman.kinship.lumping import Marker, lump
from caseman.kinship.partitions import sum_over_partitions
from caseman.kinship.people import Codes, People, seen_in
from caseman.kinship.relatives import NOBODY, Alphabet, Kin, Plan, Seen
from caseman.kinship.summation import PLAIN, SPLIT, sum_out
from caseman.kinship.urn import draws_of, with_urn

_TOO_LARGE = (
    "needs a table beyond the limit: too many untyped people over too many alleles. A mutation "
    "model that does not look at the length of alleles (proportional, equal) needs far less"
)
_QUICK_URN = 1 << 16
_NOBODY = np.zeros(0, np.int64)


def log_likelihood(
    people: People, marker: Marker, codes: Codes, *, theta: float, dropout: Mapping[str, float]
) -> float:
    """Return the natural logarithm of the likelihood at one locus, -inf if it is impossible.

    Raises TooLargeError, naming the locus, where the exact sum is out of reach.
    """
    lumping = lump(marker, codes.alleles)
    seen = seen_in(people, lumping, codes, dropout)
    if theta > 0:
        found = _under_theta(people.kin, lumping.alphabet, seen, theta)
    else:
        found = _log_likelihood(people.kin, lumping.alphabet, seen)
    if found == TOO_LARGE:
        raise TooLargeError(_TOO_LARGE, locus=marker.locus.name)
    return found


def _log_likelihood(kin: Kin, alphabet: Alphabet, seen: Seen) -> float:
    scale, cells, _ = sum_out(kin, alphabet, seen, _NOBODY, _NOBODY)
    return _logarithm(scale, cells)


def _under_theta(kin: Kin, alphabet: Alphabet, seen: Seen, theta: float) -> float:
    """Return the same under coancestry: over one table of all founders, or their partitions."""
    found = with_one_table(kin, alphabet, seen, theta, _QUICK_URN)
    if found == TOO_LARGE:
        found = over_partitions(kin, alphabet, seen, theta)
    if found == TOO_LARGE:
        found = with_one_table(kin, alphabet, seen, theta, LARGEST)
    return found


def with_one_table(kin: Kin, alphabet: Alphabet, seen: Seen, theta: float, most: int) -> float:
    """Return ln L from one table over all founders, TOO_LARGE where that has more cells."""
    tables, states, factor = assemble(kin, alphabet, seen, Plan(NOBODY, 0, 0, PLAIN, LARGEST))
    if factor == TOO_LARGE:
        return TOO_LARGE
    tables, is_within = with_urn(tables, states, draws_of(kin, alphabet, theta), most)
    if not is_within:
        return TOO_LARGE
    order, work = elimination_order(tables, _NOBODY)
    if work > MOST_WORK:
        return TOO_LARGE
    return _logarithm(*contract(tables, order, _NOBODY, MOST_WORK)) + math.log(factor)


def over_partitions(kin: Kin, alphabet: Alphabet, seen: Seen, theta: float) -> float:
    """Return ln L from all partitions of the founders' alleles."""
    tables, states, factor = assemble(kin, alphabet, seen, Plan(NOBODY, 0, 1, SPLIT, LARGEST))
    if factor == TOO_LARGE:
        return TOO_LARGE
    draws = draws_of(kin, alphabet, theta)
    found = sum_over_partitions(tables, states, draws, alphabet.frequencies)
    return float(found + math.log(factor))


def _logarithm(scale: float, cells: Floats) -> float:
    if scale == TOO_LARGE:
        return TOO_LARGE
    return float(scale + np.log(cells[0])) if len(cells) and cells[0] > 0 else -math.inf

"""The likelihood of a family tree, locus by locus, in logarithms."""

from collections.abc import Mapping

import numpy as np

from caseman.compilation import compiled
from caseman.kinship.assembly import assemble
from caseman.kinship.contraction import TOO_LARGE, contract, elimination_order
from caseman.kinship.faults import TooLargeError
from caseman.kinship.lumping import Marker, lump
from caseman.kinship.people import Codes, People, seen_in
from caseman.kinship.relatives import NOBODY, Alphabet, Kin, Plan, Seen
from caseman.kinship.urn import with_urn

_TOO_LARGE = (
    "needs a table beyond the limit: too many untyped people over too many alleles. A mutation "
    "model that does not look at the length of alleles (proportional, equal) needs far less"
)


def log_likelihood(
    people: People, marker: Marker, codes: Codes, *, theta: float, dropout: Mapping[str, float]
) -> float:
    """Return the natural logarithm of the likelihood at one locus, -inf if it is impossible.

    Raises TooLargeError, naming the locus, where the exact sum is out of reach.
    """
    lumping = lump(marker, codes.alleles)
    seen = seen_in(people, lumping, codes, dropout)
    found = _log_likelihood(people.kin, lumping.alphabet, seen, theta)
    if found == TOO_LARGE:
        raise TooLargeError(_TOO_LARGE, locus=marker.locus.name)
    return found


@compiled
def _log_likelihood(kin: Kin, alphabet: Alphabet, seen: Seen, theta: float) -> float:
    tables, states, factor = assemble(kin, alphabet, seen, Plan(NOBODY, 0 if theta > 0 else 1))
    if factor == TOO_LARGE:
        return TOO_LARGE
    if theta > 0:
        tables, is_within = with_urn(tables, states, kin, alphabet, theta)
        if not is_within:
            return TOO_LARGE
    nobody = np.zeros(0, np.int64)
    scale, cells = contract(tables, elimination_order(tables, nobody), nobody)
    if scale == TOO_LARGE or len(cells) == 0 or cells[0] <= 0:
        return TOO_LARGE if scale == TOO_LARGE else -np.inf
    return float(scale + np.log(cells[0]) + np.log(factor))

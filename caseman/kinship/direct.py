"""Whether two profiles are of one person: a bone and a toothbrush, two bones, a bone and staff."""

import math
from collections.abc import Iterable

import numpy as np

from caseman.kinship.assembly import chance_of_reading, chance_of_single
from caseman.kinship.cases import log_ratio
from caseman.kinship.likelihood import log_likelihood
from caseman.kinship.lumping import Marker, lump
from caseman.kinship.pedigrees import Member, Pedigree, Sex
from caseman.kinship.people import codes_of, relevant_people
from caseman.kinship.values import Locus, Profile

_FIRST, _SECOND = "first", "second"


def same_person_log_ratio(  # noqa: PLR0913 - two profiles and what is assumed of them
    loci: Iterable[Locus],
    first: Profile,
    second: Profile,
    *,
    dropout: float = 0.0,
    theta: float = 0.0,
    sex: Sex | None = None,
) -> float:
    """Return ln LR of one person against two unrelated ones, -inf if they cannot be one.

    `dropout` is the chance of each allele of the second profile to be missed. A locus that either
    profile lacks weighs nothing. Raises KinshipError, naming the locus, where a reading does not
    fit it.
    """
    strangers = Pedigree((Member(_FIRST, sex=sex), Member(_SECOND, sex=sex)))
    apart = relevant_people(strangers, (_FIRST, _SECOND), {})
    profiles, chances = {_FIRST: first, _SECOND: second}, {_SECOND: dropout}
    total = 0.0
    for locus in loci:
        marker = Marker.of(locus)
        codes = codes_of(profiles, marker, chances)
        below = log_likelihood(apart, marker, codes, theta=theta, dropout=chances)
        pairs = [(codes.first.get(k, -1), codes.second.get(k, -1)) for k in profiles]
        above = _one_person(
            marker, pairs, dropout, theta, single=locus.x_linked and sex is Sex.MALE
        )
        total += log_ratio(above, below) or 0.0
    return total


def _one_person(
    marker: Marker, pairs: list[tuple[int, int]], dropout: float, theta: float, *, single: bool
) -> float:
    """Return ln of the chance that one person gives both readings."""
    lumping = lump(marker, [code for pair in pairs for code in pair if code >= 0])
    place = np.append(lumping.class_of, [-2, -1])  # codes of no allele stay what they are
    alphabet = lumping.alphabet
    (a, b), (c, d) = ((int(place[x]), int(place[y])) for x, y in pairs)
    readings = ((a, b, 0.0), (c, d, dropout))
    total = 0.0
    for x, p in enumerate(alphabet.frequencies):
        if single:
            total += p * math.prod(chance_of_single(x, r, alphabet.silent) for r in readings)
            continue
        for y, q in enumerate(alphabet.frequencies):
            chance = p * ((theta if x == y else 0.0) + (1 - theta) * q)
            seen = (chance_of_reading(x, y, r, alphabet.silent) for r in readings)
            total += chance * math.prod(seen)
    return math.log(total) if total > 0 else -math.inf

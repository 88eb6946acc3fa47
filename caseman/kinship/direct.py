"""Whether two profiles are of one person: a bone and a toothbrush, two bones, a bone and staff."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from caseman.kinship.arrays import Floats, Int64s
from caseman.kinship.cases import log_ratio
from caseman.kinship.likelihood import log_likelihood
from caseman.kinship.lumping import Marker, lump
from caseman.kinship.observations import chance_of_reading, chance_of_single
from caseman.kinship.pedigrees import Member, Pedigree, Sex
from caseman.kinship.people import codes_of, relevant_people
from caseman.kinship.values import Locus, Profile, Reading

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


class SamePerson:
    """Whether any two of many profiles are of one person, locus by locus.

    Each different reading is weighed against each other one once. Profiles come with the chance
    of drop-out and the sex; raises KinshipError, naming the locus, for a reading that it cannot
    have. Coancestry is left out.
    """

    def __init__(
        self, loci: Sequence[Locus], profiles: Sequence[tuple[Profile, float, Sex | None]]
    ) -> None:
        self.names = [locus.name for locus in loci]
        self.rows = np.zeros((len(loci), len(profiles)), np.int64)
        self.tables: list[Floats] = []
        for at, locus in enumerate(loci):
            known: dict[_Reading, int] = {}
            for i, (profile, dropout, sex) in enumerate(profiles):
                reading = _read(locus, profile.get(locus.name), dropout, sex)
                self.rows[at, i] = known.setdefault(reading, len(known))
            self.tables.append(_weigh(Marker.of(locus), tuple(known)))

    def log_ratios(self, row: int) -> Floats:
        """Return ln LR of one profile against all; loci that either lacks weigh nothing."""
        found: Floats = np.nan_to_num(self._by_locus(row), nan=0.0, neginf=-np.inf).sum(axis=0)
        return found

    def compared(self, row: int) -> Int64s:
        """Return at how many loci both have a reading."""
        counted: Int64s = (~np.isnan(self._by_locus(row))).sum(axis=0)
        return counted

    def differing(self, row: int) -> Int64s:
        """Return at how many loci one person cannot have both readings."""
        counted: Int64s = np.isneginf(self._by_locus(row)).sum(axis=0)
        return counted

    def differing_names(self, row: int, column: int) -> tuple[str, ...]:
        """Return the names of these loci."""
        is_other = np.isneginf(self._by_locus(row)[:, column])
        return tuple(name for name, other in zip(self.names, is_other, strict=True) if other)

    def _by_locus(self, row: int) -> Floats:
        pairs = zip(self.tables, self.rows, strict=True)
        return np.stack([table[rows[row], rows] for table, rows in pairs])


_Reading = tuple[Reading | None, float, bool]


def _read(locus: Locus, reading: Reading | None, dropout: float, sex: Sex | None) -> _Reading:
    is_known = reading is not None and (reading.seen or dropout > 0)
    return (reading if is_known else None, dropout, locus.x_linked and sex is Sex.MALE)


def _weigh(marker: Marker, readings: Sequence[_Reading]) -> Floats:
    """Return ln LR of one person by both readings, NaN where either is not there."""
    size = len(marker.frequencies)
    single = np.diag(marker.frequencies)
    double = np.outer(marker.frequencies, marker.frequencies)
    chances = np.array([_chances(marker, reading).ravel() for reading in readings])
    is_known = np.array([reading is not None for reading, _, _ in readings])
    is_single = np.array([alone for _, _, alone in readings])
    prior = np.where(is_single[:, None], single.reshape(1, size**2), double.reshape(1, size**2))
    base = (chances * prior).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.log((chances * prior) @ chances.T / np.outer(base, base))
    found[is_single[:, None] != is_single[None, :]] = -np.inf
    found[~(is_known[:, None] & is_known[None, :])] = np.nan
    return found


def _chances(marker: Marker, given: _Reading) -> Floats:
    """Return the chance of a reading by ordered pairs of alleles, single ones on the diagonal."""
    reading, dropout, alone = given
    size = len(marker.frequencies)
    if reading is None:
        return np.ones((size, size))
    seen = (*marker.code(reading, may_miss=dropout > 0), dropout)
    if alone:
        return np.diag([chance_of_single(x, seen, marker.silent) for x in range(size)])
    pairs = [
        [chance_of_reading(x, y, seen, marker.silent) for y in range(size)] for x in range(size)
    ]
    return np.array(pairs)

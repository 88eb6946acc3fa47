"""Puts the alleles that nobody was seen with into one class, where the mutation model allows it.

A class is lawful if all its members pass to every other class with equal chance (Kemeny and Snell
1960), for eggs and for sperm; then the likelihood is exactly that of the full set of alleles.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from caseman.kinship.arrays import Flags, Floats, Int64s
from caseman.kinship.faults import KinshipError
from caseman.kinship.mutation import transition_matrix
from caseman.kinship.observations import NOTHING, UNKNOWN
from caseman.kinship.relatives import Alphabet
from caseman.kinship.values import Locus, Reading

_SAME = 1e-14


@dataclass(frozen=True)
class Marker:
    """A locus in numbers: frequencies, the silent allele last, and transitions by sex."""

    locus: Locus
    frequencies: Floats
    transmissions: Floats
    silent: int

    @classmethod
    def of(cls, locus: Locus) -> "Marker":
        """Build the matrices; raises KinshipError, naming the locus, where there are none."""
        pair = locus.mutation
        models = (pair.female, pair.male) if pair else (None, None)
        try:
            matrices = [transition_matrix(m, locus.alleles, locus.frequencies) for m in models]
        except KinshipError as error:
            raise error.within(locus=locus.name) from error
        frequencies, silent = np.array(locus.frequencies), -1
        if locus.silent is not None:
            silent = len(frequencies)
            frequencies = np.append(frequencies, locus.silent)
            matrices = [_with_silent(matrix) for matrix in matrices]
        return cls(locus, frequencies, np.stack(matrices), silent)

    def code(self, reading: Reading, *, may_miss: bool = False) -> tuple[int, int]:
        """Return the codes of both alleles, UNKNOWN where not seen.

        An empty reading counts as evidence only where alleles may be missed.
        """
        if not reading.alleles:
            return (NOTHING, UNKNOWN) if may_miss else (UNKNOWN, UNKNOWN)
        codes = [self.locus.code[a] for a in reading.alleles if a is not None]
        if not codes:
            return UNKNOWN, UNKNOWN
        if len(codes) == 2:
            return codes[0], codes[1]
        return codes[0], codes[0] if len(reading.alleles) == 1 else UNKNOWN


@dataclass(frozen=True)
class Lumping:
    """An alphabet of classes, and the class of each allele of the locus."""

    alphabet: Alphabet
    class_of: Int64s


def lump(marker: Marker, seen: Iterable[int]) -> Lumping:
    """Return the smallest alphabet in which the alleles with these codes stay apart."""
    count = len(marker.frequencies)
    apart = np.zeros(count, bool)
    apart[list(seen)] = True
    if marker.silent >= 0:
        apart[marker.silent] = True
    rest = np.flatnonzero(~apart)
    if len(rest) < 2 or not _passes_alike(marker.transmissions, rest, apart):
        return Lumping(_alphabet(marker, marker.silent), np.arange(count))
    alone = np.flatnonzero(apart)
    class_of = np.full(count, len(alone))
    class_of[alone] = np.arange(len(alone))
    frequencies = np.append(marker.frequencies[alone], marker.frequencies[rest].sum())
    rows = np.append(alone, rest[0])
    columns = marker.transmissions[:, rows, :]
    joined = columns[:, :, rest].sum(axis=2, keepdims=True)
    transmissions = np.concatenate([columns[:, :, alone], joined], axis=2)
    silent = int(class_of[marker.silent]) if marker.silent >= 0 else -1
    alphabet = _alphabet(Marker(marker.locus, frequencies, transmissions, silent), silent)
    return Lumping(alphabet, class_of)


def _alphabet(marker: Marker, silent: int) -> Alphabet:
    return Alphabet(
        marker.frequencies,
        np.ascontiguousarray(marker.transmissions),
        silent,
        int(marker.locus.x_linked),
    )


def _passes_alike(transmissions: Floats, rest: Int64s, apart: Flags) -> bool:
    """Whether all alleles of the rest pass to each other one with equal chance, in both sexes."""
    rows = transmissions[:, rest][:, :, apart]
    return bool((abs(rows - rows[:, :1]) <= _SAME).all())


def _with_silent(matrix: Floats) -> Floats:
    """Return the matrix with one more allele, which is only ever passed on as itself."""
    larger = np.eye(len(matrix) + 1)
    larger[:-1, :-1] = matrix
    return larger

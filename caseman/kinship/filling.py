"""The cells of each kind of table: founders, transmissions and readings."""

from caseman.compilation import compiled
from caseman.kinship.arrays import Floats, Int64s
from caseman.kinship.observations import chance_of_reading, chance_of_single
from caseman.kinship.relatives import founders_pair


@compiled
def fill_founder(table: Floats, states: Int64s, frequencies: Floats) -> None:
    """Write the frequency of each allele that a founder may have."""
    for k in range(len(states)):
        table[k] = frequencies[states[k]]


@compiled
def fill_founders(
    table: Floats, rows: Int64s, columns: Int64s, frequencies: Floats, inbreeding: float
) -> None:
    """Write the chance of a founder's ordered alleles, which may be copies of one."""
    at = 0
    for x in rows:
        for y in columns:
            table[at] = founders_pair(frequencies, inbreeding, x, y)
            at += 1


@compiled
def fill_from_single(table: Floats, rows: Int64s, received: Int64s, passed: Floats) -> None:
    """Write the chance of an allele received from somebody of one allele."""
    at = 0
    for x in rows:
        for z in received:
            table[at] = passed[x, z]
            at += 1


@compiled
def fill_from_pair(
    table: Floats, rows: Int64s, columns: Int64s, received: Int64s, passed: Floats
) -> None:
    """Write the chance of an allele received from a parent: half from each of its two."""
    at = 0
    for x in rows:
        for y in columns:
            for z in received:
                table[at] = 0.5 * (passed[x, z] + passed[y, z])
                at += 1


@compiled
def fill_if_taken(
    table: Floats, rows: Int64s, received: Int64s, passed: Floats, place: int
) -> None:
    """Write the chance of an allele received from one of a parent's two alleles, if it was taken.

    The selector runs fastest; where it is not `place` the other allele was taken, and this one is
    free. The half for either choice is in the table of place 0.
    """
    at, share = 0, 0.5 if place == 0 else 1.0
    for x in rows:
        for z in received:
            table[at + place] = share * passed[x, z]
            table[at + 1 - place] = share
            at += 2


@compiled
def fill_reading(
    table: Floats,
    rows: Int64s,
    columns: Int64s,
    reading: tuple[int, int, float],
    silent: int,
) -> None:
    """Write the chance of a reading by the two alleles of the person."""
    at = 0
    for x in rows:
        for y in columns:
            table[at] = chance_of_reading(x, y, reading, silent)
            at += 1


@compiled
def fill_single(
    table: Floats, states: Int64s, reading: tuple[int, int, float], silent: int
) -> None:
    """Write the chance of a reading by the one allele of the person."""
    for k in range(len(states)):
        table[k] = chance_of_single(states[k], reading, silent)

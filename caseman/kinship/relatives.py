"""People and alleles in numbers, as compiled code wants them."""

from typing import NamedTuple

from caseman.compilation import compiled
from caseman.kinship.arrays import Floats, Int64s

FEMALE, MALE, UNSEXED = 0, 1, 2
NOBODY = -1


class Kin(NamedTuple):
    """People by number: parents (or NOBODY), sex, and inbreeding coefficient of founders.

    An allele from NOBODY comes from the population.

    `halved` is 1 for an untyped founder of one child: of two alleles only the one that was passed
    on matters, and it is as good as drawn from the population.
    """

    father: Int64s
    mother: Int64s
    sex: Int64s
    inbreeding: Floats
    halved: Int64s


class Alphabet(NamedTuple):
    """Classes of alleles at one locus: chances of founders, and of transmissions by sex.

    `transmissions[FEMALE]` is of the mother's allele. `silent` is the class of the silent allele
    or -1. `x_linked` is 1 at an X-linked locus.
    """

    frequencies: Floats
    transmissions: Floats
    silent: int
    x_linked: int


class Seen(NamedTuple):
    """Readings by person, in classes, with the chance that an allele drops out."""

    first: Int64s
    second: Int64s
    dropout: Floats


class Plan(NamedTuple):
    """What the tables shall be for, and in which form.

    `target` is the person whose genotype stays open, or NOBODY. Without `priors` founders'
    frequencies are left out, because something over all founders together stands for them.
    `whole` gives founders without a certain genotype every allele, so that any two may be one.
    `split` is 1 where a transmission is written as two tables and a selector between them, which
    is smaller where both parental alleles are open. No sum goes through more than `most` cells.
    """

    target: int
    priors: int
    whole: int
    split: int
    most: int


@compiled
def is_founder(kin: Kin, i: int) -> bool:
    """Whether neither parent is known."""
    return bool(kin.father[i] == NOBODY and kin.mother[i] == NOBODY)


@compiled
def is_single(kin: Kin, alphabet: Alphabet, i: int) -> bool:
    """Whether one allele of the person matters: halved, or a man at an X-linked locus."""
    return bool(kin.halved[i] == 1 or (alphabet.x_linked == 1 and kin.sex[i] == MALE))


@compiled
def founders_pair(frequencies: Floats, inbreeding: float, x: int, y: int) -> float:
    """Return the chance of a founder's ordered alleles at an inbreeding coefficient."""
    twin = inbreeding * frequencies[x] if x == y else 0.0
    return float(twin + (1 - inbreeding) * frequencies[x] * frequencies[y])

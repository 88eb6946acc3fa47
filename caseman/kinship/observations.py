"""How a reading comes about: what a laboratory sees of the alleles that a person has."""

from caseman.compilation import compiled

UNKNOWN = -1
"""Code of an allele that was not seen; both unknown: not typed."""
NOTHING = -2
"""Code of the first allele where the locus was tried and nothing was seen."""


@compiled
def chance_of_reading(  # noqa: PLR0911 - one line for each kind of reading
    x: int, y: int, seen: tuple[int, int, float], silent: int
) -> float:
    """Return the chance of a reading (first, second, drop-out) given the ordered alleles x, y.

    A homozygote is missed altogether only if both its alleles drop out, an allele seen together
    with an unknown one (partial) is certain, and the silent allele is never seen.
    """
    a, b, d = seen
    if a == NOTHING:
        return (1.0 if x == silent else d) * (1.0 if y == silent else d)
    if a == UNKNOWN and b == UNKNOWN:
        return 1.0
    if b == UNKNOWN:
        return 1.0 if a in (x, y) else 0.0
    if a != b:
        is_pair = (x == a and y == b) or (x == b and y == a)
        return (1.0 - d) * (1.0 - d) if is_pair else 0.0
    if x == a and y == a:
        return 1.0 - d * d
    if a not in (x, y):
        return 0.0
    other = y if x == a else x
    return (1.0 - d) if other == silent else d * (1.0 - d)


@compiled
def chance_of_single(x: int, seen: tuple[int, int, float], silent: int) -> float:
    """Return the chance of a reading given the one allele of a man at an X-linked locus."""
    a, _, d = seen
    if a == NOTHING:
        return 1.0 if x == silent else d
    if a == UNKNOWN:
        return 1.0
    return 1.0 - d if x == a else 0.0

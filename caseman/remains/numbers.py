"""A number as it stands on a bag, taken apart again."""

import re
from dataclasses import dataclass

from caseman.remains.codes import RemainsKind
from caseman.writing import written

_NUMBER = re.compile(r"([A-Z]{2,4}[0-9]{2,4})-?F([0-9]{2,4})-?(BP|BN|CL|B)([0-9]{3,6})")


@dataclass(frozen=True, slots=True)
class NumberParts:
    """What a number of remains says: where it was given, to what, and which one it is."""

    site: str
    feature: int
    kind: RemainsKind
    sequence: int


def read_number(text: str) -> NumberParts | None:
    """Return the parts of a whole number of remains, or None where it is none."""
    match = _NUMBER.fullmatch(written(text))
    if match is None:
        return None
    site, feature, kind, sequence = match.groups()
    return NumberParts(site, int(feature), RemainsKind(kind), int(sequence))

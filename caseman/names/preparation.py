"""Everything about a token that does not depend on what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from caseman.names import costs
from caseman.names.elements import Compound, Element, take_apart
from caseman.names.keys import MAX_KEYS, skeleton_keys
from caseman.names.lexicon import MAX_READINGS, Reading, lexicon
from caseman.names.normalisation import DAMAGED, normalise
from caseman.names.phonology import is_arabic, phones

if TYPE_CHECKING:
    import numpy.typing as npt

_KEYED: Final = 0.5
"""A reading that fits at least this well gives the token a key."""
_CERTAIN: Final = 0.9
"""Probability from which the likeliest reading is trusted with the vowels."""
_CACHED: Final = 200_000


@dataclass(frozen=True, slots=True)
class PreparedToken:
    """A token ready to be compared.

    ``kind`` is one of the kinds of :mod:`caseman.names.costs`; ``known`` the probability that the
    core is a name of the lexicon at all; ``weight`` the cost of leaving the whole core out.
    """

    token: str
    element: Element
    codes: tuple[int, ...]
    kind: int
    weight: float
    readings: tuple[Reading, ...]

    @property
    def known(self) -> float:
        return min(1.0, sum(reading.probability for reading in self.readings))

    def code_array(self) -> npt.NDArray[np.uint8]:
        return np.array(self.codes, dtype=np.uint8)


@lru_cache(maxsize=_CACHED)
def prepare(token: str) -> PreparedToken:
    """Return the prepared form of one token, normalised here if it is not yet. Never raises."""
    token = normalise(token).replace(" ", "")
    element = take_apart(token, lexicon().is_attested)
    core = element.core
    readings = _readings_of(element) if core and DAMAGED not in core else ()
    sounds, kind = _sounds(core, readings)
    codes = tuple(costs.encode(sounds))
    weight = float(costs.EXPECTED_GAP[list(codes)].sum()) if codes else 0.0
    return PreparedToken(token, element, codes, kind, weight, readings)


def _readings_of(element: Element) -> tuple[Reading, ...]:
    is_served = element.compound is Compound.SERVANT
    return lexicon().readings(element.core, is_served=is_served)


def _sounds(core: str, readings: tuple[Reading, ...]) -> tuple[str, int]:
    """Vocalise an Arabic spelling that has one reading; leave the rest as written."""
    if not is_arabic(core):
        return phones(core), costs.LATIN
    if readings and readings[0].probability > _CERTAIN:
        return lexicon().names[readings[0].name].sounds, costs.VOCALISED
    return phones(core), costs.UNVOCALISED


def search_keys(token: str) -> frozenset[str]:
    """Return a few short ASCII keys; spellings of one name in any script share at least one.

    Keys of sound are upper case, keys of an attested name begin with ``=``. Sharing a key is a
    reason to compare, not a match: score the tokens found with :func:`similarity`.
    """
    prepared = prepare(token)
    prefix = _PREFIXES[prepared.element.compound]
    names = lexicon().names
    attested = (f"={names[r.name].key}" for r in prepared.readings if r.fit >= _KEYED)
    cores = {*skeleton_keys(prepared.element.core), *attested} if prepared.token else set()
    return frozenset(prefix + key for key in cores)


_PREFIXES: Final = {
    Compound.NONE: "",
    Compound.SERVANT: "A+",
    Compound.FATHER: "B+",
    Compound.MOTHER: "U+",
    Compound.FAITH: "D+",
    Compound.GOD: "G+",
}
MAX_SEARCH_KEYS: Final = MAX_KEYS + MAX_READINGS
"""The most keys one token can have."""

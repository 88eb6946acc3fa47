"""The seam to the names engine: names into tokens, tokens compared with tokens."""

import unicodedata
from collections.abc import Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from caseman.matching.arrays import Floats
from caseman.matching.values import NameSlots

_SAME_LETTER = str.maketrans("أإآٱىئیؤۆةک", "اااايييووهك")
_DROPPED = {"بن", "بنت", "bin", "bint", "ibn"}
_JOINED = {"عبد", "ابو", "abd", "abdul", "abdel", "abu", "al", "el", "ال"}


def tokens_of(name: str) -> tuple[str, ...]:
    """Return the tokens of a name, compounds such as `Abd al-` joined to what follows."""
    text = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in text if not unicodedata.combining(c) and c != "ـ")
    words = letters.translate(_SAME_LETTER).replace("-", " ").split()
    joined: list[str] = []
    held = ""
    for word in words:
        if word in _JOINED:
            held += word
        elif word not in _DROPPED:
            joined.append(held + word)
            held = ""
    return (*joined, held) if held else tuple(joined)


def token_similarity(left: Sequence[str], right: Sequence[str]) -> Floats:
    """Return similarities from 0 to 1, one row for each token of `left`."""
    if not left or not right:
        return np.zeros((len(left), len(right)))
    return np.asarray(process.cdist(left, right, scorer=JaroWinkler.similarity), dtype=np.float64)


def slots_of(name: NameSlots) -> dict[str, str]:
    """Return slot -> token: the parts as told or, where they are missing, the full name cut."""
    parts = {
        "given": name.given,
        "father": name.father,
        "grandfather": name.grandfather,
        "family": name.family,
    }
    slots = {slot: "".join(tokens_of(part)) for slot, part in parts.items() if part}
    if not slots and name.full:
        slots = _cut(tokens_of(name.full))
    if name.mother:
        # A mother is told with or without her family; her given name is what both sides share.
        slots["mother"] = next(iter(tokens_of(name.mother)), "")
    return {slot: token for slot, token in slots.items() if token}


def _cut(tokens: Sequence[str]) -> dict[str, str]:
    if not tokens:
        return {}
    *chain, last = tokens
    if not chain:
        return {"given": last}
    return {"family": last, **dict(zip(("given", "father", "grandfather"), chain, strict=False))}

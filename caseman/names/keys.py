"""Search keys: what spellings of one name have in common whatever the script.

A key is the consonant skeleton in ten coarse classes. Letters that belong to two classes (c, th,
g, Kurmanji x) give one key each way, so a token has a few keys, not one.
"""

from __future__ import annotations

import re
from itertools import islice, product
from typing import Final

from caseman.names.phonology import phones

MAX_KEYS: Final = 6
MAX_SKELETON: Final = 5

_CLASSES: Final = {
    "P": "bpv", "F": "f", "T": "td69", "S": "sz50", "X": "SC", "J": "jZ",
    "K": "kqGK", "H": "HX", "L": "l", "R": "r", "M": "m", "N": "n",
}  # fmt: skip
_CHOICES: Final = {
    **{phone: (name,) for name, phones_ in _CLASSES.items() for phone in phones_},
    "c": ("S", "J"), "C": ("X", "J"), "K": ("K", "J"), "g": ("K", "J"), "x": ("H", "K"),
    "T": ("T", "S"), "D": ("T", "S"), "9": ("T", "S"), "0": ("S", "T"), "v": ("P", "F"),
    "h": ("H",),
}  # fmt: skip


def skeleton_keys(core: str) -> frozenset[str]:
    """Return the keys of the core of a token: at most :data:`MAX_KEYS`, upper-case ASCII."""
    sounds = phones(core)
    choices = [_CHOICES[phone] for phone in sounds if phone in _CHOICES][:MAX_SKELETON]
    if len(choices) > 1 and sounds.endswith("h"):
        choices[-1] = ("H", "")  # Latin Salah has its ḥ, Latin Aminah has none
    keys = ("".join(letters) for letters in product(*choices))
    return frozenset(re.sub(r"(.)\1+", r"\1", key) or "-" for key in islice(keys, MAX_KEYS))

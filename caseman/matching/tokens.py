"""What this engine asks of the names engine: tokens, slots, and tokens compared with tokens."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from caseman.matching.arrays import Floats
from caseman.matching.processors import available
from caseman.matching.values import NameSlots
from caseman.names import DAMAGED, TokenTable, parse, tokens

_ROWS = 256  # tokens at a time, so that memory stays bounded

__all__ = ["DAMAGED", "TokenTable", "slots_of", "token_levels", "token_similarity", "tokens_of"]


@lru_cache(maxsize=200_000)
def tokens_of(name: str | None) -> tuple[str, ...]:
    """Return the tokens of a name, compounds joined; a damaged one keeps its place as `DAMAGED`."""
    return tuple(DAMAGED if DAMAGED in token else token for token in tokens(name or ""))


def token_similarity(left: Sequence[str], right: Sequence[str]) -> Floats:
    """Return similarities from 0 to 1, one row for each token of `left`."""
    if not left or not right:
        return np.zeros((len(left), len(right)))
    table = TokenTable([*left, *right])
    columns = range(len(left), len(left) + len(right))
    return table.similarities(range(len(left)), columns).astype(np.float64)


def token_levels(left: TokenTable, right: TokenTable, cuts: Floats) -> npt.NDArray[np.uint8]:
    """Return how many of `cuts` the similarity reaches, one row for each token of `left`."""
    levels = np.zeros((len(left), len(right)), np.uint8)
    if not levels.size:
        return levels
    table = left.joined(right)
    columns = np.arange(len(left), len(table))

    def fill(start: int) -> None:
        rows = np.arange(start, min(start + _ROWS, len(left)))
        similar = table.similarities(rows, columns).astype(np.float64)
        levels[rows] = np.digitize(similar, cuts)

    starts = range(0, len(left), _ROWS)
    if len(starts) == 1:
        fill(0)
        return levels
    with ThreadPoolExecutor(available()) as executor:
        list(executor.map(fill, starts))
    return levels


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
        slots = _cut(name.full)
    if name.mother:
        # A mother is told with or without her family; her given name is what both sides share.
        slots["mother"] = next(iter(tokens_of(name.mother)), "")
    return {slot: token for slot, token in slots.items() if token and DAMAGED not in token}


def _cut(full: str) -> dict[str, str]:
    name = parse(full)
    slots = {
        "given": name.given,
        "father": name.father,
        "grandfather": name.grandfather,
        "family": name.family,
    }
    return {slot: token for slot, token in slots.items() if token}

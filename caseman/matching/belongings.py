"""Reads the effects file, which repeats clothing and effects of both sides row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from caseman.matching.rows import Problem, Reading, Row, rows_of
from caseman.matching.values import Effect, Garment

_COLUMNS = ("side", "id", "class", "kind_or_type", "descriptor_or_colour", "slot")


@dataclass(frozen=True, slots=True)
class Possession:
    """A row of the effects file: a garment or an effect of one side's row."""

    side: str
    key: str
    thing: Garment | Effect


def read_effects(path: Path) -> Reading[Possession]:
    """Return the rows of an effects file; UnreadableFileError if it cannot be read at all."""
    problems: list[Problem] = []
    found = [_possession(row) for row in rows_of(path, _COLUMNS[:4], problems)]
    return Reading(tuple(p for p in found if p is not None), tuple(problems))


def _possession(row: Row) -> Possession | None:
    side, key, what, kind, rest, slot = row.plain(_COLUMNS)
    if not (side and key and kind):
        row.refuse("id", "side, id and kind_or_type are all needed; this row is skipped")
        return None
    if side not in _SIDES:
        row.refuse("side", f"{side!r} is neither remains nor report; this row is skipped")
        return None
    thing = _thing(what, kind, rest, slot or "other")
    if thing is None:
        row.refuse("class", f"{what!r} is neither clothing nor effect; this row is skipped")
        return None
    return Possession(side, key, thing)


_SIDES = frozenset({"remains", "report", "reports"})


@lru_cache(maxsize=50_000)
def _thing(what: str, kind: str, rest: str, slot: str) -> Garment | Effect | None:
    match what:
        case "clothing":
            return Garment(slot, kind, rest)
        case "effect":
            return Effect(kind, rest)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Worn:
    """What the effects file tells of one row."""

    garments: frozenset[Garment]
    effects: frozenset[Effect]


def worn_by(side: str, possessions: Iterable[Possession]) -> Mapping[str, Worn]:
    """Return what the effects file tells of each row of one side, by key."""
    things: dict[str, list[Garment | Effect]] = {}
    for possession in possessions:
        if possession.side.startswith(side):
            things.setdefault(possession.key, []).append(possession.thing)
    return {key: _worn(frozenset(found)) for key, found in things.items()}


@lru_cache(maxsize=50_000)
def _worn(things: frozenset[Garment | Effect]) -> Worn:
    garments = frozenset(thing for thing in things if isinstance(thing, Garment))
    return Worn(garments, frozenset(thing for thing in things if isinstance(thing, Effect)))

"""Reads the effects file, which repeats clothing and effects of both sides row by row."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from caseman.matching.rows import Problem, Reading, Row, rows_of
from caseman.matching.values import AnteMortem, Effect, Garment, PostMortem

_Keyed = TypeVar("_Keyed", PostMortem, AnteMortem)


@dataclass(frozen=True, slots=True)
class Possession:
    """A row of the effects file: a garment or an effect of one side's row."""

    side: str
    key: str
    thing: Garment | Effect


def read_effects(path: Path) -> Reading[Possession]:
    """Return the rows of an effects file; UnreadableFileError if it cannot be read at all."""
    problems: list[Problem] = []
    required = ("side", "id", "class", "kind_or_type")
    found = [_possession(row) for row in rows_of(path, required, problems)]
    return Reading(tuple(p for p in found if p is not None), tuple(problems))


def _possession(row: Row) -> Possession | None:
    side, key, kind = row.text("side"), row.text("id"), row.text("kind_or_type")
    what, slot = row.text("class"), row.text("slot") or "other"
    rest = row.text("descriptor_or_colour") or ""
    if side is None or key is None or kind is None:
        row.refuse("id", "side, id and kind_or_type are all needed; this row is skipped")
        return None
    match what:
        case "clothing":
            return Possession(side, key, Garment(slot, kind, rest))
        case "effect":
            return Possession(side, key, Effect(kind, rest))
        case _:
            row.refuse("class", f"{what!r} is neither clothing nor effect; this row is skipped")
            return None


def with_possessions(
    found: Iterable[_Keyed], side: str, effects: Iterable[Possession]
) -> tuple[_Keyed, ...]:
    """Return rows of one side, with what the effects file tells of them instead of the arrays."""
    things: dict[str, list[Garment | Effect]] = {}
    for possession in effects:
        if possession.side.startswith(side):
            things.setdefault(possession.key, []).append(possession.thing)
    return tuple(_dressed(row, things.get(row.key)) for row in found)


def _dressed(row: _Keyed, things: list[Garment | Effect] | None) -> _Keyed:
    if things is None:
        return row
    garments = frozenset(thing for thing in things if isinstance(thing, Garment))
    effects = frozenset(thing for thing in things if isinstance(thing, Effect))
    return replace(row, garments=garments, effects=effects)

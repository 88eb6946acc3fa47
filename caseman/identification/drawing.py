"""Where the members of a family tree stand when it is drawn: generations in rows, couples joined.

Pure: a tree in, places out. The drawing keeps its direction in every language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from caseman.identification.family_trees import Tie
from caseman.kinship import Pedigree, Sex

ACROSS: Final = 84
DOWN: Final = 96
MARGIN: Final = 48
SIZE: Final = 30


@dataclass(frozen=True, slots=True)
class Figure:
    """One member: a square, a circle or a diamond around (x, y)."""

    key: str
    x: float
    y: float
    sex: Sex | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """Figures, and paths (SVG path data) from parents to each child: by birth, or otherwise."""

    width: float
    height: float
    figures: tuple[Figure, ...]
    paths: tuple[str, ...]
    ties: tuple[str, ...] = ()


def drawing_of(pedigree: Pedigree, ties: Sequence[Tie] = ()) -> Drawing:
    """Return the tree drawn from the oldest generation down, with those of another blood."""
    sexes = {member.key: member.sex for member in pedigree.members}
    sexes |= {tie.key: tie.sex for tie in ties}
    by_birth = {each.key: pedigree.parents(each.key) for each in pedigree.members}
    otherwise = _otherwise(ties)
    parents = {key: (*by_birth.get(key, ()), *otherwise.get(key, ())) for key in sexes}
    rows = _rows(parents)
    count = 1 + max(rows.values())
    placed: dict[str, float] = {}
    widest = max(sum(row == at for row in rows.values()) for at in range(count))
    for row in range(count):
        members = [key for key in sexes if rows[key] == row]
        ordered = sorted(members, key=lambda key: _wish(parents, key, placed))
        start = (widest - len(ordered)) * ACROSS / 2
        placed |= {key: MARGIN + start + i * ACROSS for i, key in enumerate(ordered)}
    at = {key: Figure(key, placed[key], MARGIN + rows[key] * DOWN, sexes[key]) for key in sexes}
    width = 2 * MARGIN + (widest - 1) * ACROSS
    return Drawing(
        width,
        2 * MARGIN + (count - 1) * DOWN,
        tuple(at.values()),
        tuple(_path(at[key], [at[each] for each in own]) for key, own in by_birth.items() if own),
        tuple(_path(at[key], [at[each] for each in own]) for key, own in otherwise.items()),
    )


def _otherwise(ties: Sequence[Tie]) -> dict[str, tuple[str, ...]]:
    """Return as whose child somebody grew up who is not theirs by birth."""
    found = {tie.key: tie.parents for tie in ties if tie.parents}
    for tie in ties:
        if tie.child is not None:
            found[tie.child] = (*found.get(tie.child, ()), tie.key)
    return found


def _rows(parents: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the generation of each; who marries in stands beside the other parent."""
    children = {key: [each for each in parents if key in parents[each]] for key in parents}
    rows = dict.fromkeys(parents, 0)
    for _ in parents:
        for key in rows:
            above = [rows[parent] + 1 for parent in parents[key]]
            beside = [rows[child] - 1 for child in children[key]] if not above else []
            rows[key] = max(above, default=max(min(beside, default=rows[key]), rows[key]))
    return rows


def _wish(
    parents: Mapping[str, Sequence[str]], key: str, placed: Mapping[str, float]
) -> tuple[float, str]:
    """Return where somebody would stand: under their parents, or beside the other parent."""
    own = parents[key]
    if own:
        return sum(placed[parent] for parent in own) / len(own), key
    mates = (
        parent for theirs in parents.values() if key in theirs for parent in theirs if parent != key
    )
    above = [placed[each] for mate in mates for each in parents[mate] if each in placed]
    return (sum(above) / len(above) + 1 if above else 0.0), key


def _path(child: Figure, parents: Sequence[Figure]) -> str:
    one, other = parents[0], parents[-1]
    middle, between = (one.x + other.x) / 2, (one.y + other.y) / 2
    couple = f"M{one.x:g} {one.y:g}L{other.x:g} {other.y:g}"
    return f"{couple}M{middle:g} {between:g}V{child.y - SIZE:g}H{child.x:g}V{child.y:g}"

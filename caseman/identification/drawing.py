"""Where the members of a family tree stand when it is drawn: generations in rows, couples joined.

Pure: a pedigree in, places out. The drawing keeps its direction in every language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

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
    """Figures, and the paths (SVG path data) from each couple to its child."""

    width: float
    height: float
    figures: tuple[Figure, ...]
    paths: tuple[str, ...]


def drawing_of(pedigree: Pedigree) -> Drawing:
    """Return the tree drawn from the oldest generation down."""
    rows = _rows(pedigree)
    count = 1 + max(rows.values())
    placed: dict[str, float] = {}
    widest = max(sum(row == at for row in rows.values()) for at in range(count))
    for row in range(count):
        members = [member.key for member in pedigree.members if rows[member.key] == row]
        ordered = sorted(members, key=lambda key: _wish(pedigree, key, placed))
        start = (widest - len(ordered)) * ACROSS / 2
        placed |= {key: MARGIN + start + i * ACROSS for i, key in enumerate(ordered)}
    figures = tuple(
        Figure(member.key, placed[member.key], MARGIN + rows[member.key] * DOWN, member.sex)
        for member in pedigree.members
    )
    at = {figure.key: figure for figure in figures}
    paths = tuple(
        _path(at[key], [at[parent] for parent in pedigree.parents(key)])
        for key in at
        if pedigree.parents(key)
    )
    width = 2 * MARGIN + (widest - 1) * ACROSS
    return Drawing(width, 2 * MARGIN + (count - 1) * DOWN, figures, paths)


def _rows(pedigree: Pedigree) -> dict[str, int]:
    """Return the generation of each; who marries in stands beside the other parent."""
    children = {
        member.key: [m.key for m in pedigree.members if member.key in pedigree.parents(m.key)]
        for member in pedigree.members
    }
    rows = dict.fromkeys(children, 0)
    for _ in pedigree.members:
        for key in rows:
            above = [rows[parent] + 1 for parent in pedigree.parents(key)]
            beside = [rows[child] - 1 for child in children[key]] if not above else []
            rows[key] = max(above, default=max(min(beside, default=rows[key]), rows[key]))
    return rows


def _wish(pedigree: Pedigree, key: str, placed: Mapping[str, float]) -> tuple[float, str]:
    """Return where somebody would stand: under their parents, or beside the other parent."""
    parents = pedigree.parents(key)
    if parents:
        return sum(placed[parent] for parent in parents) / len(parents), key
    mates = (
        parent
        for member in pedigree.members
        if key in pedigree.parents(member.key)
        for parent in pedigree.parents(member.key)
        if parent != key
    )
    above = [placed[p] for mate in mates for p in pedigree.parents(mate)]
    return (sum(above) / len(above) + 1 if above else 0.0), key


def _path(child: Figure, parents: list[Figure]) -> str:
    one, other = parents
    middle, between = (one.x + other.x) / 2, (one.y + other.y) / 2
    couple = f"M{one.x:g} {one.y:g}L{other.x:g} {other.y:g}"
    return f"{couple}M{middle:g} {between:g}V{child.y - SIZE:g}H{child.x:g}V{child.y:g}"

"""Weighted alignment of two phone sequences: the inner loop of every name comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from caseman.compilation import compiled

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SHORTEST_SCALE: Final = 1.6
"""A shorter name would make one slip weigh too much (``docs/matching.md``)."""
LONGEST_SCALE: Final = 4.2
"""A longer name would let a wrong consonant pass among many right ones."""


@compiled
def alignment_cost(  # noqa: PLR0913, PLR0917 - compiled code takes arrays, not objects
    first: npt.NDArray[np.uint8],
    second: npt.NDArray[np.uint8],
    substitution: npt.NDArray[np.float32],
    first_gap: npt.NDArray[np.float32],
    second_gap: npt.NDArray[np.float32],
    row: npt.NDArray[np.float32],
) -> float:
    """Return the cheapest alignment of two code sequences (Needleman and Wunsch 1970).

    *row* is working memory, one longer than *second*. Gap costs are indexed by code.
    """
    row[0] = 0.0
    for j in range(second.size):
        row[j + 1] = row[j] + second_gap[second[j]]
    for i in range(first.size):
        code = first[i]
        skip = first_gap[code]
        diagonal = row[0]
        row[0] += skip
        for j in range(second.size):
            other = second[j]
            best = diagonal + substitution[code, other]
            diagonal = row[j + 1]
            best = min(best, diagonal + skip, row[j] + second_gap[other])
            row[j + 1] = best
    return float(row[second.size])

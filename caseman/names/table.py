"""Similarity of many tokens at once, and of two."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.names import costs
from caseman.names.alignment import LONGEST_SCALE, SHORTEST_SCALE, alignment_cost
from caseman.names.lexicon import MAX_READINGS
from caseman.names.phonology import MAX_PHONES
from caseman.names.preparation import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from caseman.names.preparation import PreparedToken

    Matrix = npt.NDArray[np.float32]
    Indices = npt.NDArray[np.intp]

SAME_NAME: Final = 0.82
"""Similarity from which two tokens count as spellings of one name.

Chosen on ``name_variants_public.csv``: 0.9 and more of the spelling pairs lie above it, at most
one hard negative in twenty does (``python -m benchmarks.names`` prints both).
"""

_LEXICAL_WEIGHT: Final = 0.6
"""Share of attested knowledge in the similarity when both tokens are known (matching.md 3.3)."""
_ARTICLE_COST: Final = 0.03
_COMPOUND_FACTOR: Final = 0.5


class Columns(NamedTuple):
    """Prepared tokens, column by column, as compiled code takes them."""

    codes: npt.NDArray[np.uint8]
    length: npt.NDArray[np.uint8]
    kind: npt.NDArray[np.uint8]
    compound: npt.NDArray[np.uint8]
    article: npt.NDArray[np.uint8]
    weight: npt.NDArray[np.float32]
    known: npt.NDArray[np.float32]
    names: npt.NDArray[np.int32]
    fits: npt.NDArray[np.float32]
    spelling: npt.NDArray[np.int32]


@compiled
def _lexical_overlap(columns: Columns, i: int, j: int) -> float:
    """Return how well the best name that both tokens may stand for explains the two of them."""
    overlap = 0.0
    for a in range(columns.names.shape[1]):
        for b in range(columns.names.shape[1]):
            if columns.names[i, a] >= 0 and columns.names[i, a] == columns.names[j, b]:
                overlap = max(overlap, columns.fits[i, a] * columns.fits[j, b])
    return overlap


@compiled
def _sound_similarity(
    columns: Columns,
    pair: tuple[int, int],
    substitution: Matrix,
    gap: Matrix,
    row: npt.NDArray[np.float32],
) -> float:
    i, j = pair
    cost = alignment_cost(
        columns.codes[i, : columns.length[i]],
        columns.codes[j, : columns.length[j]],
        substitution,
        gap[columns.kind[j]],
        gap[columns.kind[i]],
        row,
    )
    weight = 0.5 * (columns.weight[i] + columns.weight[j])
    scale = min(LONGEST_SCALE, max(SHORTEST_SCALE, weight))
    return float(max(0.0, 1.0 - cost / scale))


@compiled
def _pair_similarity(
    columns: Columns,
    pair: tuple[int, int],
    substitution: Matrix,
    gap: Matrix,
    row: npt.NDArray[np.float32],
) -> float:
    i, j = pair
    if columns.spelling[i] == columns.spelling[j]:
        return 1.0
    if columns.length[i] == 0 or columns.length[j] == 0:
        return 0.0
    similarity = _sound_similarity(columns, pair, substitution, gap, row)
    known = columns.known[i] * columns.known[j]
    if known > 0.0:
        share = _LEXICAL_WEIGHT * known
        similarity += share * (_lexical_overlap(columns, i, j) - similarity)
    if columns.article[i] != columns.article[j]:
        similarity -= _ARTICLE_COST
    if columns.compound[i] != columns.compound[j]:
        similarity *= _COMPOUND_FACTOR
    return float(max(0.0, similarity))


@compiled
def _fill(  # noqa: PLR0913, PLR0917 - compiled code takes arrays, not objects
    columns: Columns,
    rows: Indices,
    cols: Indices,
    substitution: Matrix,
    gap: Matrix,
    out: Matrix,
) -> None:
    row = np.empty(columns.codes.shape[1] + 1, dtype=np.float32)
    for r in range(rows.size):
        for c in range(cols.size):
            pair = (rows[r], cols[c])
            out[r, c] = _pair_similarity(columns, pair, substitution, gap, row)


class TokenTable:
    """Distinct tokens, prepared once, compared by position as often as needed."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.prepared = tuple(prepare(token) for token in tokens)
        self._columns = _columns(self.prepared)

    def joined(self, other: TokenTable) -> TokenTable:
        """Return a table of these tokens and, after them, those of another; prepares none anew."""
        table = TokenTable(())
        table.prepared = self.prepared + other.prepared
        pairs = ((getattr(self._columns, n), getattr(other._columns, n)) for n in Columns._fields)
        columns = Columns(*(np.concatenate(pair) for pair in pairs))
        table._columns = columns._replace(spelling=_spelling(table.prepared))
        return table

    def __len__(self) -> int:
        return len(self.prepared)

    def similarities(self, rows: Indices | Sequence[int], cols: Indices | Sequence[int]) -> Matrix:
        """Return the similarity of every token in *rows* to every token in *cols*, 0 to 1.

        Raises IndexError for a position outside the table.
        """
        row_index, col_index = self._positions(rows), self._positions(cols)
        out = np.empty((row_index.size, col_index.size), dtype=np.float32)
        _fill(self._columns, row_index, col_index, costs.SUBSTITUTION, costs.GAP, out)
        return out

    def blocks(self, height: int = 512) -> Iterator[tuple[slice, Matrix]]:
        """Yield the whole matrix in bands of *height* rows, so that memory stays bounded."""
        everything = np.arange(len(self))
        for start in range(0, len(self), height):
            band = slice(start, min(start + height, len(self)))
            yield band, self.similarities(everything[band], everything)

    def _positions(self, positions: Indices | Sequence[int]) -> Indices:
        index = np.asarray(positions, dtype=np.intp)
        if index.size and not 0 <= index.min() <= index.max() < len(self):
            message = f"positions must lie in 0..{len(self) - 1}"
            raise IndexError(message)
        return index


def similarity(token_a: str, token_b: str) -> float:
    """Return how alike two tokens are as spellings of one name, 0 to 1; symmetric, cached.

    1 means the same canonical spelling; from :data:`SAME_NAME` on, the same name.
    """
    first, second = sorted((token_a, token_b))
    return _similarity(first, second)


@lru_cache(maxsize=200_000)
def _similarity(first: str, second: str) -> float:
    return float(TokenTable((first, second)).similarities([0], [1])[0, 0])


def _columns(tokens: Sequence[PreparedToken]) -> Columns:
    codes = np.zeros((len(tokens), MAX_PHONES), dtype=np.uint8)
    names = np.full((len(tokens), MAX_READINGS), -1, dtype=np.int32)
    fits = np.zeros((len(tokens), MAX_READINGS), dtype=np.float32)
    for position, token in enumerate(tokens):
        codes[position, : len(token.codes)] = token.codes
        for slot, reading in enumerate(token.readings):
            names[position, slot] = reading.name
            fits[position, slot] = reading.fit
    return Columns(
        codes=codes,
        length=np.array([len(token.codes) for token in tokens], dtype=np.uint8),
        kind=np.array([token.kind for token in tokens], dtype=np.uint8),
        compound=np.array([token.element.compound for token in tokens], dtype=np.uint8),
        article=np.array([token.element.has_article for token in tokens], dtype=np.uint8),
        weight=np.array([token.weight for token in tokens], dtype=np.float32),
        known=np.array([token.known for token in tokens], dtype=np.float32),
        names=names,
        fits=fits,
        spelling=_spelling(tokens),
    )


def _spelling(tokens: Sequence[PreparedToken]) -> npt.NDArray[np.int32]:
    """Return for each token the place of the first one that is spelt alike."""
    places: dict[str, int] = {}
    for position, token in enumerate(tokens):
        places.setdefault(token.token, position)
    return np.array([places[token.token] for token in tokens], dtype=np.int32)

"""Names found with remains, in columns, and the loops that weigh them against those told."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from caseman.compilation import compiled
from caseman.matching.arrays import Floats, Int32s
from caseman.matching.tokens import DAMAGED, TokenTable, tokens_of
from caseman.matching.values import AnteMortem, FoundName

SLOTS = ("given", "father", "grandfather", "family", "mother")
_GIVEN, _FATHER, _GRANDFATHER, _FAMILY, _MOTHER = range(5)
_NO_TOKEN = -1
_EMPTY = 0
_CHUNK = 1024  # reports at a time, so that what is worked on stays in the first cache
# Found names are an ordered part of the chain: by number of tokens, which slots they may fill.
_PATTERNS = (
    ((_GIVEN,),),
    ((_GIVEN, _FAMILY), (_GIVEN, _FATHER), (_FATHER, _FAMILY)),
    (
        (_GIVEN, _FATHER, _FAMILY),
        (_GIVEN, _FATHER, _GRANDFATHER),
        (_GIVEN, _GRANDFATHER, _FAMILY),
    ),
    ((_GIVEN, _FATHER, _GRANDFATHER, _FAMILY),),
)
LONGEST = len(_PATTERNS)
_READINGS = np.full((LONGEST + 1, 3, LONGEST), -1, np.int8)
for _length, _patterns in enumerate(_PATTERNS, start=1):
    for _row, _pattern in enumerate(_patterns):
        _READINGS[_length, _row, :_length] = _pattern


class Told(NamedTuple):
    """The names of reports: the token of each slot (row) of each report, and the birth year.

    A token is a place in the vocabulary of the tokens told, whose place 0 is for an empty slot.
    """

    codes: Int32s
    births: Int32s


class Papers(NamedTuple):
    """Names found, one row each; those of remains i are starts[i]:starts[i + 1].

    Tokens are places in the vocabulary of those found, -1 where damaged or absent; `years` are
    rows of birth-year factors, -1 where none is written.
    """

    starts: Int32s
    tokens: Int32s
    lengths: Int32s
    mothers: Int32s
    born: Int32s
    years: Int32s
    shares: Floats


class Likeness(NamedTuple):
    """Levels of similarity, tokens found by tokens told, and what each level weighs.

    `factors` is slot x token found x level, the last of which is for an empty slot and weighs
    nothing; `year_factors` is birth year found x level.
    """

    levels: npt.NDArray[np.uint8]
    factors: Floats
    year_factors: Floats


@compiled
def _multiply(likeness: Likeness, codes: Int32s, slot: int, token: int, own: Floats) -> None:
    """Multiply in what one word of a paper says in one slot of each report."""
    if token >= 0:
        levels, factors = likeness.levels[token], likeness.factors[slot, token]
        for report in range(len(own)):
            own[report] *= factors[levels[codes[report]]]


@compiled
def _add_own(  # noqa: PLR0913, PLR0917 - compiled code takes arrays, not objects
    likeness: Likeness, papers: Papers, told: Told, paper: int, total: Floats, room: Floats
) -> None:
    """Add, for each report, the mixture of the paper being the person's own or another's.

    If it is their own, its LR is the mean over what its words may be. `room` is working memory.
    """
    own, product = room[0, : len(total)], room[1, : len(total)]
    own[:] = 0.0
    length, readings = papers.lengths[paper], 0
    for reading in range(_READINGS.shape[1]):
        if _READINGS[length, reading, 0] < 0:
            break
        product[:] = 1.0
        for place in range(length):
            slot = _READINGS[length, reading, place]
            _multiply(likeness, told.codes[slot], slot, papers.tokens[paper, place], product)
        own += product
        readings += 1
    if readings:
        own /= readings
    else:
        own[:] = 1.0
    _multiply(likeness, told.codes[_MOTHER], _MOTHER, papers.mothers[paper], own)
    if papers.years[paper] >= 0:
        _multiply_years(likeness.year_factors[papers.years[paper]], papers.born[paper], told, own)
    share = papers.shares[paper]
    for report in range(len(total)):
        total[report] += (1 - share) + share * own[report]


@compiled
def _multiply_years(factors: Floats, born: int, told: Told, own: Floats) -> None:
    for report in range(len(own)):
        if told.births[report] > 0:
            apart = abs(told.births[report] - born)
            level = (apart >= 1) + (apart >= 2) + (apart >= 4) + (apart >= 9)
            own[report] *= factors[level]


@compiled
def _ratios(likeness: Likeness, papers: Papers, told: Told, remains: int, out: Floats) -> None:
    """Fill in the LR of all names of some remains for every report; several count as their mean."""
    first, last = papers.starts[remains], papers.starts[remains + 1]
    room = np.empty((2, min(_CHUNK, len(out))))
    for start in range(0, len(out), _CHUNK):
        end = min(start + _CHUNK, len(out))
        part = Told(told.codes[:, start:end], told.births[start:end])
        total = out[start:end]
        total[:] = 0.0
        for paper in range(first, last):
            _add_own(likeness, papers, part, paper, total, room)
        total /= last - first


def ratios_of_remains(likeness: Likeness, papers: Papers, told: Told, remains: int) -> Floats:
    """Return the LRs of all names of some remains, one for each report told."""
    ratios = np.empty(told.codes.shape[1])
    _ratios(likeness, papers, told, remains, ratios)
    return ratios


def ratios_of_report(likeness: Likeness, papers: Papers, told: Told, named: Int32s) -> Floats:
    """Return the LRs of the one report told, one for each of `named` remains."""
    return _column(likeness, papers, told, named)


@compiled
def _column(likeness: Likeness, papers: Papers, told: Told, named: Int32s) -> Floats:
    ratios = np.empty(len(named))
    for place in range(len(named)):
        _ratios(likeness, papers, told, named[place], ratios[place : place + 1])
    return ratios


class Found:
    """The words of names found, each once."""

    def __init__(self, names: Iterable[FoundName]) -> None:
        names = tuple(names)
        self.words = distinct(words for name in names for words in _words_of(name))
        self.years = sorted({name.birth_year for name in names if name.birth_year is not None})
        self.table = TokenTable(self.words)
        self._places = {word: place for place, word in enumerate(self.words)}
        self._years = {year: row for row, year in enumerate(self.years)}

    def papers(self, found: Sequence[Sequence[FoundName]], shares: Mapping[str, float]) -> Papers:
        """Return the names of a list of remains as columns."""
        names = [name for some in found for name in some]
        words = [_words_of(name) for name in names]
        tokens = np.full((len(names), LONGEST), _NO_TOKEN, np.int32)
        for row, (own, _) in enumerate(words):
            tokens[row, : len(own)] = [self._place(word) for word in own]
        years = [name.birth_year for name in names]
        return Papers(
            np.append(0, np.cumsum([len(some) for some in found])).astype(np.int32),
            tokens,
            np.array([len(own) for own, _ in words], np.int32),
            np.array([self._place(*mother) for _, mother in words], np.int32),
            np.array([year or 0 for year in years], np.int32),
            np.array([_NO_TOKEN if y is None else self._years[y] for y in years], np.int32),
            np.array([shares[name.source] for name in names], np.float64),
        )

    def _place(self, word: str = DAMAGED) -> int:
        return self._places.get(word, _NO_TOKEN)


def _words_of(name: FoundName) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a name, at most :data:`LONGEST`, and the first of the mother's name."""
    return tokens_of(name.name)[:LONGEST], tokens_of(name.mother)[:1]


def distinct(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return the words of some groups, each once and in order, those that are legible."""
    return tuple(sorted({token for group in groups for token in group} - {DAMAGED}))


def codes_of(slots: Sequence[Mapping[str, str]], vocabulary: Sequence[str]) -> Int32s:
    """Return the place of each report's word in each slot (row), counted from 1; 0 is empty."""
    index = {token: place for place, token in enumerate(vocabulary, start=1)}
    codes = np.full((len(SLOTS), len(slots)), _EMPTY, np.int32)
    for row, slot in enumerate(SLOTS):
        codes[row] = [index.get(told.get(slot, ""), _EMPTY) for told in slots]
    return codes


def counts_of(codes: Int32s, words: int) -> list[Floats]:
    """Return how often each word of the vocabulary stands in each slot; empty ones count nought."""
    counts = [np.bincount(row, minlength=words + 1).astype(np.float64) for row in codes]
    for count in counts:
        count[_EMPTY] = 0.0
    return counts


def births_of(reports: Iterable[AnteMortem]) -> Int32s:
    """Return the birth year of each report, 0 where it is not told to the year."""
    return np.array([_birth_year(report) for report in reports], np.int32)


def _birth_year(report: AnteMortem) -> int:
    return int(report.birth.middle_year) if report.birth and report.birth.days <= 366 else 0

"""Names found with remains against the name told, as a mixture: paper may be another's.

Slots are compared one by one, with the share of reports at each level of similarity as the
denominator, so Muhammad weighs little and Shekhmus much.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from caseman.compilation import compiled
from caseman.matching.arrays import Floats, Int32s
from caseman.matching.evidence import Agreement, Finding, Plain
from caseman.matching.parameters import Parameters
from caseman.matching.tokens import DAMAGED, slots_of, token_levels, tokens_of
from caseman.matching.values import AnteMortem, FoundName, NameSlots, PostMortem

SLOTS = ("given", "father", "grandfather", "family", "mother")
_GIVEN, _FATHER, _GRANDFATHER, _FAMILY, _MOTHER = range(5)
LEAST, MOST = -5.0, 14.0  # natural log
_YEARS = np.array([1, 2, 4, 9])
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


class NamesWeigher:
    """Weighs names found with remains against the names of the reports of a pool."""

    def __init__(
        self, parameters: Parameters, reports: Sequence[AnteMortem], found: Sequence[FoundName]
    ) -> None:
        self._own_share = parameters.table("names.own_share")
        self._match = np.array(parameters.numbers("names.level_if_own"))
        self._cuts = np.array(parameters.numbers("names.levels"))
        self._usual = np.array(parameters.numbers("names.level_if_other"))
        self._year = np.array(parameters.numbers("names.birth_year_if_own"))
        slots = [slots_of(report.name) for report in reports]
        self._vocabulary = _distinct(slot.values() for slot in slots)
        self.told = Told(_codes(slots, self._vocabulary), _births(reports))
        self._counts = _counts(self.told.codes, len(self._vocabulary))
        self._birth_counts = np.unique(self.told.births[self.told.births > 0], return_counts=True)
        self._found = Found(found)
        self._likeness = self._likeness_of(self._found, self._vocabulary)

    def papers(self, found: Sequence[Sequence[FoundName]]) -> Papers:
        """Return the names of a list of remains as columns, all their words known to the pool."""
        return self._found.papers(found, self._own_share)

    def covers(self, found: Sequence[FoundName]) -> bool:
        """Return whether all words of some names were there when the pool was frozen."""
        return self._found.covers(found)

    def log_lr(self, papers: Papers, remains: int) -> Floats:
        """Return the natural log LRs of some remains of `papers` for all reports of the pool."""
        ratios = np.empty(self.told.codes.shape[1])
        _ratios(self._likeness, papers, self.told, remains, ratios)
        return _log(ratios)

    def log_lr_of_new(self, found: Sequence[FoundName]) -> Floats:
        """Return the natural log LRs of names whose words the pool may not know."""
        words = Found(found)
        ratios = np.empty(self.told.codes.shape[1])
        likeness = self._likeness_of(words, self._vocabulary)
        _ratios(likeness, words.papers([found], self._own_share), self.told, 0, ratios)
        return _log(ratios)

    def log_lr_of_report(
        self, report: AnteMortem, papers: Papers, named: Sequence[int] | Int32s
    ) -> Floats:
        """Return the natural log LRs of one report, in the pool or new, for `named` remains."""
        told, likeness = self._of_report(report, self._found)
        return _log(_column(likeness, papers, told, np.asarray(named, np.int32)))

    def log_lr_of_pair(self, found: Sequence[FoundName], report: AnteMortem) -> float:
        """Return the natural log LR of one pair, either side in the pool or new to it."""
        words = Found(found)
        told, likeness = self._of_report(report, words)
        papers = words.papers([found], self._own_share)
        return float(_log(_column(likeness, papers, told, np.zeros(1, np.int32)))[0])

    def _of_report(self, report: AnteMortem, found: "Found") -> tuple[Told, Likeness]:
        slots = slots_of(report.name)
        vocabulary = _distinct([slots.values()])
        told = Told(_codes([slots], vocabulary), _births([report]))
        levels = self._levels(found, vocabulary)
        if found is self._found:
            return told, self._likeness._replace(levels=levels)
        return told, self._likeness_of(found, self._vocabulary)._replace(levels=levels)

    def _likeness_of(self, found: "Found", told: Sequence[str]) -> Likeness:
        levels = self._levels(found, told)
        factors = np.ones((len(SLOTS), len(levels), len(self._match) + 1))
        for slot, counts in enumerate(self._counts):
            factors[slot, :, :-1] = self._match / self._shares(levels, counts)
        return Likeness(levels, factors, self._of_years(found.years))

    def _levels(self, found: "Found", told: Sequence[str]) -> npt.NDArray[np.uint8]:
        levels = token_levels(found.words, told, self._cuts)
        empty = np.full((len(levels), 1), len(self._match), np.uint8)
        return np.concatenate([empty, levels], axis=1)

    def _shares(self, levels: npt.NDArray[np.uint8], counts: Floats) -> Floats:
        common = np.empty((len(levels), len(self._match)))
        for level in range(len(self._match)):
            common[:, level] = np.add.reduce(np.where(levels == level, counts, 0.0), axis=1)
        shares: Floats = (common + 40 * self._usual) / (counts.sum() + 40)
        return shares

    def _of_years(self, years: Sequence[int]) -> Floats:
        told, counts = self._birth_counts
        factors = np.ones((len(years), len(self._year)))
        for row, year in enumerate(years):
            levels = np.digitize(np.abs(told - year), _YEARS)
            shares = np.bincount(levels, weights=counts, minlength=len(self._year)) + 1.0
            factors[row] = self._year * shares.sum() / shares
        return factors


class Found:
    """The words of names found, each once."""

    def __init__(self, names: Iterable[FoundName]) -> None:
        names = tuple(names)
        self.words = _distinct(words for name in names for words in _words_of(name))
        self.years = sorted({name.birth_year for name in names if name.birth_year is not None})
        self._places = {word: place for place, word in enumerate(self.words)}
        self._years = {year: row for row, year in enumerate(self.years)}

    def covers(self, names: Iterable[FoundName]) -> bool:
        """Return whether all words and years of some names are among these."""
        return all(
            (name.birth_year is None or name.birth_year in self._years)
            and all({*words} - {DAMAGED} <= self._places.keys() for words in _words_of(name))
            for name in names
        )

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


@compiled
def _column(likeness: Likeness, papers: Papers, told: Told, named: Int32s) -> Floats:
    ratios = np.empty(len(named))
    for place in range(len(named)):
        _ratios(likeness, papers, told, named[place], ratios[place : place + 1])
    return ratios


def _log(ratios: Floats) -> Floats:
    weights: Floats = np.clip(np.log(ratios), LEAST, MOST)
    return weights


def _words_of(name: FoundName) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a name, at most :data:`LONGEST`, and the first of the mother's name."""
    return tokens_of(name.name)[:LONGEST], tokens_of(name.mother)[:1]


def _distinct(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({token for group in groups for token in group} - {DAMAGED}))


def _codes(slots: Sequence[Mapping[str, str]], vocabulary: Sequence[str]) -> Int32s:
    index = {token: place for place, token in enumerate(vocabulary, start=1)}
    codes = np.full((len(SLOTS), len(slots)), _EMPTY, np.int32)
    for row, slot in enumerate(SLOTS):
        codes[row] = [index.get(told.get(slot, ""), _EMPTY) for told in slots]
    return codes


def _counts(codes: Int32s, words: int) -> list[Floats]:
    """Return how often each word of the vocabulary stands in each slot; empty ones count nought."""
    counts = [np.bincount(row, minlength=words + 1).astype(np.float64) for row in codes]
    for count in counts:
        count[_EMPTY] = 0.0
    return counts


def _births(reports: Iterable[AnteMortem]) -> Int32s:
    return np.array([_birth_year(report) for report in reports], np.int32)


def _birth_year(report: AnteMortem) -> int:
    return int(report.birth.middle_year) if report.birth and report.birth.days <= 366 else 0


def compare_names(remains: PostMortem, report: AnteMortem, weight: float) -> Finding:
    """Return how the names found read against the name told, given what they weigh (nats)."""
    level = "agree" if weight > 0.5 else "differ" if weight < -0.2 else "partly"
    agreement = Agreement.AGREES if weight > 0.5 else Agreement.EXPLAINABLE
    found: list[Plain] = [
        {
            "name": name.name,
            "source": name.source.value,
            "mother": name.mother,
            "birth_year": name.birth_year,
        }
        for name in remains.names
    ]
    return Finding(level, agreement, {"names": found}, {"name": _as_told(report.name)})


def _as_told(name: NameSlots) -> str:
    parts = (name.given, name.father, name.grandfather, name.family)
    return name.full or " ".join(part for part in parts if part)


def has_name(report: AnteMortem) -> bool:
    """Return whether a report tells any name."""
    return bool(slots_of(report.name))

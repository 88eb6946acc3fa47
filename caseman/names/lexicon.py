"""Attested names: which spellings were seen for which name, and how the name sounds.

``data/attested_names.csv`` has one row a name, none about a person:

``reading``      the vocalised name, in ALA-LC romanisation or (``kmr``) Kurmanji spelling
``orthography``  which of the two: ar, kmr or other
``per_10000``    assumed share among name elements; :class:`NameFrequencies` counts replace it
``arabic``       spellings in Arabic letters, canonical, separated by ``;``
``latin``        spellings in Latin letters
``source``       ``table``: from a table of attested romanisations, or
                 completed from it (partly seen in ecoi.net IRQ37039.E, else recalled);
                 ``general``: general knowledge of Syrian, Iraqi and Kurdish naming, recalled,
                 awaiting native review

``data/names_served.csv`` lists whom an "Abd al-X" serves: the names of God used so in Syria and
Iraq, and of whom Shiites and Christians name it (general knowledge, recalled). What follows Abd is
looked for there first, so that Abdul Hafiz is ʿAbd al-Ḥafīẓ, whatever Hafiz alone may spell.

A spelling may stand in several rows; their shares say which name it means most often. Compounds
(Abd al-X, X al-Din) need no rows, their cores do; nor do spellings that the rules of sound reach.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

import numpy as np

from caseman.names import costs
from caseman.names.alignment import alignment_cost
from caseman.names.keys import skeleton_keys
from caseman.names.normalisation import normalise
from caseman.names.phonology import (
    MAX_PHONES,
    is_arabic,
    kurmanji_phones,
    phones,
    reading_phones,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import numpy.typing as npt

    Codes = npt.NDArray[np.uint8]

MAX_READINGS: Final = 3
"""Names that one spelling is taken to stand for, at most."""

_TEMPERATURE: Final = 0.1
_STRANGER: Final = 0.35
"""Alignment cost at which an unattested spelling is as likely to be a name not listed."""
_ATTESTED_TEMPERING: Final = 0.2
_HEARD_TEMPERING: Final = 0.5
"""Exponents by which a rarer reading's ratio to the likeliest one is drawn towards 1."""
_USUAL_SHARE: Final = 0.0005
"""A name of this share has no advantage by being common; the square root tempers the prior."""
_PER: Final = 10_000
_LIKELY_SERVED: Final = 0.5
"""Probability from which what follows Abd is taken for one of the names served."""


@dataclass(frozen=True, slots=True)
class AttestedName:
    """A name of the lexicon; ``share`` is the assumed fraction of name elements that bear it."""

    key: str
    sounds: str
    spellings: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A name (its place in the lexicon) that a spelling may stand for.

    ``fit`` compares it with the likeliest name for the spelling, which has 1: a spelling shared
    by two names fits the rarer one too.
    """

    name: int
    probability: float
    fit: float


@dataclass(frozen=True, slots=True)
class Index:
    """Places of names in the lexicon, by spelling and by skeleton of consonants."""

    by_spelling: Mapping[str, tuple[int, ...]]
    by_skeleton: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The attested names, found by spelling or by sound; ``served`` are those after Abd."""

    names: tuple[AttestedName, ...]
    codes: tuple[Codes, ...]
    general: Index
    served: Index

    def is_attested(self, token: str) -> bool:
        return token in self.general.by_spelling

    def readings(self, core: str, *, is_served: bool = False) -> tuple[Reading, ...]:
        """Return the likeliest names that *core* may spell, the best first.

        What their probabilities lack to 1 is that of a name that the lexicon does not hold.
        """
        if is_served:
            served = self._readings_in(self.served, core)
            if sum(reading.probability for reading in served) > _LIKELY_SERVED:
                return served
        return self._readings_in(self.general, core)

    def _readings_in(self, index: Index, core: str) -> tuple[Reading, ...]:
        attested = index.by_spelling.get(core)
        if attested is not None:
            shares = ((name, self.names[name].share) for name in attested)
            return _readings(shares, stranger=0.0, tempering=_ATTESTED_TEMPERING)
        stranger = float(np.exp(-_STRANGER / _TEMPERATURE))
        return _readings(self._near(index, core), stranger, tempering=_HEARD_TEMPERING)

    def _near(self, index: Index, core: str) -> Iterator[tuple[int, float]]:
        codes = np.array(costs.encode(phones(core)), dtype=np.uint8)
        kind = costs.UNVOCALISED if is_arabic(core) else costs.LATIN
        gaps = costs.GAP[costs.VOCALISED], costs.GAP[kind]
        row = np.empty(MAX_PHONES + 1, dtype=np.float32)
        keys = skeleton_keys(core)
        for name in sorted({name for key in keys for name in index.by_skeleton.get(key, ())}):
            cost = alignment_cost(codes, self.codes[name], costs.SUBSTITUTION, *gaps, row)
            prior = np.sqrt(self.names[name].share / _USUAL_SHARE)
            yield name, float(prior * np.exp(-cost / _TEMPERATURE))


def _readings(
    weighted: Iterable[tuple[int, float]], stranger: float, tempering: float
) -> tuple[Reading, ...]:
    likeliest = sorted(weighted, key=lambda pair: (-pair[1], pair[0]))[:MAX_READINGS]
    total = stranger + sum(weight for _, weight in likeliest)
    return tuple(
        Reading(name, weight / total, (weight / likeliest[0][1]) ** tempering)
        for name, weight in likeliest
    )


@cache
def lexicon() -> Lexicon:
    """Return the lexicon shipped with the package (``data/attested_names.csv``)."""
    attested = tuple(_attested_name(row) for row in _rows("attested_names.csv"))
    served = tuple(_attested_name(row) for row in _rows("names_served.csv"))
    known = {name.key for name in attested}
    names = (*attested, *(name for name in served if name.key not in known))
    places = {name.key: place for place, name in reversed([*enumerate(names)])}
    return Lexicon(
        names,
        codes=tuple(np.array(costs.encode(name.sounds), dtype=np.uint8) for name in names),
        general=_index_of(dict(enumerate(attested))),
        served=_index_of({places[name.key]: name for name in served}),
    )


def _rows(file: str) -> Iterator[Mapping[str, str]]:
    source = resources.files("caseman.names") / "data" / file
    yield from csv.DictReader(source.read_text(encoding="utf-8").splitlines())


def _index_of(names: Mapping[int, AttestedName]) -> Index:
    spellings = {place: name.spellings for place, name in names.items()}
    plain = {place: _plain(name) for place, name in names.items()}
    skeletons = {place: _skeletons(name) for place, name in names.items()}
    return Index(by_spelling=_index(spellings, plain), by_skeleton=_index(skeletons, {}))


def _attested_name(row: Mapping[str, str]) -> AttestedName:
    reading = row["reading"]
    is_kurmanji = row.get("orthography") == "kmr"
    sounds = kurmanji_phones(reading) if is_kurmanji else reading_phones(reading)
    spellings = [normalise(text) for text in f"{row['latin']};{row['arabic']}".split(";")]
    return AttestedName(
        key=_ascii(reading),
        sounds=sounds,
        spellings=tuple(dict.fromkeys(spelling for spelling in spellings if spelling)),
        share=int(row.get("per_10000", 1)) / _PER,
    )


def _ascii(reading: str) -> str:
    """Return the reading in ASCII: Sālim is saalim, ʿArab 3arab, so that no two names collide."""
    letters = _letters(reading.lower().replace("ʿ", "3").replace("ẓ", "zz"))
    return normalise("".join(c[0] * 2 if "\u0304" in c else c for c in letters))


def _letters(text: str) -> Iterator[str]:
    for letter in text:
        yield unicodedata.normalize("NFD", letter)


def _plain(name: AttestedName) -> tuple[str]:
    """Return the plain romanisation, which counts only where no other name claims it."""
    return (re.sub(r"([aiu])\1", r"\1", name.key.replace("3", "")),)


def _skeletons(name: AttestedName) -> Iterator[str]:
    for spelling in name.spellings:
        yield from skeleton_keys(spelling)


def _index(
    entries: Mapping[int, Iterable[str]], fallbacks: Mapping[int, Iterable[str]]
) -> Mapping[str, tuple[int, ...]]:
    index: dict[str, dict[int, None]] = {}
    for name, terms in entries.items():
        for term in terms:
            index.setdefault(term, {})[name] = None
    for name, terms in fallbacks.items():
        for term in terms:
            index.setdefault(term, {name: None})
    return {term: tuple(found) for term, found in index.items()}

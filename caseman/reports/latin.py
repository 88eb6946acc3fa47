"""A name as readers of Latin letters may read it: for display beside the name, never for matching.

Arabic does not write short vowels. An attested name is given in its usual reading; of any other
name the consonants are given letter by letter, which a reader can at least say aloud.
"""

import re
from typing import Final

from caseman.names import prepare, tokens
from caseman.names.elements import Compound
from caseman.names.lexicon import Reading, lexicon

LONGEST: Final = 400

_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_LETTERS: Final = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh",  # noqa: RUF001
    "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a",
    "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "u",  # noqa: RUF001
    "ي": "i",
}  # fmt: skip
_CONSONANT: Final = "[^aiou]"
_LIKELY: Final = 0.5
_FORMS: Final = {
    Compound.NONE: "{}",
    Compound.SERVANT: "Abd al-{}",
    Compound.FATHER: "Abu {}",
    Compound.MOTHER: "Umm {}",
    Compound.FAITH: "{} al-Din",
    Compound.GOD: "{}allah",
}


def latin_reading(name: str) -> str:
    """Return ``name`` in Latin letters; as it is if it has no Arabic ones."""
    if not _ARABIC.search(name):
        return name
    return " ".join(_read(token) for token in tokens(name))[:LONGEST]


def _read(token: str) -> str:
    prepared = prepare(token)
    element = prepared.element
    core = _attested(prepared.readings) or _spelt(element.core)
    if element.compound is Compound.SERVANT and core == "Allah":
        return "Abdullah"
    text = _FORMS[element.compound].format(core)
    return f"al-{text}" if element.has_article else text


def _attested(readings: tuple[Reading, ...]) -> str:
    likeliest = max(readings, key=lambda reading: reading.probability, default=None)
    if likeliest is None or likeliest.probability < _LIKELY:
        return ""
    key = lexicon().names[likeliest.name].key.replace("3", "")
    return re.sub(r"([aiu])\1", r"\1", key).capitalize()


def _spelt(core: str) -> str:
    sounds = "".join(_LETTERS.get(letter, letter) for letter in core)
    # Between two consonants at the beginning a vowel must be said: which one is not written.
    readable = re.sub(rf"^({_CONSONANT})(?={_CONSONANT}[aiou]?)(?!h)", r"\1a", sounds)
    return readable.capitalize()

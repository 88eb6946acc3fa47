"""One canonical written form for a name in any supported script.

Letters that registers, keyboards and clerks exchange freely are folded together, so that two
spellings of one written name become equal strings. Sounds are the business of
:mod:`caseman.names.phonology`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

DAMAGED: Final = "*"
"""Stands for letters that could not be read (written as dots, stars or question marks)."""

_AE: Final = "\u06d5"
"""The Sorani vowel ە: Arabic orthography leaves it unwritten inside a word, and ه at the end."""

_LATIN: Final = {
    "ş": "sh", "ș": "sh", "š": "sh", "ç": "ch", "č": "ch", "ć": "ch", "ž": "zh", "đ": "dj",
    "ġ": "gh", "ḫ": "kh", "ẖ": "kh", "ṯ": "th", "ḏ": "dh", "ı": "i", "ø": "o", "ł": "l",
    "æ": "ae", "œ": "oe", "ð": "dh", "þ": "th",
}  # fmt: skip

_ARABIC: Final = {
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ێ": "ي", "ے": "ي", "ۍ": "ي", "ک": "ك", "ڪ": "ك",
    "گ": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه", "ۆ": "و", "ۇ": "و", "ۋ": "و", "ڕ": "ر",
    "ڵ": "ل", "پ": "ب", "چ": "ج", "ژ": "ج", "ڤ": "ف", "ٹ": "ت", "ڈ": "د", "ڑ": "ر", "ں": "ن",
    "ء": "", "ـ": "",
}  # fmt: skip

_CYRILLIC: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "ђ": "dj", "е": "e", "є": "ye",
    "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "ј": "y", "к": "k", "л": "l",
    "љ": "ly", "м": "m", "н": "n", "њ": "ny", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "ћ": "ch", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "џ": "j", "ш": "sh",
    "щ": "shch", "ы": "y", "э": "e", "ю": "yu", "я": "ya", "ь": "", "ъ": "", "ё": "yo",
}  # fmt: skip

_FOLD: Final = str.maketrans(_LATIN | _ARABIC | _CYRILLIC)
_APOSTROPHES: Final = re.compile("['`´‘’‛ʻʼʾʿˈ՚＇\u05f3\u0640]")
_UNREADABLE: Final = re.compile(r"[.\u2026]{2,}|[?\u061f*_]+")
_INITIAL_HAMZA: Final = re.compile(rf"\b\u0626(?:{_AE}|\u0627)?")
_AE_SPELT_WITH_JOINER: Final = re.compile("\u0647\u200c")
_FINAL_AE: Final = re.compile(rf"{_AE}\b")


def normalise(text: str) -> str:
    """Return the canonical form of *text*: words separated by one space, nothing else.

    Folds compatibility forms, case, diacritics, harakat, tatweel, bidi controls, hamza seats,
    ta marbuta, alif maqsura, Persian and Kurdish letters, Cyrillic and digits. Apostrophes
    vanish, other punctuation separates words, and a run of dots, stars or question marks becomes
    :data:`DAMAGED`. Never raises; idempotent.
    """
    if text.isascii() and text.isalpha():  # as most words are, and nothing else is to be done
        return text.lower()
    composed = unicodedata.normalize("NFKC", text)
    folded = unicodedata.normalize("NFKC", composed.casefold())
    folded = _fold_kurdish_vowels(_APOSTROPHES.sub("", folded))
    bare = _strip_marks(_fold_letters(folded))
    separated = _UNREADABLE.sub(DAMAGED, bare)
    return " ".join("".join(map(_keep, separated)).split())


def _fold_kurdish_vowels(text: str) -> str:
    text = _AE_SPELT_WITH_JOINER.sub(_AE, text)
    text = _INITIAL_HAMZA.sub("\u0627", text)
    return _FINAL_AE.sub("\u0647", text).replace(_AE, "")


def _fold_letters(text: str) -> str:
    """Fold before marks are stripped (ş is sh, not s) and again after (أ has lost its hamza)."""
    return unicodedata.normalize("NFD", text.translate(_FOLD))


def _strip_marks(text: str) -> str:
    kept = (c for c in text if unicodedata.category(c) not in {"Mn", "Me", "Cf", "Lm"})
    return "".join(kept).translate(_FOLD)


def _keep(character: str) -> str:
    """Return the character if a name can hold it, its ASCII digit, or a space."""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return character if character.isalpha() or character == DAMAGED else " "

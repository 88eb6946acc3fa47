"""Sounds of a token: letters of any script become one alphabet of phones.

Latin letters are ambiguous (*c* is s, j or k; *a* is long or short), Arabic letters leave short
vowels out. Phones keep that ambiguity; the costs in :mod:`caseman.names.costs` resolve it.
"""

from __future__ import annotations

import re
from typing import Final

MAX_PHONES: Final = 20
"""Longer tokens are cut: no attested name element is longer, and the alignment is quadratic."""

# One character a phone inside a string; the legend follows the transliteration of ALA-LC.
#   b t d j k g q f v p l m n r s z h w y   as written
#   T th (ث)   D dh (ذ)   X kh (خ)   G gh (غ)   S sh (ش)   C ch   Z zh
#   5 ṣ   6 ṭ   9 ḍ   0 ẓ   H ḥ   ? ayn   c Latin c before e, i   K Latin c elsewhere   x Kurdish x
#   a e i o u short (or unknown length)   á í ú known to be short   A I U long   E ê
#   8 ay   W aw   V Turkish and Kurdish ev, av before a consonant: aw, or a consonant of its own
#   Y ي and O و where the script does not say which vowel or consonant
#   1 Latin aa (long, or around an ayn)   L initial alif   M final ه, mostly ta marbuta
#   * an unreadable letter
_DIGRAPHS: Final = (
    ("tch", "C"), ("tsch", "C"), ("dsch", "j"), ("sch", "S"), ("dzh", "j"), ("sh", "S"),
    ("ch", "C"), ("kh", "X"), ("gh", "G"),
    ("th", "T"), ("dh", "D"), ("zh", "Z"), ("ph", "f"), ("dj", "j"), ("ck", "k"),
)  # fmt: skip
_ARABIC: Final = str.maketrans(
    "بتثجحخدذرزسشصضطظعغفقكلمنهويا",
    "btTjHXdDrzsS5960?Gfqklmnh" + "OYA",
)
_ARABIC_LETTER: Final = re.compile("[\u0621-\u06ff]")
_CHAT_DIGITS: Final = str.maketrans(
    {"2": "", "3": "?", "5": "X", "6": "t", "7": "h", "8": "G", "9": "s", "0": "", "1": "", "4": ""}
)
"""Digits written for letters in messages (7asan, 3ali)."""

_SHORT: Final = str.maketrans("aiu", "áíú")
_SCHOLARLY: Final = str.maketrans("āīūêîûṣṭḍẓḥʿ", "AIUEIU5690H?")


def is_arabic(token: str) -> bool:
    """Tell whether a normalised token is written in Arabic letters, hence without short vowels."""
    return _ARABIC_LETTER.search(token) is not None


def phones(token: str) -> str:
    """Return the phones of a normalised token, at most :data:`MAX_PHONES` of them."""
    sounds = _from_arabic(token) if is_arabic(token) else _from_latin(token)
    return sounds.replace("*", "***")[:MAX_PHONES]


def reading_phones(reading: str) -> str:
    """Return the phones of a vocalised reading in ALA-LC romanisation (``Ḥusayn``)."""
    letters = reading.lower().replace("ʾ", "").translate(_SCHOLARLY)
    sounds = _from_latin(letters, is_exact=True)[:MAX_PHONES]
    return sounds[:-1].translate(_SHORT) + sounds[-1:]


def kurmanji_phones(reading: str) -> str:
    """Return the phones of a reading in Kurmanji spelling (``Bêrîvan``), where c is always j."""
    letters = reading.lower()
    for letter, sound in (("j", "zh"), ("c", "j"), ("ç", "ch"), ("ş", "sh"), ("x", "kh")):
        letters = letters.replace(letter, sound)
    return _from_latin(letters.translate(_SCHOLARLY), is_exact=True)[:MAX_PHONES]


def _from_arabic(token: str) -> str:
    sounds = re.sub("(?<=..)h$", "M", token.translate(_ARABIC))
    sounds = re.sub("^A(?=[YO].)", "", sounds)
    return re.sub("^A", "L", sounds)


def _from_latin(token: str, *, is_exact: bool = False) -> str:
    sounds = token if is_exact else token.translate(_CHAT_DIGITS)
    sounds = re.sub("(?<=a)zh(?=a)", "z.h", sounds)  # Mazhar, Azhar: two consonants
    for letters, phone in _DIGRAPHS:
        sounds = sounds.replace(letters, phone)
    if not is_exact:
        sounds = re.sub("c(?![eiy])", "K", sounds)
        sounds = re.sub("qu(?=[eiy])", "q", sounds)
        sounds = _long_vowels(sounds)
    sounds = re.sub(r"(.)\1+", r"\1", sounds)
    return _glides(sounds)


def _long_vowels(sounds: str) -> str:
    sounds = re.sub("ou(?=[aeio])", "w", sounds)
    for letters, phone in (("aa", "1"), ("ee", "I"), ("oo", "U"), ("ou", "u")):
        sounds = sounds.replace(letters, phone)
    return sounds


def _glides(sounds: str) -> str:
    """Tell the diphthongs of Zaynab and Rawda from the consonants of Ayah and Nawal."""
    sounds = re.sub("[ae][iyI](?![aeiouAIUE1yw])", "8", sounds)
    sounds = re.sub("[ae]i(?=[aeou])", "ay", sounds)
    sounds = re.sub("a[uw](?![aeiouAIUE1yw])|ow(?![aeiouAIUE1yw])", "W", sounds)
    sounds = re.sub("(?<=.)[ae]v(?![aeiouAIUE1ywv]|$)", "V", sounds)
    sounds = re.sub("iy(?=[aeouAU])", "y", sounds)
    sounds = re.sub("(?<=[^aeiouAIUE1])y(?![aeiouAIUE1])", "i", sounds)
    return re.sub("(?<=[^aeiouAIUE1])w(?![aeiouAIUE1])", "u", sounds)

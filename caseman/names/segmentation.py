"""A written name cut into its elements: titles dropped, compounds joined, slots named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from caseman.names.normalisation import normalise

MAX_TOKENS: Final = 16
"""Longer text is not one person's name; the rest is left out."""

_TITLES: Final = frozenset(
    normalise(
        "السيد السيدة الآنسة الشهيد الشهيدة المرحوم المرحومة المغفور الدكتور الدكتورة دكتور "
        "الحاج الحاجة حاج الشيخ الشيخة الأستاذ الأستاذة المهندس المهندسة العقيد الملازم النقيب "
        "الرائد المفقود المفقودة الطفل الطفلة المدعو المدعوة د م أ "
        "mr mrs ms miss dr doctor prof professor eng engineer hajj haj hajji haji hajja mulla "
        "sheikh shaikh sayyid sayed ustaz ustadh martyr late sehid"
    ).split()
)
_FILIATION: Final = frozenset(
    normalise("بن ابن بنت ابنة bin ibn ben bint bent binte ibnat kuri kure keca").split()
)
_ARTICLES: Final = frozenset({"al", "el", "ul", "ال"})
_SUN_ARTICLES: Final = frozenset(
    vowel + consonant
    for vowel in "aeu"
    for consonant in ("d", "sh", "s", "r", "n", "t", "z", "dh", "th")
)
_SERVANTS: Final = frozenset({"عبد", "abd", "abed", "abdel", "abdul", "abdal", "abdu", "abdur",
    "abder", "abdus", "abdoul", "abdol", "abdou", "evd", "evdil", "evdul", "ebd", "ebdul",
})  # fmt: skip
_FATHERS: Final = frozenset({"ابو", "ابي", "ابا", "abu", "abou", "abo", "aboo", "ebu"})
_OWNERS: Final = frozenset({"ذو", "dhu", "zu", "zul", "dhul", "thul"})
"""Dhu al-Fiqar and its like, one name."""
_MOTHERS: Final = frozenset({"ام", "umm", "um", "oum", "om", "oumm"})
_FAITH: Final = re.compile(
    "الدين|(?:[aeu]l|[aeu]d)?d(?:in|een|ine|eene|yn)|الاسلام|[ae]l(?:-)?islam"
)
_GOD: Final = re.compile("الله|[aeuo]llah?")
_MOTHER_MARKS: Final = frozenset(
    normalise("والدته والدتها أمه أمها اسم الأم mother dayik").split()
) - {"اسم"}
_ASIDE: Final = re.compile(r"[(\[«\"“]([^()\[\]«»\"“”]*)[)\]»\"”]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """The elements of one person's name, each in canonical spelling, ``None`` where not written.

    ``ancestors`` are further links of the chain beyond the grandfather; ``laqab`` is a by-name
    given in brackets or quotation marks. ``kunya`` holds the whole "Abu X" or "Umm X".
    """

    given: str | None = None
    father: str | None = None
    grandfather: str | None = None
    family: str | None = None
    mother: str | None = None
    kunya: str | None = None
    laqab: str | None = None
    ancestors: tuple[str, ...] = ()

    @property
    def chain(self) -> tuple[str, ...]:
        """Given name, father and forefathers, family: what was written, in order."""
        slots = (self.given, self.father, self.grandfather, *self.ancestors, self.family)
        return tuple(slot for slot in slots if slot is not None)


def tokens(text: str) -> tuple[str, ...]:
    """Return the canonical elements of a name in written order, compounds joined.

    Titles and words of descent (bin, bint) are dropped, articles joined to their word. At most
    :data:`MAX_TOKENS`; an empty tuple for text without letters.
    """
    words = [word for word in normalise(text).split() if word not in _FILIATION]
    joined = _join(_without_titles(words[: 3 * MAX_TOKENS]))
    return tuple(joined[:MAX_TOKENS])


def parse(text: str) -> PersonName:
    """Return the slots of a name written in full, by the order usual in Syria and Iraq.

    One word is the given name, two are given and father (or family, if it bears an article), from
    three on the last is the family. Never raises; empty text gives an empty name.
    """
    body, asides = _without_asides(text)
    elements, mother = _without_mother(list(tokens(body)))
    asides_named = [token for aside in asides for token in tokens(aside)[:1]]
    kunya = next((token for token in asides_named if _is_kunya(token)), None)
    if kunya is None and len(elements) > 1 and _is_kunya(elements[0]):
        kunya = elements.pop(0)
    laqab = next((token for token in asides_named if token != kunya), None)
    return _slots(elements, mother=mother, kunya=kunya, laqab=laqab)


def _slots(
    elements: list[str], *, mother: str | None, kunya: str | None, laqab: str | None
) -> PersonName:
    family = elements.pop() if len(elements) > 2 or _ends_in_family(elements) else None
    given, father, grandfather, *_ = [*elements, None, None, None]
    return PersonName(
        given, father, grandfather, family, mother, kunya, laqab, tuple(elements[3:])
    )  # fmt: skip


def _ends_in_family(elements: list[str]) -> bool:
    return len(elements) == 2 and re.match("ال...|[ae]l[^aeioul]...", elements[1]) is not None


def _is_kunya(token: str) -> bool:
    """Tell Abu Khalid from Abu Bakr, which is a name."""
    return _KUNYA.match(token) is not None


_KUNYA: Final = re.compile("(?:ابو|abu|abou|abo|ebu|ام(?=ال)|umm|oum)(?!.?b[ae]?k|.?بكر)...")


def _without_asides(text: str) -> tuple[str, list[str]]:
    """Take out what stands in brackets at the end; inside a name it is the father's name."""
    asides: list[str] = []
    found = list(_ASIDE.finditer(text))
    if found and not text[found[-1].end() :].strip():
        asides.append(found[-1][1])
        text = text[: found[-1].start()]
    return text, asides


def _without_mother(elements: list[str]) -> tuple[list[str], str | None]:
    for position, word in enumerate(elements):
        if word in _MOTHER_MARKS and 0 < position < len(elements) - 1:
            return elements[:position], elements[position + 1]
    return elements, None


def _without_titles(words: list[str]) -> list[str]:
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return words


def _join(words: list[str]) -> list[str]:
    joined: list[str] = []
    position = 0
    while position < len(words):
        element, position = _element(words, position)
        if joined and (_FAITH.fullmatch(element) or _GOD.fullmatch(element)):
            joined[-1] += element
        else:
            joined.append(element)
    return joined


def _element(words: list[str], position: int) -> tuple[str, int]:
    """Return the element that begins at *position*, and where the next one begins."""
    word, after = words[position], position + 1
    if after == len(words):
        return word, after
    prefix = _prefix(word, words[after])
    if prefix is None:
        return word, after
    rest, end = _element(words, after)
    return prefix + rest, end


def _prefix(word: str, following: str) -> str | None:
    """Return what *word* becomes when it belongs to the following word, else None."""
    if word in _ARTICLES or _is_sun_article(word, following):
        return "ال" if word == "ال" else "al"
    if word in _FATHERS:
        return "ابو" if word in {"ابي", "ابا"} else word
    if word in _OWNERS and following.startswith(("ال", "al", "l")):
        return word
    if word in _MOTHERS:
        return "ام" if word == "ام" else "umm"
    return word if _serves(word, following) else None


def _is_sun_article(word: str, following: str) -> bool:
    return word in _SUN_ARTICLES and following.startswith(word[1:])


def _serves(word: str, following: str) -> bool:
    """Tell Abd al-Rahman from a man called Abd: one of the names of God must follow."""
    servant = word.removeprefix("ال")
    if servant == "عبد":
        return following.startswith("ال")
    if servant in {"abd", "abed", "ebd"}:
        return following in _ARTICLES or following in _SUN_ARTICLES or bool(_GOD.match(following))
    return servant in _SERVANTS

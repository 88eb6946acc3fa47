"""Compound name elements: Abd al-X, Abu X, X al-Din and the article, taken apart.

A compound is compared by its core, so Abdulrahman and Abdulrahim differ as much as Rahman and
Rahim do, whatever they share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from caseman.names.phonology import is_arabic

if TYPE_CHECKING:
    from collections.abc import Callable


class Compound(IntEnum):
    """What stands around the core of a token."""

    NONE = 0
    SERVANT = 1
    """Abd al-X: servant of one of the names of God."""
    FATHER = 2
    """Abu X, as one name (Abu Bakr) or a kunya."""
    MOTHER = 3
    """Umm X."""
    FAITH = 4
    """X al-Din."""
    GOD = 5
    """X Allah, not led by Abd."""


@dataclass(frozen=True, slots=True)
class Element:
    """A token taken apart; ``core`` is never empty for a token that is not."""

    core: str
    compound: Compound = Compound.NONE
    has_article: bool = False


_GOD: Final = "[auoe]?ll?ah?"
_SUN: Final = "(?:sh|th|dh|[tdrzsnl])"
_ARTICLE: Final = f"(?:[aeuio]l(?=..)|[aeuio]?({_SUN})(?=\\1..)|[ueoai])?"

_LATIN: Final = (
    (Compound.SERVANT, re.compile(rf"(?:abd|abed|abid|ebd|evd|avd|abt)({_GOD})")),
    (Compound.SERVANT, re.compile(rf"(?:abd|abed|ebd|evd|avd|abt)(?:ou|oo)?{_ARTICLE}(...+)")),
    (Compound.FATHER, re.compile("(?:abou|aboo|abu|ebu|abo)(?:al|el|ul|l)?([^aeioul]..+)")),
    (Compound.MOTHER, re.compile("(?:oumm?|umm)(?:al|el|ul|l)?([^aeioulm]..+)")),
    (Compound.FAITH, re.compile("(.+?[^d])(?:[aeuio]l|[aeuoi])d{1,2}(?:een|in|yn|ien)e?")),
    (Compound.GOD, re.compile("(.+?[^aeioul])[auo]llah?")),
)
_ARABIC: Final = (
    (Compound.SERVANT, re.compile("عبد(الله|و?للا|لله)")),
    (Compound.SERVANT, re.compile("عبد(?:ال|ول)?(..+)")),
    (Compound.FATHER, re.compile("ابو(?:ال)?(..+)")),
    (Compound.FAITH, re.compile("(..+?)الدين")),
    (Compound.GOD, re.compile("(..+?)الله")),
)
_OF_A_NAME: Final = (
    (Compound.FATHER, re.compile("(?:abou|aboo|abu|ebu|abo)(?:al|el|ul)?(...*)")),
    (Compound.MOTHER, re.compile("(?:oum|um)m?(?:al|el|ul)?(...*)")),
    (Compound.MOTHER, re.compile("ام(?:ال)?(..+)")),
)
"""Ambiguous beginnings (Umran, Amir): a kunya only where the rest is an attested name."""
_LATIN_ARTICLE: Final = re.compile("[aeui]l(?=..)")
_ASSIMILATED_ARTICLE: Final = re.compile(f"[aeu]({_SUN})(?=\\1..)")
_ARABIC_ARTICLE: Final = re.compile("ال(?=..)")
_FRENCH_AYN: Final = re.compile("(?<=.)ia$")
"""Abdessamia, Abdelbadia: an ayn at the end, as none of the names of God ends in -ia."""
_SHORTEST_UNATTESTED: Final = 4


def take_apart(token: str, is_attested: Callable[[str], bool]) -> Element:
    """Return the element that a normalised token spells.

    *is_attested* knows whole names, which are never cut (Elham, Abboud, Almas).
    """
    if is_attested(token):
        return Element(token)
    found = _compound(token) or _kunya(token, is_attested)
    if found is not None:
        return found
    rest = _without_article(token, is_attested)
    if rest is None:
        return Element(token)
    inner = _compound(rest) or Element(rest)
    return Element(inner.core, inner.compound, has_article=True)


def _compound(token: str) -> Element | None:
    patterns = _ARABIC if is_arabic(token) else _LATIN
    for compound, pattern in patterns:
        found = pattern.fullmatch(token)
        if found is not None:
            core = found[found.lastindex or 0]
            if compound is Compound.SERVANT:
                core = _FRENCH_AYN.sub("i", core)
            return Element(core, compound)
    return None


def _kunya(token: str, is_attested: Callable[[str], bool]) -> Element | None:
    for compound, pattern in _OF_A_NAME:
        found = pattern.fullmatch(token)
        if found is not None and is_attested(found[1]):
            return Element(found[1], compound)
    return None


def _without_article(token: str, is_attested: Callable[[str], bool]) -> str | None:
    assimilated = _ASSIMILATED_ARTICLE.match(token)
    if assimilated is not None and is_attested(token[assimilated.end() :]):
        return token[assimilated.end() :]
    article = (_ARABIC_ARTICLE if is_arabic(token) else _LATIN_ARTICLE).match(token)
    if article is None:
        return None
    rest = token[article.end() :]
    is_name = is_attested(rest) or _compound(rest) is not None
    return rest if is_name or _looks_like_a_name(rest) else None


def _looks_like_a_name(rest: str) -> bool:
    if is_arabic(rest):
        return len(rest) > 2
    if rest[0] in "aou":  # al-Ujayli, al-Assaf: the ayn is not written
        return len(rest) > _SHORTEST_UNATTESTED
    return len(rest) >= _SHORTEST_UNATTESTED and rest[0] not in "eil"

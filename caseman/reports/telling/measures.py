"""Ages and heights in words."""

import re

from caseman.reports.telling import words
from caseman.reports.telling.words import folded
from caseman.values import Interval

YEARS_ABOUT = 3
"""How far "about 30" reaches to either side: relatives round, mostly to fives."""
OLDEST = 120
SHORTEST, TALLEST = 30, 260

_YEARS = words.any_of(
    *("years old", "years", "year", "y", "عام", "عاما", "سنة", "سنوات", "سنين", "sal", "salî")
)
_MONTHS = words.any_of("months", "month", "شهر", "شهرا", "شهور", "أشهر", "meh", "mehî")
_NUMBER = r"(\d{1,3}(?:\.\d)?)"
_ABOUT = re.compile(rf"(?:^|\s)(?:{words.ABOUT})(?=\s|\d|$)|~$")
_LINK = rf"(?:\s*-\s*|\s+(?:{words.AND})\s*)"
_AGES = re.compile(rf"(?:(?:{words.BETWEEN})\s+)?{_NUMBER}{_LINK}{_NUMBER}(?:\s*(?:{_YEARS}))?")
_AGE = re.compile(rf"{_NUMBER}(?:\s*(?:{_YEARS}))?")
_INFANT = re.compile(rf"(\d{{1,2}})\s*(?:{_MONTHS})")
_DECADE = re.compile(r"(?:in\s+)?(?:his|her|their|the)?\s*(\d)0'?s")
_BORN = re.compile(r"(?:born|b|مواليد|ولد|ولدت|تولد|jidayikbuyi)?\s*(?:in|عام|سنه|sala)?\s*(\d{4})")

_CM = words.any_of("cm", "centimetres", "centimeters", "سم", "سنتيمتر", "سنتم", "santîm")
_M = words.any_of("m", "metre", "meter", "متر", "م", "متر و", "metre û", "mîtro")
_CENTIMETRES = re.compile(rf"(\d{{2,3}}(?:\.\d)?)(?:\s*(?:{_CM}))?")
_METRES = re.compile(rf"([12])\s*(?:\.|{_M})\s*(\d{{1,2}})(?:\s*(?:{_M}|{_CM}))?")


def read_age(text: str) -> Interval | None:
    """Return the years of age that ``text`` can mean."""
    plain = folded(text)
    short = " ".join(_ABOUT.sub(" ", plain).split())
    more = YEARS_ABOUT if short != plain else 0
    for pattern, reading in _READINGS:
        if match := pattern.fullmatch(short):
            low, high = reading(match)
            return _within(low - more, high + more)
    return None


def _within(low: float, high: float) -> Interval | None:
    if low > high or high > OLDEST + YEARS_ABOUT:
        return None
    return Interval(max(low, 0), min(high, OLDEST))


def _two(match: re.Match[str]) -> tuple[float, float]:
    return float(match[1]), float(match[2])


def _one(match: re.Match[str]) -> tuple[float, float]:
    return float(match[1]), float(match[1])


def _of_months(match: re.Match[str]) -> tuple[float, float]:
    return int(match[1]) / 12, int(match[1]) / 12


def _decade(match: re.Match[str]) -> tuple[float, float]:
    return 10 * int(match[1]), 10 * int(match[1]) + 9


_READINGS = ((_AGES, _two), (_INFANT, _of_months), (_DECADE, _decade), (_AGE, _one))


def read_birth_year(text: str) -> int | None:
    """Return the year of birth where somebody gives it instead of an age."""
    match = _BORN.fullmatch(folded(text))
    return int(match[1]) if match else None


def read_height(text: str) -> float | None:
    """Return the centimetres that ``text`` says; "1.75", "175 cm" and "about 175" are alike."""
    plain = " ".join(_ABOUT.sub(" ", folded(text).replace(",", ".").replace("،", ".")).split())
    if match := _METRES.fullmatch(plain):
        tenths = match[2] if len(match[2]) == 2 else f"{match[2]}0"
        height = 100.0 * int(match[1]) + int(tenths)
    elif match := _CENTIMETRES.fullmatch(plain):
        height = float(match[1])
    else:
        return None
    return height if SHORTEST <= height <= TALLEST else None

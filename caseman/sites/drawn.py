"""Numbers that are drawn, not counted: eight characters, the last one a check.

An office without a network and a stack of paper forms never draw the same one twice. The check
character finds a single wrong character and nearly every swap of two neighbours (Luhn's method,
modulo 32).
"""

from typing import Final

from caseman.database import CROCKFORD, random_code
from caseman.writing import clean_line, latin_digits

LENGTH: Final = 8
LONGEST_TYPED: Final = 100
"""What is longer than this is no number that somebody typed."""

_MISREAD: Final = str.maketrans("OILU", "011V")
_SEPARATORS: Final = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\u2014\u2212_./\u00a0\u0640")


def check_character(body: str) -> str:
    """Return the character that completes ``body``."""
    total = 0
    for place, character in enumerate(reversed(body)):
        value = CROCKFORD.index(character) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return CROCKFORD[-total % 32]


def new_code() -> str:
    """Return eight characters, the last one a check."""
    body = random_code(LENGTH - 1)
    return body + check_character(body)


def read_code(typed: str) -> str | None:
    """Return the eight characters that somebody typed, or None if they cannot be right.

    Digits of any script are read, letters that look like digits are taken for them, and spaces
    and dashes are left out.
    """
    code = compact(typed).upper().translate(_MISREAD)
    if len(code) != LENGTH or not set(code) <= set(CROCKFORD):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def compact(typed: str) -> str:
    """Return what was typed without blanks and dashes, its digits Latin."""
    return latin_digits(clean_line(typed[:LONGEST_TYPED])).translate(_SEPARATORS)

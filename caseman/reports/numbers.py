"""Numbers of persons and reports, and the family's reference: random, with a check character.

A number is drawn, not counted, so that an office without a network and a stack of paper forms
never give the same one twice. The check character finds a single wrong character and nearly every
swap of two neighbours (Luhn's method, modulo 32).
"""

import secrets
from typing import Final

from caseman.database import CROCKFORD, random_code
from caseman.writing import clean_line, latin_digits

LENGTH: Final = 8
PERSON: Final = "MP-"
REPORT: Final = "AM-"
SECRET_GROUPS: Final = 5
SECRET_GROUP: Final = 4
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
    code = _compact(typed).upper().translate(_MISREAD)
    if len(code) != LENGTH or not set(code) <= set(CROCKFORD):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def read_number(typed: str, prefix: str) -> str | None:
    """Return the number with its prefix, whether or not the prefix was typed."""
    compact = _compact(typed).upper()
    bare = prefix.rstrip("-")
    code = read_code(compact) or read_code(compact.removeprefix(bare))
    return prefix + code if code else None


def new_secret() -> str:
    """Return twenty random digits (66 bits)."""
    return "".join(secrets.choice("0123456789") for _ in range(SECRET_GROUPS * SECRET_GROUP))


def read_secret(typed: str) -> str:
    """Return the digits that somebody typed, in any script and grouping."""
    return _compact(typed)


def in_groups(digits: str, size: int = SECRET_GROUP) -> str:
    """Return ``digits`` as they are read aloud and printed."""
    return " ".join(digits[start : start + size] for start in range(0, len(digits), size))


def _compact(typed: str) -> str:
    return latin_digits(clean_line(typed[:LONGEST_TYPED])).translate(_SEPARATORS)

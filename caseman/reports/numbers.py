"""Numbers of persons and reports, and the family's reference: random, with a check character."""

import secrets
from typing import Final

from caseman.sites.drawn import LONGEST_TYPED, check_character, compact, new_code, read_code

__all__ = [
    "LONGEST_TYPED",
    "PERSON",
    "REPORT",
    "check_character",
    "in_groups",
    "new_code",
    "new_secret",
    "read_code",
    "read_number",
    "read_secret",
]

PERSON: Final = "MP-"
REPORT: Final = "AM-"
SECRET_GROUPS: Final = 5
SECRET_GROUP: Final = 4


def read_number(typed: str, prefix: str) -> str | None:
    """Return the number with its prefix, whether or not the prefix was typed."""
    plain = compact(typed).upper()
    bare = prefix.rstrip("-")
    code = read_code(plain) or read_code(plain.removeprefix(bare))
    return prefix + code if code else None


def new_secret() -> str:
    """Return twenty random digits (66 bits)."""
    return "".join(secrets.choice("0123456789") for _ in range(SECRET_GROUPS * SECRET_GROUP))


def read_secret(typed: str) -> str:
    """Return the digits that somebody typed, in any script and grouping."""
    return compact(typed)


def in_groups(digits: str, size: int = SECRET_GROUP) -> str:
    """Return ``digits`` as they are read aloud and printed."""
    return " ".join(digits[start : start + size] for start in range(0, len(digits), size))

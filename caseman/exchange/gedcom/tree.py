"""A family tree as GEDCOM knows it: individuals, and families of parents and children."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from caseman.coding import Sex


@dataclass(frozen=True, slots=True)
class Individual:
    """One person of a tree; who has neither a name nor a number only stands between others."""

    key: str
    sex: Sex | None = None
    name: str = ""
    latin: str = ""
    number: str = ""
    """The number here: of the missing person, or of a relative."""
    note: str = ""
    born: tuple[date | None, date | None] = (None, None)
    has_sample: bool = False
    is_missing: bool = False
    has_died: bool = False
    is_loose: bool = False
    """Tied to the missing person by no descent or marriage, only as "related in another way"."""


@dataclass(frozen=True, slots=True)
class Family:
    """Partners, the father's side first, and the children of both."""

    partners: tuple[str | None, str | None]
    children: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    foster: tuple[str, ...] = ()
    """Brought up by them; neither these nor the adopted stand among ``children``."""


@dataclass(frozen=True)
class Tree:
    """Everybody by key, and how they belong together."""

    people: Mapping[str, Individual]
    families: tuple[Family, ...]

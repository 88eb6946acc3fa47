"""Long lists cut into parts that fit into one statement."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 400
"""Values of one IN list; SQLite of older builds takes 999."""


def parts_of(values: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """Yield ``values`` in parts of at most ``size``."""
    for start in range(0, len(values), size):
        yield values[start : start + size]

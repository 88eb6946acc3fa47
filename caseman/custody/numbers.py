"""Numbers and names within a sentence."""

from collections.abc import Iterable


def isolated(text: str) -> str:
    """Return a name that keeps its own direction within a sentence of another script."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def several(numbers: Iterable[str]) -> str:
    """Return numbers one after the other; all of them, however many."""
    return isolated(", ".join(numbers))

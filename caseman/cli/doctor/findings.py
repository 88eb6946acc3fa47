"""What the doctor says of one part."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How serious a finding is."""

    GOOD = "ok"
    ATTENTION = "attention"
    BROKEN = "BROKEN"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    state: State
    part: str
    words: str


Findings = Iterator[Finding]


def good(part: str, words: str) -> Finding:
    """Return that a part is in order."""
    return Finding(State.GOOD, part, words)


def attention(part: str, words: str) -> Finding:
    """Return that a part works and yet should be looked after."""
    return Finding(State.ATTENTION, part, words)


def broken(part: str, words: str) -> Finding:
    """Return that a part does not work, or is not safe."""
    return Finding(State.BROKEN, part, words)

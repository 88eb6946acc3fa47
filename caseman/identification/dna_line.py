"""What DNA says of a pair as one more line of evidence, beside those of the ranking engine."""

from typing import Any, Final

from caseman.identification.codes import Verdict
from caseman.identification.queries.dna import LOWEST, STRONG, Heard, Pair

DNA: Final = "dna"
"""The name of the line."""

LITTLE: Final = 1.0
"""Less than tenfold, for or against, tells hardly anything."""


def dna_line(heard: Heard, pair: Pair) -> dict[str, Any] | None:
    """Return the line of a pair as lines are stored; None where nothing was weighed."""
    weight = heard.weight(pair)
    if weight is None:
        return None
    result = heard.results.get(pair)
    return {
        "line": DNA,
        "level": _level(weight),
        "agreement": _verdict(weight).value,
        "log10_lr": weight,
        "post_mortem": {} if result is None else {"markers": result.markers},
        "ante_mortem": {} if result is None else {"relatives": result.relatives},
    }


def _level(weight: float) -> str:
    if weight <= LOWEST:
        return "dna_lowest"
    if abs(weight) < LITTLE:
        return "dna_little"
    if weight > 0:
        return "dna_for" if weight < 2 * STRONG else "dna_strong"
    return "dna_against"


def _verdict(weight: float) -> Verdict:
    if weight <= -LITTLE:
        return Verdict.CONTRADICTS
    return Verdict.AGREES if weight >= 0 else Verdict.EXPLAINABLE

"""Pages of candidates, comparisons, decisions and the return to the family."""

from caseman.identification.views import (
    bags,
    candidates,
    decisions,
    declared,
    dna,
    learning,
    likeness,
    misfits,
    pairings,
    power,
    priors,
    quality,
    returns,
    runs,
    screening,
    together,
    viewings,
)
from caseman.identification.views.blueprint import bp

__all__ = [
    "bags",
    "bp",
    "candidates",
    "decisions",
    "declared",
    "dna",
    "learning",
    "likeness",
    "misfits",
    "pairings",
    "power",
    "priors",
    "quality",
    "returns",
    "runs",
    "screening",
    "together",
    "viewings",
]

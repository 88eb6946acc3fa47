"""Pages of candidates, comparisons, decisions and the return to the family."""

from caseman.identification.views import (
    bags,
    candidates,
    decisions,
    learning,
    pairings,
    priors,
    quality,
    returns,
    runs,
    screening,
)
from caseman.identification.views.blueprint import bp

__all__ = [
    "bags",
    "bp",
    "candidates",
    "decisions",
    "learning",
    "pairings",
    "priors",
    "quality",
    "returns",
    "runs",
    "screening",
]

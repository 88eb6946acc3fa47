"""Pages of candidates, comparisons, decisions and the return to the family."""

from caseman.identification.views import candidates, decisions, pairings, returns
from caseman.identification.views.blueprint import bp

__all__ = ["bp", "candidates", "decisions", "pairings", "returns"]

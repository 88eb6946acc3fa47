"""From a likelihood ratio to a posterior, with the prior said aloud."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prior:
    """How many people the remains could be before DNA speaks, each as likely as the other.

    Raises ValueError for fewer than one.
    """

    candidates: int

    def __post_init__(self) -> None:
        if self.candidates < 1:
            message = f"{self.candidates} candidates are none; a prior needs at least one"
            raise ValueError(message)

    @property
    def probability(self) -> float:
        """The prior probability of each of them."""
        return 1 / self.candidates


def posterior(log_ratio: float, prior: Prior) -> float:
    """Return LR / (LR + N - 1) for a natural log LR against N - 1 unrelated others.

    It does not overflow, and is 0 for an LR of 0 among several candidates.
    """
    if prior.candidates == 1:
        return 1.0
    odds = log_ratio - math.log(prior.candidates - 1)
    if odds >= 0:
        return 1 / (1 + math.exp(-odds))
    return math.exp(odds) / (1 + math.exp(odds))

"""Several methods on one skeleton: one interval of age, one chance of sex.

Likelihoods are multiplied only over different regions of the body. Of one region the widest, or the
least certain, stands for all of it: methods on one site see the same bone twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log10
from typing import Final

import numpy as np
import numpy.typing as npt

from caseman.osteology.chances import Z90, Z95
from caseman.osteology.values import Estimate, Provenance, Status, refuse

STRONGEST: Final = 3.0
"""A single method of morphology or size weighs no more than log10 LR 3."""
YOUNGEST, OLDEST = 0.0, 100.0
_AGES: Final = np.arange(YOUNGEST, OLDEST + 0.05, 0.1)
_HERE: Final = Provenance("combination", "", "likelihoods multiplied over regions", Status.COMPUTED)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AgeEvidence:
    """What one method says of age: a mean and spread in years, and the region it looked at."""

    region: str
    mean_y: float
    sd_y: float

    @classmethod
    def of(cls, region: str, estimate: Estimate) -> "AgeEvidence":
        """Return what ``estimate`` says; a bare interval counts as the middle of a normal.

        That of 95 %, unless its kind says 90 %.
        """
        sd = estimate.details.get("sd_y")
        if isinstance(estimate.value, float) and isinstance(sd, float):
            return cls(region, estimate.value, sd)
        low, high = estimate.interval or (None, None)
        low, high = low if low is not None else YOUNGEST, high if high is not None else OLDEST
        width = 2 * (Z90 if estimate.interval_kind.startswith("90 %") else Z95)
        return cls(region, (low + high) / 2, (high - low) / width)


def combine_ages(
    evidence: Sequence[AgeEvidence], prior: Iterable[tuple[float, float, float]] = ()
) -> Estimate:
    """Return median and 95 % interval in years of the posterior over 0 to 100 years.

    ``prior`` is the local age at death as (from, to, weight), flat by default. Raises
    ``RefusedInputError`` where nothing is given, or no age is left.
    """
    if not evidence:
        refuse("evidence", "at least one method is expected")
    widest: dict[str, AgeEvidence] = {}
    for each in evidence:
        if not each.sd_y > 0:
            refuse("sd_y", f"{each.sd_y:g} is given, above 0 is expected")
        if each.region not in widest or each.sd_y > widest[each.region].sd_y:
            widest[each.region] = each
    chance = np.log(_prior(prior))
    for each in widest.values():
        chance = chance - ((_AGES - each.mean_y) / each.sd_y) ** 2 / 2
    weights = np.exp(chance - chance.max())
    rising = np.cumsum(weights) / weights.sum()
    low, median, high = (
        float(_AGES[int(np.searchsorted(rising, share))]) for share in (0.025, 0.5, 0.975)
    )
    details = {"regions": sorted(widest), "methods": len(evidence)}
    return Estimate(median, "years", _HERE, (low, high), "95 % posterior", details)


def _prior(parts: Iterable[tuple[float, float, float]]) -> Floats:
    density = np.zeros_like(_AGES)
    for low, high, weight in parts:
        if not (weight >= 0 and high > low):
            refuse("prior", "from below to, and a weight of 0 or more is expected")
        density[(low <= _AGES) & (high > _AGES)] += weight / (high - low)
    if not density.any():
        return np.ones_like(_AGES)
    # No age is impossible because the local dead were of others.
    density += density.max() * 1e-6
    return density


def combine_sexes(chances: Iterable[tuple[str, float]], prior_male: float = 0.5) -> Estimate:
    """Return P(male) from (region, P(male) of a method with equal priors) and the site's prior.

    Raises ``RefusedInputError`` for a chance outside 0 to 1.
    """
    weights: dict[str, float] = {}
    for region, p_male in chances:
        if not 0 <= p_male <= 1:
            refuse(region, f"{p_male:g} is given, 0 to 1 is expected")
        weight = _log_odds(p_male)
        if region not in weights or abs(weight) < abs(weights[region]):
            weights[region] = weight
    if not 0 < prior_male < 1:
        refuse("prior_male", "above 0 and below 1 is expected")
    odds = 10 ** (_log_odds(prior_male) + sum(weights.values()))
    p_male = odds / (1 + odds)
    details: Mapping[str, object] = {
        "log10_lr": weights,
        "p_male": p_male,
        "p_female": 1 / (1 + odds),
    }
    return Estimate(p_male, "probability of male", _HERE, details=details)


def _log_odds(p: float) -> float:
    if p in {0, 1}:
        return STRONGEST if p else -STRONGEST
    return max(-STRONGEST, min(STRONGEST, log10(p / (1 - p))))

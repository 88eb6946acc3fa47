"""What was found beside the comparison of remains with families, as JSON objects."""

import math
from collections.abc import Mapping, Sequence

from caseman.kinship.blind import BlindOptions, Likeness, Sample
from caseman.kinship.checking import FamilyCheck, Fit
from caseman.kinship.fields import Json
from caseman.kinship.power import Expectation, PowerOptions
from caseman.kinship.writing import finite, plain_ratio

BLIND, CHECK, POWER = (f"caseman-kinship-{name}/1" for name in ("blind", "check", "power"))


def blind_entry(found: Sequence[Likeness], options: BlindOptions) -> dict[str, Json]:
    """Return the pairs that are alike, with the LR of each relation."""
    return {
        "schema": BLIND,
        "threshold": options.threshold,
        "most_differing_loci": options.most_differing,
        "results": [_likeness(each) for each in found],
    }


def _likeness(found: Likeness) -> dict[str, Json]:
    log = found.log_ratios[found.relation]
    return {
        "first": _sample(found.first),
        "second": _sample(found.second),
        "relation": found.relation.value,
        "LR": plain_ratio(log),
        "log10_LR": _log10(log),
        "log10_LR_by_relation": {r.value: _log10(v) for r, v in found.log_ratios.items()},
        "loci_compared": found.compared,
        "loci_differing": list(found.differing),
        "declared": found.declared,
        "is_as_declared": None if found.declared is None else found.declared == found.relation,
    }


def _sample(sample: Sample) -> dict[str, Json]:
    return {"source": sample.source.value, "id": sample.key, "family": sample.family}


def check_entry(found: Sequence[FamilyCheck], assumed_rate: float) -> dict[str, Json]:
    """Return how each relative fits, and whom it is best to look at first."""
    return {
        "schema": CHECK,
        "assumed_mutation": {"model": "proportional", "rate": assumed_rate},
        "results": [
            {
                "family": each.family,
                "is_consistent": not each.suspects,
                "inconsistent": [_fit(fit) for fit in each.suspects],
                "is_either_of_two": each.is_either,
                "relatives": [_fit(fit) for fit in each.fits],
            }
            for each in found
        ],
    }


def _fit(fit: Fit) -> dict[str, Json]:
    return {
        "person": fit.person,
        "verdict": fit.verdict.value,
        "log10_LR": None if fit.log_ratio is None else _log10(fit.log_ratio),
        "LR": plain_ratio(fit.log_ratio),
        "log10_LR_with_mutation": _log10(fit.log_ratio_moving),
        "impossible_loci": list(fit.impossible),
        "log10_LR_per_locus": {name: _log10(log) for name, log in fit.by_locus.items()},
    }


def power_entry(found: Mapping[str, Sequence[Expectation]], options: PowerOptions) -> Json:
    """Return the expectations by family, with the seed and the number of draws."""
    return {
        "schema": POWER,
        "seed": options.seed,
        "samples": options.samples,
        "threshold": options.threshold,
        "results": [
            {"family": family, **_expectation(each)}
            for family, own in found.items()
            for each in own
        ],
    }


def _expectation(each: Expectation) -> dict[str, Json]:
    return {
        "missing": each.missing,
        "added": list(each.added),
        "kit": each.kit,
        "loci": each.loci,
        "expected_log10_LR": finite(each.mean),
        "standard_error": finite(each.error),
        "power": each.power,
        "false_alarm": each.false_alarm,
        "strangers_excluded": each.excluded,
    }


def _log10(log: float) -> float | None:
    return log / math.log(10) if math.isfinite(log) else None

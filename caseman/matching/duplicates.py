"""Which reports are about one person: same person, relatives, or strangers.

With two hypotheses brothers outrank duplicates: they share father, family, telephone, day and
place. With three, what tells the same person from a relative decides: given name, sex, birth and
body. Nothing is merged; a clerk links two reports, or says that they are two people.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from caseman.matching.arrays import Floats
from caseman.matching.parameters import DAY_ONE, Parameters
from caseman.matching.resemblance import (
    FEATURES,
    SLOTS,
    Levels,
    Resemblances,
    compare_reports,
    compare_with_first,
)
from caseman.matching.values import AnteMortem

HYPOTHESES = ("same", "relative", "unrelated")
_AGREEING = 2  # levels 0 and 1 of a name are spellings of one name


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two reports (keys in order) that may be about one person, or about two of one family."""

    report_a: str
    report_b: str
    p_same: float
    p_relative: float


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How another report resembles the one in question, and in what."""

    key: str
    p_same: float
    p_relative: float
    levels: Mapping[str, int]
    """Feature -> level, 0 the closest; without those of which one side is silent."""


def resemblances_to(
    report: AnteMortem, others: Iterable[AnteMortem], *, parameters: Parameters = DAY_ONE
) -> tuple[Resemblance, ...]:
    """Return how each of `others` resembles `report`, in their order.

    How rare a name is cannot be told from a few reports that share it, and so counts little here.
    """
    reports = [report, *others]
    pairs = compare_with_first(reports)
    chances = hypothesis_chances(pairs, parameters)
    told = {feature: pairs.levels[feature].tolist() for feature in FEATURES}
    return tuple(
        Resemblance(
            other.key,
            float(p[0]),
            float(p[1]),
            {feature: levels[place] for feature, levels in told.items() if levels[place] >= 0},
        )
        for place, (other, p) in enumerate(zip(reports[1:], chances, strict=True))
    )


def find_duplicates(
    reports: Iterable[AnteMortem], *, parameters: Parameters = DAY_ONE, least: float = 0.01
) -> tuple[DuplicatePair, ...]:
    """Return pairs of reports about one person with P(same) of at least `least`, best first.

    Pairs already known to be about one person (same `person`) are left out.
    """
    ordered = sorted(reports, key=lambda report: report.key)
    pairs = compare_reports(ordered)
    chances = hypothesis_chances(pairs, parameters)
    found = [
        DuplicatePair(one.key, other.key, float(p[0]), float(p[1]))
        for i, j, p in zip(pairs.left.tolist(), pairs.right.tolist(), chances, strict=True)
        for one, other in ((ordered[i], ordered[j]),)
        if p[0] >= least and (one.person is None or one.person != other.person)
    ]
    return tuple(sorted(found, key=lambda d: (-d.p_same, d.report_a, d.report_b)))


def hypothesis_chances(pairs: Resemblances, parameters: Parameters) -> Floats:
    """Return P(same), P(relative), P(unrelated) of each pair, one row each."""
    logs = np.log(np.array(parameters.numbers("duplicates.prior")))
    weights = np.zeros((len(pairs.left), len(HYPOTHESES))) + logs
    for feature in FEATURES:
        for column, hypothesis in enumerate(HYPOTHESES):
            table = np.log(parameters.numbers(f"duplicates.{feature}.{hypothesis}"))
            levels = pairs.levels[feature]
            weights[:, column] += np.where(levels >= 0, table[levels], 0.0)
    for slot in SLOTS:
        rare = _log_rarity(pairs.levels[slot], pairs.rarity[slot])
        weights[:, 2] += rare
        if slot == "given":
            weights[:, 1] += rare
    weights -= weights.max(axis=1, keepdims=True)
    chances: Floats = np.exp(weights)
    chances /= chances.sum(axis=1, keepdims=True)
    return chances


def _log_rarity(levels: Levels, share: Floats) -> Floats:
    """Return the log of how common an agreeing name is, against the mean of those that agree.

    Strangers share Muhammad often and Shekhmus seldom; the tables hold the mean.
    """
    agrees = (levels >= 0) & (levels < _AGREEING)
    if not agrees.any():
        return np.zeros(len(levels))
    usual = np.exp(np.log(share[agrees]).mean())
    return np.where(agrees, np.clip(np.log(share / usual), -2.5, 2.5), 0.0)

"""Likelihood ratios of cases: two hypotheses compared, locus by locus."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from caseman.kinship.faults import KinshipError
from caseman.kinship.likelihood import log_likelihood
from caseman.kinship.linkage import linked_log_likelihood
from caseman.kinship.lumping import Marker
from caseman.kinship.people import Pruning, codes_of, relevant_people
from caseman.kinship.values import Case, Hypothesis


@dataclass(frozen=True)
class CaseResult:
    """Natural log likelihoods by hypothesis (and locus), -inf where impossible.

    For linked loci `loglik` is of both together and `by_locus` of each locus alone.
    """

    case: Case
    loglik: tuple[float, float]
    by_locus: tuple[Mapping[str, float], Mapping[str, float]]

    @property
    def log_ratio(self) -> float | None:
        """The natural log of the ratio; None if both hypotheses are impossible."""
        return log_ratio(*self.loglik)

    @property
    def log_ratio_if_unlinked(self) -> float | None:
        """The natural log of the ratio if the loci of the case were not linked."""
        return log_ratio(*(math.fsum(found.values()) for found in self.by_locus))


def log_ratio(numerator: float, denominator: float) -> float | None:
    """Return the difference of two logarithms; None if both are of zero."""
    if numerator == denominator == -math.inf:
        return None
    return numerator - denominator


def evaluate(case: Case, pruning: Pruning = Pruning.NONE) -> CaseResult:
    """Return the likelihoods of both hypotheses; raises KinshipError, naming case and locus.

    Under theta and for linked loci nobody is pruned, whatever is asked.
    """
    try:
        markers = [Marker.of(locus) for locus in case.loci]
        found = [_by_locus(case, each, markers, pruning) for each in case.hypotheses]
        if case.recombination is None:
            totals = [math.fsum(each.values()) for each in found]
        else:
            totals = [_linked(case, hypothesis, markers) for hypothesis in case.hypotheses]
    except KinshipError as error:
        raise error.within(case=case.key) from error
    return CaseResult(case, (totals[0], totals[1]), (found[0], found[1]))


def _by_locus(
    case: Case, hypothesis: Hypothesis, markers: list[Marker], pruning: Pruning
) -> dict[str, float]:
    model = case.model
    people = relevant_people(
        hypothesis.pedigree,
        case.profiles,
        model.founder_inbreeding,
        Pruning.NONE if model.theta else pruning,
    )
    return {
        marker.locus.name: log_likelihood(
            people,
            marker,
            codes_of(case.profiles, marker, model.dropout),
            theta=model.theta,
            dropout=model.dropout,
        )
        for marker in markers
    }


def _linked(case: Case, hypothesis: Hypothesis, markers: list[Marker]) -> float:
    model = case.model
    people = relevant_people(hypothesis.pedigree, case.profiles, model.founder_inbreeding)
    return linked_log_likelihood(
        people,
        markers,
        [codes_of(case.profiles, marker, model.dropout) for marker in markers],
        recombination=case.recombination or 0.0,
        dropout=model.dropout,
    )

"""The joint solution in steps: undisputed pairs first, then all assignments of what is left.

So dvir's older joint analysis works: without mutation in families that are consistent without it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from caseman.kinship.caseload import Caseload, Family
from caseman.kinship.faults import KinshipError
from caseman.kinship.joint import MOST_ROWS, Assignment, JointSolution, solve_jointly
from caseman.kinship.pairwise import Comparer, family_log_likelihood
from caseman.kinship.screening import THRESHOLD, find_undisputed


@dataclass(frozen=True)
class StepwiseSolution:
    """The joint solution of what undisputed pairs leave, and these pairs with their ln LR.

    Log likelihoods are of what is left, with the undisputed remains as members of their families.
    """

    settled: Mapping[str, str]
    log_ratio: float
    rest: JointSolution

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """All assignments, each with the undisputed pairs in it."""
        return tuple(
            Assignment(
                {**each.pairs, **self.settled},
                each.log_ratio + self.log_ratio,
                each.log_posterior,
            )
            for each in self.rest.assignments
        )


def solve_in_steps(caseload: Caseload, *, threshold: float = THRESHOLD) -> StepwiseSolution:
    """Return the solution; raises KinshipError, naming the family, where one is impossible."""
    prepared = stilled(caseload)
    found = find_undisputed(prepared, threshold=threshold)
    rest = found.rest
    comparer = Comparer(rest.loci, rest.remains, theta=rest.theta)
    for family in rest.families:
        if family_log_likelihood(comparer, family) == -math.inf:
            fault = "its profiles cannot be of one family"
            raise KinshipError(fault, case=family.key)
    solution = solve_jointly(rest, found.left, rows=MOST_ROWS)
    return StepwiseSolution(
        {pair.remains: pair.missing for pair in found.pairs},
        math.fsum(pair.log_ratio for pair in found.pairs),
        solution,
    )


def stilled(caseload: Caseload) -> Caseload:
    """Return the caseload without mutation in families that are possible without it."""
    comparer = Comparer(caseload.loci, caseload.remains, theta=caseload.theta)

    def still(family: Family) -> Family:
        without = replace(family, is_still=True)
        is_possible = family_log_likelihood(comparer, without) > -math.inf
        return without if is_possible else family

    return replace(caseload, families=tuple(still(family) for family in caseload.families))

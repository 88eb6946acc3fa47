"""What remains say of each other alone: assignments weighed without any relative's profile.

As dvir's LR_noref: a great part of a joint LR may come from remains that fit each other, whoever
the family is.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from caseman.kinship.caseload import Caseload, Family
from caseman.kinship.joint import Assignment
from caseman.kinship.options import Choice, family_options
from caseman.kinship.pairwise import Comparer


def log_ratios_without_relatives(
    caseload: Caseload, assignments: Sequence[Assignment]
) -> list[float]:
    """Return ln LR of each assignment if nobody but the remains had a profile.

    Raises TooLargeError, naming the family, where that is out of reach.
    """
    comparer = Comparer(caseload.loci, caseload.remains, theta=caseload.theta)
    number = {each.key: i for i, each in enumerate(caseload.remains)}
    placed = [
        {missing: number[key] for key, missing in each.pairs.items() if key in number}
        for each in assignments
    ]
    totals = np.zeros(len(assignments))
    for family in caseload.families:
        chosen = [tuple(pairs.get(m, -1) for m in family.missing) for pairs in placed]
        weights = _weights(comparer, replace(family, profiles={}, dropout={}), chosen)
        totals += np.array([weights[choice] for choice in chosen])
    found: list[float] = totals.tolist()
    return found


def _weights(comparer: Comparer, family: Family, chosen: Sequence[Choice]) -> dict[Choice, float]:
    columns = list(zip(*chosen, strict=True))
    allowed = {
        missing: tuple(sorted(set(column) - {-1}))
        for missing, column in zip(family.missing, columns, strict=True)
    }
    ratios = np.full((len(comparer.remains), len(family.missing)), -math.inf)
    if len(family.missing) == 1:
        ratios[:, 0] = comparer.column(family, family.missing[0]).totals
    options = family_options(comparer, family, allowed, ratios)
    return dict(zip(options.choices, options.log_weights.tolist(), strict=True))

"""The joint solution of a caseload, as JSON objects of the exchange format."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from caseman.kinship.arrays import Flags
from caseman.kinship.caseload import NOBODY_SOUGHT, Caseload
from caseman.kinship.dvi_options import DviOptions
from caseman.kinship.faults import KinshipError
from caseman.kinship.fields import Json, a_list, an_object
from caseman.kinship.joint import Assignment, JointSolution, solve_jointly
from caseman.kinship.matching import Component, Ways
from caseman.kinship.pairwise import PairwiseMatrix
from caseman.kinship.stepwise_joint import solve_in_steps, stilled
from caseman.kinship.unreferenced import log_ratios_without_relatives
from caseman.kinship.writing import finite, is_possible, named_matrix, plain_ratio


def stepwise_entry(caseload: Caseload, options: DviOptions) -> dict[str, Json]:
    """Return the joint table after undisputed pairs, without mutation where it can be missed."""
    try:
        found = solve_in_steps(caseload, threshold=options.threshold)
    except KinshipError as error:
        return {"error": str(error)}
    keys = [each.key for each in caseload.remains]
    whole = replace(found.rest, assignments=found.assignments)
    table = _joint_table(keys, whole, found.log_ratio)
    return _with_ratios_of_remains_alone(table, stilled(caseload), whole.assignments)


def joint_entries(
    caseload: Caseload, matrix: PairwiseMatrix, options: DviOptions
) -> dict[str, Json]:
    """Return the joint solution by key; a fault in its place where it is out of reach."""
    try:
        solution = solve_jointly(caseload, matrix, limit=options.limit, evidence=options.evidence)
    except KinshipError as error:
        return {"joint_full": {"error": str(error)}}
    null = solution.null
    keys = [each.key for each in caseload.remains]
    posteriors: dict[tuple[str, str], Json] = {(key, NOBODY_SOUGHT): 1.0 for key in keys}
    posteriors |= {(key, missing): 0.0 for key in keys for missing in matrix.missing}
    posteriors |= {(s.remains, s.missing): s.posterior for s in solution.support}
    return {
        "null_hypothesis": {
            "loglik_pm": {key: finite(value) for key, value in null.remains.items()},
            "loglik_am": {key: finite(value) for key, value in null.families.items()},
            "loglik_total": finite(null.total),
        },
        "grid_size": {
            "sex_consistent": _grid(~np.isnan(matrix.log_ratios)),
            "LR_positive": _grid(is_possible(matrix)),
        },
        "joint_full": (table := _joint_table(keys, solution)),
        "jointDVI_full": _with_ratios_of_remains_alone(table, caseload, solution.assignments),
        "posterior_pairing": named_matrix(keys, [*matrix.missing, NOBODY_SOUGHT], posteriors),
        "GLR": [
            {
                "H0": f"{each.remains}={each.missing}",
                "GLR": plain_ratio(each.log_glr),
                "GLRmin": plain_ratio(each.log_glr_least),
            }
            for each in solution.support
        ],
        "symmetric": [
            {"remains": list(remains), "missing": list(missing)}
            for remains, missing in solution.ties
        ],
    }


def _joint_table(keys: list[str], solution: JointSolution, settled: float = 0.0) -> dict[str, Json]:
    """Return the table; `settled` is ln LR of pairs that the log likelihoods have already."""
    rows: list[Json] = [
        {
            "assignment": {key: each.pairs.get(key, NOBODY_SOUGHT) for key in keys},
            "loglik": finite(each.log_ratio - settled + solution.null.total),
            "LR": plain_ratio(each.log_ratio),
            "posterior": math.exp(each.log_posterior),
        }
        for each in solution.assignments
    ]
    return {
        "n_assignments_evaluated": solution.count,
        "n_rows_exported": len(rows),
        "victims": list(keys),
        "prior": "flat over the assignments",
        "is_exact": solution.set_aside == 0,
        "choices_set_aside": solution.set_aside,
        "posterior_error_at_most": solution.bound,
        "rows": rows,
    }


def _with_ratios_of_remains_alone(
    table: dict[str, Json], caseload: Caseload, assignments: Sequence[Assignment]
) -> dict[str, Json]:
    """Return the table with LR_noref in each row, null in all where that is out of reach."""
    try:
        logs: Sequence[float | None] = log_ratios_without_relatives(caseload, assignments)
    except KinshipError:
        logs = [None] * len(assignments)
    rows = [
        {**an_object(row, "a row"), "LR_noref": plain_ratio(log)}
        for row, log in zip(a_list(table["rows"], "rows"), logs, strict=True)
    ]
    return {**table, "rows": rows}


def _grid(is_open: Flags) -> dict[str, Json]:
    """Return the number of ways to pair remains and missing persons, each at most once."""
    table = is_open if is_open.shape[0] <= is_open.shape[1] else is_open.T
    if len(table) > 16:
        return {"size": None, "type": "too many to count"}
    ways = tuple(
        Ways(np.array([0, *(1 << np.flatnonzero(column))], np.int64), np.zeros(1 + column.sum()))
        for column in table.T
    )
    return {"size": Component(ways, len(table)).count(), "type": "exact"}

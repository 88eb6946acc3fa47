"""Everything that is computed of a caseload, as the JSON object of the exchange format."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from caseman.kinship.arrays import Flags
from caseman.kinship.caseload import NOBODY_SOUGHT, Caseload
from caseman.kinship.faults import KinshipError
from caseman.kinship.fields import Json
from caseman.kinship.joint import JointSolution, solve_jointly
from caseman.kinship.matching import Component, Ways
from caseman.kinship.pairwise import Comparer, PairwiseMatrix, compare, count_exclusions
from caseman.kinship.posterior import Prior, posterior
from caseman.kinship.screening import (
    MOST_INCONSISTENT,
    THRESHOLD,
    find_excluded,
    find_non_identifiable,
    find_undisputed,
)
from caseman.kinship.sequential import matches_of, settle_in_turn
from caseman.kinship.stepwise_joint import solve_in_steps
from caseman.kinship.writing import finite, named_matrix, plain_ratio

DVI_RESULTS = "caseman-kinship-dvi-results/1"


@dataclass(frozen=True)
class DviOptions:
    """What may be chosen of a run; `evidence` is log10 LR of other lines by pair."""

    threshold: float = THRESHOLD
    limit: float = 0.0
    most_inconsistent: int = MOST_INCONSISTENT
    evidence: Mapping[tuple[str, str], float] | None = None


def dvi_results(caseload: Caseload, options: DviOptions) -> dict[str, Json]:
    """Return the whole result; a part that is out of reach says so in its place.

    Raises KinshipError where even the pairwise LRs are out of reach.
    """
    matrix = compare(caseload)
    results: dict[str, Json] = {
        "pairwise_LR": _matrix(matrix, plain_ratio),
        "pairwise_LR_per_locus": _per_locus(caseload, matrix),
        "impossible_families": _impossible_families(caseload),
        **_exclusions(caseload, options),
        "nonidentifiable": list(find_non_identifiable(caseload)),
    }
    for name, is_strict in (("FALSE", False), ("TRUE", True)):
        results[f"undisputed_strict_{name}"] = _undisputed(
            caseload, matrix, options, is_strict=is_strict
        )
    if caseload.candidates is not None:
        results["posterior_pairwise"] = _posteriors(matrix, Prior(caseload.candidates))
    for name, is_updated in (("update", True), ("noupdate", False)):
        results[f"sequential_{name}"] = _sequential(caseload, matrix, is_updated=is_updated)
    results |= _joint(caseload, matrix, options)
    results["joint_default"] = _in_steps(caseload, options)
    return {"schema": DVI_RESULTS, "results": results}


def _is_possible(matrix: PairwiseMatrix) -> Flags:
    with np.errstate(invalid="ignore"):
        possible: Flags = matrix.log_ratios > -math.inf
    return possible


def _matrix(matrix: PairwiseMatrix, value: Callable[[float], Json]) -> dict[str, Json]:
    cells: dict[tuple[str, str], Json] = {
        (row, column): value(float(matrix.log_ratios[i, j]))
        for i, row in enumerate(matrix.remains)
        for j, column in enumerate(matrix.missing)
        if not math.isnan(matrix.log_ratios[i, j])
    }
    return named_matrix(matrix.remains, matrix.missing, cells)


def _per_locus(caseload: Caseload, matrix: PairwiseMatrix) -> list[Json]:
    comparer = Comparer(caseload.loci, caseload.remains, theta=caseload.theta)
    entries: list[tuple[int, dict[str, Json]]] = []
    has_any = _is_possible(matrix)
    for column, missing in enumerate(matrix.missing):
        family = caseload.family_of(missing)
        found = comparer.column(family, missing)
        for row in np.flatnonzero(has_any[:, column]).tolist():
            ratios = comparer.by_locus(found, row)
            entry: dict[str, Json] = {
                "victim": matrix.remains[row],
                "missing": missing,
                "family": family.key,
                "LR": {locus: plain_ratio(log) for locus, log in ratios.items()},
            }
            entries.append((row, entry))
    return [entry for _, entry in sorted(entries, key=lambda numbered: numbered[0])]


def _impossible_families(caseload: Caseload) -> list[Json]:
    """Return families whose profiles cannot all be right, with the loci that show it.

    No LR of such a family means anything before a relative, a profile or the tree is corrected.
    """
    comparer = Comparer(caseload.loci, caseload.remains, theta=caseload.theta)
    names = [locus.name for locus in caseload.loci]
    found: list[Json] = []
    for family in caseload.families:
        for missing in family.missing[:1]:
            logs = comparer.column(family, missing).family_log_likelihood
            loci = [name for name, log in zip(names, logs, strict=True) if log == -math.inf]
            if loci:
                found.append({"family": family.key, "loci": list(loci)})
    return found


def _exclusions(caseload: Caseload, options: DviOptions) -> dict[str, Json]:
    try:
        counts = count_exclusions(caseload)
    except KinshipError as error:
        return {"exclusion_matrix": {"error": str(error)}}
    found = find_excluded(caseload, counts, most=options.most_inconsistent)
    rows: list[Json] = [
        {"Sample": key, "Conclusion": "Excluded", "Comment": _reason(least)}
        for key, least in found.remains.items()
    ]
    columns: list[Json] = [
        {
            "Family": caseload.family_of(key).key,
            "Missing": key,
            "Conclusion": "Excluded",
            "Comment": _reason(least),
        }
        for key, least in found.missing.items()
    ]
    return {
        "exclusion_matrix": _matrix(counts, int),
        "find_excluded": {
            "excluded": {
                "sample": list(found.remains),
                "missing": list(found.missing),
                "fam": list(found.families),
            },
            "pairings_left": {
                key: [NOBODY_SOUGHT, *left]
                for key, left in found.pairings_left.items()
                if key not in found.remains
            },
            "summary": {"PM": rows or None, "AM": columns or None},
        },
    }


def _reason(least: int | None) -> str:
    return "No compatible pairings" if least is None else f"{least}+ inconsistencies"


def _undisputed(
    caseload: Caseload, matrix: PairwiseMatrix, options: DviOptions, *, is_strict: bool
) -> dict[str, Json]:
    try:
        found = find_undisputed(caseload, matrix, threshold=options.threshold, is_strict=is_strict)
    except KinshipError as error:
        return {"error": str(error)}
    summary: list[Json] = [
        {
            "Family": each.family,
            "Missing": each.missing,
            "Sample": each.remains,
            "LR": plain_ratio(each.log_ratio),
            "Conclusion": "Undisputed",
            "Comment": f"Step {each.step}",
        }
        for each in found.pairs
    ]
    last = _matrix(found.left, plain_ratio)
    return {"summary": summary or None, "LRmatrix_last": last}


def _posteriors(matrix: PairwiseMatrix, prior: Prior) -> dict[str, Json]:
    """Return the posterior of each pair by itself, beside the prior that it rests on."""
    stated: Json = {"candidates": prior.candidates, "probability": prior.probability}
    return {"prior": stated, **_matrix(matrix, lambda log: posterior(log, prior))}


def _sequential(caseload: Caseload, matrix: PairwiseMatrix, *, is_updated: bool) -> dict[str, Json]:
    try:
        paths = settle_in_turn(caseload, matrix, is_updated=is_updated)
    except KinshipError as error:
        return {"error": str(error)}
    matches = [dict(matches_of(path, matrix.remains, NOBODY_SOUGHT)) for path in paths]
    details: list[Json] = [
        [
            {
                "Sample": step.remains,
                "Missing": step.missing,
                "Family": step.family,
                "LR": plain_ratio(step.log_ratio),
                "Step": number,
            }
            for number, step in enumerate(path, start=1)
        ]
        for path in paths
    ]
    unique = [match for i, match in enumerate(matches) if match not in matches[:i]]
    return {"matches": list(unique), "details": details[0] if len(details) == 1 else details}


def _in_steps(caseload: Caseload, options: DviOptions) -> dict[str, Json]:
    """Return the joint table after undisputed pairs, without mutation where it can be missed."""
    try:
        found = solve_in_steps(caseload, threshold=options.threshold)
    except KinshipError as error:
        return {"error": str(error)}
    keys = [each.key for each in caseload.remains]
    return _joint_table(keys, replace(found.rest, assignments=found.assignments), found.log_ratio)


def _joint(caseload: Caseload, matrix: PairwiseMatrix, options: DviOptions) -> dict[str, Json]:
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
            "LR_positive": _grid(_is_possible(matrix)),
        },
        "joint_full": (table := _joint_table(keys, solution)),
        "jointDVI_full": table,
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

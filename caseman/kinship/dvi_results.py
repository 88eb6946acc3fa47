"""Everything that is computed of a caseload, as the JSON object of the exchange format."""

import math
from collections.abc import Callable

import numpy as np

from caseman.kinship.caseload import NOBODY_SOUGHT, Caseload
from caseman.kinship.conclusion_results import conclusions_entry
from caseman.kinship.conclusions import conclude_by_family, conclude_in_turn, reason
from caseman.kinship.dvi_options import DviOptions
from caseman.kinship.faults import KinshipError
from caseman.kinship.fields import Json
from caseman.kinship.joint_results import joint_entries, stepwise_entry
from caseman.kinship.pairwise import Comparer, PairwiseMatrix, compare, count_exclusions
from caseman.kinship.posterior import Prior, posterior
from caseman.kinship.screening import find_excluded, find_non_identifiable, find_undisputed
from caseman.kinship.sequential import matches_of, settle_in_turn
from caseman.kinship.writing import is_possible, named_matrix, plain_ratio

DVI_RESULTS = "caseman-kinship-dvi-results/1"


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
    results |= joint_entries(caseload, matrix, options)
    results["joint_default"] = stepwise_entry(caseload, options)
    results["am_driven"] = conclusions_entry(
        lambda: conclude_by_family(caseload, matrix, threshold=options.threshold)
    )
    results["dvi_solve"] = conclusions_entry(
        lambda: conclude_in_turn(
            caseload,
            threshold=options.threshold,
            most_inconsistent=options.most_inconsistent,
        )
    )
    return {"schema": DVI_RESULTS, "results": results}


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
    has_any = is_possible(matrix)
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
        {"Sample": key, "Conclusion": "Excluded", "Comment": reason(least)}
        for key, least in found.remains.items()
    ]
    columns: list[Json] = [
        {
            "Family": caseload.family_of(key).key,
            "Missing": key,
            "Conclusion": "Excluded",
            "Comment": reason(least),
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

"""Writes results as JSON objects of the exchange format."""

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from caseman.kinship.arrays import Flags
from caseman.kinship.cases import CaseResult, log_ratio
from caseman.kinship.faults import KinshipError
from caseman.kinship.fields import Json
from caseman.kinship.pairwise import PairwiseMatrix

RESULTS = "caseman-kinship-results/1"
_LARGEST = math.log(1.7e308)


def write_results(found: Iterable[CaseResult | KinshipError], path: Path) -> None:
    """Write one entry for each case, in order; raises OSError if the file cannot be written."""
    entries = [case_entry(each) for each in found]
    write_json({"schema": RESULTS, "results": entries}, path)


def write_json(content: Json, path: Path) -> None:
    """Write a JSON file that strict readers accept: no NaN, no Infinity."""
    path.write_text(json.dumps(content, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def case_entry(found: CaseResult | KinshipError) -> dict[str, Json]:
    """Return the entry of a case; a fault in place of numbers where there are none."""
    if isinstance(found, KinshipError):
        return {"id": found.case, "error": str(found)}
    names = [hypothesis.name for hypothesis in found.case.hypotheses]
    entry: dict[str, Json] = {
        "id": found.case.key,
        "loglik": {n: finite(v) for n, v in zip(names, found.loglik, strict=True)},
        **_ratio(found.log_ratio),
    }
    if found.case.recombination is not None:
        entry["LR_if_unlinked"] = _ratio(found.log_ratio_if_unlinked)["LR"]
    first, second = found.by_locus
    entry["LR_per_locus"] = {x: plain_ratio(log_ratio(first[x], second[x])) for x in first}
    entry["likelihood_per_locus"] = {
        name: {locus: math.exp(value) for locus, value in by_locus.items()}
        for name, by_locus in zip(names, found.by_locus, strict=True)
    }
    return entry


def _ratio(log: float | None) -> dict[str, Json]:
    entry: dict[str, Json] = {"LR": plain_ratio(log), "log10_LR": None}
    if log is None:
        entry["note"] = "both hypotheses are impossible"
    elif log == math.inf:
        entry["note"] = "the second hypothesis is impossible"
    elif log > -math.inf:
        entry["log10_LR"] = log / math.log(10)
    return entry


def plain_ratio(log: float | None) -> float | None:
    """Return the ratio itself; None where it is undefined or beyond what a number can hold."""
    if log is None or log > _LARGEST:
        return None
    return math.exp(log)


def finite(value: float) -> float | None:
    """Return the number, or None for the logarithm of zero."""
    return value if math.isfinite(value) else None


def named_matrix(
    rows: Iterable[str], columns: Iterable[str], values: Mapping[tuple[str, str], Json]
) -> dict[str, Json]:
    """Return a table with the names of its rows and columns; null where there is no value."""
    row_names, column_names = list(rows), list(columns)
    cells = [[values.get((row, column)) for column in column_names] for row in row_names]
    return {"rows": row_names, "cols": column_names, "values": cells}


def is_possible(matrix: PairwiseMatrix) -> Flags:
    """Return which pairs have an LR above 0."""
    with np.errstate(invalid="ignore"):
        possible: Flags = matrix.log_ratios > -math.inf
    return possible

"""Caseloads are solved as dvir solves them, wherever dvir gives a value.

Its data sets are example data of another package and stay beside the project.
"""

import json
import math
from pathlib import Path

import pytest

from caseman.kinship import DviOptions, dvi_results, read_caseload

FOLDER = Path(__file__).parents[4] / "shared" / "kinship" / "dvir"
NAMES = [
    *("KETPchap481", "KETPchap484", "KETPexer497", "KETPexer498", "example1", "example2"),
    *("exclusionExample", "fire", "grave", "icmp", "planecrash", "symmetricSibs"),
]
# The published joint table of this set covers pairs of LR above 0.01 only.
LIMITS = {"planecrash": 0.01}
CLOSE = 1e-8


@pytest.fixture(scope="module", params=NAMES)
def both(request):
    path = FOLDER / f"{request.param}.json"
    if not path.exists():
        pytest.skip(f"the data sets of dvir are not in {FOLDER}")
    options = DviOptions(limit=LIMITS.get(request.param, 0.0))
    found = dvi_results(read_caseload(path), options)["results"]
    return found, json.loads(path.read_text())["results"]


def close(expected, least=0.0):
    return pytest.approx(expected, rel=CLOSE, abs=least)


def cells(matrix):
    return {
        (row, column): value
        for row, line in zip(matrix["rows"], matrix["values"], strict=True)
        for column, value in zip(matrix["cols"], line, strict=True)
    }


def same_matrix(found, expected):
    found, expected = cells(found), cells(expected)
    for pair, value in expected.items():
        assert found[pair] == (None if value is None else close(value)), pair


def part(both, key):
    found, expected = both
    if key not in expected:
        pytest.xfail("dvir was not asked")
    if isinstance(expected[key], dict) and {"error", "skipped"} & set(expected[key]):
        pytest.xfail("dvir gives no value here")
    return found[key], expected[key]


def test_likelihoods_of_nobody_being_anybody(both):
    found, expected = part(both, "null_hypothesis")
    assert found["loglik_total"] == pytest.approx(expected["loglik_total"], abs=CLOSE)
    for side in ("loglik_pm", "loglik_am"):
        assert found[side] == {k: pytest.approx(v, abs=CLOSE) for k, v in expected[side].items()}


def test_pairwise_ratios(both):
    same_matrix(*part(both, "pairwise_LR"))


def test_ratios_by_locus(both):
    found, expected = part(both, "pairwise_LR_per_locus")
    found = {(entry["victim"], entry["missing"]): entry for entry in found}
    assert len(found) == len(expected)
    for entry in expected:
        own = found[entry["victim"], entry["missing"]]
        assert own["family"] == entry["family"]
        for locus, value in entry["LR"].items():
            assert own["LR"].get(locus, 1) == close(value)


def test_exclusions(both):
    same_matrix(*part(both, "exclusion_matrix"))
    found, expected = part(both, "find_excluded")
    assert found["excluded"] == expected["excluded"]
    assert found["pairings_left"] == expected["pairings_left"]
    assert found["summary"] == expected["summary"]


def test_who_cannot_be_found(both):
    found, expected = part(both, "nonidentifiable")
    assert found == expected


@pytest.mark.parametrize("strict", ["FALSE", "TRUE"])
def test_undisputed_pairs(both, strict):
    found, expected = part(both, f"undisputed_strict_{strict}")
    rows = [found["summary"] or [], expected["summary"] or []]
    for own, wanted in zip(*rows, strict=True):
        assert own["LR"] == close(wanted["LR"])
        assert {**own, "LR": 0} == {**wanted, "LR": 0}
    if expected["LRmatrix_last"]:
        same_matrix(found["LRmatrix_last"], expected["LRmatrix_last"])


def test_the_size_of_the_grid(both):
    found, expected = part(both, "grid_size")
    assert found == expected


def test_the_joint_table_by_assignment(both):
    found, expected = part(both, "joint_full")
    assert found["n_assignments_evaluated"] == expected["n_assignments_evaluated"]
    rows = {tuple(row["assignment"].items()): row for row in found["rows"]}
    for row in expected["rows"]:
        assignment = {key: row["assignment"].get(key, "*") for key in found["victims"]}
        own = rows[tuple(assignment.items())]
        if row["loglik"] is None:
            assert own["loglik"] is None
            continue
        assert own["loglik"] == pytest.approx(row["loglik"], abs=CLOSE)
        assert own["LR"] == close(row["LR"])
        assert own["posterior"] == close(row["posterior"], 1e-300)


def test_posteriors_of_pairs(both):
    found, expected = (cells(each) for each in part(both, "posterior_pairing"))
    for pair, value in expected.items():
        assert found[pair] == close(value, 1e-300), pair


def test_generalised_likelihood_ratios(both):
    found, expected = part(both, "GLR")
    found = {entry["H0"]: entry for entry in found}
    for entry in expected:
        own = found[entry["H0"]]
        for key in ("GLR", "GLRmin"):
            assert own[key] == (None if entry[key] is None else close(entry[key]))


def test_the_sum_of_all_posteriors_is_one(both):
    found, _ = both
    for line in found["posterior_pairing"]["values"]:
        assert math.fsum(line) == pytest.approx(1)

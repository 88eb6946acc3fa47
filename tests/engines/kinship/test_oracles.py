"""Likelihoods agree with pedprobr and Familias, locus by locus (cases/README.md)."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from caseman.kinship import Mutation, MutationModel, Pruning, evaluate, read_cases
from caseman.kinship.mutation import transition_matrix

FOLDER = Path(__file__).parent / "cases"
MATRICES = json.loads((FOLDER / "mutation_matrices.json").read_text())["matrices"]
FILES = sorted(path for path in FOLDER.glob("*.json") if path.stem != "mutation_matrices")
CLOSE = 1e-9


def pairs(path):
    oracles = json.loads(path.read_text())["cases"]
    return zip(read_cases(path).cases, oracles, strict=True)


ALL = [
    pytest.param(case, oracle, id=oracle["id"]) for path in FILES for case, oracle in pairs(path)
]
PRUNED = [
    pytest.param(case, oracle["crosscheck"]["familias_default_pruned"], id=oracle["id"])
    for path in FILES
    for case, oracle in pairs(path)
    if "familias_default_pruned" in (oracle["crosscheck"] or {})
]


def test_no_category_is_missing():
    assert len(ALL) == 226
    assert len(FILES) == 14


@pytest.mark.parametrize(("case", "oracle"), ALL)
def test_likelihoods_and_ratios_are_those_of_the_oracle(case, oracle):
    found, expected = evaluate(case), oracle["results"]
    for name, value in zip(("H1", "H2"), found.loglik, strict=True):
        wanted = expected["loglik"][name]
        assert value == pytest.approx(-math.inf if wanted is None else wanted, rel=CLOSE, abs=CLOSE)
    assert math.exp(found.log_ratio) == pytest.approx(expected["LR"], rel=CLOSE)
    for by_locus, name in zip(found.by_locus, ("H1", "H2"), strict=True):
        for locus, wanted in expected.get("likelihood_per_locus", {}).get(name, {}).items():
            assert math.exp(by_locus[locus]) == pytest.approx(wanted, rel=CLOSE, abs=0)
    if "LR_if_unlinked" in expected:
        ratio = math.exp(found.log_ratio_if_unlinked)
        assert ratio == pytest.approx(expected["LR_if_unlinked"], rel=CLOSE)


@pytest.mark.parametrize(("case", "expected"), PRUNED)
def test_pruning_as_familias_gives_its_ratio(case, expected):
    found = evaluate(case, Pruning.FAMILIAS)
    assert math.exp(found.log_ratio) == pytest.approx(expected["LR"], rel=CLOSE)


@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("given", MATRICES, ids=[each["id"] for each in MATRICES])
def test_mutation_matrices_are_those_of_pedmut(given, sex):
    model = given["model"].get(sex, given["model"])
    mutation = Mutation(
        MutationModel(model["model"]),
        model["rate"],
        model.get("rate2", 0.0),
        model.get("range", 0.1),
        is_stabilised="transform" in given["model"],
    )
    found = transition_matrix(mutation, given["alleles"], given["freqs"])
    assert np.abs(found - np.array(given[sex])).max() < 1e-13

"""Invented families repeat from their seed, pass alleles on, and are found again."""

import json
import math

import numpy as np
import pytest
from click.testing import CliRunner

from caseman.cli.kinship import kinship
from caseman.kinship import (
    Extent,
    KinshipError,
    Prior,
    Simulator,
    UnreadableFileError,
    caseload_entry,
    compare,
    invent,
    posterior,
    read_caseload,
    read_frequencies,
)
from tests.engines.kinship.families import PARENT_CHILD, locus, mutating

LOCI = [locus(f"L{i}", [0.05] * 20, mutation=mutating()) for i in range(15)]
EXTENT = Extent(families=12, found=8, unrelated=4, missed=0.1)


def test_the_same_seed_invents_the_same_people():
    assert invent(LOCI, EXTENT, seed=7) == invent(LOCI, EXTENT, seed=7)
    assert invent(LOCI, EXTENT, seed=7) != invent(LOCI, EXTENT, seed=8)


def test_a_child_has_an_allele_of_each_parent_where_nothing_mutates():
    loci = [locus(f"L{i}") for i in range(50)]
    people = Simulator(loci, seed=1).people(PARENT_CHILD)
    for each in loci:
        child, father, mother = (set(people[key][each.name].seen) for key in ("C", "F", "m"))
        assert child & father
        assert child & mother
        assert child <= father | mother


def test_a_man_has_one_x_linked_allele_from_his_mother():
    loci = [locus(f"L{i}", x_linked=True) for i in range(50)]
    people = Simulator(loci, seed=1).people(PARENT_CHILD)
    for each in loci:
        (allele,) = people["C"][each.name].alleles
        assert allele in people["m"][each.name].alleles


def test_alleles_are_drawn_by_frequency():
    loci = [locus("L1", (0.1, 0.9))]
    simulator = Simulator(loci, seed=3)
    seen = [a for _ in range(2000) for a in simulator.stranger("x")["L1"].seen]
    assert seen.count("10") / len(seen) == pytest.approx(0.1, abs=0.02)


def test_the_truth_is_found_among_the_invented():
    invented = invent(LOCI, EXTENT, seed=2017)
    matrix = compare(invented.caseload)
    assert np.isfinite(matrix.log_ratios).all()
    for row, key in enumerate(matrix.remains):
        if invented.truth[key] != "*":
            assert matrix.missing[int(np.argmax(matrix.log_ratios[row]))] == invented.truth[key]


def test_a_caseload_written_is_the_caseload_read(tmp_path):
    caseload = invent(LOCI, EXTENT, seed=5).caseload
    path = tmp_path / "caseload.json"
    path.write_text(json.dumps(caseload_entry(caseload)))
    assert read_caseload(path) == caseload


def frequencies(tmp_path, text):
    path = tmp_path / "frequencies.csv"
    path.write_text(text)
    return path


TABLE = "population,locus,allele,frequency\nA,L1,10,0.4\nA,L1,11,0.5\nB,L1,10,1\n"


def test_frequencies_are_scaled_to_sum_to_one(tmp_path):
    (found,) = read_frequencies(frequencies(tmp_path, TABLE), "A")
    assert found.frequencies == pytest.approx((4 / 9, 5 / 9))


@pytest.mark.parametrize(
    ("population", "said"),
    [(None, "several populations; choose one of A, B"), ("C", "it has A, B")],
)
def test_the_population_must_be_one_of_the_table(tmp_path, population, said):
    with pytest.raises(UnreadableFileError, match=said):
        read_frequencies(frequencies(tmp_path, TABLE), population)


def test_a_bad_frequency_names_its_locus(tmp_path):
    path = frequencies(tmp_path, TABLE.replace("0.5", "half"))
    with pytest.raises(KinshipError, match="locus L1: frequency half is no number"):
        read_frequencies(path, "A")


def test_simulate_writes_what_dvi_reads(tmp_path):
    table, out = frequencies(tmp_path, TABLE), tmp_path / "invented.json"
    options = ["--population=A", "--seed=1", "--families=4", "--found=2", "--unrelated=1"]
    result = CliRunner().invoke(kinship, ["simulate", str(table), f"--out={out}", *options])
    assert result.exit_code == 0, result.output
    assert list(json.loads(out.read_text())["truth"].values()) == ["F00001-M1", "F00002-M1", "*"]
    solved = tmp_path / "solved.json"
    result = CliRunner().invoke(kinship, ["dvi", str(out), f"--out={solved}"])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("candidates", "ratio", "expected"),
    [
        # LR / (LR + N - 1): the worked table of Prieto (2022).
        (100, 1e3, 0.9099),
        (100, 1e5, 0.9990),
        (1000, 1e5, 0.9901),
        (1000, 1e6, 0.9990),
        (5000, 1e6, 0.9950),
        (1, 0.5, 1.0),
    ],
)
def test_posteriors_by_the_number_of_candidates(candidates, ratio, expected):
    found = posterior(math.log(ratio), Prior(candidates))
    assert found == pytest.approx(expected, abs=1e-4)


def test_posteriors_do_not_overflow():
    assert posterior(-math.inf, Prior(10)) == 0
    assert posterior(5000.0, Prior(10)) == 1
    with pytest.raises(ValueError, match="0 candidates are none"):
        Prior(0)

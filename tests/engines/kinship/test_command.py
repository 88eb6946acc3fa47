"""The command line: files in, files out, plain words on what went wrong."""

import json
import math
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseman.cli.kinship import kinship
from tests.engines.kinship.test_faults import GOOD, changed

CASES = Path(__file__).parent / "cases"


def run(tmp_path, command, content, *options):
    file, out = tmp_path / "in.json", tmp_path / "out.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    out.unlink(missing_ok=True)
    result = CliRunner().invoke(kinship, [command, str(file), f"--out={out}", *options])
    return result, json.loads(out.read_text()) if out.exists() else None


def case_file(*entries):
    return {"schema": "kinship-oracle-cases/1", "cases": list(entries)}


def test_lr_writes_what_the_contract_says(tmp_path):
    result, written = run(tmp_path, "lr", case_file(GOOD))
    assert result.exit_code == 0, result.output
    assert written["schema"] == "caseman-kinship-results/1"
    (entry,) = written["results"]
    assert entry["id"] == "K1"
    assert entry["LR"] == pytest.approx(1.25)
    assert entry["log10_LR"] == pytest.approx(math.log10(1.25))
    assert entry["LR_per_locus"] == {"L1": pytest.approx(1.25)}
    assert entry["likelihood_per_locus"]["H2"]["L1"] == pytest.approx(0.48 * 0.16)
    assert entry["loglik"]["H2"] == pytest.approx(math.log(0.48 * 0.16))


def test_an_impossible_hypothesis_has_ratio_nought_and_no_logarithm(tmp_path):
    apart = changed(("genotypes", "f", "L1"), ["11", "11"])
    (entry,) = run(tmp_path, "lr", case_file(apart))[1]["results"]
    assert entry["LR"] == 0
    assert entry["loglik"]["H1"] is None
    assert entry["log10_LR"] is None


def test_linked_loci_have_the_ratio_if_they_were_not(tmp_path):
    text = (CASES / "linked_pair.json").read_text()
    result, written = run(tmp_path, "lr", text)
    assert result.exit_code == 0, result.output
    for entry, oracle in zip(written["results"], json.loads(text)["cases"], strict=True):
        assert entry["LR"] == pytest.approx(oracle["results"]["LR"], rel=1e-9)
        expected = oracle["results"]["LR_if_unlinked"]
        assert entry["LR_if_unlinked"] == pytest.approx(expected, rel=1e-9)


def test_a_bad_case_is_said_and_the_others_are_computed(tmp_path):
    bad = changed(("genotypes", "c", "L1"), ["10", "99"])
    result, written = run(tmp_path, "lr", case_file(bad, GOOD))
    assert result.exit_code == 1
    assert "not computed: case K1, person c, locus L1: allele 99 is not among" in result.output
    assert "error" in written["results"][0]
    assert written["results"][1]["LR"] == pytest.approx(1.25)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is no JSON"),
        ("[]", "is not of the kind kinship-oracle-cases/1"),
        ({"schema": "kinship-oracle-dvi/1"}, "is not of the kind kinship-oracle-cases/1"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path, content, said):
    result, written = run(tmp_path, "lr", content)
    assert result.exit_code == 1
    assert said in result.output
    assert written is None


def test_a_missing_file_is_named(tmp_path):
    out = tmp_path / "out.json"
    result = CliRunner().invoke(kinship, ["lr", str(tmp_path / "none.json"), f"--out={out}"])
    assert result.exit_code == 1
    assert "none.json: cannot be opened" in result.output


SCALARS = st.sampled_from(
    [None, True, 0, -1, 0.5, 1e308, 10**400, "10", "L1", "c", "f", "", [], ["10"], {}, {"L1": 3}]
)
PATHS = st.sampled_from(
    [
        *[(key,) for key in GOOD],
        ("extra",),
        ("theta",),
        ("silent_freq",),
        ("loci", 0),
        *[("loci", 0, key) for key in ("name", "chrom", "alleles", "freqs", "mutation")],
        ("hypotheses", 0),
        ("hypotheses", 0, "components"),
        ("hypotheses", 0, "components", 0),
        *[("hypotheses", 0, "components", 0, 2, key) for key in ("id", "father", "mother", "sex")],
        ("genotypes", "c"),
        ("genotypes", "c", "L1"),
        ("genotypes", "q"),
    ]
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(PATHS, JSON)
def test_no_input_makes_the_command_crash(tmp_path, path, value):
    result, written = run(tmp_path, "lr", case_file(changed(path, value)))
    assert result.exit_code in {0, 1}, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert len(written["results"]) == 1


FAMILY = {
    "schema": "kinship-oracle-dvi/1",
    "loci": GOOD["loci"],
    "pm": [
        {"id": "V1", "sex": "M", "genotypes": {"L1": ["10", "10"]}},
        {"id": "V2", "sex": "F", "genotypes": {"L1": ["10", "11"]}},
    ],
    "am": [
        {
            "family": "F1",
            "members": [
                {"id": "R1", "sex": "M", "genotypes": {"L1": ["10", "11"]}},
                {"id": "u", "sex": "F"},
                {"id": "M1", "father": "R1", "mother": "u", "sex": "M", "missing": True},
            ],
        }
    ],
}


def test_dvi_writes_every_part(tmp_path):
    result, written = run(tmp_path, "dvi", FAMILY)
    assert result.exit_code == 0, result.output
    results = written["results"]
    assert results["pairwise_LR"]["values"] == [[pytest.approx(1.25)], [None]]
    assert results["exclusion_matrix"]["values"] == [[0], [None]]
    assert results["posterior_pairing"]["values"][0] == pytest.approx([5 / 9, 4 / 9])
    assert results["joint_full"]["is_exact"]


def test_a_stated_prior_gives_posteriors_of_single_pairs(tmp_path):
    results = run(tmp_path, "dvi", {**FAMILY, "prior": {"candidates": 11}})[1]["results"]
    found = results["posterior_pairwise"]
    assert found["prior"] == {"candidates": 11, "probability": pytest.approx(1 / 11)}
    assert found["values"] == [[pytest.approx(1.25 / 11.25)], [None]]
    result, _ = run(tmp_path, "dvi", {**FAMILY, "prior": {"candidates": 0}})
    assert "the prior has 0 candidates; give at least one" in result.output


def test_relatives_who_cannot_be_related_are_reported(tmp_path):
    changed_family = json.loads(json.dumps(FAMILY))
    members = changed_family["am"][0]["members"]
    members.append({"id": "R2", "father": "R1", "mother": "u", "sex": "F"})
    members[0]["genotypes"] = {"L1": ["10", "10"]}
    members[-1]["genotypes"] = {"L1": ["11", "11"]}
    results = run(tmp_path, "dvi", changed_family)[1]["results"]
    assert results["impossible_families"] == [{"family": "F1", "loci": ["L1"]}]
    assert results["pairwise_LR"]["values"][0] == [0]


def test_other_evidence_enters_the_joint_solution(tmp_path):
    evidence = tmp_path / "evidence.csv"
    evidence.write_text("remains,missing,log10_lr\nV1,M1,2\n")
    results = run(tmp_path, "dvi", FAMILY, f"--evidence={evidence}")[1]["results"]
    assert results["posterior_pairing"]["values"][0] == pytest.approx([125 / 126, 1 / 126])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("V9,M1,2", "person V9: line 2 of the evidence: is not in the caseload"),
        ("V1,M1,much", "person V1: line 2 of the evidence: much is no number"),
    ],
)
def test_evidence_on_nobody_is_refused(tmp_path, rows, said):
    evidence = tmp_path / "evidence.csv"
    evidence.write_text(f"remains,missing,log10_lr\n{rows}\n")
    result, written = run(tmp_path, "dvi", FAMILY, f"--evidence={evidence}")
    assert (result.exit_code, written) == (1, None)
    assert said in result.output


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(
        [
            *[
                (key,)
                for key in ("loci", "pm", "am", "pairings", "staff", "kits", "theta", "prior")
            ],
            *[("pm", 0, key) for key in ("id", "sex", "genotypes", "dropout")],
            ("pm", 0, "genotypes", "L1"),
            *[("am", 0, key) for key in ("family", "members")],
            *[
                ("am", 0, "members", 2, key)
                for key in ("id", "father", "sex", "missing", "dropout")
            ],
            ("am", 0, "members", 0, "genotypes", "L1"),
        ]
    ),
    JSON,
    st.sampled_from([("dvi",), ("blind",), ("check",), ("power", "--seed=1", "--samples=2")]),
)
def test_no_caseload_makes_the_command_crash(tmp_path, path, value, command):
    copy = json.loads(json.dumps(FAMILY))
    *way, last = path
    place = copy
    for step in way:
        place = place[step]
    place[last] = value
    name, *options = command
    result, _ = run(tmp_path, name, copy, *options)
    assert result.exit_code in {0, 1}, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)

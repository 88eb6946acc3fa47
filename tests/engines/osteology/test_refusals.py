"""What cannot be is refused with a sentence that says what would be right."""

import json

import pytest
from click.testing import CliRunner

from caseman.cli import main
from caseman.osteology import RefusedInputError, catalogue, estimate

DPAA = "stature-dpaa-reference-data-2018"
MAN = {"sex": "M", "population": "US White"}
REFUSED = [
    (DPAA, {"lengths_cm": {"Fem_01": 467}, **MAN}, "is it 467 mm"),
    (DPAA, {"lengths_cm": {"Fem_01": 9.5}, **MAN}, "for a child"),
    (DPAA, {"lengths_cm": {"Fem_01": "46"}, **MAN}, "a number is expected"),
    (DPAA, {"lengths_cm": {"Fem_01": float("nan")}, **MAN}, "a number is expected"),
    (DPAA, {"lengths_cm": {"Fem_04": 46}, **MAN}, "0.8 to 12 cm"),
    (DPAA, {"lengths_cm": {"Fem1": 46}, **MAN}, "one of Fem_01"),
    (DPAA, {"lengths_cm": {"Fem_01": 46}, "population": "US White"}, "just one of these"),
    (DPAA, {"lengths_cm": {"Fem_01": 46}, "sex": "male"}, "M, F or any"),
    (DPAA, {"lengths_cm": {"Fem_01": 46}, **MAN, "lenght": 4}, "not an input of this method"),
    ("age-suchey-brooks-1990-pubic-symphysis", {"phase": "VII", "sex": "M"}, "one of I, II"),
    ("age-suchey-brooks-1990-pubic-symphysis", {"phase": "II"}, "differs by it"),
    ("age-diaphysis", {"bone": "femur", "length_mm": 4.67}, "mm of a child's femur"),
    ("age-diaphysis", {"bone": "skull", "length_mm": 100}, "one of femur"),
    ("age-stages", {"stages": {}}, "at least one"),
    ("age-stages", {"stages": {"HPE_EF": "half"}}, "present unfused"),
    ("age-stages", {"stages": {"xyz": "absent"}}, "one of man_I1"),
    ("stage-chances", {"variable": "HPE_EF", "age_y": 80}, "0 to 25 years"),
    ("sex-klales-2012", {"traits": {"VA": 1, "MA": 2}}, "score from 1 to 5 is missing"),
    ("sex-klales-2012", {"traits": {"VA": 1, "MA": 2, "SPC": 9}}, "1 to 5"),
    ("sex-walker-2008", {"traits": {"glabella": 1}}, "one of these sets"),
    ("sex-walker-2005", {"score": 2.5}, "1, 2, 3, 4 or 5"),
    ("sex-rogers-2000", {"side": "both", "fossa": "present"}, "left or right"),
    ("sex-ferembach-1979", {"traits": {"nose": 1}}, "not a trait"),
    ("sex-metric", {"measurement": "Fem_04", "length_mm": 4.5}, "mm of an adult"),
    ("sex-metric", {"measurement": "Fem_99", "length_mm": 45}, "one of Cal_01"),
    ("mlni", {"left": 5, "right": 4, "pairs": 5}, "at most 4"),
    ("mlni", {"left": -1, "right": 4, "pairs": 0}, "0 or more"),
    ("mlni", {"left": 2.5, "right": 4, "pairs": 0}, "whole number"),
    ("mlni", {"left": 500, "right": 400, "pairs": 10}, "at least 890"),
    ("mni", {"specimens": [{"element": "FEM", "count": 0}]}, "1 or more"),
    ("mni", {"specimens": ["FEM"]}, "list of objects"),
    ("mni", {"specimens": [{"element": "FEMUR"}]}, "one of FRO"),
    ("pair-match", {"left_mm": {"Fem_01": 450}, "right_mm": {"Hum_01": 300}}, "same measures"),
    ("pair-match", {"left_mm": {"Fem_01": 0}, "right_mm": {"Fem_01": 300}}, "in mm"),
    ("articulation", {"first_mm": {"Fem_01": 450}, "second_mm": {"Tib_01": 370}}, "no joint"),
    ("association", {"x_mm": {"Fem_01": 450}, "y_mm": {"Fem_01": 450}}, "no regression"),
    ("tooth", {"fdi": 19, "am": "INT", "pm": "INT"}, "11 to 48"),
    ("tooth", {"fdi": 18, "am": "QQQ", "pm": "INT"}, "not a code"),
    ("tooth", {"fdi": 18, "am": "AMF-Q", "pm": "INT"}, "surfaces"),
    ("age-combined", {"evidence": []}, "at least one method"),
    ("sex-combined", {"evidence": [{"region": "skull", "p_male": 2}]}, "0 to 1"),
    ("crystal-ball", {}, "caseman osteology methods"),
]


@pytest.mark.parametrize(("method", "inputs", "words"), REFUSED)
def test_it_is_said_what_was_expected(method, inputs, words):
    with pytest.raises(RefusedInputError, match=words):
        estimate(method, inputs)


def test_every_method_refuses_nothing_at_all_with_a_sentence():
    for name, method in catalogue().items():
        if method.inputs == "nothing":
            continue
        with pytest.raises(RefusedInputError):
            estimate(name, {})


@pytest.fixture
def run(tmp_path):
    def run(text, *more):
        (tmp_path / "in.json").write_text(text, "utf-8")
        files = [str(tmp_path / "in.json"), "--out", str(tmp_path / "out.json"), *more]
        return CliRunner().invoke(main, ["osteology", "run", *files]), tmp_path / "out.json"

    return run


def test_the_others_of_a_file_are_run(run):
    good = {"id": "good", "method": "bone-count", "inputs": {}}
    bad = {"id": "bad", "method": "mlni", "inputs": {"left": 1}}
    answer, out = run(json.dumps([bad, good, 7]))

    first, second, third = json.loads(out.read_text("utf-8"))
    assert answer.exit_code == 1
    assert "refused: bad: right: missing" in answer.stderr
    assert "right" in first["error"]
    assert second["value"] == 206
    assert third == {"id": 3, "error": "an object with id, method and inputs is expected"}


@pytest.mark.parametrize(
    "text", ["", "{", '{"id": 1}', "\ud800".encode("utf-8", "replace").decode()]
)
def test_a_file_that_is_none_changes_nothing(run, text):
    answer, out = run(text)
    assert answer.exit_code == 1
    assert answer.stderr.startswith("Error: ")
    assert not out.exists()


def test_a_laboratory_adds_its_own_equation(run, tmp_path):
    (tmp_path / "own.csv").write_text(
        "method,year,population,sex,measures,slope,intercept_cm,error_cm,n,mean_x_cm,sd_x_cm,"
        "source,note\nOur laboratory,2026,local,M,Fem_01,2.5,50,3.1,40,45,2.2,own cases,\n",
        "utf-8",
    )
    asked = {"method": "stature-our-laboratory-2026", "inputs": {"lengths_cm": {"Fem_01": 45}}}
    answer, out = run(json.dumps([asked]), "--local", str(tmp_path / "own.csv"))

    assert answer.exit_code == 0, answer.output
    (found,) = json.loads(out.read_text("utf-8"))
    assert (found["value"], found["status"], found["source"]) == (162.5, "local", "own cases")


def test_an_equation_that_is_none_is_named_by_its_line(run, tmp_path):
    (tmp_path / "own.csv").write_text("method,year,slope\nOurs,2026,2.5\n", "utf-8")
    answer, _ = run("[]", "--local", str(tmp_path / "own.csv"))
    assert "line 2: population: Say this" in answer.stderr

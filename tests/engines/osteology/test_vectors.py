"""The vectors of the forensic reference, to the digits printed there, through the command."""

import json

import pytest
from click.testing import CliRunner

from caseman.cli import main
from caseman.osteology import Verdict

WHITE_MALE = {"sex": "M", "population": "US White"}
BLACK_MALE = {"sex": "M", "population": "US Black"}


def skull(glabella, mastoid, mental):
    return {"traits": {"glabella": glabella, "mastoid": mastoid, "mental": mental}}


def hip(ventral_arc, medial_aspect, subpubic):
    return {"traits": {"VA": ventral_arc, "MA": medial_aspect, "SPC": subpubic}}


def pair(left, right):
    return {"left_mm": {"Fem_01": left}, "right_mm": {"Fem_01": right}}


def arm(femur, humerus):
    return {"x_mm": {"Fem_01": femur}, "y_mm": {"Hum_01": humerus}}


DPAA = "stature-dpaa-reference-data-2018"
VALUES = [
    ("stature-trotter-gleser-1952-1977", {"lengths_cm": {"Fem1": 45.0}, **WHITE_MALE}, 168.51, 2),
    (DPAA, {"lengths_cm": {"Fem_01": 47.0}, **BLACK_MALE}, 172.86, 2),
    (DPAA, {"lengths_cm": {"Tib_01": 37.5}, **WHITE_MALE}, 172.71, 2),
    ("sex-walker-2008", skull(1, 1, 1), 0.9956, 4),
    ("sex-walker-2008", skull(2, 2, 2), 0.8463, 4),
    ("sex-walker-2008", skull(2, 3, 2), 0.6274, 4),
    ("sex-walker-2008", skull(3, 3, 3), 0.1187, 4),
    ("sex-walker-2008", skull(5, 5, 5), 0.0001, 4),
    ("sex-klales-2012", hip(1, 1, 1), 0.99999, 5),
    ("sex-klales-2012", hip(2, 2, 2), 0.99814, 5),
    ("sex-klales-2012", hip(3, 4, 2), 0.75621, 5),
    ("sex-klales-2012", hip(3, 3, 3), 0.78126, 5),
    ("sex-klales-2012", hip(5, 5, 5), 0.00016, 5),
    ("sex-metric", {"measurement": "Fem_04", "length_mm": 40}, 0.0215, 4),
    ("sex-metric", {"measurement": "Fem_04", "length_mm": 43}, 0.1614, 4),
    ("sex-metric", {"measurement": "Fem_04", "length_mm": 46}, 0.7467, 4),
    ("sex-metric", {"measurement": "Fem_04", "length_mm": 49}, 0.9875, 4),
    ("mlni", {"left": 21, "right": 15, "pairs": 11}, 28, 0),
    ("mlni", {"left": 40, "right": 38, "pairs": 30}, 50, 0),
    ("mlni", {"left": 100, "right": 90, "pairs": 60}, 149, 0),
    ("mlni", {"left": 300, "right": 344, "pairs": 300}, 344, 0),
    ("mlni", {"left": 5, "right": 5, "pairs": 0}, 35, 0),
    ("pair-match", pair(452, 455), -0.988, 3),
    ("pair-match", pair(452, 463), -3.246, 3),
    ("association", arm(450, 320), -0.054, 3),
    ("association", arm(450, 290), 3.334, 3),
    ("age-diaphysis", {"bone": "femur", "length_mm": 100}, 0.43, 2),
    ("age-diaphysis", {"bone": "femur", "length_mm": 200}, 3.18, 2),
    ("age-diaphysis", {"bone": "femur", "length_mm": 300}, 7.87, 2),
    ("bone-count", {}, 206, 0),
]
INTERVALS = [
    ("stature-trotter-gleser-1952-1977", {"lengths_cm": {"Fem1": 45.0}, **WHITE_MALE},
     (168.51 - 6.41, 168.51 + 6.41), 2),
    (DPAA, {"lengths_cm": {"Fem_01": 47.0}, **BLACK_MALE}, (164.20, 181.51), 2),
    (DPAA, {"lengths_cm": {"Tib_01": 37.5}, **WHITE_MALE}, (164.96, 180.47), 2),
    ("mlni", {"left": 21, "right": 15, "pairs": 11}, (25, 44), 0),
    ("age-diaphysis", {"bone": "femur", "length_mm": 100}, (0.17, 0.76), 2),
    ("age-diaphysis", {"bone": "femur", "length_mm": 200}, (2.31, 4.29), 2),
    ("age-diaphysis", {"bone": "femur", "length_mm": 300}, (5.97, 10.31), 2),
]  # fmt: skip
DETAILS = [
    (DPAA, {"lengths_cm": {"Fem_01": 47.0}, **BLACK_MALE}, "prediction_error_cm", 4.352, 3),
    ("sex-walker-2008", skull(1, 1, 1), "score", 5.417, 3),
    ("sex-walker-2008", skull(2, 2, 2), "score", 1.706, 3),
    ("sex-walker-2008", skull(2, 3, 2), "score", 0.521, 3),
    ("sex-walker-2008", skull(3, 3, 3), "score", -2.005, 3),
    ("sex-walker-2008", skull(5, 5, 5), "score", -9.427, 3),
    ("sex-klales-2012", hip(1, 1, 1), "score", -11.299, 3),
    ("sex-klales-2012", hip(2, 2, 2), "score", -6.286, 3),
    ("sex-klales-2012", hip(3, 4, 2), "score", -1.132, 3),
    ("sex-klales-2012", hip(3, 3, 3), "score", -1.273, 3),
    ("sex-klales-2012", hip(5, 5, 5), "score", 8.753, 3),
    ("mlni", {"left": 21, "right": 15, "pairs": 11}, "at_least", 21, 0),
    ("mlni", {"left": 21, "right": 15, "pairs": 11}, "grand_total", 25, 0),
    ("mlni", {"left": 21, "right": 15, "pairs": 11}, "lincoln", 28.64, 2),
    ("mlni", {"left": 21, "right": 15, "pairs": 11}, "mode", 28, 0),
    ("mlni", {"left": 21, "right": 15, "pairs": 11}, "recovery_rate", 0.6111, 4),
    ("pair-match", pair(452, 455), "p", 0.324, 3),
    ("pair-match", pair(452, 463), "p", 0.0012, 4),
    ("pair-match", pair(452, 455), "m_pct", 0.66, 2),
    ("pair-match", pair(452, 463), "m_pct", 2.40, 2),
    ("association", arm(450, 320), "p", 0.957, 3),
    ("association", arm(450, 290), "p", 0.0009, 4),
]
STAGES = {12: (0.936, 0.064, 0.000), 15: (0.234, 0.565, 0.201), 18: (0.005, 0.104, 0.891)}
TEETH = [
    ("16", "AMF-MO", "AMF-MOD", Verdict.EXPLAINABLE),
    ("36", "AMF-O", "INT", Verdict.CONTRADICTS),
]
NUMBERS = {"18": "1", "28": "16", "38": "17", "48": "32", "55": "A", "85": "T"}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run entries through the command and return what it wrote."""

    def run(*entries):
        folder = tmp_path_factory.mktemp("osteology")
        asked = [
            {"id": at, "method": name, "inputs": inputs}
            for at, (name, inputs) in enumerate(entries)
        ]
        (folder / "in.json").write_text(json.dumps(asked), "utf-8")
        files = [str(folder / "in.json"), "--out", str(folder / "out.json")]
        answer = CliRunner().invoke(main, ["osteology", "run", *files])
        assert answer.exit_code == 0, answer.output
        return json.loads((folder / "out.json").read_text("utf-8"))

    return run


def test_values(run):
    found = run(*((name, inputs) for name, inputs, _, _ in VALUES))
    for entry, (_, _, value, digits) in zip(found, VALUES, strict=True):
        assert round(entry["value"], digits) == value, entry


def test_intervals(run):
    found = run(*((name, inputs) for name, inputs, _, _ in INTERVALS))
    for entry, (_, _, ends, digits) in zip(found, INTERVALS, strict=True):
        assert [round(each, digits) for each in entry["interval"]] == [
            round(each, digits) for each in ends
        ], entry


def test_what_stands_beside_a_value(run):
    found = run(*((name, inputs) for name, inputs, *_ in DETAILS))
    for entry, (_, _, name, value, digits) in zip(found, DETAILS, strict=True):
        assert round(entry["details"][name], digits) == value, entry


@pytest.mark.parametrize(("age", "expected"), STAGES.items())
def test_stages_at_an_age(run, age, expected):
    asked = {"variable": "HPE_EF", "sex": "M", "age_y": age}
    (found,) = run(("stage-chances", asked))
    absent, unfused, fusing, *fused = found["details"]["chances"].values()
    assert (round(absent + unfused, 3), round(fusing, 3), round(sum(fused), 3)) == expected


def test_teeth(run):
    found = run(*(("tooth", {"fdi": fdi, "am": am, "pm": pm}) for fdi, am, pm, _ in TEETH))
    assert [each["value"] for each in found] == [verdict for *_, verdict in TEETH]


def test_numbers_of_teeth(run):
    found = run(*(("fdi-to-universal", {"fdi": fdi}) for fdi in NUMBERS))
    assert [each["value"] for each in found] == list(NUMBERS.values())


def test_every_result_says_whose_method_on_whom_and_how_sure(run):
    found = run(*((name, inputs) for name, inputs, _, _ in VALUES))
    for entry in found:
        assert {"id", "value", "interval", "unit", "method", "source", "status"} <= set(entry)
        assert entry["status"] in {"seen", "computed", "recalled", "local"}
        assert entry["source"]

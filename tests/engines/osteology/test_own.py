"""Figures of a laboratory's own: refused where they cannot be, run like any other method."""

import json
from math import isclose

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from caseman.cli import main
from caseman.osteology import (
    OwnRefusedError,
    RefusedInputError,
    Sex,
    Status,
    age_by_phase,
    estimate,
    local_methods,
    own_phase,
    own_phases,
    own_sizes,
    published_phases,
)
from caseman.osteology.sex import by_measurement
from caseman.osteology.tables import rows

WHOSE = {"method": "Ours", "year": "2026", "population": "local", "source": "own cases"}
HEAD = {
    **WHOSE,
    "measurement": "Fem_04",
    "n_male": 40,
    "mean_male_mm": 46.5,
    "sd_male_mm": 2.4,
    "n_female": 31,
    "mean_female_mm": 41.2,
    "sd_female_mm": 2.1,
}
PHASE = {
    **WHOSE,
    "site": "pubic symphysis",
    "sex": "M",
    "phase": "III",
    "mean_y": 29.5,
    "sd_y": 6.2,
    "low_y": 21,
    "high_y": 44,
    "interval_kind": "95 % range",
}


@pytest.mark.parametrize(
    ("wrong", "column", "words"),
    [
        ({"colour": "red"}, "colour", "no column of these figures"),
        ({"source": " "}, "source", "every result names it"),
        ({"population": None}, "population", "every result names it"),
        ({"measurement": "Fem_99"}, "measurement", "Fem_99 is no size that is known"),
        ({"n_male": 2}, "n_male", "from 3 on"),
        ({"n_female": 30.5}, "n_female", "whole number"),
        ({"mean_male_mm": None}, "mean_male_mm", "A number is needed"),
        ({"mean_male_mm": "nan"}, "mean_male_mm", "A number is needed"),
        ({"mean_male_mm": 4.65}, "mean_male_mm", "Is it in cm? Then write 46.5"),
        ({"mean_female_mm": 412}, "mean_female_mm", "mm is expected of an adult"),
        ({"sd_male_mm": 0}, "sd_male_mm", "beside this mean"),
        ({"sd_female_mm": 0.21}, "sd_female_mm", "Is it in mm?"),
        ({"mean_male_mm": 41.2, "mean_female_mm": 46.5}, "mean_female_mm", "exchanged"),
        ({"method": "Klales et al.", "year": "2012"}, "method", "comes with the program"),
    ],
)
def test_sizes_that_cannot_be_are_refused_at_their_column(wrong, column, words):
    with pytest.raises(OwnRefusedError, match=words.replace("?", r"\?")) as refused:
        own_sizes({**HEAD, **wrong})
    assert refused.value.field_name == column


def test_the_figures_of_the_program_would_be_taken():
    for row in rows("sex_metrics"):
        given = {name: row[name] for name in HEAD if name in row}
        found = own_sizes({**given, **WHOSE, "population": row["population"]})
        length = round(found.cut_mm, 2)
        said = by_measurement(row["measurement"], length, row["population"], 0.3)
        assert found.estimate(length, 0.3).details == said.details


def test_women_have_the_larger_pubic_bone():
    larger = {"measurement": "Osc_07", "mean_male_mm": 68, "mean_female_mm": 71}
    found = own_sizes({**HEAD, **larger, "sd_male_mm": 4.8, "sd_female_mm": 5})
    assert found.estimate(76).details["p_male"] < 0.5 < found.estimate(60).details["p_male"]


@given(
    length=st.floats(34, 54),
    prior=st.floats(0, 1),
    wider=st.floats(1, 2),
)
def test_a_chance_is_one_and_what_is_larger_is_rather_of_a_man(length, prior, wider):
    found = own_sizes({**HEAD, "sd_male_mm": 2.2, "sd_female_mm": 2.2})
    said = found.estimate(length, prior).details
    assert isclose(said["p_male"] + said["p_female"], 1)
    larger = found.estimate(length + wider / 10, prior).details
    assert larger["p_male"] >= said["p_male"] - 1e-12


def test_a_prior_of_one_sex_alone_says_so_at_any_size():
    far = own_sizes({**HEAD, "mean_male_mm": 50, "sd_male_mm": 0.5, "sd_female_mm": 4})
    for prior in (0.0, 1.0):
        assert far.estimate(far.range_mm[0], prior).value == prior


@pytest.mark.parametrize(
    ("wrong", "column", "words"),
    [
        ({"source": ""}, "source", "every result names it"),
        ({"site": ""}, "site", "every result names it"),
        ({"phase": " "}, "phase", "every result names it"),
        ({"sex": "male"}, "sex", "M, F or any"),
        ({"mean_y": "old"}, "mean_y", "A number is needed"),
        ({"mean_y": 354}, "mean_y", "Is it in years?"),
        ({"low_y": -1}, "low_y", "Is it in years?"),
        ({"sd_y": 0}, "sd_y", "More than 0"),
        ({"sd_y": 62}, "sd_y", "at most 30 years"),
        ({"high_y": 21}, "high_y", "above the lowest"),
        ({"mean_y": 50}, "mean_y", "outside its own limits"),
        ({"mean_y": 20}, "mean_y", "outside its own limits"),
        ({"interval_kind": ""}, "interval_kind", "95 % prediction, 95 % range"),
        ({"interval_kind": "confidence"}, "interval_kind", "what the limits are"),
        ({"interval_kind": "minimum age"}, "high_y", "a lowest age alone"),
        ({"low_y": "", "high_y": ""}, "interval_kind", "no limits"),
        ({"low_y": "", "high_y": "", "sd_y": "", "interval_kind": ""}, "sd_y", "Mean and spread"),
    ],
)
def test_phases_that_cannot_be_are_refused_at_their_column(wrong, column, words):
    with pytest.raises(OwnRefusedError, match=words.replace("?", r"\?")) as refused:
        own_phase({**PHASE, **wrong})
    assert refused.value.field_name == column


@pytest.mark.parametrize("other", ["M", "any"])
def test_a_phase_stands_once_for_a_sex(other):
    twice = [own_phase(PHASE), own_phase({**PHASE, "sex": other, "mean_y": 30})]
    with pytest.raises(OwnRefusedError, match="Phase III stands here twice"):
        own_phases(twice)
    both = [own_phase(PHASE), own_phase({**PHASE, "sex": "F", "mean_y": 31})]
    assert own_phases(both).estimate("III", Sex.FEMALE).value == 31


def test_phases_of_a_name_that_comes_with_the_program_are_refused():
    theirs = {**PHASE, "method": "Suchey-Brooks", "year": "1990"}
    with pytest.raises(OwnRefusedError, match="comes with the program"):
        own_phases([own_phase(theirs)])


def test_phases_of_ones_own_say_what_the_program_says_of_the_same_figures():
    for method, site in published_phases():
        theirs = [r for r in rows("age_phases") if (r["method"], r["site"]) == (method, site)]
        # The program also knows ages without a spread, which give no limits.
        theirs = [row for row in theirs if row["sd_y"] or row["low_y"] or row["high_y"]]
        if not theirs:
            continue
        mine = own_phases([_as_own(row) for row in theirs])
        for row in theirs:
            sex = None if row["sex"] == Sex.ANY else Sex(row["sex"])
            said, ours = (
                age_by_phase(method, site, row["phase"], sex),
                mine.estimate(row["phase"], sex),
            )
            assert (ours.value, ours.interval) == (said.value, said.interval)
            assert (ours.provenance.population, ours.provenance.status) == ("local", Status.LOCAL)


def _as_own(row):
    has_limits = row["low_y"] or row["high_y"]
    kind = "observed range" if has_limits else ""
    figures = ("site", "sex", "phase", "mean_y", "sd_y", "low_y", "high_y")
    return own_phase({**WHOSE, **{name: row[name] for name in figures}, "interval_kind": kind})


@given(low=st.floats(0, 60), width=st.floats(1, 40), share=st.floats(0, 1))
def test_limits_hold_their_mean(low, width, share):
    high = low + width
    given = {**PHASE, "low_y": low, "high_y": high, "mean_y": min(high, low + share * width)}
    found = own_phases([own_phase(given)]).estimate("III", Sex.MALE)
    assert found.interval[0] <= found.value <= found.interval[1]


@pytest.fixture
def run(tmp_path):
    def run(asked, *tables):
        (tmp_path / "in.json").write_text(json.dumps(asked), "utf-8")
        files = [str(tmp_path / "in.json"), "--out", str(tmp_path / "out.json")]
        for number, text in enumerate(tables):
            (tmp_path / f"{number}.csv").write_text(text, "utf-8")
            files += ["--local", str(tmp_path / f"{number}.csv")]
        return CliRunner().invoke(main, ["osteology", "run", *files]), tmp_path / "out.json"

    return run


def table(*given):
    lines = [",".join(given[0]), *(",".join(str(each) for each in row.values()) for row in given)]
    return "\n".join(lines) + "\n"


def test_tables_of_several_kinds_are_told_by_their_columns(run):
    head = {"measurement": "Fem_04", "length_mm": 43.85}
    asked = [
        {"method": "sex-ours-2026", "inputs": head},
        {"method": "sex-ours-2026", "inputs": {**head, "population": "coast"}},
        {"method": "age-ours-2026-pubic-symphysis", "inputs": {"phase": "III", "sex": "M"}},
    ]
    humerus = {**HEAD, "measurement": "Hum_03", "mean_female_mm": 40}
    answer, out = run(asked, table(HEAD), table(humerus), table({**PHASE, "status": "seen"}))
    assert answer.exit_code == 1
    sized, elsewhere, aged = json.loads(out.read_text("utf-8"))
    assert round(sized["value"], 4) == 0.5133
    assert (sized["by"], sized["status"], sized["source"]) == ("Ours 2026", "local", "own cases")
    assert "just one of these is expected: local" in elsewhere["error"]
    assert (aged["value"], aged["interval"], aged["population"]) == (29.5, [21, 44], "local")
    assert aged["interval_kind"] == "95 % range"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("method,year\nOurs,2026\n", "line 1: One of slope, mean_male_mm, phase is expected"),
        (table(HEAD, {**HEAD, "sd_male_mm": -1}), "line 3: sd_male_mm: "),
        (table(HEAD, HEAD), "line 3: An earlier line is of the same"),
        (table(PHASE, {**PHASE, "high_y": 2}), "line 3: high_y: It must be above"),
        (table(PHASE, {**PHASE, "sex": "any"}), "Phase III stands here twice"),
        (
            table(PHASE).replace("\n", ",\n", 2).replace(",\n", "\n", 1),
            "line 2: It has more cells than",
        ),
    ],
)
def test_a_table_that_is_none_is_named_by_its_line(run, text, words):
    answer, out = run([], text)
    assert answer.exit_code == 1
    assert words in answer.stderr
    assert not out.exists()


def test_an_empty_table_holds_nothing():
    assert local_methods([]).methods() == {}


def test_a_site_of_ones_own_is_said_and_must_be_right():
    own = local_methods([{name: str(value) for name, value in PHASE.items()}]).methods()
    name = "age-ours-2026-pubic-symphysis"
    told = {"phase": "III", "sex": "M", "site": "pubic symphysis", "population": "local"}
    assert estimate(name, told, own).value == 29.5
    with pytest.raises(RefusedInputError, match="pubic symphysis is expected"):
        estimate(name, {**told, "site": "skull"}, own)

"""Every method as the pages offer it: the engine takes its answers, and its texts have names."""

import pytest

from caseman.coding import SexEstimate
from caseman.osteology import SAME_LENGTH, estimate, published_equations
from caseman.osteology.tables import rows
from caseman.remains.codes import AgeMethod, EstimateKind, FigureStatus
from caseman.remains.measures import measures
from caseman.remains.method_names import (
    CHOICES,
    GROWTH,
    INTERVALS,
    NOTES,
    POPULATIONS,
    QUESTIONS,
    SITES,
    STAGES,
)
from caseman.remains.methods import by_measurements, offered, run, taken_over

# The middle of what each measure can be, under each of its names.
LENGTHS = {code: (each.lowest_mm + each.highest_mm) / 2 for code, each in measures().items()}
LENGTHS |= {theirs: LENGTHS[ours] for ours, theirs in SAME_LENGTH.items()}


def by_name(method, **answers):
    return run(offered()[method], answers, LENGTHS)


def test_every_equation_of_stature_is_reached_and_says_what_the_engine_says():
    found = [each for each in by_measurements(LENGTHS) if each.method.about is EstimateKind.STATURE]
    equations = published_equations()
    assert len(found) == len(equations)
    for applied, equation in zip(found, equations, strict=True):
        lengths = {each: LENGTHS[each] / 10 for each in equation.measures}
        assert applied.estimate.value == pytest.approx(equation.estimate(lengths).value, abs=0.01)
        assert applied.estimate.provenance == equation.provenance


def test_every_phase_gives_an_age_or_says_that_it_has_no_interval():
    methods = [each for each in offered().values() if each.name.startswith("age-")]
    for method in methods:
        if method.questions[0].name != "phase":
            continue
        for phase in method.questions[0].choices:
            for sex in ("M", "F"):
                applied = run(method, {"phase": phase, "sex": sex}, {})
                if applied.estimate is None:
                    continue  # a phase that only the other sex has
                taken = taken_over(applied)
                if applied.estimate.interval is None:
                    assert taken is None
                else:
                    assert 0 <= taken.columns["age_min"] <= taken.columns["age_max"] <= 120


@pytest.mark.parametrize(
    ("stages", "basis"),
    [
        ({"man_M1": "Rc", "max_M1": "A1/2"}, AgeMethod.TEETH),
        ({"FH_EF": "present unfused"}, AgeMethod.EPIPHYSES),
        ({"man_M2": "Ri", "PC_Oss": "present"}, AgeMethod.DENTAL_EPIPHYSEAL),
    ],
)
def test_stages_of_growth_give_the_age_that_the_engine_gives(stages, basis):
    taken = taken_over(by_name("age-stages", **stages, sex="any"))
    again = estimate("age-stages", {"stages": stages, "sex": "any"})
    assert (taken.value, (taken.lowest, taken.highest)) == (again.value, again.interval)
    assert taken.columns["age_method"] is basis


def test_every_stage_of_the_tables_can_be_chosen_and_has_a_name():
    asked = {each.name: each for each in offered()["age-stages"].questions}
    for row in rows("stage_transitions"):
        assert row["stage"] in asked[row["variable"]].choices
    assert set(asked) - {"sex"} == GROWTH.keys()
    assert {stage for name in GROWTH for stage in asked[name].choices} == STAGES.keys()


def test_what_is_stored_runs_again_to_the_same_figures():
    for applied in by_measurements(LENGTHS, "M"):
        taken = taken_over(applied)
        again = estimate(taken.method, taken.inputs)
        assert (again.value, again.interval) == (taken.value, (taken.lowest, taken.highest)) or (
            again.interval is None and taken.lowest is None
        )


@pytest.mark.parametrize(
    ("method", "answers", "grade"),
    [
        ("sex-klales-2012", {"VA": "1", "MA": "1", "SPC": "1"}, SexEstimate.FEMALE),
        ("sex-klales-2012", {"VA": "5", "MA": "5", "SPC": "5"}, SexEstimate.MALE),
        ("sex-walker-2005", {"notch": "2"}, SexEstimate.INDETERMINATE),
        ("sex-rogers-2000", {"side": "left", "fossa": "present"}, SexEstimate.MALE),
        ("sex-ferembach-1979", {"trait_glabella": "-1"}, SexEstimate.FEMALE),
        ("sex-ferembach-1979", {"trait_chin": "1", "trait_angle": "-1"}, SexEstimate.PROBABLE_MALE),
        (
            "sex-walker-2008",
            {"glabella": "2", "mastoid": "2", "orbit": "5", "walker_population": "modern"},
            SexEstimate.PROBABLE_FEMALE,
        ),
    ],
)
def test_a_chance_becomes_a_grade_of_sex(method, answers, grade):
    taken = taken_over(by_name(method, **answers))
    assert taken.columns["sex"] is grade


def test_a_recalled_figure_stays_marked():
    answers = {"orbit": "2", "mental": "2", "walker_population": "ancient"}
    assert taken_over(by_name("sex-walker-2008", **answers)).status is FigureStatus.RECALLED


def test_traits_without_an_equation_are_refused():
    applied = by_name("sex-walker-2008", glabella="2", walker_population="modern")
    assert applied.estimate is None
    assert applied.refused.field_name == "traits"


def test_every_text_of_the_tables_has_a_name_in_the_readers_language():
    phases, equations = rows("age_phases"), rows("stature_equations")
    asked = [question for each in offered().values() for question in each.questions]
    assert {row["site"] for row in phases} <= SITES.keys()
    assert {row["population"] for row in equations} <= POPULATIONS.keys()
    notes = {row["note"] for row in (*phases, *equations) if not row["note"].startswith("P(")}
    assert notes - {""} <= NOTES.keys()
    kinds = {row["interval_kind"] for row in phases}
    assert kinds - {"mean/SD", "mean/SD of attained stage"} <= INTERVALS.keys()
    assert {question.name for question in asked} <= QUESTIONS.keys()
    words = {c for q in asked if q.name == "phase" for c in q.choices if c.islower()}
    assert words <= CHOICES.keys()


def test_a_measure_is_of_a_bone_and_has_a_range():
    for code, measure in measures().items():
        assert 0 < measure.lowest_mm < measure.highest_mm < 1000, code

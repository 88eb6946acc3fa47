"""Every method that estimates sex, age or stature, with the questions it asks."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from caseman.osteology import (
    Method,
    OwnMethods,
    PhaseTable,
    RefusedInputError,
    Sectioning,
    StatureEquation,
    name_of,
    name_of_phases,
    name_of_sizes,
    published_equations,
    published_phases,
    sizes_known,
)
from caseman.osteology.sex import FEREMBACH
from caseman.osteology.tables import Row, distinct, grouped, rows
from caseman.remains.codes import AgeMethod, EstimateKind, SexMethod
from caseman.remains.measures import SHAFT, measures

Answers = Mapping[str, str]
"""What was chosen, by the name of the question."""
Lengths = Mapping[str, float]
"""Lengths in mm by measure."""
SEXES = ("M", "F", "any")
SCORES = ("1", "2", "3", "4", "5")
PARTS = ("max", "man", "EF", "Oss")
WALKER = ("glabella", "mastoid", "mental", "orbit", "nuchal")
_WALKER_SETS = (
    ("glabella", "mastoid", "mental"),
    ("glabella", "mastoid"),
    ("glabella", "mental"),
    ("mastoid", "mental"),
    ("orbit", "mental"),
    ("nuchal", "mental"),
)


class Question(NamedTuple):
    """One thing a method asks; without choices it is a percentage."""

    name: str
    choices: tuple[str, ...]
    is_needed: bool = True
    part: str = ""
    """What it is grouped under, where a method asks many; by the key of ``method_names``."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One method; ``inputs_of`` makes the engine's inputs of answers and measured lengths."""

    name: str
    about: EstimateKind
    title: str
    """Author and year, as in the literature."""
    questions: tuple[Question, ...]
    inputs_of: Callable[[Answers, Lengths], dict[str, Any]]
    site: str = ""
    """Where on the skeleton, by the key of ``method_names``."""
    basis: SexMethod | AgeMethod | None = None
    is_measured: bool = False
    """Whether it works on recorded lengths and not on scores."""
    own: Method | None = None
    """How the engine runs it, where it is no method that comes with the program."""


@cache
def offered() -> dict[str, Offered]:
    """Return every method by the name that the engine's catalogue has for it."""
    scored, measured = (
        (*_scored_sex(), _growth(), *_phases()),
        (*_metric(), *_statures(published_equations())),
    )
    return {each.name: each for each in (*scored, *measured)}


def offered_with(own: OwnMethods) -> dict[str, Offered]:
    """Return every method, those that an operation has of its own included."""
    run = own.methods()
    found = (*_statures(own.equations), *_own_sizes(own.sizes), *_own_phases(own.phases))
    return offered() | {each.name: replace(each, own=run[each.name]) for each in found}


def _scored_sex() -> Iterator[Offered]:
    sex = EstimateKind.SEX
    yield Offered(
        "sex-klales-2012",
        sex,
        "Klales et al. 2012",
        tuple(Question(trait, SCORES) for trait in ("VA", "MA", "SPC")),
        lambda answers, _: {"traits": _numbers(answers, ("VA", "MA", "SPC"))},
        "pelvis",
        SexMethod.PELVIS,
    )
    yield Offered(
        "sex-walker-2005",
        sex,
        "Walker 2005",
        (Question("notch", SCORES),),
        lambda answers, _: {"score": float(answers["notch"])},
        "sciatic notch",
        SexMethod.PELVIS,
    )
    traits = tuple(Question(trait, SCORES, is_needed=False) for trait in WALKER)
    yield Offered(
        "sex-walker-2008",
        sex,
        "Walker 2008",
        (*traits, Question("walker_population", ("modern", "ancient"))),
        _walker,
        "skull",
        SexMethod.SKULL,
    )
    yield Offered(
        "sex-rogers-2000",
        sex,
        "Rogers 2000",
        (Question("side", ("left", "right")), Question("fossa", ("present", "absent"))),
        lambda answers, _: {"side": answers["side"], "fossa": answers["fossa"]},
        "rhomboid fossa",
        SexMethod.OTHER,
    )
    steps = tuple(
        Question(_field(trait), ("-2", "-1", "0", "1", "2"), is_needed=False)
        for trait in FEREMBACH
    )  # fmt: skip
    yield Offered(
        "sex-ferembach-1979",
        sex,
        "Ferembach, Schwidetzky & Stloukal 1979",
        steps,
        lambda answers, _: {"traits": _numbers({_trait(k): v for k, v in answers.items()})},
        "skull and pelvis",
        SexMethod.OTHER,
    )


def _field(trait: str) -> str:
    return "trait_" + trait.replace(" ", "_")


def _trait(field: str) -> str:
    return field.removeprefix("trait_").replace("_", " ")


def _numbers(answers: Answers, names: Iterable[str] | None = None) -> dict[str, float]:
    return {name: float(answers[name]) for name in names or answers if answers.get(name)}


def _walker(answers: Answers, _lengths: Lengths) -> dict[str, Any]:
    """Take the largest set of traits that an equation exists for."""
    scored = _numbers(answers, WALKER)
    known = next((each for each in _WALKER_SETS if set(each) <= set(scored)), tuple(scored))
    return {
        "traits": {trait: scored[trait] for trait in known},
        "population": answers["walker_population"],
    }


def _metric() -> Iterator[Offered]:
    populations = tuple(distinct(row["population"] for row in rows("sex_metrics")))
    sizes = tuple(each for each in measures() if each in sizes_known())
    yield _of_sizes("sex-metric", "DPAA reference data 2018", sizes, populations)
    shafts = tuple(each.removeprefix(SHAFT) for each in measures() if each.startswith(SHAFT))
    yield Offered(
        "age-diaphysis",
        EstimateKind.AGE,
        "Stull, Chu, Corron & Price 2023",
        (
            Question("bone", shafts),
            Question("sex", SEXES),
            Question("sample", tuple(distinct(row["sample"] for row in rows("diaphyses")))),
        ),
        lambda answers, lengths: {
            "bone": answers["bone"],
            "length_mm": _length(SHAFT + answers["bone"], "bone", lengths),
            "sex": answers["sex"],
            "sample": answers["sample"],
        },
        basis=AgeMethod.LONG_BONES,
        is_measured=True,
    )


def _of_sizes(
    name: str, title: str, sizes: tuple[str, ...], populations: tuple[str, ...]
) -> Offered:
    return Offered(
        name,
        EstimateKind.SEX,
        title,
        (
            Question("measurement", sizes),
            Question("reference", populations),
            Question("prior", ()),
        ),
        lambda answers, lengths: {
            "measurement": answers["measurement"],
            "length_mm": _length(answers["measurement"], "measurement", lengths),
            "population": answers["reference"],
            "prior_male": float(answers["prior"]) / 100,
        },
        basis=SexMethod.METRIC,
        is_measured=True,
    )


def _own_sizes(own: Iterable[Sectioning]) -> Iterator[Offered]:
    for name, sizes in grouped(own, name_of_sizes).items():
        yield _of_sizes(
            name,
            sizes[0].provenance.method,
            tuple(distinct(each.measurement for each in sizes)),
            tuple(distinct(each.provenance.population for each in sizes)),
        )


class NotMeasuredError(RefusedInputError):
    """A length that the method needs is not among those recorded."""

    def __init__(self, question: str) -> None:
        super().__init__(question, "not measured")


def _length(measure: str, question: str, lengths: Lengths) -> float:
    if measure not in lengths:
        raise NotMeasuredError(question)
    return round(lengths[measure], 2)


def _growth() -> Offered:
    stages: dict[str, list[str]] = {}
    for row in rows("stage_transitions"):
        stages.setdefault(row["variable"], ["absent"]).append(row["stage"])
    asked = [
        Question(variable, tuple(distinct(some)), is_needed=False, part=_part(variable))
        for variable, some in stages.items()
    ]
    return Offered(
        "age-stages",
        EstimateKind.AGE,
        "Stull, Chu, Corron & Price 2023",
        (*sorted(asked, key=lambda each: PARTS.index(each.part)), Question("sex", SEXES)),
        _stages,
        "growth",
    )


def _part(variable: str) -> str:
    first, last = variable.split("_")
    return first if first in PARTS else last


def is_tooth(variable: str) -> bool:
    """Return whether the stages of ``variable`` are of a tooth, and not of an epiphysis."""
    return _part(variable) in {"max", "man"}


class NoStageError(RefusedInputError):
    """No tooth and no epiphysis has a stage."""

    def __init__(self) -> None:
        super().__init__("stages", "at least one tooth or epiphysis is expected")


def _stages(answers: Answers, _lengths: Lengths) -> dict[str, Any]:
    seen = {name: stage for name, stage in answers.items() if stage and name != "sex"}
    if not seen:
        raise NoStageError
    return {"stages": seen, "sex": answers["sex"]}


def _phases() -> Iterator[Offered]:
    for method, site in published_phases():
        mine = [r for r in rows("age_phases") if (r["method"], r["site"]) == (method, site)]
        yield _of_phases(method, site, mine)


def _own_phases(own: Iterable[PhaseTable]) -> Iterator[Offered]:
    for tables in grouped(own, lambda each: name_of_phases(each.method, each.site)).values():
        method, site = tables[0].method, tables[0].site
        populations = tuple(distinct(each.population for each in tables))
        mine = [row for each in tables for row in each.rows]
        yield _of_phases(method, site, mine, populations)


def _of_phases(
    method: str, site: str, mine: Sequence[Row], populations: tuple[str, ...] = ()
) -> Offered:
    sexes = {row["sex"] for row in mine} - {"any"}
    questions = [Question("phase", tuple(distinct(row["phase"] for row in mine)))]
    if len(sexes) > 1:
        questions.append(Question("sex", ("M", "F")))
    if populations:
        questions.append(Question("population", populations))
    return Offered(
        name_of_phases(method, site),
        EstimateKind.AGE,
        method,
        tuple(questions),
        _Phase(next(iter(sexes)) if len(sexes) == 1 else "", site if populations else ""),
        site,
        age_basis(site),
    )


@dataclass(frozen=True, slots=True)
class _Phase:
    only_sex: str
    site: str
    """Said in the inputs of an operation's own method: nobody else knows where it looks."""

    def __call__(self, answers: Answers, _lengths: Lengths) -> dict[str, Any]:
        inputs = {
            "phase": answers["phase"],
            "sex": answers.get("sex") or self.only_sex,
            "site": self.site,
            "population": answers.get("population"),
        }
        return {name: value for name, value in inputs.items() if value}


def age_basis(site: str) -> AgeMethod:
    """Return what a site of the skeleton is evidence of in the profile."""
    words = {
        "pubic": AgeMethod.PELVIS,
        "auricular": AgeMethod.PELVIS,
        "rib": AgeMethod.RIBS,
        "suture": AgeMethod.SUTURES,
        "M3": AgeMethod.TEETH,
        "union": AgeMethod.EPIPHYSES,
        "clavicle": AgeMethod.EPIPHYSES,
        "rings": AgeMethod.EPIPHYSES,
    }
    return next((basis for word, basis in words.items() if word in site), AgeMethod.OTHER)


def _statures(from_equations: Iterable[StatureEquation]) -> Iterator[Offered]:
    for name, equations in grouped(from_equations, name_of).items():
        yield Offered(
            name,
            EstimateKind.STATURE,
            equations[0].provenance.method,
            (
                Question("measures", tuple(distinct("+".join(e.measures) for e in equations))),
                Question("sex", tuple(distinct(str(e.sex) for e in equations))),
                Question("population", tuple(distinct(e.provenance.population for e in equations))),
            ),
            _stature,
            is_measured=True,
        )


def _stature(answers: Answers, lengths: Lengths) -> dict[str, Any]:
    needed = answers["measures"].split("+")
    return {
        "lengths_cm": {each: _length(each, "measures", lengths) / 10 for each in needed},
        "sex": answers["sex"],
        "population": answers["population"],
    }

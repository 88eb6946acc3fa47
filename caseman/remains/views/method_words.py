"""How an estimate is worded: value, interval, on whom it was made, how sure its figures are."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import url_for

from caseman.coding import Code
from caseman.osteology import Estimate
from caseman.remains.codes import AgeMethod, EstimateKind, FigureStatus, SexMethod
from caseman.remains.forms.methods import choice_name, refusal_words
from caseman.remains.measures import measure_name
from caseman.remains.method_names import (
    INTERVALS,
    NOTES,
    POPULATIONS,
    QUESTIONS,
    SITES,
    named,
)
from caseman.remains.methods import COMBINED, Applied, Offered, offered
from caseman.remains.methods.taking import grade_of, population_of
from caseman.remains.models import BoneMeasurement, MethodEstimate, ProfileSource
from caseman.web.filters import label, number, percent
from caseman.web.words import gettext as _
from caseman.web.words import series

_SAID_ELSEWHERE = frozenset({"population", "reference", "sample", "prior"})
ENDASH = "\N{EN DASH}"


class Said(NamedTuple):
    """An estimate in words."""

    about: EstimateKind
    title: str
    site: str
    population: str
    answers: str
    value: str
    interval: str
    interval_kind: str
    notes: list[str]
    source: str
    status: FigureStatus | None
    refused: str = ""
    url: str = ""
    given: str = ""
    """The inputs as the method took them."""


def said(applied: Applied, remains_number: str = "") -> Said:
    """Return the words of what a method says, or of why it says nothing."""
    method, found = applied.method, applied.estimate
    url = ""
    if remains_number:
        page = url_for("remains.method", number=remains_number, method=method.name)
        url = f"{page}?{urlencode(applied.answers)}"
    shared = (method.about, method.title, named(SITES, method.site))
    answers = answer_words(method, applied.answers)
    if found is None:
        why = refusal_words(applied.refused) if applied.refused else ""
        return Said(*shared, "", answers, "", "", "", [], "", None, why, url)
    return Said(
        *shared,
        population_words(population_of(method, found)),
        answers,
        _value(method.about, found),
        interval_words(found.interval, found.unit),
        named(INTERVALS, found.interval_kind),
        [note_words(note) for note in found.notes],
        found.provenance.source,
        FigureStatus(found.provenance.status.value),
        url=url,
        given=inputs_words(applied.inputs),
    )


def population_words(population: str) -> str:
    """Return on whom a method was made; the tables of phases do not say it."""
    return named(POPULATIONS, population) if population else _("the method's own sample")


def answer_words(method: Offered, answers: Mapping[str, str]) -> str:
    """Return what was answered, question by question where there are several."""
    told = [
        (question.name, answers[question.name])
        for question in method.questions
        if answers.get(question.name) and question.name not in _SAID_ELSEWHERE
    ]
    if len(told) == 1 or method.is_measured:
        return series(choice_name(*each) for each in told)
    return series(
        _("%(question)s: %(answer)s", question=_(QUESTIONS[name]), answer=choice_name(name, value))
        for name, value in told
    )


def _value(about: EstimateKind, found: Estimate) -> str:
    if about is EstimateKind.SEX:
        grade = label(grade_of(found))
        if "class" in found.details:
            return grade
        chance = percent(float(str(found.details["p_male"])))
        return _("%(grade)s (chance of a man %(chance)s)", grade=grade, chance=chance)
    if not isinstance(found.value, float | int):
        return ""
    return number(round(float(found.value), 1), unit_words(found.unit))


def note_words(note: str) -> str:
    """Return a remark of the tables in the reader's language."""
    return named(NOTES, note)


def unit_words(unit: str) -> str:
    """Return the unit in the reader's language; a chance has none."""
    return {"years": _("years"), "cm": _("cm")}.get(unit, "")


def interval_words(interval: tuple[float | None, float | None] | None, unit: str) -> str:
    """Return both ends, or the one that there is."""
    low, high = (None if each is None else round(each, 1) for each in interval or (None, None))
    unit = unit_words(unit)
    if low is not None and high is not None:
        return f"{number(low)}{ENDASH}{number(high, unit)}"
    if low is not None:
        return _("at least %(lowest)s", lowest=number(low, unit))
    return _("at most %(highest)s", highest=number(high, unit)) if high is not None else ""


def trace(source: ProfileSource) -> list[tuple[str, str]]:
    """Return what the profile's sex, age or stature stands on, to be followed back."""
    told = source.estimate
    population = "" if is_combined(told) else population_words(told.population)
    facts = [
        (_("Method"), method_title(told)),
        (_("From"), inputs_words(told.inputs)),
        (_("Population"), population),
        (_("Interval"), stored_interval(told)),
        (_("Source"), told.source),
        (_("Figures"), label(told.status)),
    ]
    return [(name, words) for name, words in facts if words]


def source_words(source: ProfileSource) -> str:
    """Return in one line for a paper what an estimate of the profile stands on."""
    told = source.estimate
    parts = (method_title(told), inputs_words(told.inputs), stored_interval(told), told.source)
    return _("By: %(method)s", method="; ".join(each for each in parts if each))


def is_combined(told: MethodEstimate) -> bool:
    """Say whether an estimate was put together from others."""
    return told.method in {each.name for each in COMBINED.values()}


def method_title(told: MethodEstimate) -> str:
    """Return author, year and site of a stored estimate."""
    if is_combined(told):
        return _("Several methods together")
    method = offered().get(told.method)
    site = named(SITES, method.site) if method is not None and method.site else ""
    return series(filter(None, (told.title, site)))


def stored_value(told: MethodEstimate) -> str:
    """Return what a stored estimate says: years, the chance of a man, or Ferembach's mean."""
    if told.value is None:
        return ""
    if told.about is not EstimateKind.SEX:
        return number(round(told.value, 1), unit_words(told.unit))
    if not told.unit.startswith("probability"):
        return _("weighted mean %(mean)s, no chance", mean=number(round(told.value, 2)))
    p_male = 1 - told.value if told.unit == "probability of female" else told.value
    return _("chance of a man %(chance)s", chance=percent(p_male))


def named_interval(kind: str) -> str:
    """Return what the limits of an estimate are limits of."""
    return named(INTERVALS, kind)


def stored_interval(told: MethodEstimate) -> str:
    """Return the limits of a stored estimate, and what they are limits of."""
    if told.lowest is None and told.highest is None:
        return ""
    limits = interval_words((told.lowest, told.highest), told.unit)
    kind = named(INTERVALS, told.interval_kind)
    return f"{limits} ({kind})" if kind else limits


def inputs_words(inputs: Mapping[str, Any]) -> str:
    """Return the inputs of a stored estimate as the method took them."""
    return series(_inputs(inputs))


def _inputs(inputs: Mapping[str, Any]) -> Iterable[str]:
    yield from _seen(inputs)
    for each in inputs.get("evidence", ()):
        yield _pair(region_name(each["region"]), _evidence(each))
    if inputs.get("prior_male", 0.5) != 0.5:
        yield _pair(named(QUESTIONS, "prior"), percent(inputs["prior_male"]))


def _seen(inputs: Mapping[str, Any]) -> Iterable[str]:
    """Yield what was measured, scored or graded on bones."""
    for measure, length in inputs.get("lengths_cm", {}).items():
        yield _pair(measure_name(measure), number(length, _("cm")))
    if "length_mm" in inputs:
        measure = inputs.get("measurement") or f"shaft_{inputs['bone']}"
        yield _pair(measure_name(measure), number(inputs["length_mm"], _("mm")))
    for trait, score in inputs.get("traits", {}).items():
        key = trait if trait in QUESTIONS else "trait_" + trait.replace(" ", "_")
        yield _pair(_(QUESTIONS.get(key, trait)), number(score))
    for variable, stage in inputs.get("stages", {}).items():
        yield _pair(named(QUESTIONS, variable), choice_name(variable, stage))
    for name in ("phase", "score", "side", "fossa", "sex"):
        if name in inputs:
            question = {"score": "notch"}.get(name, name)
            yield _pair(_(QUESTIONS[question]), choice_name(name, str(inputs[name])))


def region_name(region: str) -> str:
    """Return the part of the body that results which are put together looked at."""
    if region in SITES:
        return _(SITES[region])
    codes: tuple[type[Code], ...] = (AgeMethod, SexMethod)
    known = next((code(region) for code in codes if region in set(code)), None)
    return region if known is None else label(known)


def _evidence(each: Mapping[str, Any]) -> str:
    if "p_male" in each:
        return _("chance of a man %(chance)s", chance=percent(each["p_male"]))
    mean, spread = number(round(each["mean_y"], 1)), number(round(each["sd_y"], 1), _("years"))
    return _("mean %(mean)s, standard deviation %(spread)s", mean=mean, spread=spread)


def _pair(question: str, answer: str) -> str:
    return _("%(question)s: %(answer)s", question=question, answer=answer)


def measurement_words(row: BoneMeasurement) -> str:
    """Return one measurement."""
    return _(
        "%(measure)s, %(side)s: %(length)s",
        measure=measure_name(row.measure),
        side=label(row.side),
        length=number(row.length_mm, _("mm")),
    )

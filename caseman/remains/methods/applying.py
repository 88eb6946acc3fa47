"""Methods run on answers and recorded lengths; all that apply to what was measured."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from caseman.osteology import (
    Estimate,
    OutsideRangeError,
    RefusedInputError,
    StatureEquation,
    estimate,
    name_of,
    published_equations,
)
from caseman.remains.measures import SHAFT
from caseman.remains.methods.offered import Answers, Lengths, Offered, offered, offered_with


class Applied(NamedTuple):
    """A method with the answers that lead to it, and what it says or why it says nothing."""

    method: Offered
    answers: Answers
    inputs: Mapping[str, Any]
    """As the engine took them."""
    estimate: Estimate | None
    refused: RefusedInputError | None = None


def run(method: Offered, answers: Answers, lengths: Lengths) -> Applied:
    """Return what ``method`` says; a refusal is kept with the question it is about."""
    inputs: dict[str, Any] = {}
    try:
        inputs = method.inputs_of(answers, lengths)
        own = {method.name: method.own} if method.own is not None else None
        found = estimate(method.name, inputs, own)
    except RefusedInputError as refused:
        return Applied(method, answers, inputs, None, refused)
    return Applied(method, answers, inputs, found)


def by_measurements(
    lengths: Lengths, sex: str = "", own: Sequence[StatureEquation] = ()
) -> Iterator[Applied]:
    """Yield every method that works on these lengths, for one sex or for whichever.

    The equations of stature that an operation has of its own come before the published ones.
    """
    methods, equations = offered_with(own), (*own, *published_equations())
    statures = _of_stature(equations, lengths, sex)
    for method, answers in (*_of_size(lengths), *statures, *_of_shafts(lengths)):
        applied = run(methods[method], answers, lengths)
        if applied.estimate is not None or isinstance(applied.refused, OutsideRangeError):
            yield applied


def _of_size(lengths: Lengths) -> Iterator[tuple[str, Answers]]:
    for question in offered()["sex-metric"].questions[:1]:
        for measure in question.choices:
            if measure in lengths:
                yield (
                    "sex-metric",
                    {"measurement": measure, "reference": "pooled", "prior": "50"},
                )


def _of_stature(
    equations: Iterable[StatureEquation], lengths: Lengths, sex: str
) -> Iterator[tuple[str, Answers]]:
    for each in equations:
        if set(each.measures) <= lengths.keys() and sex in {"", each.sex}:
            yield (
                name_of(each),
                {
                    "measures": "+".join(each.measures),
                    "sex": str(each.sex),
                    "population": each.provenance.population,
                },
            )


def _of_shafts(lengths: Lengths) -> Iterator[tuple[str, Answers]]:
    for measure in lengths:
        if measure.startswith(SHAFT):
            bone = measure.removeprefix(SHAFT)
            yield "age-diaphysis", {"bone": bone, "sex": "any", "sample": "US+South Africa"}

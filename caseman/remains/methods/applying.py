"""Methods run on answers and recorded lengths; all that apply to what was measured."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from caseman.osteology import (
    NO_OWN,
    Estimate,
    OutsideRangeError,
    OwnMethods,
    RefusedInputError,
    Sectioning,
    StatureEquation,
    estimate,
    name_of,
    name_of_sizes,
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


def by_measurements(lengths: Lengths, sex: str = "", own: OwnMethods = NO_OWN) -> Iterator[Applied]:
    """Yield every method that works on these lengths, for one sex or for whichever.

    What an operation has of its own comes before the published.
    """
    methods, equations = offered_with(own), (*own.equations, *published_equations())
    sizes, statures = _of_size(lengths, own.sizes), _of_stature(equations, lengths, sex)
    for method, answers in (*sizes, *statures, *_of_shafts(lengths)):
        applied = run(methods[method], answers, lengths)
        if applied.estimate is not None or isinstance(applied.refused, OutsideRangeError):
            yield applied


def _of_size(lengths: Lengths, own: Iterable[Sectioning]) -> Iterator[tuple[str, Answers]]:
    ours = [(name_of_sizes(each), each.measurement, each.provenance.population) for each in own]
    sizes = offered()["sex-metric"].questions[0].choices
    for method, measure, population in (*ours, *(("sex-metric", size, "pooled") for size in sizes)):
        if measure in lengths:
            yield method, {"measurement": measure, "reference": population, "prior": "50"}


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

"""What an osteological method gives, and how it refuses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NoReturn


class Status(StrEnum):
    """How far a figure of a method can be relied on."""

    SEEN = "seen"
    """Read in the source that is named."""
    COMPUTED = "computed"
    """Computed anew from the open data that are named."""
    RECALLED = "recalled"
    """Reference, unverified: to be confirmed by an expert before it counts."""
    LOCAL = "local"
    """Given by the laboratory that uses it."""


class Sex(StrEnum):
    """The sex whose reference sample a method uses."""

    MALE = "M"
    FEMALE = "F"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Whose method it is, on whom it was made, and where its figures come from."""

    method: str
    population: str
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class Estimate:
    """One result of one method.

    ``interval`` holds both ends in ``unit``; an open end is ``None``. ``interval_kind`` says what
    it is an interval of: a prediction for one person, or only class limits or standard errors.
    """

    value: float | str | None
    unit: str
    provenance: Provenance
    interval: tuple[float | None, float | None] | None = None
    interval_kind: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class RefusedInputError(ValueError):
    """An input that a method cannot take; its text says what was expected."""

    def __init__(self, field_name: str, sentence: str) -> None:
        super().__init__(f"{field_name}: {sentence}")
        self.field_name = field_name
        self.sentence = sentence


class OutsideRangeError(RefusedInputError):
    """A number that no bone or age of the method's kind has; ``lowest`` and ``highest`` fit."""

    def __init__(self, field_name: str, given: float, fit: tuple[float, float], unit: str) -> None:
        self.given, (self.lowest, self.highest) = given, fit
        expected = f"{self.lowest:g} to {self.highest:g} {unit} is expected"
        super().__init__(field_name, f"{given:g} is given, {expected}")


def refuse(field_name: str, sentence: str) -> NoReturn:
    """Raise ``RefusedInputError`` about this input."""
    raise RefusedInputError(field_name, sentence)


def refuse_outside(name: str, value: float, lowest: float, highest: float, unit: str) -> None:
    """Raise ``OutsideRangeError`` unless ``lowest <= value <= highest``; NaN is refused too."""
    if not lowest <= value <= highest:
        raise OutsideRangeError(name, value, (lowest, highest), unit)

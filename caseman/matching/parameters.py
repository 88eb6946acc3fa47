"""Parameters of the engine as data: each with its value, its source and how far to trust it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import cast

SHIPPED = ("day-one", "default")

Value = float | list[float] | dict[str, float]


class Status(StrEnum):
    """What a value rests on: a source that was read, somebody's judgement, or counted pairs."""

    SEEN = "seen"
    ASSUMED = "assumed"
    FITTED = "fitted"


class ModelError(ValueError):
    """A model file that cannot be used; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value with where it comes from."""

    value: Value
    status: Status
    source: str


@dataclass(frozen=True)
class Parameters:
    """A named, complete set of parameters; `digest` identifies its values."""

    model: str
    entries: Mapping[str, Parameter]

    def number(self, name: str) -> float:
        """Return a single number; ModelError if the model has none of that name."""
        value = self._value(name)
        if isinstance(value, (list, dict)):
            message = f"{self.model}: parameter {name} has to be a single number"
            raise ModelError(message)
        return value

    def numbers(self, name: str) -> tuple[float, ...]:
        """Return a list of numbers; ModelError if the model has none of that name."""
        value = self._value(name)
        if not isinstance(value, list):
            message = f"{self.model}: parameter {name} has to be a list of numbers"
            raise ModelError(message)
        return tuple(value)

    def table(self, name: str) -> Mapping[str, float]:
        """Return numbers by code; ModelError if the model has none of that name."""
        value = self._value(name)
        if not isinstance(value, dict):
            message = f"{self.model}: parameter {name} has to be a table of numbers by code"
            raise ModelError(message)
        return value

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all values (not of their sources), hexadecimal."""
        values = {name: entry.value for name, entry in self.entries.items()}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()

    def replace(self, changes: Mapping[str, Parameter], *, model: str) -> "Parameters":
        """Return a copy named `model` with some parameters changed."""
        return Parameters(model, {**self.entries, **changes})

    def _value(self, name: str) -> Value:
        if name not in self.entries:
            message = f"{self.model}: parameter {name} is missing"
            raise ModelError(message)
        return self.entries[name].value


def parse_parameters(text: str, *, origin: str) -> Parameters:
    """Return the parameters written in JSON `text`; ModelError names what cannot be read."""
    try:
        content = json.loads(text)
        entries = {name: _entry(raw) for name, raw in content["parameters"].items()}
        return Parameters(str(content["model"]), entries)
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
        message = f"{origin} is not a model file: {error}"
        raise ModelError(message) from error


def write_parameters(parameters: Parameters, path: Path) -> None:
    """Write a model file that `parse_parameters` reads back."""
    entries = {
        name: {"value": entry.value, "status": entry.status.value, "source": entry.source}
        for name, entry in sorted(parameters.entries.items())
    }
    content = {"model": parameters.model, "parameters": entries}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def shipped(model: str) -> Parameters:
    """Return a model that comes with the program: `day-one` or `default`."""
    resource = files("caseman.matching") / "models" / f"{model}.json"
    return parse_parameters(resource.read_text(encoding="utf-8"), origin=f"{model}.json")


def load_model(name: str) -> Parameters:
    """Return a model by name (`day-one`, `default`) or from a file; ModelError if there is none."""
    if name in SHIPPED:
        return shipped(name)
    try:
        return parse_parameters(Path(name).read_text(encoding="utf-8"), origin=name)
    except (OSError, UnicodeDecodeError) as error:
        message = f"the model {name} is neither {' nor '.join(SHIPPED)} nor a file to be read"
        raise ModelError(message) from error


def _entry(raw: Mapping[str, object]) -> Parameter:
    return Parameter(_checked(raw["value"]), Status(str(raw["status"])), str(raw["source"]))


def _checked(value: object) -> Value:
    match value:
        case bool() | str() | None:
            message = f"{value!r} is not a number"
            raise ValueError(message)
        case list():
            return [float(x) for x in value]
        case dict():
            return {str(k): float(x) for k, x in value.items()}
        case _:
            return float(cast("float", value))


DAY_ONE = shipped("day-one")

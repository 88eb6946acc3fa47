"""Values out of parsed JSON, with the fault in words where something else stands there."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from caseman.kinship.faults import KinshipError

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


class UnreadableFileError(Exception):
    """A file that cannot be opened, is no JSON, or is of another kind."""


def load(path: Path, schema: str) -> Mapping[str, Json]:
    """Return the object of a file; raises UnreadableFileError, saying why."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        message = f"{path}: cannot be opened ({error.strerror})"
        raise UnreadableFileError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path}: is not UTF-8 text"
        raise UnreadableFileError(message) from error
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"{path}: is no JSON ({error})"
        raise UnreadableFileError(message) from error
    if not isinstance(found, Mapping) or found.get("schema") != schema:
        message = f"{path}: is not of the kind {schema} (its first key names the kind)"
        raise UnreadableFileError(message)
    return found


def objects(value: Json, what: str) -> list[Mapping[str, Json]]:
    """Return a list of objects, none for null; raises KinshipError for anything else."""
    return [an_object(entry, f"an entry of {what}") for entry in a_list(value, what)]


def a_list(value: Json, what: str) -> list[Json]:
    """Return a list, empty for null; raises KinshipError for anything else."""
    if value is None:
        return []
    if isinstance(value, str) or not isinstance(value, Sequence):
        fault = f"{what} is no list"
        raise KinshipError(fault)
    return list(value)


def an_object(value: Json, what: str) -> Mapping[str, Json]:
    """Return an object, empty for null; raises KinshipError for anything else."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        fault = f"{what} is no object"
        raise KinshipError(fault)
    return value


def text(value: Json, what: str) -> str:
    """Return a name; a number is taken as it is written. Raises KinshipError if there is none."""
    found = optional_text(value, what)
    if not found:
        fault = f"{what} is missing"
        raise KinshipError(fault)
    return found


def optional_text(value: Json, what: str) -> str | None:
    """Return a name or None; raises KinshipError for a list, an object or a truth value."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        fault = f"{what} is no text"
        raise KinshipError(fault)
    return str(value)


def number(value: Json, what: str) -> float:
    """Return a finite number; raises KinshipError for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        fault = f"{what} is no number"
        raise KinshipError(fault)
    try:
        found = float(value)
    except OverflowError:
        found = math.inf
    if not math.isfinite(found):
        fault = f"{what} is no finite number"
        raise KinshipError(fault)
    return found

"""The inputs of a method as a file gives them, read by name and kind."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from caseman.osteology.values import Sex, refuse


class Inputs:
    """The inputs of one entry, read by name and kind."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self._read: set[str] = set()

    def _take(self, name: str, expected: str) -> Any:  # noqa: ANN401 - as JSON gave it
        self._read.add(name)
        if self._given.get(name) is None:
            refuse(name, f"missing; {expected} is expected")
        return self._given[name]

    def has(self, name: str) -> bool:
        """Say whether an optional input is given."""
        self._read.add(name)
        return self._given.get(name) is not None

    def number(self, name: str, default: float | None = None) -> float:
        """Return a finite number."""
        if default is not None and not self.has(name):
            return default
        return _number(name, self._take(name, "a number"))

    def whole(self, name: str, default: int | None = None) -> int:
        """Return a whole number."""
        value = self.number(name, default)
        if value != int(value):
            refuse(name, f"{value:g} is given, a whole number is expected")
        return int(value)

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; a number is taken as it is written."""
        if default is not None and not self.has(name):
            return default
        value = self._take(name, "a text")
        if not isinstance(value, str | int):
            refuse(name, "a text is expected")
        return str(value)

    def sex(self, default: Sex | None = None) -> Sex | None:
        """Return the sex; M, F or any."""
        if not self.has("sex"):
            return default
        given = self.text("sex")
        if given not in set(Sex):
            refuse("sex", f"{given} is given, M, F or any is expected")
        return Sex(given)

    def numbers(self, name: str) -> dict[str, float]:
        """Return numbers by name."""
        value = self._take(name, "numbers by name")
        if not isinstance(value, Mapping):
            refuse(name, 'numbers by name are expected, as {"Fem_01": 452}')
        return {str(key): _number(f"{name} {key}", each) for key, each in value.items()}

    def texts(self, name: str) -> dict[str, str]:
        """Return texts by name."""
        value = self._take(name, "texts by name")
        if not isinstance(value, Mapping) or not all(isinstance(v, str) for v in value.values()):
            refuse(name, 'texts by name are expected, as {"HPE_EF": "absent"}')
        return dict(value)

    def entries(self, name: str) -> list["Inputs"]:
        """Return a list of objects."""
        value = self._take(name, "a list of objects")
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
            refuse(name, "a list of objects is expected")
        return [Inputs(each) for each in value]

    def refuse_unread(self) -> None:
        """Raise ``RefusedInputError`` for an input that the method never asked for."""
        unread = sorted(set(self._given) - self._read)
        if unread:
            known = ", ".join(sorted(self._read))
            refuse(unread[0], f"not an input of this method; known are {known}")


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        refuse(name, f"{value} is given, a number is expected")
    return float(value)

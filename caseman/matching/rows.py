"""Rows of a CSV file, read cell by cell; what cannot be read is noted, and the rest kept."""

import csv
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Generic, TypeVar

from caseman.matching.values import DateInterval, Position

Code = TypeVar("Code", bound=StrEnum)
Value = TypeVar("Value")

_LONGEST = 200  # characters kept of one name or code; longer ones are reported


class UnreadableFileError(ValueError):
    """A file that cannot be read at all; the message names the file and what would be right."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that could not be used: where, and what would be right."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, column {self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Reading(Generic[Value]):
    """What a file held, and what in it could not be used. A bad cell never loses its row."""

    values: tuple[Value, ...]
    problems: tuple[Problem, ...]


class Row:
    """One line of a file; reads cells as values and notes those that make no sense."""

    def __init__(
        self, file: str, line: int, cells: Mapping[str, str], problems: list[Problem]
    ) -> None:
        self._file = file
        self._line = line
        self._cells = cells
        self._problems = problems

    def refuse(self, column: str, message: str) -> None:
        """Note that a cell cannot be used."""
        self._problems.append(Problem(self._file, self._line, column, message))

    def text(self, column: str) -> str | None:
        """Return the cell, None where it is empty or absent."""
        text = (self._cells.get(column) or "").strip()
        if len(text) > _LONGEST:
            self.refuse(column, f"more than {_LONGEST} characters; cut there")
        return text[:_LONGEST] or None

    def number(self, column: str, *, low: float, high: float) -> float | None:
        """Return a number between `low` and `high`."""
        text = self.text(column)
        if text is None:
            return None
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if math.isfinite(number) and low <= number <= high:
            return number
        self.refuse(column, f"{text!r} is not a number from {low:g} to {high:g}")
        return None

    def code(self, column: str, codes: type[Code]) -> Code | None:
        """Return one of a closed list of codes."""
        text = self.text(column)
        if text is None:
            return None
        try:
            return codes(text)
        except ValueError:
            self.refuse(column, f"{text!r} is none of {', '.join(codes)}")
            return None

    def interval(self, first: str, last: str) -> DateInterval | None:
        """Return the days from one column to another, either of them enough."""
        begin, end = self._date(first), self._date(last)
        begin, end = begin or end, end or begin
        if begin is None or end is None:
            return None
        try:
            return DateInterval(begin, end)
        except ValueError as error:
            self.refuse(first, str(error))
            return None

    def _date(self, column: str) -> date | None:
        text = self.text(column)
        if text is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.refuse(column, f"{text!r} is not a date like 2017-08-30")
            return None

    def position(self, latitude: str, longitude: str) -> Position | None:
        """Return a point from two columns; both are needed."""
        north = self.number(latitude, low=-90, high=90)
        east = self.number(longitude, low=-180, high=180)
        return None if north is None or east is None else Position(north, east)

    def array(self, column: str) -> list[object] | None:
        """Return a JSON array, None where the cell is empty."""
        text = (self._cells.get(column) or "").strip()
        if not text:
            return None
        try:
            items = json.loads(text)
        except ValueError:
            items = None
        if isinstance(items, list):
            return items
        self.refuse(column, f'{text[:40]!r} is not a list like ["a", "b"]')
        return None

    def words(self, column: str) -> tuple[str, ...] | None:
        """Return a JSON array of texts."""
        items = self.array(column)
        if items is None:
            return None
        return tuple(str(item)[:_LONGEST] for item in items if isinstance(item, str) and item)

    def codes(self, column: str, separator: str, parts: int) -> tuple[tuple[str, ...], ...] | None:
        """Return texts such as `top:shirt:black`, each cut into `parts` parts."""
        words = self.words(column)
        if words is None:
            return None
        cut = [tuple(word.split(separator)) for word in words]
        for pieces in cut:
            if len(pieces) != parts or not pieces[0]:
                self.refuse(column, f"{separator.join(pieces)!r} does not have {parts} parts")
        return tuple(pieces for pieces in cut if len(pieces) == parts and pieces[0])


def rows_of(path: Path, required: tuple[str, ...], problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows of a CSV file (UTF-8, with or without BOM).

    Raises UnreadableFileError if it is none, or lacks a required column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            table = csv.DictReader(stream)
            missing = [name for name in required if name not in (table.fieldnames or ())]
            if missing:
                message = f"{path}: the first line lacks the column {missing[0]}"
                raise UnreadableFileError(message)
            for cells in table:
                yield Row(path.name, table.line_num, cells, problems)
    except OSError as error:
        message = f"{path}: cannot be opened ({error.strerror})"
        raise UnreadableFileError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path}: is not UTF-8 text (byte {error.start}); save it as CSV UTF-8"
        raise UnreadableFileError(message) from error
    except csv.Error as error:
        message = f"{path}: is not a CSV file ({error})"
        raise UnreadableFileError(message) from error

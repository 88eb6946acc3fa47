"""Rows of a CSV file, read cell by cell; what cannot be read is noted, and the rest kept."""

import csv
import json
import math
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Generic, TypeVar

from caseman.matching.values import DateInterval, Position

Code = TypeVar("Code", bound=StrEnum)
Value = TypeVar("Value")
Whole = TypeVar("Whole", bound=Hashable)

_LONGEST = 200  # characters kept of one name or code; longer ones are reported
_YEARS = range(1900, 2101)  # of an event; beyond is a slip of the pen
_REMEMBERED = 200_000  # cells of many rows read alike, so each text is read once


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


@dataclass(frozen=True, slots=True)
class Header:
    """The first line of a file: where each column stands, and a list for what is wrong below."""

    file: str
    places: Mapping[str, int]
    problems: list[Problem]


class Row:
    """One line of a file; reads cells as values and notes those that make no sense."""

    __slots__ = ("_cells", "_header", "_line")

    def __init__(self, header: Header, line: int, cells: list[str]) -> None:
        self._header = header
        self._line = line
        self._cells = cells

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the file."""
        return tuple(self._header.places)

    def refuse(self, column: str, message: str) -> None:
        """Note that a cell cannot be used."""
        self._header.problems.append(Problem(self._header.file, self._line, column, message))

    def raw(self, column: str) -> str:
        """Return the cell as it stands, empty where it is absent."""
        place = self._header.places.get(column, -1)
        return self._cells[place] if 0 <= place < len(self._cells) else ""

    def plain(self, columns: tuple[str, ...]) -> list[str]:
        """Return some cells, cut at the longest text kept and reported if one is longer."""
        texts = [self.raw(column).strip() for column in columns]
        for place, column in enumerate(columns):
            if len(texts[place]) > _LONGEST:
                texts[place] = self.text(column) or ""
        return texts

    def text(self, column: str) -> str | None:
        """Return the cell, None where it is empty or absent."""
        text = self.raw(column).strip()
        if len(text) > _LONGEST:
            self.refuse(column, f"more than {_LONGEST} characters; cut there")
            text = text[:_LONGEST]
        # Names and codes come again and again; each is kept once.
        return intern(text) or None

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
        if begin > end:
            message = f"an interval cannot end ({end}) before it begins ({begin})"
            self.refuse(first, message)
            return None
        return _days(begin, end)

    def _date(self, column: str) -> date | None:
        text = self.text(column)
        if text is None:
            return None
        day = _day(text)
        if day is None:
            self.refuse(column, f"{text!r} is not a date like 2017-08-30")
        elif day.year not in _YEARS:
            self.refuse(column, f"{text} lies outside {_YEARS[0]} to {_YEARS[-1]}")
            return None
        return day

    def position(self, latitude: str, longitude: str) -> Position | None:
        """Return a point from two columns; both are needed."""
        north = self.number(latitude, low=-90, high=90)
        east = self.number(longitude, low=-180, high=180)
        return None if north is None or east is None else _point(north, east)

    def array(self, column: str) -> list[object] | None:
        """Return a JSON array, None where the cell is empty."""
        text = self.raw(column).strip()
        if not text:
            return None
        try:
            items = json.loads(text)
        except (ValueError, RecursionError):
            items = None
        if isinstance(items, list):
            return items
        self.refuse(column, f'{text[:40]!r} is not a list like ["a", "b"]')
        return None

    def words(self, column: str) -> tuple[str, ...] | None:
        """Return a JSON array of texts; other items are noted and left out."""
        text = self.raw(column)
        words = _words(text)
        if words is not None:
            return words
        items = self.array(column)
        if items is None:
            return None
        kept = [item for item in items if isinstance(item, str)]
        if len(kept) < len(items) or any(len(item) > _LONGEST for item in kept):
            self.refuse(column, f"an item is no text, or has more than {_LONGEST} characters")
        return tuple(item[:_LONGEST] for item in kept if item)

    def codes(
        self, column: str, separator: str, kind: Callable[..., Whole], parts: int
    ) -> frozenset[Whole] | None:
        """Return texts such as `top:shirt:black`, each cut into `parts` parts of a `kind`."""
        words = self.words(column)
        if words is None:
            return None
        found = _cut(words, separator, kind, parts)
        if len(found) < len(words):
            for word in words:
                if not _has_parts(word.split(separator), parts):
                    self.refuse(column, f"{word!r} does not have {parts} parts")
        return found


def _has_parts(pieces: list[str], parts: int) -> bool:
    return len(pieces) == parts and bool(pieces[0])


@lru_cache(maxsize=_REMEMBERED)
def _cut(
    words: tuple[str, ...], separator: str, kind: Callable[..., Whole], parts: int
) -> frozenset[Whole]:
    pieces = (word.split(separator) for word in words)
    return frozenset(kind(*cut) for cut in pieces if _has_parts(cut, parts))


@lru_cache(maxsize=_REMEMBERED)
def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(maxsize=_REMEMBERED)
def _days(first: date, last: date) -> DateInterval:
    return DateInterval(first, last)


@lru_cache(maxsize=_REMEMBERED)
def _point(latitude: float, longitude: float) -> Position:
    return Position(latitude, longitude)


@lru_cache(maxsize=_REMEMBERED)
def _words(text: str) -> tuple[str, ...] | None:
    """Return the texts of a JSON array if there is nothing to complain of, else None."""
    try:
        items = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(items, list):
        return None
    plain = all(isinstance(item, str) and len(item) <= _LONGEST for item in items)
    return tuple(filter(None, items)) if plain else None


def rows_of(path: Path, required: tuple[str, ...], problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows of a CSV file (UTF-8, with or without BOM); empty lines are passed over.

    Raises UnreadableFileError if it is none, or lacks a required column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            table = csv.reader(stream)
            header = _header(path, next(table, []), required, problems)
            for cells in table:
                if not cells:
                    continue
                row = Row(header, table.line_num, cells)
                if len(cells) > len(header.places):
                    row.refuse("-", "more cells than columns; those beyond the last are left out")
                yield row
    except OSError as error:
        message = f"{path}: cannot be opened ({error.strerror})"
        raise UnreadableFileError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path}: is not UTF-8 text (byte {error.start}); save it as CSV UTF-8"
        raise UnreadableFileError(message) from error
    except csv.Error as error:
        message = f"{path}: is not a CSV file ({error})"
        raise UnreadableFileError(message) from error


def _header(
    path: Path, names: list[str], required: tuple[str, ...], problems: list[Problem]
) -> Header:
    missing = [name for name in required if name not in names]
    if missing:
        message = f"{path}: the first line lacks the column {missing[0]}"
        raise UnreadableFileError(message)
    places = {name.strip(): place for place, name in enumerate(names)}
    if len(places) < len(names):
        message = f"{path}: the first line names a column twice"
        raise UnreadableFileError(message)
    return Header(path.name, places, problems)

"""Reads the cells of one row as typed values; each fault names its column and what would be right.

Every reader returns None (or an empty value) for an empty cell: absence is no error.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from caseman.coding import N_
from caseman.exchange.sheets import Row
from caseman.writing import clean_line, clean_lines, plain_number

C = TypeVar("C", bound=StrEnum)

MAX_LINE = 400
MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a row, in words with placeholders to fill."""

    line: int
    column: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


class RowRefusedError(ValueError):
    """A row cannot be taken, for the faults it carries."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


class Cells:
    """The cells of one row. Faults are gathered, so that one look shows them all."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.faults: list[Fault] = []
        self.notices: list[Fault] = []
        if row.surplus:
            self.fault("", N_("The row has %(count)d cells too many."), count=row.surplus)

    def fault(self, column: str, message: str, **values: object) -> None:
        """Note a fault of ``column``."""
        self.faults.append(Fault(self.row.line, column, message, values))

    def notice(self, column: str, message: str, **values: object) -> None:
        """Note something worth telling that refuses nothing."""
        self.notices.append(Fault(self.row.line, column, message, values))

    def done(self) -> None:
        """Raise ``RowRefusedError`` where anything was wrong."""
        if self.faults:
            raise RowRefusedError(self.faults)

    def text(self, column: str, *, longest: int = MAX_LINE) -> str:
        """Return one cleaned line."""
        return self._within(column, clean_line(self.row.cells.get(column, "")), longest)

    def lines(self, column: str) -> str:
        """Return cleaned text with its line breaks."""
        return self._within(column, clean_lines(self.row.cells.get(column, "")), MAX_TEXT)

    def required(self, column: str, *, longest: int = MAX_LINE) -> str:
        """Return one line that must not be empty."""
        value = self.text(column, longest=longest)
        if not value:
            self.fault(column, N_("This cell must not be empty."))
        return value

    def _within(self, column: str, value: str, longest: int) -> str:
        if len(value) > longest:
            self.fault(
                column,
                N_("%(count)d characters are too many: at most %(longest)d."),
                count=len(value),
                longest=longest,
            )
            return ""
        return value

    def number(self, column: str, *, low: float, high: float) -> float | None:
        """Return a number between ``low`` and ``high``."""
        text = plain_number(self.row.cells.get(column, ""))
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            self.fault(column, N_("“%(text)s” is not a number."), text=text[:40])
            return None
        if not low <= value <= high:
            self.fault(
                column,
                N_("%(value)s is outside %(low)s to %(high)s."),
                value=text[:40],
                low=f"{low:g}",
                high=f"{high:g}",
            )
            return None
        return value

    def whole(self, column: str, *, low: int, high: int) -> int | None:
        """Return a whole number between ``low`` and ``high``."""
        value = self.number(column, low=low, high=high)
        if value is not None and not value.is_integer():
            self.fault(column, N_("%(value)s is not a whole number."), value=f"{value:g}")
            return None
        return None if value is None else int(value)

    def flag(self, column: str) -> bool | None:
        """Return yes or no."""
        text = clean_line(self.row.cells.get(column, "")).lower()
        if not text:
            return None
        if text not in {"0", "1", "yes", "no", "true", "false"}:
            self.fault(column, N_("“%(text)s” is neither yes nor no."), text=text[:40])
            return None
        return text in {"1", "yes", "true"}

    def day(self, column: str) -> date | None:
        """Return a date written as 2017-08-29."""
        text = plain_number(self.row.cells.get(column, ""))
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fault(column, N_("“%(text)s” is not a date such as 2017-08-29."), text=text[:40])
            return None

    def days(self, first: str, last: str) -> tuple[date | None, date | None]:
        """Return an interval of dates whose end does not lie before its beginning."""
        start, end = self.day(first), self.day(last)
        if start is not None and end is not None and start > end:
            self.fault(last, N_("The interval ends before it begins."))
            return None, None
        return start, end

    def code(self, column: str, codes: type[C]) -> C | None:
        """Return a controlled value."""
        text = clean_line(self.row.cells.get(column, ""))
        if not text:
            return None
        try:
            return codes(text)
        except ValueError:
            self.fault(
                column,
                N_("“%(text)s” is not one of: %(values)s."),
                text=text[:40],
                values=", ".join(codes),
            )
            return None

    def known(self, column: str, codes: type[C]) -> tuple[C | None, str]:
        """Return a controlled value, or else the text as it was told, with a notice."""
        return self.told(column, clean_line(self.row.cells.get(column, ""))[:200], codes)

    def told(self, column: str, text: str, codes: type[C]) -> tuple[C | None, str]:
        """Return ``text`` as a controlled value where it is one, else as text with a notice."""
        if not text:
            return None, ""
        try:
            return codes(text), ""
        except ValueError:
            self.notice(column, N_("“%(text)s” is no known value; kept as told."), text=text[:40])
            return None, text

    def items(self, column: str) -> list[str]:
        """Return a JSON array of texts."""
        return [clean_line(item) for item in self._array(column, str) if clean_line(item)]

    def objects(self, column: str) -> list[dict[str, Any]]:
        """Return a JSON array of objects."""
        return self._array(column, dict)

    def _array(self, column: str, kind: type[Any]) -> list[Any]:
        text = self.row.cells.get(column, "").strip()
        if not text:
            return []
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
            self.fault(column, N_('This cell must hold a JSON list such as ["…", "…"].'))
            return []
        return value

"""Reads a CSV or XLSX table into rows of text, within limits, or says why it cannot.

A workbook is measured before it is parsed: openpyxl needs minutes and gigabytes for a small file
made to hurt (security.md section 0, point 8).
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from caseman.coding import N_
from caseman.database import DomainError

MAX_BYTES = 200 * 2**20
MAX_UNPACKED = 250 * 2**20
MAX_RATIO = 100
MAX_ENTRIES = 100
MAX_CELLS = 20_000_000
MAX_CELL_CHARACTERS = 100_000


class SheetError(DomainError):
    """The file as a whole cannot be read; nothing of it was taken."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its line in the file and its cells by column name."""

    line: int
    cells: dict[str, str]
    surplus: int = 0
    """How many cells lie beyond the last named column."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as read: the columns in order, then the rows that hold anything."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(path: Path) -> Sheet:
    """Return the table in ``path``; raise ``SheetError`` where it is none."""
    if not path.is_file():
        raise SheetError(N_("There is no file %(name)s."), name=path.name)
    size = path.stat().st_size
    if size == 0:
        raise SheetError(N_("The file is empty: a first line with column names is needed."))
    if size > MAX_BYTES:
        raise SheetError(
            N_("The file is larger than %(limit)d MB: divide it."), limit=MAX_BYTES // 2**20
        )
    with path.open("rb") as file:
        packed = file.read(4) == b"PK\x03\x04"
    return _table(_workbook_lines(path) if packed else _text_lines(path))


def _text_lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise SheetError(
            N_("Line %(line)d is not written in UTF-8: save the table as CSV UTF-8."), line=line
        ) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise SheetError(N_("Line %(line)d holds a NUL character: this is no CSV."), line=line)
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise SheetError(
            N_("Line %(line)d cannot be read as CSV (%(why)s): check its quotation marks."),
            line=reader.line_num,
            why=str(error),
        ) from error


def _workbook_lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    _measure(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        cells = 0
        for line, values in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            cells += len(values)
            if cells > MAX_CELLS:
                raise SheetError(N_("The workbook has more cells than can be read: divide it."))
            yield line, [_written(value) for value in values]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise SheetError(N_("The file is not a readable XLSX workbook.")) from error


def _measure(path: Path) -> None:
    """Refuse a workbook whose parts unpack beyond the limits."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise SheetError(N_("The file is not a readable XLSX workbook.")) from error
    unpacked = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    if len(parts) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > packed * MAX_RATIO:
        raise SheetError(N_("The workbook unpacks to more than can be read: divide it."))


def _written(value: object) -> str:
    """Return a cell as the text a CSV of the same table would hold."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _table(lines: Iterator[tuple[int, Sequence[str]]]) -> Sheet:
    _, header = next(lines, (0, ()))
    columns = tuple(name.strip() for name in header)
    while columns and not columns[-1]:
        columns = columns[:-1]
    if not columns:
        raise SheetError(N_("The first line must hold the names of the columns."))
    for number, name in enumerate(columns, start=1):
        if not name:
            raise SheetError(N_("Column %(number)d of the first line has no name."), number=number)
        if name in columns[: number - 1]:
            raise SheetError(N_("Two columns are named %(name)s."), name=name)
    rows = (_row(line, columns, cells) for line, cells in lines)
    return Sheet(columns, tuple(row for row in rows if row.surplus or any(row.cells.values())))


def _row(line: int, columns: tuple[str, ...], cells: Sequence[str]) -> Row:
    named = {name: cells[place] if place < len(cells) else "" for place, name in enumerate(columns)}
    return Row(line, named, surplus=sum(1 for cell in cells[len(columns) :] if cell.strip()))

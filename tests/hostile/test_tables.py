"""Tables that nobody should send: each row goes in whole or is refused with the reason."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from caseman.accounts.models import Operation
from caseman.exchange.codes import ImportKind
from caseman.exchange.importing import import_sheet
from caseman.exchange.kinds import reader_of
from caseman.exchange.sheets import SheetError, read_sheet
from tests.hostile.values import NASTY, NUMBERS

HEADER = "site_id,name\n"
SITES = {"site_id": "S1", "name": "Old quarry"}
EXAMPLES = Path(__file__).parents[1] / "exchange" / "data"
CELLS = (
    NASTY,
    "x" * 10_000,
    "x" * 30_000,
    "_x0000_ _xD800_ _xFFFF_",
    "\u202e\u2066\u200b",
    "[" * 20_000,
    '{"a": ["b"]}',
    "2017-02-30",
    "0000-00-00",
    *NUMBERS,
)
"""What may stand in any cell; the fourth is how a workbook writes signs that are none."""


def bomb() -> bytes:
    """A workbook of some kilobytes that unpacks to more than anybody should read."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return held.getvalue()


def part_of_workbook(content: bytes) -> bytes:
    """A workbook whose table is not what a table looks like."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet().write_row(0, 0, list(SITES))
    broken = io.BytesIO()
    with zipfile.ZipFile(held) as whole, zipfile.ZipFile(broken, "w") as archive:
        for name in whole.namelist():
            is_table = name.endswith("sheet1.xml")
            archive.writestr(name, content if is_table else whole.read(name))
    return broken.getvalue()


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
UNREADABLE = {
    "empty": b"",
    "only a mark": b"\xef\xbb\xbf",
    "utf-16": (HEADER + "S1,Old quarry\n").encode("utf-16"),
    "windows-1256": (HEADER + "S1,المقلع\n").encode("cp1256"),
    "nul": (HEADER + "S1,Old\0quarry\n").encode(),
    "half a quote": (HEADER + 'S1,"Old').encode(),
    "a cell without end": (HEADER + "S1," + "x" * 200_000).encode(),
    "no name": b",name\nS1,x\n",
    "two names": b"site_id,name,name\nS1,x,y\n",
    "a zip of nothing": b"PK\x03\x04" + b"\0" * 100,
    "a bomb": bomb(),
    "no table": part_of_workbook(b"<worksheet"),
    "another document": part_of_workbook(b"<html/>"),
    "entities": part_of_workbook(ENTITIES),
    "bytes": part_of_workbook(b"\xff\xfe\x00"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_no_table_is_refused_in_words(tmp_path, name):
    path = tmp_path / "table.csv"
    path.write_bytes(UNREADABLE[name])
    with pytest.raises(SheetError) as refused:
        read_sheet(path)
    assert str(refused.value)


def test_a_mark_at_the_beginning_is_no_part_of_the_first_name(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes((HEADER + "S1,المقلع\n").encode("utf-8-sig"))
    assert read_sheet(path).rows[0].cells == {"site_id": "S1", "name": "المقلع"}


@pytest.fixture
def operation(session):
    row = Operation(code="RQA", name="Example operation")
    session.add(row)
    session.flush()
    return row


def good_row(kind: ImportKind) -> dict[str, str]:
    path = EXAMPLES / f"{kind.value}.csv"
    if not path.exists():
        return SITES
    with path.open(encoding="utf-8") as file:
        return next(csv.DictReader(file))


def with_one_bad_cell(kind: ImportKind, columns) -> list[dict[str, str]]:
    """One row for each column and each value, beside answers that are good."""
    good = {**dict.fromkeys(columns, ""), **good_row(kind)}
    return [{**good, column: value} for column in columns for value in CELLS]


@pytest.mark.parametrize("kind", list(ImportKind))
def test_every_row_is_taken_whole_or_refused_with_line_column_and_reason(
    session, operation, tmp_path, kind
):
    reader = reader_of(kind, session, operation)
    rows = with_one_bad_cell(kind, reader.columns)
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        table = book.add_worksheet()
        for line, cells in enumerate([list(reader.columns), *(list(row.values()) for row in rows)]):
            for place, cell in enumerate(cells):
                table.write_string(line, place, cell)

    tally = import_sheet(session, reader, read_sheet(path), operation)

    session.flush()
    assert tally.rows == len(rows)
    assert tally.rows == tally.created + tally.unchanged + tally.refused
    assert tally.refused
    for fault in tally.faults:
        assert 2 <= fault.line <= len(rows) + 1
        assert fault.column in {"", *reader.columns}
        assert str(fault).strip()
        assert len(str(fault)) < 500

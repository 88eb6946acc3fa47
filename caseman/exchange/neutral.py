"""Tables out: CSV and XLSX that no spreadsheet program takes for formulas.

A cell whose text begins with a sign that starts a formula gets an apostrophe in CSV, and is
written as a typed string in XLSX (ASVS 5.0 1.2.10; security.md, AB11).
"""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001
MAX_SHEET_ROWS = 1_048_576


def neutral(value: object) -> str:
    """Return a value as text that begins no formula."""
    text = "" if value is None else str(value).replace("\0", "")
    return f"'{text}" if text.lstrip(" \u00a0\u3000").startswith(DANGEROUS) else text


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return the table as CSV in UTF-8 with a byte order mark, which Excel needs for Arabic."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([neutral(name) for name in header])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(
    header: Sequence[str], rows: Iterable[Sequence[object]], *, right_to_left: bool = False
) -> bytes:
    """Return the table as a workbook of one sheet with typed strings and numbers."""
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        if right_to_left:
            sheet.right_to_left()
        bold = book.add_format({"bold": True})
        for place, name in enumerate(header):
            sheet.write_string(0, place, neutral(name), bold)
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(sheet, line, place, cell)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, place: int, cell: object) -> None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(line, place, cell)
    else:
        sheet.write_string(line, place, neutral(cell))

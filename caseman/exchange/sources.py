"""Keeps the ids of one source apart from the same ids of another.

Two surveys both number from R000001. Under one name for all, the second would be refused, and its
effects would be put with the remains of the first.
"""

import json
from dataclasses import replace

from caseman.exchange.sheets import Row, Sheet

IDS = ("site_id", "remains_id", "report_id", "id")
LISTS_OF_IDS = ("found_with",)
LONGEST = 20
"""Characters of a source's name; an id has 60 together with it."""


def of_source(sheet: Sheet, source: str) -> Sheet:
    """Return ``sheet`` with every id in it written ``SOURCE:ID``, as it will be kept."""
    return replace(sheet, rows=tuple(_marked(row, source) for row in sheet.rows))


def _marked(row: Row, source: str) -> Row:
    single = {name: _of(source, row.cells[name]) for name in IDS if row.cells.get(name, "").strip()}
    lists = {name: _each_of(source, row.cells[name]) for name in LISTS_OF_IDS if name in row.cells}
    return replace(row, cells=row.cells | single | lists)


def _of(source: str, own: str) -> str:
    return f"{source}:{own.strip()}"


def _each_of(source: str, cell: str) -> str:
    """Mark each id of a JSON array; what is none stays as it is, and is refused by its reader."""
    try:
        items = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        return cell
    return json.dumps([_of(source, item) for item in items], ensure_ascii=False)

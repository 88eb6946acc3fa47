"""The reference tables of the engine: methods are data, read once from ``data/``."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeVar

from caseman.osteology.values import Provenance, Status

Row = dict[str, str]
Value = TypeVar("Value")


@cache
def rows(table: str) -> tuple[Row, ...]:
    """Return the rows of ``data/<table>.csv``, every cell as text."""
    with files("caseman.osteology").joinpath(f"data/{table}.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def provenance(table: str, method: str, population: str) -> Provenance:
    """Return where the figures of a table come from whose rows all have one source."""
    (row,) = (row for row in rows("sources") if row["table"] == table)
    return Provenance(method, population, row["source"], Status(row["status"]))


def number(text: str) -> float | None:
    """Return a cell as a number; an empty one as ``None``."""
    return float(text) if text else None


def distinct(values: Iterable[str]) -> Iterator[str]:
    """Yield each value once, in the order in which they first come."""
    return iter(dict.fromkeys(values))


def grouped(values: Iterable[Value], name: Callable[[Value], str]) -> Mapping[str, list[Value]]:
    """Return the values by name, names and values in the order in which they first come."""
    found: dict[str, list[Value]] = defaultdict(list)
    for each in values:
        found[name(each)].append(each)
    return found


def titled(row: Row) -> str:
    """Return author or laboratory, and year."""
    return f"{row['method']} {row['year']}".strip()

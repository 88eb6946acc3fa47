"""Reads allele frequencies from a CSV table: population, locus, allele, frequency."""

import csv
import math
from collections import defaultdict
from pathlib import Path

from caseman.kinship.faults import KinshipError
from caseman.kinship.fields import UnreadableFileError
from caseman.kinship.mutation import MutationPair
from caseman.kinship.values import Locus

_COLUMNS = {"locus", "allele", "frequency"}


def read_frequencies(
    path: Path, population: str | None = None, mutation: MutationPair | None = None
) -> tuple[Locus, ...]:
    """Return the loci of a table, each scaled to sum to one.

    A population is needed where the table has several. Raises UnreadableFileError if the file is
    no such table, KinshipError, naming the locus, for a frequency that is none.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path}: cannot be read ({error})"
        raise UnreadableFileError(message) from error
    if not rows or not set(rows[0]) >= _COLUMNS:
        message = f"{path}: has not the columns {', '.join(sorted(_COLUMNS))} and a row"
        raise UnreadableFileError(message)
    known = sorted({row.get("population") or "" for row in rows})
    if population is None and len(known) > 1:
        message = f"{path}: has several populations; choose one of {', '.join(known)}"
        raise UnreadableFileError(message)
    chosen = [row for row in rows if population in {None, row.get("population")}]
    if not chosen:
        message = f"{path}: has no population {population}; it has {', '.join(known)}"
        raise UnreadableFileError(message)
    tables: dict[str, dict[str, float]] = defaultdict(dict)
    for row in chosen:
        name, allele = row["locus"] or "", row["allele"] or ""
        if allele in tables[name]:
            fault = f"allele {allele} stands twice"
            raise KinshipError(fault, locus=name)
        tables[name][allele] = _frequency(name, row["frequency"])
    return tuple(_locus(name, table, mutation) for name, table in tables.items())


def _frequency(locus: str, written: str | None) -> float:
    try:
        value = float(written or "")
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        fault = f"frequency {written} is no number from 0 to 1"
        raise KinshipError(fault, locus=locus)
    return value


def _locus(name: str, table: dict[str, float], mutation: MutationPair | None) -> Locus:
    seen = {allele: value for allele, value in table.items() if value > 0}
    total = math.fsum(seen.values())
    return Locus(name, tuple(seen), tuple(value / total for value in seen.values()), mutation)

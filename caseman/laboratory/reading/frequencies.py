"""Tables of allele frequencies: those that come along, and those that a laboratory brings."""

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Final, NoReturn

from caseman.coding import N_
from caseman.laboratory.reading.markers import AMELOGENIN, marker_named, read_alleles
from caseman.laboratory.reading.tables import UnreadableTableError
from caseman.values import Doubt

Frequencies = dict[str, dict[str, float]]
"""Frequency by marker and allele."""

COLUMNS: Final = ("locus", "allele", "frequency")
ROUNDED: Final = 0.03
"""How far the frequencies of a marker may sum from one: published tables are rounded."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A table that comes along with the program, and what is known of it."""

    code: str
    name: str
    population: str
    source: str
    chromosomes: int | None
    """How many alleles were counted; None where the source does not say."""

    @property
    def frequencies(self) -> Frequencies:
        """Its numbers."""
        return _shipped_numbers(self.code)


SHIPPED: Final = (
    Shipped(
        "west_asia",
        "norSTR West Asia",
        "West Asia",
        "norSTR 2023, population westAsia (MIT licence). The source states neither its sample size "
        "nor the countries; a floor of 0.001 was applied there.",
        None,
    ),
    Shipped(
        "nist_caucasian",
        "NIST 1036",
        "United States, Caucasian",
        "NIST 1036 revised 2017, Caucasian (Steffen et al. 2017), public domain",
        722,
    ),
)


@cache
def _shipped_numbers(code: str) -> Frequencies:
    path = files("caseman.laboratory").joinpath(f"data/frequencies/{code}.csv")
    return read_frequencies(path.read_text(encoding="utf-8"))


def read_frequencies(text: str) -> Frequencies:
    """Return the frequencies of a table with the columns locus, allele and frequency.

    Commas, semicolons and tabs divide alike. Raises UnreadableTableError for the first line that
    cannot be right, and for a marker whose frequencies sum too far from one.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    delimiter = next((each for each in "\t;" if lines and each in lines[0]), ",")
    rows = csv.reader(StringIO("\n".join(lines)), delimiter=delimiter)
    header = [cell.strip().lower().removeprefix("\ufeff") for cell in next(rows, [])]
    if not set(COLUMNS) <= set(header):
        raise UnreadableTableError(
            Doubt(N_("The first line must name the columns locus, allele and frequency."))
        )
    places = [header.index(name) for name in COLUMNS]
    found: Frequencies = {}
    for line, row in enumerate(rows, start=2):
        _take(found, line, [row[at].strip() if at < len(row) else "" for at in places])
    _check_sums(found)
    return found


def written(frequencies: Mapping[str, Mapping[str, float]]) -> str:
    """Return frequencies as the table that ``read_frequencies`` reads."""
    rows = (
        f"{marker},{allele},{value!r}"
        for marker, alleles in frequencies.items()
        for allele, value in alleles.items()
    )
    return "\n".join([",".join(COLUMNS), *rows])


def _take(found: Frequencies, line: int, cells: Iterable[str]) -> None:
    locus, written, number = cells
    marker = marker_named(locus)
    if marker is None or marker == AMELOGENIN:
        _refuse(N_("Line %(line)s: “%(text)s” is a marker of no kit here."), line, locus)
    alleles, _ = read_alleles(marker, [written])
    if not alleles:
        _refuse(N_("Line %(line)s: “%(text)s” is no allele."), line, written)
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        _refuse(N_("Line %(line)s: “%(text)s” is no frequency from 0 to 1."), line, number)
    if alleles[0] in found.setdefault(marker, {}):
        _refuse(N_("Line %(line)s: allele “%(text)s” stands twice."), line, written)
    if value > 0:
        found[marker][alleles[0]] = value


def _refuse(message: str, line: int, text: str) -> NoReturn:
    raise UnreadableTableError(Doubt(message, {"line": line, "text": text[:20]}))


def _check_sums(found: Mapping[str, Mapping[str, float]]) -> None:
    if not found:
        raise UnreadableTableError(Doubt(N_("The table holds no frequency.")))
    for marker, alleles in found.items():
        total = math.fsum(alleles.values())
        if abs(total - 1) > ROUNDED:
            raise UnreadableTableError(
                Doubt(
                    N_("%(marker)s: the frequencies sum to %(total)s, not to 1."),
                    {"marker": marker, "total": f"{total:.3f}"},
                )
            )

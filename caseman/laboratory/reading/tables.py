"""Tables of genotypes: one row a sample, or one row a sample and marker (GeneMapper)."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Final

from caseman.coding import N_
from caseman.laboratory.reading.markers import QUALITY, marker_named, read_alleles
from caseman.values import Doubt

SAMPLE: Final = frozenset({"sample", "samplename", "sampleid", "id", "name", "code", "specimen"})
MARKER: Final = frozenset({"marker", "locus", "system"})
_ALLELE_COLUMN = re.compile(r"allele ?\d+", re.IGNORECASE)
_HALF = re.compile(r"(.+?)[-_. ]([12])")
_BETWEEN = re.compile(r"[/,; ]+")
LONGEST_NAME: Final = 40

NumberedRow = tuple[int, list[str]]
"""The number of a line in its file, and its cells."""


class UnreadableTableError(ValueError):
    """The text is no table of genotypes; ``doubt`` says what is missing."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt.message)
        self.doubt = doubt


@dataclass(slots=True)
class SampleRead:
    """What a file says of one sample: alleles by marker, and what could not be taken."""

    name: str
    line: int
    genotype: dict[str, tuple[str, ...]] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def add(self, marker: str, written: Sequence[str]) -> None:
        """Take the alleles of one marker; a marker that is there already is not replaced."""
        alleles, doubt = read_alleles(marker, written)
        if marker in self.genotype:
            doubt = Doubt(N_("%(marker)s stands twice."), {"marker": marker})
        if doubt is not None:
            self.doubts.append(doubt)
        elif alleles:
            self.genotype[marker] = alleles

    def take(self, written: str, alleles: Sequence[str]) -> None:
        """Take the alleles of a marker by any of its names; say so where no kit has it."""
        marker = marker_named(written)
        if marker is None:
            named = {"marker": written[:20]}
            self.doubts.append(Doubt(N_("“%(marker)s” is a marker of no kit here."), named))
        elif marker not in QUALITY:
            self.add(marker, alleles)


def read_table(text: str) -> list[SampleRead]:
    """Return the samples of a table with tabs, semicolons or commas, in their order.

    Raises UnreadableTableError where the first line names no column of samples.
    """
    rows = list(_rows(text))
    header = [cell.strip() for cell in rows[0][1]] if rows else []
    place = next((i for i, cell in enumerate(header) if _plain(cell) in SAMPLE), None)
    if place is None:
        raise UnreadableTableError(
            Doubt(N_("The first line must name the columns, one of them “Sample Name”."))
        )
    is_long = any(_plain(cell) in MARKER for cell in header)
    return (_long if is_long else _wide)(header, place, rows[1:])


def _rows(text: str) -> Iterator[NumberedRow]:
    delimiter = next((each for each in "\t;" if each in first_line(text)), ",")
    return numbered_rows(text, delimiter)


def first_line(text: str) -> str:
    """Return the first line that is not blank, empty where there is none."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def numbered_rows(text: str, delimiter: str) -> Iterator[NumberedRow]:
    """Yield the rows that are not blank, each with the number of its line in the file."""
    reader = csv.reader(StringIO("\n".join(text.splitlines())), delimiter=delimiter)
    for row in reader:
        if len(row) > 1 or any(cell.strip() for cell in row):
            yield reader.line_num, row


def _plain(cell: str) -> str:
    return re.sub(r"[^a-z]", "", cell.lower())


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _long(header: list[str], place: int, rows: Iterable[NumberedRow]) -> list[SampleRead]:
    at = next(i for i, cell in enumerate(header) if _plain(cell) in MARKER)
    alleles = [i for i, cell in enumerate(header) if _ALLELE_COLUMN.fullmatch(cell)]
    if not alleles:
        raise UnreadableTableError(Doubt(N_("Columns “Allele 1” and “Allele 2” are missing.")))
    samples: dict[str, SampleRead] = {}
    for line, row in rows:
        name = _cell(row, place)[:LONGEST_NAME]
        sample = samples.setdefault(name, SampleRead(name, line))
        sample.take(_cell(row, at), [_cell(row, i) for i in alleles])
    return list(samples.values())


def _wide(header: list[str], place: int, rows: Iterable[NumberedRow]) -> list[SampleRead]:
    columns = marker_columns(header)
    if not columns:
        raise UnreadableTableError(Doubt(N_("No column bears the name of a marker.")))
    samples = []
    for line, row in rows:
        sample = SampleRead(_cell(row, place)[:LONGEST_NAME], line)
        for marker, places in columns.items():
            cells = [_cell(row, each) for each in places]
            written = cells if len(places) > 1 else split_alleles(cells[0])
            if marker not in QUALITY:
                sample.add(marker, written)
        samples.append(sample)
    return samples


def marker_columns(header: list[str]) -> dict[str, list[int]]:
    """Return the columns of each marker: one with both alleles, or two with one each."""
    columns: dict[str, list[int]] = {}
    for place, cell in enumerate(header):
        half = _HALF.fullmatch(cell)
        marker = marker_named(cell) or (marker_named(half[1]) if half else None)
        if marker is not None:
            columns.setdefault(marker, []).append(place)
    return columns


def split_alleles(cell: str) -> list[str]:
    """Return the alleles of a cell that holds all of a marker: ``15/17``, ``15,17``."""
    return _BETWEEN.split(cell)

"""Genotypes and relations from pedigree files (``.ped``): one row a person, with both parents.

Columns as in LINKAGE and plink (family, person, father, mother, sex, sometimes a phenotype), then
one column ``15/17`` or two columns a marker. A first line must name them: without it a file does
not say which markers it holds, and nothing is guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from caseman.coding import N_
from caseman.laboratory.reading.kinship import Link, TreeRead
from caseman.laboratory.reading.tables import (
    LONGEST_NAME,
    NumberedRow,
    SampleRead,
    UnreadableTableError,
    first_line,
    marker_columns,
    numbered_rows,
    split_alleles,
)
from caseman.values import Doubt

_FATHER: Final = frozenset({"father", "fatherid", "pat", "pid", "paternalid", "dad", "dadid"})
_MOTHER: Final = frozenset({"mother", "motherid", "mat", "maternalid", "mid", "mom", "momid"})
_PERSON: Final = frozenset({"id", "iid", "person", "individual", "sample", "name", "code"})
_FAMILY: Final = frozenset({"famid", "family", "familyid", "fam", "pedigree"})
NOBODY: Final = frozenset({"", "0", "-", "NA", "."})


@dataclass(frozen=True)
class PedigreeRead:
    """Typed persons, and a tree for each family."""

    samples: list[SampleRead]
    trees: list[TreeRead]


@dataclass(frozen=True, slots=True)
class _Places:
    person: int
    father: int
    mother: int
    family: int | None


def is_pedigree(text: str) -> bool:
    """Say whether the first line names a person with father and mother."""
    return _places(next(_rows(text), (0, []))[1]) is not None


def read_pedigree(text: str) -> PedigreeRead:
    """Return the persons of a pedigree file; raises UnreadableTableError where it is none.

    A person whose markers all are empty is in the tree only.
    """
    rows = list(_rows(text))
    header = rows[0][1] if rows else []
    places = _places(header)
    columns = marker_columns(header) if places else {}
    if places is None or not columns:
        raise UnreadableTableError(
            Doubt(N_("The first line must name person, father, mother, and at least one marker."))
        )
    samples: list[SampleRead] = []
    links: dict[str, list[Link]] = {}
    for line, cells in rows[1:]:
        row = cells if any(cells[len(header) :]) else cells[: len(header)]
        _check(line, row, header)
        person = row[places.person][:LONGEST_NAME]
        family = "" if places.family is None else row[places.family][:LONGEST_NAME]
        for parent in (row[places.father], row[places.mother]):
            if parent.upper() not in NOBODY:
                links.setdefault(family, []).append((parent[:LONGEST_NAME], person))
        samples += _sample(SampleRead(person, line), row, columns)
    trees = [TreeRead(family, tuple(each)) for family, each in links.items()]
    return PedigreeRead(samples, trees)


def _sample(
    sample: SampleRead, row: Sequence[str], columns: Mapping[str, Sequence[int]]
) -> Iterator[SampleRead]:
    for marker, places in columns.items():
        cells = [row[each] for each in places]
        sample.take(marker, cells if len(cells) > 1 else split_alleles(cells[0]))
    if sample.genotype or sample.doubts:
        yield sample


def _check(line: int, row: Sequence[str], header: Sequence[str]) -> None:
    if len(row) != len(header):
        raise UnreadableTableError(
            Doubt(
                N_("Line %(line)s has %(count)s columns, and the first line names %(names)s."),
                {"line": line, "count": len(row), "names": len(header)},
            )
        )


def _rows(text: str) -> Iterator[NumberedRow]:
    """Yield the cells of each line; tabs, semicolons, commas or blanks part them, as in the first.

    A line of comment may name the columns: plink begins it with a hash.
    """
    delimiter = next((each for each in "\t;," if each in first_line(text)), None)
    if delimiter is None:
        lines = enumerate(text.splitlines(), start=1)
        rows: Iterator[NumberedRow] = ((at, line.split()) for at, line in lines if line.strip())
    else:
        rows = numbered_rows(text, delimiter)
    for place, (at, row) in enumerate(rows):
        cells = [cell.strip() for cell in row]
        yield at, cells if place else _without_hash(cells)


def _without_hash(cells: list[str]) -> list[str]:
    first, *others = cells
    return others if first == "#" else [first.lstrip("#").strip(), *others]


def _places(header: Sequence[str]) -> _Places | None:
    """Return where persons and parents stand; ``fid`` is a family in plink, else a father."""
    names = [re.sub(r"[^a-z]", "", cell.lower()) for cell in header]
    is_plink = "iid" in names
    families = _FAMILY | {"fid"} if is_plink else _FAMILY
    fathers = _FATHER if is_plink else _FATHER | {"fid"}
    found = [
        next((at for at, name in enumerate(names) if name in wanted), None)
        for wanted in (_PERSON, fathers, _MOTHER, families)
    ]
    person, father, mother, family = found
    if person is None or father is None or mother is None:
        return None
    return _Places(person, father, mother, family)

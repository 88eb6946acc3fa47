"""Genotypes and relations from pedigree files (``.ped``): one row a person, with both parents.

Columns as in LINKAGE and plink (family, person, father, mother, sex, sometimes a phenotype), then
one column ``15/17`` or two columns a marker. A first line must name them: without it a file does
not say which markers it holds, and nothing is guessed.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from caseman.coding import N_
from caseman.laboratory.reading.kinship import Link, TreeRead
from caseman.laboratory.reading.tables import (
    LONGEST_NAME,
    SampleRead,
    UnreadableTableError,
    marker_columns,
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
    return _places(next(_rows(text), [])) is not None


def read_pedigree(text: str) -> PedigreeRead:
    """Return the persons of a pedigree file; raises UnreadableTableError where it is none.

    A person whose markers all are empty is in the tree only.
    """
    rows = list(_rows(text))
    header = rows[0] if rows else []
    places = _places(header)
    columns = marker_columns(header) if places else {}
    if places is None or not columns:
        raise UnreadableTableError(
            Doubt(N_("The first line must name person, father, mother, and at least one marker."))
        )
    samples: list[SampleRead] = []
    links: dict[str, list[Link]] = {}
    for line, row in enumerate(rows[1:], start=2):
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


def _rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of each line; tabs, semicolons, commas or blanks part them, as in the first.

    A line of comment may name the columns: plink begins it with a hash.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = lines[0] if lines else ""
    delimiter = next((each for each in "\t;," if each in first), None)
    if lines:
        lines[0] = first.lstrip("#")
    if delimiter is None:
        return (line.split() for line in lines)
    rows = csv.reader(StringIO("\n".join(lines)), delimiter=delimiter)
    return ([cell.strip() for cell in row] for row in rows)


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

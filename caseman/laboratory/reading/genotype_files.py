"""Any file of genotypes, whatever format it has, read into one shape."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseman.laboratory.reading.cmf import read_cmf
from caseman.laboratory.reading.familias import FrequenciesRead, is_familias, read_familias
from caseman.laboratory.reading.kinship import TreeRead
from caseman.laboratory.reading.pedigree_file import is_pedigree, read_pedigree
from caseman.laboratory.reading.tables import SampleRead, read_table


@dataclass(frozen=True)
class GenotypesRead:
    """Samples; with them what some formats say besides: trees, and a table of frequencies."""

    samples: Sequence[SampleRead]
    trees: Sequence[TreeRead] = ()
    frequencies: FrequenciesRead | None = None


def read_genotypes(text: str) -> GenotypesRead:
    """Return what a text holds: a table, a CODIS message, a Familias file or a pedigree file.

    Raises UnreadableTableError where it is none of them, or is broken.
    """
    if text.lstrip().startswith("<"):
        return GenotypesRead(read_cmf(text))
    if is_familias(text):
        familias = read_familias(text)
        return GenotypesRead(familias.samples, familias.trees, familias.frequencies)
    if is_pedigree(text):
        pedigree = read_pedigree(text)
        return GenotypesRead(pedigree.samples, pedigree.trees)
    return GenotypesRead(read_table(text))

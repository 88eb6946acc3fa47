"""Invented genotypes: a mother, a father, their son in the grave, and strangers."""

import csv
from collections.abc import Iterable, Sequence
from importlib.resources import files
from random import Random

from caseman.laboratory.reading.markers import kits
from caseman.reports.codes import Kin

Pair = tuple[str, str]
SEED = 20190429
SOURCE = "NIST 1036 revised 2017, Caucasian (Steffen et al. 2017), public domain"
"""Where ``data/frequencies.csv`` comes from; it gives invented people plausible alleles."""


def table(samples: Iterable[tuple[str, Kin | None]]) -> str:
    """Return a wide table of ``samples`` (code, kin); somebody without kin is the parents' son."""
    chance = Random(SEED)  # noqa: S311 - invented people, the same each time
    frequencies = _frequencies()
    markers = [each for each in kits()["globalfiler"].markers if each in frequencies]
    people = [_family(chance, frequencies[marker]) for marker in markers]
    lines = ["\t".join(["Sample Name", "AMEL", *markers])]
    for code, kin in samples:
        sex = "X/X" if kin in {Kin.MOTHER, Kin.SISTER} else "X/Y"
        cells = ["/".join(each[kin] if kin in each else each[None]) for each in people]
        lines.append("\t".join([code, sex, *cells]))
    return "\n".join(lines)


def _frequencies() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    path = files("caseman.demo").joinpath("data/frequencies.csv")
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["locus"], {})[row["allele"]] = float(row["frequency"])
    return found


def _family(chance: Random, frequencies: dict[str, float]) -> dict[Kin | None, Pair]:
    alleles, weights = list(frequencies), list(frequencies.values())

    def drawn() -> Pair:
        first, second = chance.choices(alleles, weights, k=2)
        return first, second

    mother, father = drawn(), drawn()
    son = (_one(chance, mother), _one(chance, father))
    return {Kin.MOTHER: mother, Kin.FATHER: father, None: son, Kin.SISTER: drawn()}


def _one(chance: Random, pair: Sequence[str]) -> str:
    return chance.choice(pair)

"""Invented genotypes: a mother, a father, their son in the grave, and strangers."""

import csv
from collections.abc import Collection, Iterable, Sequence
from importlib.resources import files
from random import Random

from caseman.laboratory.reading.markers import kits
from caseman.reports.codes import Kin

Pair = tuple[str, str]
SEED = 20190429
SOURCE = "NIST 1036 revised 2017, Caucasian (Steffen et al. 2017), public domain"
"""Where ``data/frequencies.csv`` comes from; it gives invented people plausible alleles."""


def table(samples: Iterable[tuple[str, Kin | None]], staff: Collection[str] = ()) -> str:
    """Return a wide table of ``samples`` (code, kin); without kin one is the parents' son.

    ``staff`` are the codes among them whose profiles are nobody's kin.
    """
    chance = Random(SEED)  # noqa: S311 - invented people, the same each time
    frequencies = _frequencies()
    markers = [each for each in kits()["globalfiler"].markers if each in frequencies]
    people = [_family(chance, frequencies[marker]) for marker in markers]
    lines = ["\t".join(["Sample Name", "AMEL", *markers])]
    others = Random(SEED + 1)  # noqa: S311 - as above
    for code, kin in samples:
        sex = "X/X" if kin in {Kin.MOTHER, Kin.SISTER} else "X/Y"
        cells = ["/".join(each[kin] if kin in each else each[None]) for each in people]
        if code in staff:
            drawn = [_drawn(others, frequencies[marker]) for marker in markers]
            cells = ["/".join(pair) for pair in drawn]
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
    mother, father = _drawn(chance, frequencies), _drawn(chance, frequencies)
    son = (_one(chance, mother), _one(chance, father))
    return {
        Kin.MOTHER: mother,
        Kin.FATHER: father,
        None: son,
        Kin.SISTER: _drawn(chance, frequencies),
    }


def _drawn(chance: Random, frequencies: dict[str, float]) -> Pair:
    first, second = chance.choices(list(frequencies), list(frequencies.values()), k=2)
    return first, second


def _one(chance: Random, pair: Sequence[str]) -> str:
    return chance.choice(pair)

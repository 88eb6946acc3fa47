"""Names of markers and of alleles, as the many programs write them."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from caseman.coding import N_
from caseman.values import Doubt

Genotype = Mapping[str, Sequence[str]]
"""Alleles by marker, as they were seen; one allele alone may stand for two alike."""

AMELOGENIN: Final = "AMEL"
QUALITY: Final = frozenset({"QS1", "QS2"})
"""Markers of the run's quality, which are nobody's alleles."""
NOTHING: Final = frozenset({"", "0", "-", "NR", "NA", "N/A"})
MOST_ALLELES: Final = 8
_ALLELE = re.compile(r"\d{1,2}(\.[1-4])?")
_TROUBLE: Final = {
    "AM": "AMEL",
    "AMELOGENIN": "AMEL",
    "VWA": "vWA",
    "PENTAD": "Penta D",
    "PENTAE": "Penta E",
    "PENTAC": "Penta C",
    "YINDEL": "Yindel",
}


@dataclass(frozen=True, slots=True)
class Kit:
    """A commercial kit and the markers it types, in the order of its panel."""

    code: str
    name: str
    markers: tuple[str, ...]


@cache
def kits() -> dict[str, Kit]:
    """Return the kits by code."""
    markers: dict[tuple[str, str], list[str]] = {}
    path = files("caseman.laboratory").joinpath("data/kits.csv")
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            markers.setdefault((row["code"], row["name"]), []).append(row["marker"])
    return {code: Kit(code, name, tuple(found)) for (code, name), found in markers.items()}


@cache
def _known() -> frozenset[str]:
    return frozenset(marker for kit in kits().values() for marker in kit.markers)


def marker_named(written: str) -> str | None:
    """Return the marker that ``written`` means, or None where no kit has it."""
    plain = re.sub(r"[^A-Z0-9]", "", written.upper().removesuffix("-NB"))
    marker = _TROUBLE.get(plain, plain)
    return marker if marker in _known() else None


def read_alleles(marker: str, written: Sequence[str]) -> tuple[tuple[str, ...], Doubt | None]:
    """Return the alleles in order, each once, or why they cannot be taken.

    Peaks off the ladder or out of its range, and uncertain ones, are no alleles to compare.
    """
    seen = [text.strip().upper() for text in written]
    seen = [text for text in seen if text not in NOTHING]
    for text in seen:
        fits = text in {"X", "Y"} if marker == AMELOGENIN else _ALLELE.fullmatch(text)
        if not fits:
            return (), Doubt(
                N_("%(marker)s: “%(allele)s” is no allele that can be compared."),
                {"marker": marker, "allele": text[:20]},
            )
    if len(set(seen)) > MOST_ALLELES:
        return (), Doubt(
            N_("%(marker)s: more than %(most)s alleles."), {"marker": marker, "most": MOST_ALLELES}
        )
    return tuple(sorted(set(seen), key=_by_length)), None


def _by_length(allele: str) -> tuple[float, str]:
    return (float(allele), "") if _ALLELE.fullmatch(allele) else (0.0, allele)

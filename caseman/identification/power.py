"""What another sample, or more markers, would bring a family: by the engine, in rows to be kept."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from caseman.identification.genetics import Terms, TypedFamily, engine_family
from caseman.kinship import Expectation, PowerOptions, expectations
from caseman.reports.codes import Kin

SAMPLES: Final = 200
"""So many searches are drawn for each addition: a share is known to within 7 in 100."""

MOST_KITS: Final = 3
"""So many of the kits that add markers are told, those first that bring most."""

_KINS = {f"?{kin.value}": kin for kin in Kin}
_THROUGH = "?through "


class Addition(StrEnum):
    """What would be added to the profiles there are."""

    NOTHING = "nothing"
    RELATIVE = "relative"
    """Somebody told of."""
    ANCESTOR = "ancestor"
    """Somebody whom the tree implies."""
    SIBLING = "sibling"
    CHILD = "child"
    """And its other parent."""
    KIT = "kit"
    """More markers of the samples there are."""


@dataclass(frozen=True)
class Search:
    """What is aimed at: a log10 LR; by which markers while nobody is typed, and with what kits."""

    needed: float
    usual: Collection[str]
    kits: Mapping[str, Sequence[str]]


def needed_for(probability: float, candidates: int) -> float:
    """Return the log10 LR at which one of so many candidates has this posterior probability."""
    return math.log10(probability / (1 - probability) * (candidates - 1))


def power_of(terms: Terms, family: TypedFamily, search: Search) -> list[dict[str, Any]]:
    """Return what there is now, then each addition, the most useful first.

    Mutation is weighed as in every comparison, coancestry is not. The seed is the person's, so the
    same family gets the same figures. Raises KinshipError for a tree that is too large, and for
    profiles that cannot be of one family.
    """
    loci = terms.loci(terms.unseen(family.alleles.values()))
    if not family.alleles:
        loci = tuple(locus for locus in loci if locus.name in search.usual)
    names = {locus.name for locus in loci}
    kits = _further(search.kits, names, family)
    options = PowerOptions(family.person_id, SAMPLES, 10**search.needed, kits)
    found = expectations(loci, engine_family(terms, family), options)
    rows = [row for each in found if (row := _row(each)) is not None]
    told = [row["kit"] for row in rows if row["kit"]][:MOST_KITS]
    return [row for row in rows if not row["kit"] or row["kit"] in told]


def _further(
    kits: Mapping[str, Sequence[str]], names: Collection[str], family: TypedFamily
) -> dict[str, tuple[str, ...]]:
    """Return the kits that would add markers to samples that are there; of several alike one."""
    typed = {marker for own in family.alleles.values() for marker in own}
    if not typed:
        return {}
    markers = {kit: tuple(marker for marker in own if marker in names) for kit, own in kits.items()}
    once = {frozenset(own) - typed: kit for kit, own in reversed(markers.items())}
    return {kit: markers[kit] for more, kit in once.items() if more}


def _row(each: Expectation) -> dict[str, Any] | None:
    what = _addition(each)
    if what is None:
        return None
    return {
        "addition": what[0].value,
        "relative": what[1],
        "kin": what[2],
        "kit": each.kit or "",
        "markers": each.loci,
        "power": each.power,
        "log10_lr": each.mean,
        "error": each.error,
    }


def _addition(each: Expectation) -> tuple[Addition, int | None, str] | None:
    """Return what is added, whom it is through, and the kinship; None for who married in."""
    found: tuple[Addition, int | None, str] | None
    match each.kit, each.added:
        case None, ():
            found = Addition.NOTHING, None, ""
        case None, (key,) if key.isdigit():
            found = Addition.RELATIVE, int(key), ""
        case None, (key,) if key in _KINS:
            found = Addition.ANCESTOR, None, _KINS[key].value
        case None, (key,) if key.startswith(_THROUGH):
            found = Addition.ANCESTOR, int(key.removeprefix(_THROUGH)), ""
        case None, (key,):
            found = None if key.startswith("?") else (Addition.SIBLING, None, "")
        case None, _:
            found = Addition.CHILD, None, ""
        case _:
            found = Addition.KIT, None, ""
    return found

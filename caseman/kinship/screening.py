"""What follows from the pairwise LRs alone: undisputed pairs, exclusions, who cannot be found."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from caseman.kinship.arrays import Flags, Floats
from caseman.kinship.caseload import Caseload, Family
from caseman.kinship.pairwise import PairwiseMatrix, compare

THRESHOLD = 1e4
MOST_INCONSISTENT = 2
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Undisputed:
    """A pair that nothing rivals, found in the given round."""

    family: str
    missing: str
    remains: str
    log_ratio: float
    step: int


@dataclass(frozen=True)
class UndisputedPairs:
    """All of them, and the LRs of those left over, given that these are settled."""

    pairs: tuple[Undisputed, ...]
    left: PairwiseMatrix
    rest: Caseload


def find_undisputed(
    caseload: Caseload,
    matrix: PairwiseMatrix | None = None,
    *,
    threshold: float = THRESHOLD,
    is_strict: bool = False,
) -> UndisputedPairs:
    """Return pairs of LR at least `threshold`, that often every other LR of both, round by round.

    Strict: every other LR of both at most 1. After a round the remains found are members of the
    family, and what they say of the others is taken into account, as in dvir.
    """
    rest, found = caseload, list[Undisputed]()
    left = matrix or compare(caseload)
    step = 1
    while True:
        pairs = [
            (row, column)
            for row, column in np.argwhere(_reaches(left, threshold)).tolist()
            if _is_unrivalled(left, row, column, None if is_strict else math.log(threshold))
        ]
        if not pairs:
            return UndisputedPairs(tuple(found), left, rest)
        for row, column in sorted(pairs, key=lambda pair: pair[1]):
            missing, remains = left.missing[column], left.remains[row]
            family, log = rest.family_of(missing).key, float(left.log_ratios[row, column])
            found.append(Undisputed(family, missing, remains, log, step))
        rest = settled(rest, {left.missing[column]: left.remains[row] for row, column in pairs})
        left = compare(rest)
        step += 1


def _reaches(matrix: PairwiseMatrix, threshold: float) -> Flags:
    with np.errstate(invalid="ignore"):
        reaches: Flags = matrix.log_ratios >= math.log(threshold) - _ROUNDING
    return reaches


def _is_unrivalled(matrix: PairwiseMatrix, row: int, column: int, gap: float | None) -> bool:
    values = matrix.log_ratios
    others = np.concatenate(
        [np.delete(values[row], column), np.delete(values[:, column], row), [-math.inf]]
    )
    rival = float(np.nanmax(others))
    return rival <= _ROUNDING if gap is None else bool(values[row, column] - rival >= gap)


def settled(caseload: Caseload, found: Mapping[str, str]) -> Caseload:
    """Return the caseload with remains moved into their families; `found` is by missing person."""
    remains = {each.key: each for each in caseload.remains}
    families = []
    for family in caseload.families:
        own = {m: remains[found[m]] for m in family.missing if m in found}
        still = tuple(m for m in family.missing if m not in own)
        if still:
            families.append(
                replace(
                    family,
                    profiles={**family.profiles, **{m: r.profile for m, r in own.items()}},
                    dropout={
                        **family.dropout,
                        **{m: r.dropout for m, r in own.items() if r.dropout},
                    },
                    missing=still,
                )
            )
    left = tuple(each for each in caseload.remains if each.key not in found.values())
    return replace(caseload, remains=left, families=tuple(families))


@dataclass(frozen=True)
class Exclusions:
    """Pairs, remains, missing persons and families left out for too many impossible loci.

    `pairings_left` gives the missing persons that remains may still be. Nobody is excluded by
    this: it is for people to decide.
    """

    pairings_left: Mapping[str, tuple[str, ...]]
    remains: Mapping[str, int | None]
    missing: Mapping[str, int | None]
    families: tuple[str, ...]


def find_excluded(
    caseload: Caseload, counts: PairwiseMatrix, *, most: int = MOST_INCONSISTENT
) -> Exclusions:
    """Return what more than `most` impossible loci leave out.

    Numbers are the fewest impossible loci of each, None where no pair was open to begin with.
    """
    values = counts.log_ratios
    with np.errstate(invalid="ignore"):
        is_left = values <= most
    pairings = {
        key: tuple(m for m, ok in zip(counts.missing, row, strict=True) if ok)
        for key, row in zip(counts.remains, is_left, strict=True)
    }
    remains = _all_beyond(counts.remains, values, most)
    missing = _all_beyond(counts.missing, values.T, most)
    families = [f.key for f in caseload.families if f.missing and set(f.missing) <= set(missing)]
    return Exclusions(pairings, remains, missing, tuple(families))


def _all_beyond(keys: tuple[str, ...], values: Floats, most: int) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for key, row in zip(keys, values, strict=True):
        asked = row[~np.isnan(row)]
        if not len(asked):
            found[key] = None
        elif asked.min() > most:
            found[key] = int(asked.min())
    return found


def find_non_identifiable(caseload: Caseload) -> tuple[str, ...]:
    """Return missing persons whom no profile of their family can tell from anybody else.

    They share no ancestors with the typed, nor with missing persons who do.
    """
    return tuple(missing for family in caseload.families for missing in _unlinked(family))


def _unlinked(family: Family) -> list[str]:
    tree = family.pedigree
    blood = {key: tree.ancestors((key,)) for key in (*family.missing, *family.profiles)}
    linked = set(family.profiles)
    waiting = [m for m in family.missing if m not in linked]
    while True:
        more = [m for m in waiting if any(blood[m] & blood[key] for key in linked)]
        if not more:
            return waiting
        linked |= set(more)
        waiting = [m for m in waiting if m not in linked]

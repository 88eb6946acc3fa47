"""Families and remains of one population with coancestry (theta), pair by pair.

A family shares its urn with the remains that are weighed there, under either hypothesis; so LRs of
pairs are exact. In a joint solution each family has an urn with its own remains.
"""

import math
from collections.abc import Mapping

import numpy as np

from caseman.kinship.arrays import Floats
from caseman.kinship.caseload import Family, Remains
from caseman.kinship.contraction import TOO_LARGE
from caseman.kinship.faults import KinshipError
from caseman.kinship.likelihood import log_likelihood
from caseman.kinship.lumping import Marker
from caseman.kinship.panel import Loci
from caseman.kinship.pedigrees import Member, Pedigree, Sex
from caseman.kinship.people import Codes, codes_of, relevant_people
from caseman.kinship.readings import typed_arrays
from caseman.kinship.tables import Asked
from caseman.kinship.urn_tables import Side, log_ratios_with_urn

_STRANGER = "\0"


def log_ratios_by_reading(
    loci: Loci, theta: float, family: Family, missing: str, asked: Asked
) -> tuple[Floats, Floats]:
    """Return ln LR of each reading as the missing person, and ln L of the family by locus.

    Raises TooLargeError, naming family and locus, where founders without profiles are too many.
    """
    if missing in family.profiles:
        fault = "has a profile of the missing person; with theta it cannot be used"
        raise KinshipError(fault, case=family.key, person=missing)
    ratios, families = _by_tables(loci, theta, family, missing, asked)
    try:
        for at in np.flatnonzero(families == TOO_LARGE).tolist():
            marker = loci.markers[at]
            families[at] = _log_likelihood(marker, theta, family.pedigree, _known(family, marker))
            for k in range(asked.starts[at], asked.starts[at + 1]):
                ratios[k] = _log_ratio(marker, theta, family, missing, (asked, k))
    except KinshipError as error:
        raise error.within(case=family.key, person=missing) from error
    return ratios, families


def _by_tables(
    loci: Loci, theta: float, family: Family, missing: str, asked: Asked
) -> tuple[Floats, Floats]:
    """Return the same, but TOO_LARGE and NaN at loci where a table of all readings is large."""
    stranger = Member(_STRANGER, sex=family.pedigree[missing].sex)
    wider = Pedigree((*family.pedigree.members, stranger))
    tags = 2 if family.pedigree.has_related_parents(missing) else 1
    panel = loci.panel._replace(splits=(loci.panel.keep.min(axis=1) < 1).astype(np.int64))
    sides = (
        _side(loci, family, family.pedigree, missing, tags),
        _side(loci, family, wider, _STRANGER, 0),
    )
    return log_ratios_with_urn(*sides, panel, asked, theta)


def _side(loci: Loci, family: Family, pedigree: Pedigree, target: str, tags: int) -> Side:
    people = relevant_people(pedigree, (*family.profiles, target), {})
    typed = typed_arrays(loci, people, family.profiles, family.dropout)
    return Side(people.kin, typed, people.number(target), tags)


def log_likelihood_alone(loci: Loci, theta: float, family: Family) -> float:
    """Return ln L of a family by itself; TooLargeError names it where that is out of reach."""
    try:
        return math.fsum(
            _log_likelihood(marker, theta, family.pedigree, _known(family, marker))
            for marker in loci.markers
        )
    except KinshipError as error:
        raise error.within(case=family.key) from error


def log_weight(loci: Loci, theta: float, family: Family, chosen: Mapping[str, Remains]) -> float:
    """Return ln of L(family with these remains) / L(family and the remains, all unrelated)."""
    strangers = {m: f"{_STRANGER}{m}" for m in chosen}
    added = (Member(key, sex=chosen[m].sex) for m, key in strangers.items())
    wider = Pedigree((*family.pedigree.members, *added))
    total = 0.0
    try:
        for marker in loci.markers:
            known = _known(family, marker)
            above = _log_likelihood(marker, theta, family.pedigree, known | _of(chosen, marker))
            apart = {strangers[m]: remains for m, remains in chosen.items()}
            below = _log_likelihood(marker, theta, wider, known | _of(apart, marker))
            if above == -math.inf:
                return -math.inf
            total += above - below
    except KinshipError as error:
        raise error.within(case=family.key) from error
    return total


_Known = Mapping[str, tuple[int, int, float]]
"""Codes of a reading with the chance of drop-out, by person."""


def _known(family: Family, marker: Marker) -> dict[str, tuple[int, int, float]]:
    codes = codes_of(family.profiles, marker, family.dropout)
    return {
        key: (first, codes.second[key], family.dropout.get(key, 0.0))
        for key, first in codes.first.items()
    }


def _of(chosen: Mapping[str, Remains], marker: Marker) -> dict[str, tuple[int, int, float]]:
    found = {}
    for key, remains in chosen.items():
        reading = remains.profile.get(marker.locus.name)
        if reading is not None:
            found[key] = (*marker.code(reading, may_miss=remains.dropout > 0), remains.dropout)
    return found


def _reading(asked: Asked, k: int) -> tuple[int, int, float]:
    return int(asked.first[k]), int(asked.second[k]), float(asked.dropout[k])


def _log_ratio(
    marker: Marker,
    theta: float,
    family: Family,
    missing: str,
    at: tuple[Asked, int],
) -> float:
    asked, k = at
    own = _reading(asked, k)
    sex = Sex.MALE if asked.single[k] else family.pedigree[missing].sex
    wider = Pedigree((*family.pedigree.members, Member(_STRANGER, sex=sex)))
    known = _known(family, marker)
    above = _log_likelihood(marker, theta, family.pedigree, known | {missing: own})
    if above == -math.inf:
        return above
    return above - _log_likelihood(marker, theta, wider, known | {_STRANGER: own})


def _log_likelihood(marker: Marker, theta: float, pedigree: Pedigree, known: _Known) -> float:
    people = relevant_people(pedigree, tuple(known), {})
    codes = Codes({k: r[0] for k, r in known.items()}, {k: r[1] for k, r in known.items()})
    dropout = {key: reading[2] for key, reading in known.items()}
    return log_likelihood(people, marker, codes, theta=theta, dropout=dropout)

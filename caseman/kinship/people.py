"""Turns family trees and readings into numbered people, leaving out who cannot matter."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from caseman.kinship.lumping import Lumping, Marker
from caseman.kinship.observations import UNKNOWN
from caseman.kinship.pedigrees import Pedigree, Sex
from caseman.kinship.relatives import FEMALE, MALE, NOBODY, UNSEXED, Kin, Seen
from caseman.kinship.values import Profile

_SEX = {Sex.FEMALE: FEMALE, Sex.MALE: MALE, None: UNSEXED}


@dataclass(frozen=True)
class People:
    """Those whose genotypes the likelihood depends on, parents before children."""

    keys: tuple[str, ...]
    kin: Kin

    def number(self, key: str) -> int:
        """Return the person's number."""
        return self.keys.index(key)


@dataclass(frozen=True)
class Codes:
    """Readings of one locus by person: codes of alleles, UNKNOWN where nothing is known."""

    first: Mapping[str, int]
    second: Mapping[str, int]

    @property
    def alleles(self) -> frozenset[int]:
        """Codes of the alleles that anybody was seen with."""
        return frozenset(c for c in (*self.first.values(), *self.second.values()) if c >= 0)


class Pruning(StrEnum):
    """Which untyped ancestors are left out. Only under non-stationary mutation does it matter.

    NONE is the convention of pedprobr and dvir, FAMILIAS that of Familias: untyped founders of
    one child go, again and again, and their child's allele comes from the population unmutated.
    """

    NONE = "none"
    FAMILIAS = "familias"


def relevant_people(
    pedigree: Pedigree,
    typed: Iterable[str],
    inbreeding: Mapping[str, float],
    pruning: Pruning = Pruning.NONE,
) -> People:
    """Return the typed and their ancestors: descendants without profiles change nothing."""
    given = frozenset(typed)
    wanted = pedigree.ancestors(given)
    if pruning is Pruning.FAMILIAS:
        wanted = _without_idle_founders(pedigree, wanted, given)
    members = [m for m in pedigree.members if m.key in wanted]
    number = {m.key: i for i, m in enumerate(members)}
    children = Counter(parent for m in members for parent in (m.father, m.mother))
    halved = [m.is_founder and m.key not in given and children[m.key] == 1 for m in members]
    kin = Kin(
        np.array([number.get(m.father or "", NOBODY) for m in members], np.int64),
        np.array([number.get(m.mother or "", NOBODY) for m in members], np.int64),
        np.array([_SEX[m.sex] for m in members], np.int64),
        np.array([inbreeding.get(m.key, 0.0) if m.is_founder else 0.0 for m in members]),
        np.array(halved, np.int64),
    )
    return People(tuple(m.key for m in members), kin)


def _without_idle_founders(
    pedigree: Pedigree, wanted: frozenset[str], typed: frozenset[str]
) -> frozenset[str]:
    kept = set(wanted)
    while True:
        children = Counter(p for key in kept for p in pedigree.parents(key) if p in kept)
        idle = {
            key
            for key in kept - typed
            if children[key] <= 1 and not any(p in kept for p in pedigree.parents(key))
        }
        if not idle:
            return frozenset(kept)
        kept -= idle


def codes_of(
    profiles: Mapping[str, Profile], marker: Marker, dropout: Mapping[str, float]
) -> Codes:
    """Return everybody's reading at one locus; nothing seen is evidence where alleles drop out."""
    first, second = {}, {}
    for person, profile in profiles.items():
        reading = profile.get(marker.locus.name)
        if reading is not None:
            codes = marker.code(reading, may_miss=dropout.get(person, 0.0) > 0)
            first[person], second[person] = codes
    return Codes(first, second)


def seen_in(people: People, lumping: Lumping, codes: Codes, dropout: Mapping[str, float]) -> Seen:
    """Return the readings of these people, in classes of the alphabet."""
    first = [_class_of(lumping, codes.first.get(key, UNKNOWN)) for key in people.keys]
    second = [_class_of(lumping, codes.second.get(key, UNKNOWN)) for key in people.keys]
    chances = [dropout.get(key, 0.0) for key in people.keys]
    return Seen(np.array(first, np.int64), np.array(second, np.int64), np.array(chances, float))


def _class_of(lumping: Lumping, code: int) -> int:
    return int(lumping.class_of[code]) if code >= 0 else code

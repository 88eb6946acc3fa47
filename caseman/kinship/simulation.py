"""Draws profiles through a family tree, from a seed: founders by frequency, children by descent."""

from collections.abc import Mapping, Sequence

import numpy as np

from caseman.kinship.arrays import Floats
from caseman.kinship.lumping import Marker
from caseman.kinship.pedigrees import Member, Pedigree, Sex
from caseman.kinship.relatives import FEMALE, MALE
from caseman.kinship.values import Locus, Profile, Reading


class Simulator:
    """Draws profiles over a set of loci; the same seed gives the same people in the same order.

    Raises KinshipError, naming the locus, where a mutation model gives no chances.
    """

    def __init__(self, loci: Sequence[Locus], seed: int) -> None:
        self.markers = tuple(Marker.of(locus) for locus in loci)
        self.chance = np.random.default_rng(seed)

    def people(self, pedigree: Pedigree) -> dict[str, Profile]:
        """Return a full profile of every member."""
        profiles: dict[str, dict[str, Reading]] = {m.key: {} for m in pedigree.members}
        for marker in self.markers:
            for key, genotype in self._genotypes(pedigree, marker).items():
                profiles[key][marker.locus.name] = _reading(marker, genotype)
        return dict(profiles)

    def stranger(self, key: str, sex: Sex | None = None) -> Profile:
        """Return the profile of somebody unrelated to everybody else."""
        return self.people(Pedigree((Member(key, sex=sex),)))[key]

    def partial(self, profile: Profile, missed: float) -> Profile:
        """Return a profile that lacks each locus with the given chance."""
        return {name: r for name, r in profile.items() if self.chance.random() >= missed}

    def _genotypes(self, pedigree: Pedigree, marker: Marker) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for member in pedigree.members:
            sides: tuple[tuple[int, str | None], ...] = (
                (MALE, member.father),
                (FEMALE, member.mother),
            )
            if marker.locus.x_linked and member.sex is Sex.MALE:
                sides = sides[1:]
            found[member.key] = tuple(
                self._from_population(marker)
                if parent is None
                else self._passed(marker, found[parent], sex)
                for sex, parent in sides
            )
        return found

    def _from_population(self, marker: Marker) -> int:
        return self._draw(marker.frequencies)

    def _passed(self, marker: Marker, parent: tuple[int, ...], sex: int) -> int:
        allele = parent[int(self.chance.integers(len(parent)))]
        return self._draw(marker.transmissions[sex, allele])

    def _draw(self, chances: Floats) -> int:
        limits = np.cumsum(chances)
        return int(np.searchsorted(limits, self.chance.random() * limits[-1], side="right"))


def _reading(marker: Marker, genotype: tuple[int, ...]) -> Reading:
    """Return what a laboratory sees: the silent allele is never seen."""
    names = sorted(marker.locus.alleles[code] for code in genotype if code != marker.silent)
    if names and len(names) < len(genotype):
        names = names * 2
    return Reading(tuple(names))

"""What would help most: how far another relative, or another kit, would bring a family.

Profiles are drawn from a seed, each given all that is known of the family: first what would be
typed anew, then the missing person. The LR of that person, and of a stranger, is what the family
could expect.
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from caseman.kinship.arrays import Floats, Int64s
from caseman.kinship.caseload import Family, Remains
from caseman.kinship.faults import KinshipError, TooLargeError
from caseman.kinship.pairwise import Column, Comparer
from caseman.kinship.panel import Loci
from caseman.kinship.pedigrees import Member, Pedigree, Sex
from caseman.kinship.values import Locus, Profile, Reading

SAMPLES = 200
MOST_ALLELES = 200
THRESHOLD = 1e4
_SIBLING, _PARTNER, _CHILD = "new full sibling", "new partner", "new child"
Kits = Mapping[str, tuple[str, ...]]
"""Names of loci by the name of a kit."""


@dataclass(frozen=True)
class PowerOptions:
    """How many profiles are drawn from which seed, what LR is aimed at, and other kits."""

    seed: int
    samples: int = SAMPLES
    threshold: float = THRESHOLD
    kits: Kits = field(default_factory=dict)


@dataclass(frozen=True)
class Expectation:
    """What LR to expect; `added` are relatives or the kit, empty for what there is already.

    `mean` is of log10 LR of the missing person with `error`, its standard error; drawn profiles
    fit, so it is finite. `power` is the share of LR at least the threshold, `false_alarm` the
    same for a stranger, `excluded` the share of strangers of LR at most 1 / threshold.
    """

    missing: str
    added: tuple[str, ...]
    kit: str | None
    loci: int
    mean: float
    error: float
    power: float
    false_alarm: float
    excluded: float


def expectations(loci: Sequence[Locus], family: Family, options: PowerOptions) -> list[Expectation]:
    """Return, for each missing person, what there is, then each addition, the most useful first.

    Additions are members of the tree without a profile, one more full sibling, a child with its
    other parent, and each kit for those who are typed. Raises KinshipError, naming the family,
    where its profiles cannot be of one family, and TooLargeError where a sum is out of reach.
    """
    found: list[Expectation] = []
    for missing in family.missing:
        alone = replace(family, missing=(missing,), profiles=_without(family, missing))
        simulation = _Simulation(loci, alone, options)
        added = [simulation.expect(tree, keys) for tree, keys in _additions(family, missing)]
        added += [simulation.expect(alone.pedigree, (), kit) for kit in options.kits]
        now = simulation.expect(alone.pedigree, ())
        found += [now, *sorted(added, key=lambda each: (-each.power, -each.mean))]
    return found


def _without(family: Family, missing: str) -> dict[str, Profile]:
    return {key: profile for key, profile in family.profiles.items() if key != missing}


def _additions(family: Family, missing: str) -> list[tuple[Pedigree, tuple[str, ...]]]:
    """Return trees with the people who would be typed in them."""
    tree = family.pedigree
    wanted = set(family.missing) | set(family.profiles)
    blood = tree.ancestors((missing,))
    open_members = [
        m.key for m in tree.members if m.key not in wanted and _matters(tree, m.key, blood)
    ]
    found: list[tuple[Pedigree, tuple[str, ...]]] = [(tree, (key,)) for key in open_members]
    parents = tree.parents(missing)
    if parents and _SIBLING not in tree:
        sibling = Member(_SIBLING, parents[0], parents[1], Sex.FEMALE)
        found.append((Pedigree((*tree.members, sibling)), (_SIBLING,)))
    if tree[missing].sex is not None and _CHILD not in tree and _PARTNER not in tree:
        found.append((_with_child(tree, tree[missing]), (_PARTNER, _CHILD)))
    return found


def _matters(tree: Pedigree, key: str, blood: frozenset[str]) -> bool:
    """Whether somebody shares ancestors with the missing person, or has children who do."""
    children = (m.key for m in tree.members if key in (m.father, m.mother))
    return any(tree.ancestors((each,)) & blood for each in (key, *children))


def _with_child(tree: Pedigree, parent: Member) -> Pedigree:
    is_man = parent.sex is Sex.MALE
    partner = Member(_PARTNER, sex=Sex.FEMALE if is_man else Sex.MALE)
    father, mother = (parent.key, _PARTNER) if is_man else (_PARTNER, parent.key)
    return Pedigree((*tree.members, partner, Member(_CHILD, father, mother, Sex.FEMALE)))


class _Simulation:
    """Draws and weighs for one missing person; every question has the same seed."""

    def __init__(self, loci: Sequence[Locus], family: Family, options: PowerOptions) -> None:
        self.all, self.family, self.options = {x.name: x for x in loci}, family, options
        typed = {name for profile in family.profiles.values() for name in profile}
        self.typed = [name for name in self.all if name in typed] or list(self.all)
        for kit, names in options.kits.items():
            for name in names:
                if name not in self.all:
                    fault = f"kit {kit} has a locus that is not among the loci"
                    raise KinshipError(fault, case=family.key, locus=name)

    def expect(self, tree: Pedigree, added: tuple[str, ...], kit: str | None = None) -> Expectation:
        """Return the expectation with these people typed, or everybody with a kit besides."""
        more = self.options.kits[kit] if kit is not None else ()
        names = [name for name in self.all if name in {*self.typed, *more}]
        family = replace(self.family, pedigree=tree)
        draw = _Draw(Loci.of([self.all[n] for n in names]), self.options.seed)
        (missing,) = family.missing
        anew = (*family.profiles, *added) if kit is not None else added
        true, other = np.empty(self.options.samples), np.empty(self.options.samples)
        for k in range(self.options.samples):
            true[k], other[k] = draw.ratios(family, anew, missing)
        return self._summary(missing, (added, kit, len(names)), true, other)

    def _summary(
        self,
        missing: str,
        what: tuple[tuple[str, ...], str | None, int],
        true: Floats,
        other: Floats,
    ) -> Expectation:
        least, logs = math.log10(self.options.threshold), true / math.log(10)
        strangers = other / math.log(10)
        spread = float(np.std(logs, ddof=1)) if len(logs) > 1 else math.nan
        return Expectation(
            missing,
            *what,
            mean=float(np.mean(logs)),
            error=spread / math.sqrt(len(logs)),
            power=float(np.mean(logs >= least)),
            false_alarm=float(np.mean(strangers >= least)),
            excluded=float(np.mean(strangers <= -least)),
        )


class _Draw:
    """Draws profiles of members given everything that is known, locus by locus."""

    def __init__(self, loci: Loci, seed: int) -> None:
        self.loci, self.chance = loci, np.random.default_rng(seed)
        self.readings = {
            is_man: [_genotypes(m.locus, single=is_man and m.locus.x_linked) for m in loci.markers]
            for is_man in (False, True)
        }
        self.comparers = {
            is_man: Comparer(loci, _as_remains(loci, readings, is_man=is_man))
            for is_man, readings in self.readings.items()
        }

    def ratios(self, family: Family, anew: Sequence[str], missing: str) -> tuple[float, float]:
        """Return ln LR of the missing person and of a stranger, with these people typed anew."""
        filled = dict(family.profiles)
        for key in anew:
            drawn = self._person(replace(family, profiles=filled), key)
            filled[key] = {**drawn, **filled.get(key, {})}
        comparer, column = self._column(replace(family, profiles=filled), missing)
        base = comparer.readings.asked.base
        true = self._pick(comparer, base * np.exp(column.by_reading[:-1]))
        stranger = self._pick(comparer, base)
        return float(column.by_reading[true].sum()), float(column.by_reading[stranger].sum())

    def _person(self, family: Family, key: str) -> Profile:
        others = {k: profile for k, profile in family.profiles.items() if k != key}
        comparer, column = self._column(replace(family, profiles=others), key)
        chosen = self._pick(comparer, comparer.readings.asked.base * np.exp(column.by_reading[:-1]))
        readings = self.readings[family.pedigree[key].sex is Sex.MALE]
        starts = comparer.readings.asked.starts
        return {
            marker.locus.name: own[int(at - start)]
            for marker, own, at, start in zip(
                self.loci.markers, readings, chosen, starts[:-1], strict=True
            )
        }

    def _column(self, family: Family, key: str) -> tuple[Comparer, Column]:
        """Return what the family says of every genotype of a member."""
        comparer = self.comparers[family.pedigree[key].sex is Sex.MALE]
        column = comparer.column(replace(family, missing=(key,)), key)
        is_impossible = np.isneginf(column.family_log_likelihood)
        if is_impossible.any():
            fault = "the profiles cannot be of one family; check it first"
            name = self.loci.markers[int(np.argmax(is_impossible))].locus.name
            raise KinshipError(fault, case=family.key, locus=name)
        return comparer, column

    def _pick(self, comparer: Comparer, chances: Floats) -> Int64s:
        """Return the number of a reading at each locus, drawn by these chances."""
        starts = comparer.readings.asked.starts
        picked = []
        for begin, end in itertools.pairwise(starts.tolist()):
            limits = np.cumsum(chances[begin:end])
            at = self.chance.random() * limits[-1]
            picked.append(begin + np.searchsorted(limits, at, side="right"))
        return np.array(picked, np.int64)


def _genotypes(locus: Locus, *, single: bool) -> list[Reading]:
    if len(locus.alleles) > MOST_ALLELES:
        fault = f"has {len(locus.alleles)} alleles; profiles are drawn at up to {MOST_ALLELES}"
        raise TooLargeError(fault, locus=locus.name)
    if single:
        return [Reading((a,)) for a in locus.alleles]
    return [Reading((a, b)) for i, a in enumerate(locus.alleles) for b in locus.alleles[i:]]


def _as_remains(
    loci: Loci, readings: Sequence[Sequence[Reading]], *, is_man: bool
) -> list[Remains]:
    """Return remains that have, between them, every genotype of every locus, in order."""
    sex = Sex.MALE if is_man else Sex.FEMALE
    names = [marker.locus.name for marker in loci.markers]
    return [
        Remains(
            str(k),
            sex,
            {name: own[k] for name, own in zip(names, readings, strict=True) if k < len(own)},
        )
        for k in range(max(len(own) for own in readings))
    ]

"""Invented caseloads of any size from a seed, for drills, tests and measurements."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseman.kinship.caseload import NOBODY_SOUGHT, Caseload, Family, Remains
from caseman.kinship.pedigrees import Member, Pedigree, Sex
from caseman.kinship.simulation import Simulator
from caseman.kinship.values import Locus

_SHAPES = ("parents", "mother and brother", "two brothers", "wife and child")


@dataclass(frozen=True)
class Extent:
    """How much to invent; the rest of the remains is of nobody who is sought.

    `missed` is the chance that a locus of remains gave no result.
    """

    families: int
    found: int
    unrelated: int
    missed: float = 0.0


@dataclass(frozen=True)
class Invented:
    """A caseload, and by remains who they are: a missing person, or nobody sought."""

    caseload: Caseload
    truth: dict[str, str]


def invent(loci: Sequence[Locus], extent: Extent, seed: int) -> Invented:
    """Return families of one missing man each, in turn of four shapes, and remains.

    The remains of the first `found` families' missing persons are among them.
    """
    simulator = Simulator(loci, seed)
    families: list[Family] = []
    remains: list[Remains] = []
    truth: dict[str, str] = {}
    for number in range(1, extent.families + 1):
        family = f"F{number:05d}"
        tree, typed = _shape(family, _SHAPES[number % len(_SHAPES)])
        people = simulator.people(tree)
        missing = f"{family}-M1"
        families.append(Family(family, tree, {key: people[key] for key in typed}, (missing,)))
        if number <= extent.found:
            key = f"V{len(remains) + 1:05d}"
            profile = simulator.partial(people[missing], extent.missed)
            remains.append(Remains(key, Sex.MALE, profile))
            truth[key] = missing
    for _ in range(extent.unrelated):
        key = f"V{len(remains) + 1:05d}"
        profile = simulator.partial(simulator.stranger(key, Sex.MALE), extent.missed)
        remains.append(Remains(key, Sex.MALE, profile))
        truth[key] = NOBODY_SOUGHT
    return Invented(Caseload(tuple(loci), tuple(remains), tuple(families)), truth)


def _shape(family: str, shape: str) -> tuple[Pedigree, tuple[str, ...]]:
    """Return a tree and those of it who gave a sample."""
    father, mother = f"{family}-father", f"{family}-mother"
    parents = Member(father, sex=Sex.MALE), Member(mother, sex=Sex.FEMALE)
    missing = Member(f"{family}-M1", father, mother, Sex.MALE)
    brothers = tuple(Member(f"{family}-brother{i}", father, mother, Sex.MALE) for i in (1, 2))
    if shape == "parents":
        return Pedigree((*parents, missing)), (father, mother)
    if shape == "mother and brother":
        return Pedigree((*parents, missing, brothers[0])), (mother, brothers[0].key)
    if shape == "two brothers":
        return Pedigree((*parents, missing, *brothers)), tuple(each.key for each in brothers)
    alone = Member(missing.key, sex=Sex.MALE)
    wife = Member(f"{family}-wife", sex=Sex.FEMALE)
    child = Member(f"{family}-child", alone.key, wife.key, Sex.FEMALE)
    return Pedigree((alone, wife, child)), (wife.key, child.key)

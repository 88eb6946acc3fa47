"""What each family can be told: every way of giving some of its missing persons some remains.

The weight of a way is L(family with them) / (L(family) L(remains) ...): 1 for giving nobody.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from caseman.kinship.arrays import Floats
from caseman.kinship.caseload import Family, Remains
from caseman.kinship.coancestry import log_weight
from caseman.kinship.contraction import TOO_LARGE
from caseman.kinship.faults import KinshipError, TooLargeError
from caseman.kinship.offers import Offers, log_likelihoods_by_offer
from caseman.kinship.pairwise import BEYOND_REACH, Comparer, family_log_likelihood
from caseman.kinship.pedigrees import Member, Pedigree
from caseman.kinship.people import People, relevant_people
from caseman.kinship.readings import typed_arrays
from caseman.kinship.tables import Typed, log_likelihoods

MOST_OPTIONS = 300_000
MOST_TOGETHER = 1 << 18
_TOO_MANY = (
    "has {count} ways to be given remains, more than {most}; set aside pairs of small LR (limit)"
)
Choice = tuple[int, ...]
"""For each missing person of a family the number of a set of remains, or -1."""


@dataclass(frozen=True)
class FamilyOptions:
    """The ways of one family, the one of nobody first, with natural log weights."""

    family: Family
    choices: tuple[Choice, ...]
    log_weights: Floats


def family_options(
    comparer: Comparer, family: Family, allowed: Mapping[str, Sequence[int]], ratios: Floats
) -> FamilyOptions:
    """Return all ways to give the family some of its allowed remains, with exact weights.

    `ratios` are the log LRs of its missing persons, a column for each. Raises TooLargeError,
    naming the family, where the ways are too many.
    """
    if not family.missing:
        return FamilyOptions(family, ((),), np.zeros(1))
    per_person = [tuple(allowed[missing]) for missing in family.missing]
    count = count_choices(per_person, MOST_OPTIONS)
    if count > MOST_OPTIONS:
        fault = _TOO_MANY.format(count=count, most=MOST_OPTIONS)
        raise TooLargeError(fault, case=family.key)
    choices = sorted(_choices(per_person), key=lambda choice: (sum(v >= 0 for v in choice), choice))
    if len(choices) == 1:
        return FamilyOptions(family, tuple(choices), np.zeros(1))
    if len(family.missing) == 1:
        weights = np.array([0.0, *(ratios[choice[0], 0] for choice in choices[1:])])
        return FamilyOptions(family, tuple(choices), weights)
    if comparer.theta:
        return FamilyOptions(family, tuple(choices), _under_theta(comparer, family, choices))
    found = _log_likelihoods(comparer, family, choices, per_person)
    if found[0] == -math.inf:
        weights = np.full(len(choices), -math.inf)
    else:
        alone = np.append(remains_log_likelihoods(comparer), 0.0)
        weights = found - found[0] - alone[np.array(choices)].sum(axis=1)
    weights[0] = 0.0
    return FamilyOptions(family, tuple(choices), weights)


def _under_theta(comparer: Comparer, family: Family, choices: Sequence[Choice]) -> Floats:
    def weight(choice: Choice) -> float:
        named = zip(family.missing, choice, strict=True)
        chosen = {missing: comparer.remains[v] for missing, v in named if v >= 0}
        return log_weight(comparer.loci_of(family), comparer.theta, family, chosen)

    return np.array([0.0, *(weight(choice) for choice in choices[1:])])


def remains_log_likelihoods(comparer: Comparer) -> Floats:
    """Return ln L of each set of remains by itself."""
    if comparer.theta:
        alone = [family_log_likelihood(comparer, _as_family(each)) for each in comparer.remains]
        return np.array(alone)
    bases = np.append(np.log(comparer.readings.asked.base), 0.0)
    total: Floats = bases[comparer.readings.rows].sum(axis=1)
    return total


def _as_family(remains: Remains) -> Family:
    tree = Pedigree((Member(remains.key, sex=remains.sex),))
    dropout = {remains.key: remains.dropout} if remains.dropout else {}
    return Family(remains.key, tree, {remains.key: remains.profile}, (), dropout)


def count_choices(per_person: Sequence[Sequence[int]], most: int) -> int:
    """Return how many ways there are, or a number above `most` once they are more."""
    states = {frozenset[int](): 1}
    for candidates in per_person:
        after: dict[frozenset[int], int] = defaultdict(int)
        for used, ways in states.items():
            after[used] += ways
            for remains in candidates:
                if remains not in used:
                    after[used | {remains}] += ways
        if sum(after.values()) > most:
            return sum(after.values())
        states = after
    return sum(states.values())


def _choices(per_person: Sequence[Sequence[int]]) -> Iterator[Choice]:
    if not per_person:
        yield ()
        return
    for rest in _choices(per_person[1:]):
        yield (-1, *rest)
        for remains in per_person[0]:
            if remains not in rest:
                yield (remains, *rest)


def _log_likelihoods(
    comparer: Comparer, family: Family, choices: Sequence[Choice], per_person: Sequence[Choice]
) -> Floats:
    """Return ln L of the family for each choice: all in one sum where that is within reach."""
    if any(person in family.profiles for person in family.missing):
        fault = "has a profile of a missing person; several missing together cannot use it"
        raise KinshipError(fault, case=family.key)
    for person in family.missing:
        if comparer.loci.has_x_linked and family.pedigree[person].sex is None:
            fault = "needs a sex, because loci are X-linked and the family misses several"
            raise KinshipError(fault, case=family.key, person=person)
    everybody = relevant_people(family.pedigree, (*family.profiles, *family.missing), {})
    base = typed_arrays(comparer.loci_of(family), everybody, family.profiles, family.dropout)
    if math.prod(1 + len(remains) for remains in per_person) <= MOST_TOGETHER:
        found = _all_together(comparer, family, choices, per_person, (everybody, base))
        if not (found == TOO_LARGE).any():
            return found
    return _group_by_group(comparer, family, choices, (everybody, base))


def _all_together(
    comparer: Comparer,
    family: Family,
    choices: Sequence[Choice],
    per_person: Sequence[Choice],
    family_arrays: tuple[People, Typed],
) -> Floats:
    everybody, base = family_arrays
    wanted = [i for i, remains in enumerate(per_person) if remains]
    given = [v for i in wanted for v in per_person[i]]
    offers = Offers(
        np.array([everybody.number(family.missing[i]) for i in wanted], np.int64),
        np.cumsum([0, *(len(per_person[i]) for i in wanted)]),
        np.array([comparer.codes[v][:, 0] for v in given], np.int64),
        np.array([comparer.codes[v][:, 1] for v in given], np.int64),
        np.array([comparer.remains[v].dropout for v in given], float),
    )
    found = log_likelihoods_by_offer(everybody.kin, comparer.loci_of(family).panel, base, offers)
    shaped = found.reshape([1 + len(per_person[i]) for i in wanted])
    places = [{-1: 0, **{v: k for k, v in enumerate(per_person[i], start=1)}} for i in wanted]
    columns = [
        [place[choice[i]] for choice in choices] for i, place in zip(wanted, places, strict=True)
    ]
    chosen: Floats = shaped[tuple(np.array(column) for column in columns)]
    return chosen


def _group_by_group(
    comparer: Comparer,
    family: Family,
    choices: Sequence[Choice],
    family_arrays: tuple[People, Typed],
) -> Floats:
    """Return the same one by one; those that fill the same people share their tree."""
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for number, choice in enumerate(choices):
        groups[tuple(i for i, v in enumerate(choice) if v >= 0)].append(number)
    found = np.empty(len(choices))
    for filled, numbers in groups.items():
        chosen = [choices[number] for number in numbers]
        found[numbers] = _group(comparer, family, filled, chosen, family_arrays)
        if (found[numbers] == TOO_LARGE).any():
            raise TooLargeError(BEYOND_REACH, case=family.key)
    return found


def _group(
    comparer: Comparer,
    family: Family,
    filled: tuple[int, ...],
    choices: Sequence[Choice],
    family_arrays: tuple[People, Typed],
) -> Floats:
    everybody, base = family_arrays
    keys = [family.missing[i] for i in filled]
    people = relevant_people(family.pedigree, (*family.profiles, *keys), {})
    columns = [everybody.number(key) for key in people.keys]
    shape = (len(choices), len(base.first), len(columns))
    first, second = np.empty(shape, np.int64), np.empty(shape, np.int64)
    first[:], second[:] = base.first[:, columns], base.second[:, columns]
    dropout = np.tile(base.dropout[columns], (len(choices), 1))
    for i, key in zip(filled, keys, strict=True):
        person = people.number(key)
        for k, choice in enumerate(choices):
            own = comparer.codes[choice[i]]
            first[k, :, person], second[k, :, person] = own[:, 0], own[:, 1]
            dropout[k, person] = comparer.remains[choice[i]].dropout
    return log_likelihoods(people.kin, comparer.loci_of(family).panel, (first, second, dropout))

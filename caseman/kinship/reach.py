"""Which ways to fill families are weighed together, and what is set aside if they are too many."""

import itertools
import math
from collections.abc import Sequence

import numpy as np

from caseman.kinship.matching import WIDEST_COMPONENT
from caseman.kinship.options import FamilyOptions

MOST_WORK = 200_000_000


def within_reach(options: Sequence[FamilyOptions]) -> tuple[list[FamilyOptions], float, int]:
    """Return the options to go on with, what was lost at most, and how many were set aside.

    An assignment with a certain choice in it, and the same without, are both assignments, so all
    with it have at most the share of its weight: the weights set aside bound what is lost.
    """
    weights = np.sort(np.concatenate([[-math.inf], *(each.log_weights[1:] for each in options)]))
    low, high = 0, len(weights)
    while low < high:
        middle = (low + high) // 2
        least = weights[middle - 1] if middle else -math.inf
        if _is_within_reach(_above(options, least) if middle else options):
            high = middle
        else:
            low = middle + 1
    if low == 0:
        return list(options), 0.0, 0
    least = weights[min(low, len(weights)) - 1]
    lost = weights[weights <= least]
    kept = _above(options, least)
    return kept, min(1.0, float(np.exp(lost).sum())), len(lost) - 1


def _above(options: Sequence[FamilyOptions], least: float) -> list[FamilyOptions]:
    kept = []
    for each in options:
        stays = each.log_weights > least
        stays[0] = True
        choices = tuple(itertools.compress(each.choices, stays))
        kept.append(FamilyOptions(each.family, choices, each.log_weights[stays]))
    return kept


def _is_within_reach(options: Sequence[FamilyOptions]) -> bool:
    for members in components(options):
        width = len(remains_of(members))
        count = sum(len(each.choices) for each in members)
        if width > WIDEST_COMPONENT or count << width > MOST_WORK:
            return False
    return True


def components(options: Sequence[FamilyOptions]) -> list[tuple[FamilyOptions, ...]]:
    """Return families that want the same remains together, in the order of the families."""
    groups: list[tuple[set[int], list[int]]] = []
    for number, each in enumerate(options):
        wanted, members = set(remains_of((each,))), [number]
        apart = []
        for group in groups:
            if group[0] & wanted:
                wanted |= group[0]
                members = group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (wanted, members)]
    ordered = sorted(sorted(members) for _, members in groups)
    return [tuple(options[number] for number in members) for members in ordered]


def remains_of(options: Sequence[FamilyOptions]) -> tuple[int, ...]:
    """Return the numbers of all remains that somebody may be given."""
    return tuple(sorted({v for each in options for choice in each.choices for v in choice} - {-1}))

"""Readings of families and remains in codes, as compiled code wants them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from caseman.kinship.arrays import Int64s
from caseman.kinship.caseload import Remains
from caseman.kinship.observations import NOTHING, UNKNOWN
from caseman.kinship.panel import Loci
from caseman.kinship.pedigrees import Sex
from caseman.kinship.people import People
from caseman.kinship.tables import Asked, Typed, base_chances
from caseman.kinship.values import Profile


@dataclass(frozen=True)
class Readings:
    """The different readings of all remains, and which of them each set has at each locus.

    `rows` points into the readings; one past the last stands for a locus that was not typed.
    """

    asked: Asked
    rows: Int64s


def typed_arrays(
    loci: Loci, people: People, profiles: Mapping[str, Profile], dropout: Mapping[str, float]
) -> Typed:
    """Return the readings of these people as arrays by locus and person."""
    shape = (len(loci.markers), len(people.keys))
    first, second = np.full(shape, UNKNOWN), np.full(shape, UNKNOWN)
    for i, key in enumerate(people.keys):
        if key in profiles:
            codes = profile_codes(loci, profiles[key], may_miss=dropout.get(key, 0.0) > 0)
            first[:, i], second[:, i] = codes[:, 0], codes[:, 1]
    chances = [dropout.get(key, 0.0) for key in people.keys]
    return Typed(first, second, np.array(chances, float))


def profile_codes(loci: Loci, profile: Profile, *, may_miss: bool) -> Int64s:
    """Return codes of both alleles by locus, UNKNOWN where not typed."""
    codes = np.full((len(loci.markers), 2), UNKNOWN)
    for at, marker in enumerate(loci.markers):
        reading = profile.get(marker.locus.name)
        if reading is not None:
            codes[at] = marker.code(reading, may_miss=may_miss)
    return codes


def gather_readings(
    loci: Loci, all_remains: Sequence[Remains], codes: Sequence[Int64s]
) -> Readings:
    """Return each different reading once, and where every set of remains has it."""
    found: list[dict[tuple[int, int, float, int], int]] = [{} for _ in loci.markers]
    local = np.full((len(all_remains), len(loci.markers)), -1)
    for i, each in enumerate(all_remains):
        for at, marker in enumerate(loci.markers):
            a, b = sorted(codes[i][at], reverse=True)
            if a == b == UNKNOWN:
                continue
            if NOTHING in {a, b}:
                a, b = NOTHING, UNKNOWN
            single = int(marker.locus.x_linked and each.sex is Sex.MALE)
            key = (int(a), int(b), each.dropout, single)
            local[i, at] = found[at].setdefault(key, len(found[at]))
    starts = np.concatenate([[0], np.cumsum([len(each) for each in found])]).astype(np.int64)
    keys = [key for each in found for key in each]
    asked = Asked(
        starts,
        np.array([key[0] for key in keys], np.int64),
        np.array([key[1] for key in keys], np.int64),
        np.array([key[2] for key in keys], float),
        np.array([key[3] for key in keys], np.int64),
        np.zeros(len(keys)),
    )
    base_chances(loci.panel, asked)
    rows = np.where(local >= 0, local + starts[:-1], starts[-1])
    return Readings(asked, rows.astype(np.int64))

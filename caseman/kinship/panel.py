"""Many loci as arrays, and the small alphabets in which one family is computed.

Under none, equal and proportional mutation an allele is a copy of a founder's, or was drawn anew.
What nobody of the family has is one class, then, and which of its alleles a person has is settled
afterwards: a founder's by frequency, a redrawn one by what mutation draws from. So the work for a
family depends on the alleles seen in it, not on how many the locus has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.kinship.arrays import Floats, Int64s
from caseman.kinship.lumping import Marker
from caseman.kinship.mutation import as_redraw
from caseman.kinship.relatives import Alphabet
from caseman.kinship.values import Locus


class Panel(NamedTuple):
    """Loci by number. Where `redraws` is 0, `transitions` has the matrices in full.

    `targets` are the chances of a redrawn allele, `keep` the chance of none by sex; `splits` is 1
    where the two differ, so that founders' and redrawn alleles need a class each.
    """

    counts: Int64s
    frequencies: Floats
    targets: Floats
    keep: Floats
    redraws: Int64s
    splits: Int64s
    transitions: Floats
    silent: Int64s
    x_linked: Int64s


class Classes(NamedTuple):
    """The alphabet of one family at one locus.

    The first `apart` classes are single alleles; the rest follows in `tags` lots of `origins`.
    """

    alphabet: Alphabet
    class_of: Int64s
    apart: int
    tags: int
    origins: int


@dataclass(frozen=True)
class Loci:
    """A panel with its markers, in the order of the loci."""

    markers: tuple[Marker, ...]
    panel: Panel

    @classmethod
    def of(cls, loci: Sequence[Locus]) -> "Loci":
        """Build all matrices; raises KinshipError, naming the locus, where there are none."""
        markers = tuple(Marker.of(locus) for locus in loci)
        return cls(markers, _panel(markers))

    @property
    def has_x_linked(self) -> bool:
        """Whether the sex of people matters."""
        return any(marker.locus.x_linked for marker in self.markers)


def _panel(markers: Sequence[Marker]) -> Panel:
    count, widest = len(markers), max((len(m.frequencies) for m in markers), default=1)
    redraws = [_redraw(marker) for marker in markers]
    is_full = any(redraw is None for redraw in redraws)
    panel = Panel(
        np.array([len(m.frequencies) for m in markers], np.int64),
        np.zeros((count, widest)),
        np.zeros((count, widest)),
        np.ones((count, 2)),
        np.array([redraw is not None for redraw in redraws], np.int64),
        np.zeros(count, np.int64),
        np.zeros((count, 2, widest, widest) if is_full else (1, 2, 1, 1)),
        np.array([m.silent for m in markers], np.int64),
        np.array([m.locus.x_linked for m in markers], np.int64),
    )
    for at, (marker, redraw) in enumerate(zip(markers, redraws, strict=True)):
        size = len(marker.frequencies)
        panel.frequencies[at, :size] = marker.frequencies
        if redraw is None:
            panel.transitions[at, :, :size, :size] = marker.transmissions
        else:
            keep, target = redraw
            panel.keep[at], panel.targets[at, : len(target)] = keep, target
            panel.splits[at] = _differs(marker, keep, target)
    return panel


def _redraw(marker: Marker) -> tuple[Floats, Floats] | None:
    """Return what each sex keeps and what both redraw from, or None if the model is another."""
    locus, pair = marker.locus, marker.locus.mutation
    female = as_redraw(pair.female if pair else None, locus.frequencies)
    male = as_redraw(pair.male if pair else None, locus.frequencies)
    if female is None or male is None:
        return None
    moving = [each for each in (female, male) if each.keep < 1] or [female]
    if any(abs(each.target - moving[0].target).max() > 0 for each in moving):
        return None
    return np.array([female.keep, male.keep]), moving[0].target


def _differs(marker: Marker, keep: Floats, target: Floats) -> bool:
    visible = marker.frequencies[: len(target)]
    return bool(keep.min() < 1 and abs(target - visible / visible.sum()).max() > 1e-14)


@compiled
def full_classes(panel: Panel, at: int) -> Classes:
    """Return the alphabet of all alleles of a locus."""
    count = panel.counts[at]
    alphabet = Alphabet(
        panel.frequencies[at, :count].copy(),
        panel.transitions[at, :, :count, :count].copy(),
        panel.silent[at],
        panel.x_linked[at],
    )
    return Classes(alphabet, np.arange(count), count, 0, 0)


@compiled
def family_classes(panel: Panel, at: int, first: Int64s, second: Int64s, tags: int) -> Classes:
    """Return the alphabet for readings of a family at a locus.

    With two tags founders' alleles of the rest are marked apart at random, which tells copies of
    one allele from alleles that are alike by chance; with none the rest is one class, and which
    of its alleles a person has cannot be asked.
    """
    if panel.redraws[at] == 0:
        return full_classes(panel, at)
    class_of, apart = _single_alleles(panel, at, first, second)
    origins = 2 if tags > 0 and panel.splits[at] == 1 else 1
    shares = _shares(panel, at, class_of, apart)
    if shares[0, apart] <= 0.0:
        tags, origins = 0, 0
    lots = max(tags, 1) * origins
    frequencies, targets = np.zeros(apart + lots), np.zeros(apart + lots)
    frequencies[:apart], targets[:apart] = shares[0, :apart], shares[1, :apart]
    for lot in range(lots):
        tag_share = 1.0 / max(tags, 1)
        if origins == 1 or lot % origins == 0:
            frequencies[apart + lot] = shares[0, apart] * tag_share
        if origins == 1 or lot % origins == 1:
            targets[apart + lot] = shares[1, apart] * tag_share
    silent = class_of[panel.silent[at]] if panel.silent[at] >= 0 else -1
    transitions = _redraw_matrices(panel.keep[at], targets, silent)
    alphabet = Alphabet(frequencies, transitions, silent, panel.x_linked[at])
    return Classes(alphabet, class_of, apart, max(tags, 1) if origins > 0 else 0, origins)


@compiled
def _single_alleles(panel: Panel, at: int, first: Int64s, second: Int64s) -> tuple[Int64s, int]:
    """Return the class of each allele, and how many stand alone; the rest has the next number."""
    count = panel.counts[at]
    is_alone = np.zeros(count, np.bool_)
    for codes in (first, second):
        for code in codes:
            if code >= 0:
                is_alone[code] = True
    if panel.silent[at] >= 0:
        is_alone[panel.silent[at]] = True
    class_of, apart = np.empty(count, np.int64), 0
    class_of[:] = is_alone.sum()
    for a in np.flatnonzero(is_alone):
        class_of[a] = apart
        apart += 1
    return class_of, apart


@compiled
def _shares(panel: Panel, at: int, class_of: Int64s, apart: int) -> Floats:
    """Return frequency and target by class, the rest last."""
    shares = np.zeros((2, apart + 1))
    for a in range(len(class_of)):
        shares[0, class_of[a]] += panel.frequencies[at, a]
        shares[1, class_of[a]] += panel.targets[at, a]
    return shares


@compiled
def _redraw_matrices(keep: Floats, targets: Floats, silent: int) -> Floats:
    count = len(targets)
    matrices = np.empty((2, count, count))
    for sex in range(2):
        for i in range(count):
            stays = 1.0 if i == silent else keep[sex]
            for j in range(count):
                matrices[sex, i, j] = (1.0 - stays) * targets[j]
            matrices[sex, i, i] += stays
    return matrices

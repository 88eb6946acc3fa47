"""Two full names compared: aligned element by element, scored, and weighed as evidence.

The score says how alike two names are; the likelihood ratio says what that is worth, given how
common the name is. Siblings share all elements but the given name, father and son share all in
another order: both must stay apart, so one element that disagrees pulls the whole name down.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from math import log10, sqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from caseman.names.frequencies import NameFrequencies
from caseman.names.normalisation import DAMAGED
from caseman.names.segmentation import PersonName, parse
from caseman.names.table import SAME_NAME, similarity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_COMPARED: Final = 8
"""Elements of a name that take part; beyond that a chain of forefathers adds nothing."""

_SKIPPED: Final = 0.93
"""Factor on the score for a forefather that only one name writes."""
_END_MISSING: Final = 0.75
"""Factor for a family name (or whatever stands last) that only one name writes."""
_REORDERED: Final = 0.97
"""Factor for a family name written first."""
_EXCHANGED: Final = 0.6
"""Factor for given and father's name exchanged: father and son more often than a slip."""
_JOINED: Final = 0.98

_LR_SKIPPED: Final = -0.2
_LR_END_MISSING: Final = -0.3
_LR_REORDERED: Final = -0.3
_LR_EXCHANGED: Final = -2.5
_AGREEMENT: Final = 0.85
"""Probability that two records of one person agree in an element (assumed)."""
_LR_BY_SIMILARITY: Final = ((0.0, 0.3, 0.5, 0.65), (-1.8, -1.7, -1.2, -0.3))
"""log10 LR of an element below :data:`SAME_NAME`, linear in between.

Measured on pairs of reports of a generated city (``docs/matching.md``), where keyboard slips make
middling similarities likelier than among people; drawn downwards from there, as brothers get
similar names more often than that generator gives them.
"""
_AT_THRESHOLD: Final = 0.6
"""Share of the full evidence that an agreement just at :data:`SAME_NAME` carries."""
RELATED: Final = 0.02
"""Probability that two different people compared are close relatives (assumed): families go
missing together, so father's and family name say little about which of them it is."""
ALIAS: Final = 0.01
"""Probability that one person is written under an unrelated name (assumed; about 1 % of the
generated city): bounds from below what a difference of names can say."""


@dataclass(frozen=True, slots=True)
class AlignedElement:
    """One step of an alignment: an element of each name, or of one only, and their likeness."""

    element_a: str | None
    element_b: str | None
    similarity: float

    @property
    def is_gap(self) -> bool:
        return self.element_a is None or self.element_b is None


@dataclass(frozen=True, slots=True)
class NameComparison:
    """How two names compare.

    ``score`` runs from 0 to 1 and ignores how common the names are. ``log10_lr`` is the decimal
    logarithm of P(these spellings | one person) / P(these spellings | two people, of whom
    :data:`RELATED` are relatives). ``log10_lr_relatives`` weighs one person against two close
    relatives, where only the given name speaks. Both are 0 when a name is empty. ``alignment``
    explains all three.
    """

    score: float
    log10_lr: float
    log10_lr_relatives: float
    alignment: tuple[AlignedElement, ...]


_UNNAMED: Final = NameComparison(0.0, 0.0, 0.0, ())


@dataclass(frozen=True, slots=True)
class _Path:
    """A candidate alignment, what its order costs, and whether father and son may explain it."""

    steps: tuple[AlignedElement, ...]
    factor: float = 1.0
    order_lr: float = 0.0
    is_exchanged: bool = False

    @property
    def score(self) -> float:
        """Geometric mean of the worst and the mean agreement, lowered by what is missing."""
        agreements = [step.similarity for step in self.steps if not step.is_gap]
        mean = sum(agreements) / len(agreements)
        return self.factor * self._completeness() * sqrt(min(agreements) * mean)

    def _completeness(self) -> float:
        end = int(self.steps[-1].is_gap)
        skipped = sum(step.is_gap for step in self.steps) - end
        return float(_SKIPPED**skipped * _END_MISSING**end)

    def weighed(self, frequencies: NameFrequencies) -> NameComparison:
        """Weigh the given name fully, the rest against the chance of comparing two relatives."""
        elements = [_element_lr(step, frequencies) for step in self.steps]
        elements[-1] += (_LR_END_MISSING - _LR_SKIPPED) * self.steps[-1].is_gap
        own = 0 if self.is_exchanged else 1
        of_given = sum(elements[:own]) + self.order_lr
        shared = sum(elements[own:])
        among_all = of_given + shared - log10(1.0 - RELATED + RELATED * 10.0**shared)
        score = min(1.0, self.score)
        return NameComparison(score, _with_alias(among_all), _with_alias(of_given), self.steps)


def _with_alias(log10_lr: float) -> float:
    return log10(ALIAS + (1.0 - ALIAS) * 10.0**log10_lr)


def _element_lr(step: AlignedElement, frequencies: NameFrequencies) -> float:
    if step.element_a is None or step.element_b is None:
        return _LR_SKIPPED
    share = max(frequencies.share(step.element_a), frequencies.share(step.element_b))
    agreement = _legible(step.element_a, step.element_b) * log10(_AGREEMENT / share)
    similarities, weights = _LR_BY_SIMILARITY
    curve = (*weights, _AT_THRESHOLD * agreement, agreement)
    return float(np.interp(step.similarity, (*similarities, SAME_NAME, 1.0), curve))


def _legible(element_a: str, element_b: str) -> float:
    """Return the fraction of a damaged element that can be read, 1 for whole ones."""
    if DAMAGED not in element_a and DAMAGED not in element_b:
        return 1.0
    lengths = sorted(len(element.replace(DAMAGED, "")) for element in (element_a, element_b))
    return lengths[0] / max(1, lengths[1])


def compare(name_a: str, name_b: str, frequencies: NameFrequencies | None = None) -> NameComparison:
    """Return how two full names compare, in any script, order and completeness.

    *frequencies* are those of the population the names come from; without them the lexicon's
    assumed shares hold. Score and LR are symmetric. Never raises.
    """
    chain_a, chain_b = _chains(parse(name_a), parse(name_b))
    if not chain_a or not chain_b:
        return _UNNAMED
    shares = NameFrequencies() if frequencies is None else frequencies
    return _best_path(chain_a, chain_b).weighed(shares)


def _chains(name_a: PersonName, name_b: PersonName) -> tuple[Sequence[str], Sequence[str]]:
    """Return what is compared: the chains, and the kunyas where both names have one."""
    most = MAX_COMPARED
    if name_a.kunya is None or name_b.kunya is None:
        return name_a.chain[:most], name_b.chain[:most]
    most -= 1
    return (*name_a.chain[:most], name_a.kunya), (*name_b.chain[:most], name_b.kunya)


def _best_path(chain_a: Sequence[str], chain_b: Sequence[str]) -> _Path:
    """Return the best alignment; a rearranged one only where it explains more than it costs."""
    best = max(map(_Path, _alignments(chain_a, chain_b)), key=_rank)
    rearranged = (
        (_JOINED, _joined_paths),
        (_REORDERED, _reordered_paths),
        (_EXCHANGED, _exchanged_paths),
    )
    for factor, paths in rearranged:
        if best.score < factor:
            best = max((best, *paths(chain_a, chain_b)), key=_rank)
    return best


def _rank(path: _Path) -> tuple[float, float, list[list[str]], list[str]]:
    """Order by score, then by what would be the same if the two names changed places."""
    facing = [sorted((step.element_a or "", step.element_b or "")) for step in path.steps]
    return round(path.score, 9), path.order_lr, sorted(facing), facing[0]


def _reordered_paths(chain_a: Sequence[str], chain_b: Sequence[str]) -> Iterator[_Path]:
    """Try a family name written first, in either name."""
    if min(len(chain_a), len(chain_b)) < 2:
        return
    for first, second in ((_family_last(chain_a), chain_b), (chain_a, _family_last(chain_b))):
        for steps in _alignments(first, second):
            yield _Path(steps, _REORDERED, _LR_REORDERED)


def _exchanged_paths(chain_a: Sequence[str], chain_b: Sequence[str]) -> Iterator[_Path]:
    """Try given and father's name exchanged, in either name: where one is longer it matters."""
    if min(len(chain_a), len(chain_b)) < 2:
        return
    for first, second in ((_exchanged(chain_a), chain_b), (chain_a, _exchanged(chain_b))):
        for steps in _alignments(first, second):
            yield _Path(steps, _EXCHANGED, _LR_EXCHANGED, is_exchanged=True)


def _family_last(chain: Sequence[str]) -> tuple[str, ...]:
    return (*chain[1:], chain[0])


def _exchanged(chain: Sequence[str]) -> tuple[str, ...]:
    return (*reversed(chain[:2]), *chain[2:])


def _joined_paths(chain_a: Sequence[str], chain_b: Sequence[str]) -> Iterator[_Path]:
    """Try the longer name with two neighbouring words written as one."""
    if len(chain_a) == len(chain_b):
        return
    is_first_longer = len(chain_a) > len(chain_b)
    longer = chain_a if is_first_longer else chain_b
    for position, (word, following) in enumerate(pairwise(longer)):
        joined = (*longer[:position], word + following, *longer[position + 2 :])
        pair = (joined, chain_b) if is_first_longer else (chain_a, joined)
        for steps in _alignments(*pair):
            yield _Path(steps, _JOINED)


def _alignments(
    chain_a: Sequence[str], chain_b: Sequence[str]
) -> Iterator[tuple[AlignedElement, ...]]:
    """Yield every alignment in order that leaves elements out of the longer chain only.

    The first elements always face each other: no register leaves out the given name.
    """
    if len(chain_a) > len(chain_b):
        for steps in _alignments(chain_b, chain_a):
            yield tuple(AlignedElement(s.element_b, s.element_a, s.similarity) for s in steps)
        return
    for chosen in combinations(range(1, len(chain_b)), len(chain_a) - 1):
        facing = dict(zip((0, *chosen), chain_a, strict=True))
        yield tuple(_step(facing.get(place), word) for place, word in enumerate(chain_b))


def _step(element_a: str | None, element_b: str) -> AlignedElement:
    if element_a is None:
        return AlignedElement(None, element_b, 0.0)
    return AlignedElement(element_a, element_b, similarity(element_a, element_b))

"""One report against every name found: the same weights as by remains, read the other way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from caseman.matching.arrays import Floats, Int32s
from caseman.matching.lines.names import LEAST, MOST, MOTHER, PATTERNS, NamesWeigher
from caseman.matching.tokens import slots_of, tokens_of
from caseman.matching.values import AnteMortem, FoundName


@dataclass(frozen=True, slots=True)
class _Group:
    """Found names of one length: which paper, and the rows of its tokens in the weigher."""

    papers: Int32s
    tokens: Int32s


class Papers:
    """All names found with a list of remains, as columns.

    `owners` gives for each paper the position of its remains in that list.
    """

    def __init__(self, weigher: NamesWeigher, found: Sequence[Sequence[FoundName]]) -> None:
        self._weigher = weigher
        self._names = [name for names in found for name in names]
        counts = [len(names) for names in found]
        self._owners = np.repeat(np.arange(len(found)), counts)
        self._counts = np.array(counts)
        self._shares = np.array([weigher.own_share(name.source) for name in self._names])
        self._groups = {length: self._group(length) for length in PATTERNS}
        mothers = weigher.slots[MOTHER].found
        self._mothers = _rows([tokens_of(n.mother)[:1] for n in self._names], mothers, 1)[:, 0]

    def log_lr(self, report: AnteMortem) -> Floats:
        """Return natural log LRs of one report for every remains; 0 where no name was found."""
        told = slots_of(report.name)
        factors = {
            slot: np.append(columns.over_found(told[slot]), 1.0)
            for slot, columns in self._weigher.slots.items()
            if slot in told
        }
        own = self._own(factors) * self._beside(factors, report)
        ratios = (1 - self._shares) + self._shares * own
        sums = np.bincount(self._owners, weights=ratios, minlength=len(self._counts))
        with_names = np.maximum(1, self._counts)
        means = np.where(self._counts > 0, sums / with_names, 1.0)
        weights: Floats = np.clip(np.log(means), LEAST, MOST)
        return weights

    def _group(self, length: int) -> _Group:
        words = [tokens_of(name.name)[:4] for name in self._names]
        papers = np.array([i for i, w in enumerate(words) if len(w) == length], dtype=np.int32)
        index = self._weigher.slots["given"].found
        return _Group(papers, _rows([words[i] for i in papers], index, length))

    def _own(self, factors: Mapping[str, Floats]) -> Floats:
        own = np.ones(len(self._names))
        for length, group in self._groups.items():
            readings = [
                np.multiply.reduce(
                    [
                        factors[slot][group.tokens[:, place]]
                        if slot in factors
                        else np.ones(len(group.papers))
                        for place, slot in enumerate(pattern)
                    ]
                )
                for pattern in PATTERNS[length]
            ]
            own[group.papers] = np.mean(readings, axis=0)
        return own

    def _beside(self, factors: Mapping[str, Floats], report: AnteMortem) -> Floats:
        beside = np.ones(len(self._names))
        if MOTHER in factors:
            beside = factors[MOTHER][self._mothers]
        for i, name in enumerate(self._names):
            if name.birth_year is not None:
                beside[i] *= self._weigher.birth_factor(name.birth_year, report)
        return beside


def _rows(words: Sequence[Sequence[str]], index: Mapping[str, int], width: int) -> Int32s:
    # The last place of the factors is 1: for what is damaged, and for what is not there.
    rows = np.full((len(words), width), -1, dtype=np.int32)
    for i, tokens in enumerate(words):
        rows[i, : len(tokens)] = [index.get(token, -1) for token in tokens]
    return rows

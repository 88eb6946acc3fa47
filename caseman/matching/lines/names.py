"""Names found with remains against the name told, as a mixture: paper may be another's.

Slots are compared one by one, with the share of reports at each level of similarity as the
denominator, so Muhammad weighs little and Shekhmus much.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from caseman.matching.arrays import Floats, Int32s
from caseman.matching.evidence import Agreement, Finding, Plain
from caseman.matching.lines.papers import (
    SLOTS,
    Found,
    Likeness,
    Papers,
    Told,
    births_of,
    codes_of,
    counts_of,
    distinct,
    ratios_of_remains,
    ratios_of_report,
)
from caseman.matching.parameters import Parameters
from caseman.matching.tokens import TokenTable, slots_of, token_levels
from caseman.matching.values import AnteMortem, FoundName, NameSlots, PostMortem

LEAST, MOST = -5.0, 14.0  # natural log
_YEARS = np.array([1, 2, 4, 9])


class NamesWeigher:
    """Weighs names found with remains against the names of the reports of a pool."""

    def __init__(
        self, parameters: Parameters, reports: Sequence[AnteMortem], found: Sequence[FoundName]
    ) -> None:
        self._own_share = parameters.table("names.own_share")
        self._match = np.array(parameters.numbers("names.level_if_own"))
        self._cuts = np.array(parameters.numbers("names.levels"))
        self._usual = np.array(parameters.numbers("names.level_if_other"))
        self._year = np.array(parameters.numbers("names.birth_year_if_own"))
        slots = [slots_of(report.name) for report in reports]
        vocabulary = distinct(slot.values() for slot in slots)
        self._vocabulary = TokenTable(vocabulary)
        self.told = Told(codes_of(slots, vocabulary), births_of(reports))
        self._counts = counts_of(self.told.codes, len(vocabulary))
        self._birth_counts = np.unique(self.told.births[self.told.births > 0], return_counts=True)
        self._found = Found(found)
        self._likeness = self._likeness_of(self._found)

    def papers(self, found: Sequence[Sequence[FoundName]]) -> Papers:
        """Return the names of a list of remains as columns, all their words known to the pool."""
        return self._found.papers(found, self._own_share)

    def log_lr(self, papers: Papers, remains: int) -> Floats:
        """Return the natural log LRs of some remains of `papers` for all reports of the pool."""
        return _log(ratios_of_remains(self._likeness, papers, self.told, remains))

    def log_lr_of_new(self, found: Sequence[FoundName]) -> Floats:
        """Return the natural log LRs of names whose words the pool may not know."""
        words = Found(found)
        likeness, papers = self._likeness_of(words), words.papers([found], self._own_share)
        return _log(ratios_of_remains(likeness, papers, self.told, 0))

    def log_lr_of_report(
        self, report: AnteMortem, papers: Papers, named: Sequence[int] | Int32s
    ) -> Floats:
        """Return the natural log LRs of one report, in the pool or new, for `named` remains."""
        told, likeness = self._of_report(report, self._found)
        return _log(ratios_of_report(likeness, papers, told, np.asarray(named, np.int32)))

    def log_lr_of_pair(self, found: Sequence[FoundName], report: AnteMortem) -> float:
        """Return the natural log LR of one pair, either side in the pool or new to it."""
        words = Found(found)
        told, likeness = self._of_report(report, words)
        papers = words.papers([found], self._own_share)
        return float(_log(ratios_of_report(likeness, papers, told, np.zeros(1, np.int32)))[0])

    def _of_report(self, report: AnteMortem, found: Found) -> tuple[Told, Likeness]:
        slots = slots_of(report.name)
        vocabulary = distinct([slots.values()])
        told = Told(codes_of([slots], vocabulary), births_of([report]))
        levels = self._levels(found, TokenTable(vocabulary))
        likeness = self._likeness if found is self._found else self._likeness_of(found)
        return told, likeness._replace(levels=levels)

    def _likeness_of(self, found: Found) -> Likeness:
        levels = self._levels(found, self._vocabulary)
        factors = np.ones((len(SLOTS), len(levels), len(self._match) + 1))
        for slot, counts in enumerate(self._counts):
            factors[slot, :, :-1] = self._match / self._shares(levels, counts)
        return Likeness(levels, factors, self._of_years(found.years))

    def _levels(self, found: Found, told: TokenTable) -> npt.NDArray[np.uint8]:
        levels = token_levels(found.table, told, self._cuts)
        empty = np.full((len(levels), 1), len(self._match), np.uint8)
        return np.concatenate([empty, levels], axis=1)

    def _shares(self, levels: npt.NDArray[np.uint8], counts: Floats) -> Floats:
        common = np.empty((len(levels), len(self._match)))
        for level in range(len(self._match)):
            common[:, level] = np.add.reduce(np.where(levels == level, counts, 0.0), axis=1)
        shares: Floats = (common + 40 * self._usual) / (counts.sum() + 40)
        return shares

    def _of_years(self, years: Sequence[int]) -> Floats:
        told, counts = self._birth_counts
        factors = np.ones((len(years), len(self._year)))
        for row, year in enumerate(years):
            levels = np.digitize(np.abs(told - year), _YEARS)
            shares = np.bincount(levels, weights=counts, minlength=len(self._year)) + 1.0
            factors[row] = self._year * shares.sum() / shares
        return factors


def _log(ratios: Floats) -> Floats:
    weights: Floats = np.clip(np.log(ratios), LEAST, MOST)
    return weights


def compare_names(remains: PostMortem, report: AnteMortem, weight: float) -> Finding:
    """Return how the names found read against the name told, given what they weigh (nats)."""
    level = "agree" if weight > 0.5 else "differ" if weight < -0.2 else "partly"
    agreement = Agreement.AGREES if weight > 0.5 else Agreement.EXPLAINABLE
    found: list[Plain] = [
        {
            "name": name.name,
            "source": name.source.value,
            "mother": name.mother,
            "birth_year": name.birth_year,
        }
        for name in remains.names
    ]
    return Finding(level, agreement, {"names": found}, {"name": _as_told(report.name)})


def _as_told(name: NameSlots) -> str:
    parts = (name.given, name.father, name.grandfather, name.family)
    return name.full or " ".join(part for part in parts if part)


def has_name(report: AnteMortem) -> bool:
    """Return whether a report tells any name."""
    return bool(slots_of(report.name))

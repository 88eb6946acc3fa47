"""Names found with remains against the name told, as a mixture: paper may be another's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from caseman.matching.arrays import Floats, Int32s
from caseman.matching.evidence import Agreement, Finding, Plain
from caseman.matching.parameters import Parameters
from caseman.matching.tokens import DAMAGED, slots_of, token_similarity, tokens_of
from caseman.matching.values import AnteMortem, FoundName, NameSlots, NameSource, PostMortem

SLOTS = ("given", "father", "grandfather", "family")
MOTHER = "mother"
_YEARS = np.array([1, 2, 4, 9])
LEAST, MOST = -5.0, 14.0  # natural log
# Found names are an ordered part of the chain: by number of tokens, which slots they may fill.
PATTERNS: Mapping[int, tuple[tuple[str, ...], ...]] = {
    1: (("given",),),
    2: (("given", "family"), ("given", "father"), ("father", "family")),
    3: (
        ("given", "father", "family"),
        ("given", "father", "grandfather"),
        ("given", "grandfather", "family"),
    ),
    4: (("given", "father", "grandfather", "family"),),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of all reports against all tokens found.

    `levels` holds the level of similarity of each found token (row) to each token told (column),
    `factors` the LR of each level for each found token, `codes` the told token of each report.
    """

    told: tuple[str, ...]
    codes: Int32s
    found: Mapping[str, int]
    levels: npt.NDArray[np.uint8]
    factors: Floats
    cuts: Floats

    def over_reports(self, token: str) -> Floats:
        """Return the LR of one found token for every report; 1 where the slot is empty."""
        if token == DAMAGED:
            return np.ones(len(self.codes))
        row = self.found[token]
        return np.append(self.factors[row][self.levels[row]], 1.0)[self.codes]

    def over_found(self, token: str) -> Floats:
        """Return the LR of one told token for every found token."""
        if not self.found:
            return np.ones(0)
        levels = np.digitize(token_similarity([*self.found], [token])[:, 0], self.cuts)
        return self.factors[np.arange(len(levels)), levels]


class NamesWeigher:
    """Weighs names found with remains against the names of reports.

    Slots are compared one by one, with the share of reports at each level of similarity as the
    denominator, so Muhammad weighs little and Shekhmus much.
    """

    def __init__(
        self, parameters: Parameters, reports: Sequence[AnteMortem], found: Sequence[FoundName]
    ) -> None:
        self._own = parameters.table("names.own_share")
        self._match = np.array(parameters.numbers("names.level_if_own"))
        self._cuts = np.array(parameters.numbers("names.levels"))
        self._usual = np.array(parameters.numbers("names.level_if_other"))
        self._year = np.array(parameters.numbers("names.birth_year_if_own"))
        told = [slots_of(report.name) for report in reports]
        self._birth_shares: dict[int, Floats] = {}
        self._births = np.array([_birth_year(report) for report in reports], dtype=np.float64)
        tokens = _distinct(tokens_of(name.name) for name in found)
        mothers = _distinct(tokens_of(name.mother)[:1] for name in found)
        self.slots = {slot: self._slot(told, slot, tokens) for slot in SLOTS}
        self.slots[MOTHER] = self._slot(told, MOTHER, mothers)

    def covers(self, found: Sequence[FoundName]) -> bool:
        """Return whether all tokens of some names were there when the pool was frozen."""
        return all(
            {*tokens_of(name.name)} - {DAMAGED} <= self.slots["given"].found.keys()
            and {*tokens_of(name.mother)[:1]} - {DAMAGED} <= self.slots[MOTHER].found.keys()
            for name in found
        )

    def log_lr(self, found: Sequence[FoundName]) -> Floats:
        """Return natural log LRs for all reports; several papers count as their mean LR."""
        ratios = [self._ratio(name) for name in found]
        weights: Floats = np.clip(np.log(np.mean(ratios, axis=0)), LEAST, MOST)
        return weights

    def _slot(self, told: Sequence[Mapping[str, str]], slot: str, found: Sequence[str]) -> Slot:
        tokens = _distinct((slots[slot],) for slots in told if slot in slots)
        index = {token: i for i, token in enumerate(tokens)}
        codes = np.array([index.get(slots.get(slot, ""), -1) for slots in told], dtype=np.int32)
        counts = np.bincount(codes[codes >= 0], minlength=len(tokens)).astype(np.float64)
        levels = np.digitize(token_similarity(found, tokens), self._cuts).astype(np.uint8)
        shares = np.array([self._shares(row, counts) for row in levels])
        factors = self._match / shares.reshape(len(found), len(self._match))
        rows = {token: i for i, token in enumerate(found)}
        return Slot(tokens, codes, rows, levels, factors, self._cuts)

    def _shares(self, levels: npt.NDArray[np.uint8], counts: Floats) -> Floats:
        common = np.bincount(levels, weights=counts, minlength=len(self._match))
        shares: Floats = (common + 40 * self._usual) / (counts.sum() + 40)
        return shares

    def _ratio(self, found: FoundName) -> Floats:
        tokens = tokens_of(found.name)[:4]
        readings = [
            np.multiply.reduce(
                [self.slots[s].over_reports(t) for s, t in zip(pattern, tokens, strict=True)]
            )
            for pattern in PATTERNS.get(len(tokens), ())
        ]
        share = self._own[found.source]
        own = np.mean(readings, axis=0) * self._beside(found) if readings else 1.0
        ratio: Floats = (1 - share) + share * own + np.zeros(len(self._births))
        return ratio

    def _beside(self, found: FoundName) -> Floats:
        factors = np.ones(len(self._births))
        for token in tokens_of(found.mother)[:1]:
            factors = factors * self.slots[MOTHER].over_reports(token)
        if found.birth_year is not None:
            factors = factors * self._birth_factors(found.birth_year)
        return factors

    def own_share(self, source: NameSource) -> float:
        """Return how often a paper of this kind names the one who carries it."""
        return self._own[source]

    def birth_factor(self, year: int, report: AnteMortem) -> float:
        """Return the LR of a birth year found for one report."""
        told = _birth_year(report)
        if not told:
            return 1.0
        return float(self._of_year(year)[np.digitize(abs(told - year), _YEARS)])

    def _birth_factors(self, year: int) -> Floats:
        levels = np.digitize(np.abs(self._births - year), _YEARS)
        return np.where(self._births > 0, self._of_year(year)[levels], 1.0)

    def _of_year(self, year: int) -> Floats:
        if year not in self._birth_shares:
            told = self._births[self._births > 0]
            levels = np.digitize(np.abs(told - year), _YEARS)
            counts = np.bincount(levels, minlength=len(self._year)) + 1.0
            self._birth_shares[year] = self._year * counts.sum() / counts
        return self._birth_shares[year]


def _distinct(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({token for group in groups for token in group} - {DAMAGED}))


def _birth_year(report: AnteMortem) -> int:
    return int(report.birth.middle_year) if report.birth and report.birth.days <= 366 else 0


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

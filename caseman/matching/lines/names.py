"""Names found with remains against the name told, as a mixture: paper may be another's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from caseman.matching.arrays import Floats
from caseman.matching.evidence import Agreement, Finding, Plain
from caseman.matching.lines.base import LEAST, MOST
from caseman.matching.parameters import Parameters
from caseman.matching.tokens import slots_of, token_similarity, tokens_of
from caseman.matching.values import AnteMortem, FoundName, NameSlots, PostMortem

SLOTS = ("given", "father", "grandfather", "family")
_LEVELS = np.array([0.55, 0.72, 0.84, 0.94])
_YEARS = np.array([1, 2, 4, 9])
# Found names are an ordered part of the chain: by number of tokens, which slots they may fill.
_PATTERNS: Mapping[int, tuple[tuple[str, ...], ...]] = {
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
class _Column:
    """One slot of all reports: distinct tokens, how often each, and the code of each report."""

    tokens: tuple[str, ...]
    counts: Floats
    codes: npt.NDArray[np.int32]


class NamesWeigher:
    """Weighs the names found with one set of remains against the names of all reports.

    Slots are compared one by one, with the share of reports at each level of similarity as the
    denominator, so Muhammad weighs little and Shekhmus much.
    """

    def __init__(
        self, parameters: Parameters, reports: Sequence[AnteMortem], found: Sequence[FoundName]
    ) -> None:
        self._own = parameters.table("names.own_share")
        self._match = np.array(parameters.numbers("names.level_if_own"))
        self._year = np.array(parameters.numbers("names.birth_year_if_own"))
        told = [slots_of(report.name) for report in reports]
        self._columns = {slot: _column(told, slot) for slot in (*SLOTS, "mother")}
        self._births = _birth_years(reports)
        self._rows = self._similarities(found)

    def _similarities(self, found: Sequence[FoundName]) -> dict[tuple[str, str], Floats]:
        tokens = sorted({t for name in found for t in tokens_of(name.name)})
        mothers = sorted({t for name in found for t in tokens_of(name.mother or "")[:1]})
        rows: dict[tuple[str, str], Floats] = {}
        for slot, column in self._columns.items():
            asked = mothers if slot == "mother" else tokens
            similar = token_similarity(asked, column.tokens)
            for token, row in zip(asked, similar, strict=True):
                rows[slot, token] = row
        return rows

    def log_lr(self, remains: PostMortem) -> Floats:
        """Return natural log LRs for all reports; several papers count as their mean LR."""
        ratios = [self._ratio(found) for found in remains.names]
        weights: Floats = np.clip(np.log(np.mean(ratios, axis=0)), LEAST, 2 * MOST)
        return weights

    def _ratio(self, found: FoundName) -> Floats:
        tokens = tokens_of(found.name)[:4]
        patterns = _PATTERNS.get(len(tokens), ())
        readings = [
            np.add.reduce([self._slot(s, t) for s, t in zip(pattern, tokens, strict=True)])
            for pattern in patterns
        ]
        beside = self._beside(found)
        if not readings:
            return np.ones_like(beside)
        own = np.mean(np.exp(np.clip(np.array(readings) + beside, -30, 30)), axis=0)
        share = self._own[found.source]
        ratio: Floats = (1 - share) + share * own
        return ratio

    def _beside(self, found: FoundName) -> Floats:
        weights = np.zeros(len(self._births))
        for token in tokens_of(found.mother or "")[:1]:
            weights = weights + self._slot("mother", token)
        if found.birth_year is not None:
            weights = weights + self._birth_year(found.birth_year)
        return weights

    def _slot(self, slot: str, token: str) -> Floats:
        column = self._columns[slot]
        row = self._rows.get((slot, token))
        if row is None:
            row = token_similarity([token], column.tokens)[0]
        weights = _level_weights(np.digitize(row, _LEVELS), column.counts, self._match)
        return np.append(weights, 0.0)[column.codes]

    def _birth_year(self, year: int) -> Floats:
        known = self._births > 0
        levels = np.digitize(np.abs(self._births - year), _YEARS)
        counts = np.bincount(levels[known], minlength=len(self._year)) + 1.0
        weights = np.log(self._year / (counts / counts.sum()))
        return np.where(known, weights[levels], 0.0)


def _level_weights(levels: npt.NDArray[np.int64], counts: Floats, match: Floats) -> Floats:
    """Return log(m / u) for each distinct token of a slot."""
    common = np.bincount(levels, weights=counts, minlength=len(match))
    usual = np.array([0.9, 0.06, 0.02, 0.01, 0.01])
    shares = (common + 40 * usual) / (counts.sum() + 40)
    weights: Floats = np.log(match / shares)[levels]
    return weights


def _column(told: Sequence[Mapping[str, str]], slot: str) -> _Column:
    tokens = sorted({slots[slot] for slots in told if slot in slots})
    index = {token: i for i, token in enumerate(tokens)}
    codes = np.array([index.get(slots.get(slot, ""), -1) for slots in told], dtype=np.int32)
    counts = np.bincount(codes[codes >= 0], minlength=len(tokens)).astype(np.float64)
    return _Column(tuple(tokens), counts, codes)


def _birth_years(reports: Sequence[AnteMortem]) -> Floats:
    return np.array(
        [int(r.birth.middle_year) if r.birth and r.birth.days <= 366 else 0 for r in reports],
        dtype=np.float64,
    )


def compare_names(remains: PostMortem, report: AnteMortem, weight: float) -> Finding:
    """Return how the names found read against the name told, given what they weigh."""
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

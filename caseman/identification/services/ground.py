"""Weighs records that changed after a run against all others, by what the run counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from caseman import matching
from caseman.identification.evidence import weights_of
from caseman.identification.queries.priors import Expected
from caseman.identification.queries.runs import Seen
from caseman.identification.services.frozen import Frozen
from caseman.identification.services.lists import Row, sorted_rows
from caseman.identification.services.storing import CONSIDERED

Units = npt.NDArray[np.int32]

NOTHING = int(np.iinfo(np.int32).min)
"""Less than anything weighs: a pair that cannot be."""


Weights = npt.NDArray[np.int16]


class Scores(NamedTuple):
    """What a person weighs with all remains, by line and in sum.

    The rows of ``frozen`` are in the order of the run; ``since`` are remains that changed after it.
    """

    frozen: Units
    frozen_parts: Weights
    since: Mapping[int, int]
    since_parts: Mapping[int, Weights]


@dataclass(frozen=True)
class Ground:
    """The columns of a run, and the records that it does not know as they are now."""

    frozen: Frozen
    model: str
    prior: matching.Prior
    changed: Seen
    remains: Mapping[int, matching.PostMortem]
    """Changed remains that are still ranked."""
    persons: Mapping[int, matching.AnteMortem]
    """Changed persons who are still sought."""
    excluded: frozenset[tuple[str, str]]
    read_at: datetime

    def expected(self, site: str | None) -> Expected:
        """Return what the run expected of remains of a site before any evidence."""
        return Expected(self.prior.at(site), len(self.frozen.persons))

    def lists(self, values: Sequence[matching.PostMortem]) -> dict[int, list[Row]]:
        """Return the best persons for each remains, each by the evidence of the pair alone."""
        if not values:
            return {}
        encoded, apart = self.frozen.encoded, tuple(self.persons.values())
        skip = [self._unknown_to_run(value.key) for value in values]
        best = encoded.best(encoded.block_shown(values), CONSIDERED, skip)
        since = encoded.parts_of_new(values, apart)
        return {
            int(value.key): self._list(
                value,
                _kept(self.frozen, best, row),
                _Parts([int(report.key) for report in apart], since[row]),
                float(best.sums[row]),
            )
            for row, value in enumerate(values)
        }

    def _unknown_to_run(self, remains: str) -> list[int]:
        """Return the places of persons who changed, or were excluded for these remains."""
        excluded = {int(person) for key, person in self.excluded if key == remains}
        place_of = self.frozen.place_of
        return sorted(place_of[key] for key in {*self.changed.persons, *excluded} & place_of.keys())

    def _list(
        self, value: matching.PostMortem, known: "_Parts", since: "_Parts", total: float
    ) -> list[Row]:
        remains = value.key
        since = since.only(i for i, p in enumerate(since.keys) if self.may_be(remains, p))
        units = self._units(since.parts)
        total += float(np.exp(units / matching.UNIT).sum())
        rows = [
            row
            for parts in (known, since)
            for row in self.rows([(int(remains), person) for person in parts.keys], parts.parts)
        ]
        expected = self.expected(None if value.site is None else value.site.key)
        denominator = expected.nobody + expected.share * total
        for row in rows:
            row["posterior"] = expected.share * 10 ** row["log10_lr"] / denominator
        return sorted_rows(rows)[:CONSIDERED]

    def may_be(self, remains: str, person: int) -> bool:
        """Say whether no decision excludes the pair."""
        return (remains, str(person)) not in self.excluded

    def scores(self, person: matching.AnteMortem) -> Scores:
        """Return what ``person`` weighs with everything that is ranked."""
        encoded, row_of = self.frozen.encoded, self.frozen.row_of
        parts = encoded.parts_of_report(person)
        units = encoded.total(parts).astype(np.int32)
        out = {int(remains) for remains, key in self.excluded if key == person.key}
        gone = {*self.changed.remains, *out} & row_of.keys()
        units[[row_of[key] for key in gone]] = NOTHING
        values = [value for key, value in self.remains.items() if key not in out]
        since_parts = encoded.parts_of_new(values, [person])[:, 0]
        keys = [int(value.key) for value in values]
        return Scores(
            units,
            parts,
            dict(zip(keys, encoded.total(since_parts).tolist(), strict=True)),
            dict(zip(keys, since_parts, strict=True)),
        )

    def pairs(self, keys: Iterable[int], person: int, scores: Scores) -> dict[int, Row]:
        """Return the row of ``person`` for each of some remains, still without its probability."""
        row_of, chosen = self.frozen.row_of, sorted(keys)
        parts = [
            scores.since_parts[key]
            if key in scores.since_parts
            else scores.frozen_parts[row_of[key]]
            for key in chosen
        ]
        pairs = [(key, person) for key in chosen]
        width = scores.frozen_parts.shape[1]
        weights = np.array(parts, np.int16).reshape(len(parts), width)
        return {row["remains_id"]: row for row in self.rows(pairs, weights)}

    def rows(self, keys: Iterable[tuple[int, int]], parts: npt.NDArray[np.int16]) -> Iterable[Row]:
        """Return rows of pairs by what each line weighs."""
        units = self._units(parts).tolist()
        for (remains, person), own, score in zip(keys, parts, units, strict=True):
            yield {
                "remains_id": remains,
                "missing_person_id": person,
                "log10_lr": float(score * matching.TO_LOG10),
                "posterior": 0.0,
                "lines": weights_of(own),
                "model": self.model,
                "ranked_at": self.read_at,
            }

    def _units(self, parts: npt.NDArray[np.int16]) -> Units:
        return self.frozen.encoded.total(parts)


class _Parts(NamedTuple):
    """Persons and what each line weighs for them."""

    keys: Sequence[int]
    parts: npt.NDArray[np.int16]

    def only(self, places: Iterable[int]) -> "_Parts":
        chosen = [*places]
        return _Parts([self.keys[place] for place in chosen], self.parts[chosen])


def _kept(frozen: Frozen, best: matching.Ranked, row: int) -> _Parts:
    reports: Any = best.reports[row]
    there = reports >= 0
    return _Parts(frozen.persons[reports[there]].tolist(), best.parts[row][there])

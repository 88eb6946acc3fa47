"""Remains and reports encoded once, with everything counted that the evidence is weighed by."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from caseman.matching.arrays import Int16s, Int32s
from caseman.matching.encoded import Block, Encoded
from caseman.matching.lines.base import Setting
from caseman.matching.parameters import Parameters
from caseman.matching.tables import AnyTable
from caseman.matching.values import AnteMortem, PostMortem

Pair: TypeAlias = tuple[str, str]


class DuplicateKeyError(ValueError):
    """Two remains or two reports with one key; the message names it."""


class Pool:
    """Frozen ground for comparing: what is common, what is rare, and all reports as cells."""

    def __init__(
        self,
        all_remains: Iterable[PostMortem],
        reports: Iterable[AnteMortem],
        parameters: Parameters,
    ) -> None:
        self.parameters = parameters
        self.remains: dict[str, PostMortem] = _by_key(all_remains, "remains")
        self.reports: dict[str, AnteMortem] = _by_key(reports, "report")
        self.remains_keys = tuple(self.remains)
        self.report_keys = tuple(self.reports)
        self.report_index = {key: i for i, key in enumerate(self.report_keys)}
        told = tuple(self.reports.values())
        self.setting = _setting(told)
        self.encoded = Encoded(tuple(self.remains.values()), told, parameters, self.setting)

    @property
    def tables(self) -> tuple[AnyTable, ...]:
        """The lines of evidence that work by cells."""
        return self.encoded.tables

    @property
    def base(self) -> int:
        """The score of a pair of which nothing is recorded."""
        return self.encoded.base

    @cached_property
    def remains_index(self) -> dict[str, int]:
        """The place of each remains in the pool, by key."""
        return {key: i for i, key in enumerate(self.remains_keys)}

    def places(self, chosen: Sequence[PostMortem]) -> Int32s | None:
        """Return the places of remains in the pool, None if any of them is new to it or changed."""
        known = self.remains
        if any(known.get(remains.key) is not remains for remains in chosen):
            return None
        index = self.remains_index
        return np.array([index[remains.key] for remains in chosen], np.int32)

    def block(self, chosen: Sequence[PostMortem]) -> Block:
        """Return what some remains show, in the pool or new to it."""
        places = self.places(chosen)
        if places is None:
            return self.encoded.block_shown(chosen)
        return self.encoded.block(places)

    def parts(self, remains: PostMortem, report: AnteMortem) -> Int16s:
        """Return the score of one pair by line, either side in the pool or new to it."""
        return self.encoded.parts_of_pair(remains, report)

    def skipped(self, chosen: Sequence[str], excluded: frozenset[Pair]) -> list[list[int]]:
        """Return the places of the reports excluded for each remains."""
        by_remains: dict[str, list[int]] = {}
        for remains, report in excluded:
            if report in self.report_index:
                by_remains.setdefault(remains, []).append(self.report_index[report])
        return [by_remains.get(remains, []) for remains in chosen]


def _by_key(rows: Iterable[Any], noun: str) -> dict[str, Any]:
    ordered = sorted(rows, key=lambda row: str(row.key))
    keyed = {row.key: row for row in ordered}
    if len(keyed) < len(ordered):
        twice = next(a.key for a, b in pairwise(ordered) if a.key == b.key)
        message = f"the {noun} key {twice} occurs twice"
        raise DuplicateKeyError(message)
    return keyed


def _setting(reports: Sequence[AnteMortem]) -> Setting:
    years = [r.last_seen.interval.middle_year for r in reports if r.last_seen]
    if not years:
        return Setting(2016.0, 5.0)
    low, middle, high = np.quantile(years, [0.16, 0.5, 0.84])
    return Setting(float(middle), max(0.5, float(high - low) / 2))

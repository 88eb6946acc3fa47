"""A pool as arrays: all that ranking needs, remains and reports known by their places only.

It is what work on other processes or machines is sent once; a block of work is then no more than
the places of some remains in it. Words of names are in it, each once, not who bears them.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from caseman.matching.arrays import Floats, Int16s, Int32s
from caseman.matching.columns import block_of, lay_out
from caseman.matching.evidence import LineName
from caseman.matching.kernels import (
    CEILING,
    FLOOR,
    UNIT,
    add_parts,
    best_of_block,
    narrowed,
)
from caseman.matching.lines.base import Setting
from caseman.matching.lines.body import DentalLine, MarksLine
from caseman.matching.lines.clothing import SLOTS, ClothingLine
from caseman.matching.lines.effects import EffectsLine
from caseman.matching.lines.habit import CircumstanceLine, HairLine, HandednessLine
from caseman.matching.lines.names import NamesWeigher
from caseman.matching.lines.profile import AgeLine, SexLine, StatureLine
from caseman.matching.lines.spacetime import LastSeenLine, PlaceLine
from caseman.matching.parameters import Parameters
from caseman.matching.tables import AnyLine, LineRows, LineTable
from caseman.matching.values import AnteMortem, PostMortem

LINES = tuple(LineName)
_NAMES = LINES.index(LineName.NAMES)
_NO_NAMES = -1


def lines_of(parameters: Parameters, setting: Setting) -> tuple[AnyLine, ...]:
    """Return all lines that work by cells; found names are weighed apart."""
    return (
        DentalLine(parameters),
        MarksLine(parameters),
        EffectsLine(parameters),
        *(ClothingLine(parameters, slot) for slot in SLOTS),
        AgeLine(parameters, setting),
        SexLine(parameters),
        StatureLine(parameters, setting),
        LastSeenLine(parameters),
        PlaceLine(parameters),
        CircumstanceLine(parameters),
        HairLine(parameters),
        HandednessLine(parameters),
    )


class Block(NamedTuple):
    """What a block of remains shows: their rows in each line, and the weights of their names.

    `names` has a row for each remains with names found, `named` says which it is (-1: none).
    """

    lines: tuple[LineRows, ...]
    names: Int16s
    named: Int32s


class Ranked(NamedTuple):
    """The best reports of some remains: positions, scores, and parts by line; sums of all LRs."""

    reports: Int32s
    scores: Int32s
    parts: Int16s
    sums: Floats


class Encoded:
    """Frozen tables of one pool. Reports and remains are known by their places in it."""

    def __init__(
        self,
        all_remains: Sequence[PostMortem],
        reports: Sequence[AnteMortem],
        parameters: Parameters,
        setting: Setting,
    ) -> None:
        self.base = round(parameters.number("intercept") * UNIT)
        self.tables = tuple(
            LineTable(line, parameters.number(f"weight.{line.name}"), all_remains, reports)
            for line in lines_of(parameters, setting)
        )
        self.layout = lay_out(self.tables)
        self._columns = [LINES.index(table.line.name) for table in self.tables]
        found = [remains.names for remains in all_remains]
        self._names_weight = parameters.number(f"weight.{LineName.NAMES}")
        self._names = NamesWeigher(parameters, reports, [name for some in found for name in some])
        self._papers = self._names.papers(found)
        self._named = np.flatnonzero(np.diff(self._papers.starts)).astype(np.int32)

    def warm(self) -> None:
        """Prepare for ranking many remains at once."""
        for table in self.tables:
            table.warm()

    def in_order(self, places: Int32s) -> Int32s:
        """Return places so that neighbours share a site and days: blocks then share tables."""
        keys = [table.codes[places] for table in self.tables if table.line.name in _NEIGHBOURS]
        order: Int32s = places[np.lexsort([places, *keys])]
        return order

    def block(self, places: Int32s) -> Block:
        """Return what remains of the pool show."""
        named = [p for p in places.tolist() if self._has_names(p)]
        weights = [self._names.log_lr(self._papers, place) for place in named]
        rows = {place: row for row, place in enumerate(named)}
        return Block(
            tuple(table.rows_of(places) for table in self.tables),
            self._dense(weights),
            np.array([rows.get(place, _NO_NAMES) for place in places.tolist()], np.int32),
        )

    def block_shown(self, block: Sequence[PostMortem]) -> Block:
        """Return what remains show that may be new to the pool."""
        named = [i for i, remains in enumerate(block) if remains.names]
        rows = np.full(len(block), _NO_NAMES, np.int32)
        rows[named] = np.arange(len(named))
        return Block(
            tuple(table.rows_shown(block) for table in self.tables),
            self._dense([self._names.log_lr_of_new(block[i].names) for i in named]),
            rows,
        )

    def best(self, block: Block, top_k: int, skip: Sequence[Sequence[int]]) -> Ranked:
        """Return the best reports for each remains of a block, `skip` of each left out."""
        excluded = [np.array(reports, np.int32) for reports in skip]
        seen = block_of(self.layout, block.lines, (block.names, block.named), excluded)
        best = best_of_block(seen, self.layout.told, base=self.base, top_k=top_k)
        rows = np.repeat(np.arange(len(block.named), dtype=np.int32), best.reports.shape[1])
        pairs = np.stack([rows, best.reports.ravel()], axis=1)
        parts = self.parts(block, pairs).reshape(*best.reports.shape, len(LINES))
        return Ranked(best.reports, best.scores, parts, best.sums)

    def parts(self, block: Block, pairs: Int32s) -> Int16s:
        """Return scores by line of pairs: row in the block, report (negative: none)."""
        parts = np.zeros((len(LINES), len(pairs)), np.int16)
        for column, lines, table in zip(self._columns, block.lines, self.tables, strict=True):
            by_row = np.stack([lines.rows[pairs[:, 0]], pairs[:, 1]], axis=1)
            add_parts(lines.table, table.starts, table.cells, by_row, parts[column])
        named = block.named[pairs[:, 0]]
        chosen = (named >= 0) & (pairs[:, 1] >= 0)
        parts[_NAMES, chosen] = block.names[named[chosen], pairs[chosen, 1]]
        return np.ascontiguousarray(parts.T)

    def parts_of_report(self, report: AnteMortem) -> Int16s:
        """Return the scores by line of one report, in the pool or new, for all its remains."""
        parts = np.zeros((len(LINES), len(self._papers.starts) - 1), np.int32)
        log_lr = self._names.log_lr_of_report(report, self._papers, self._named)
        parts[_NAMES, self._named] = self._names_units(log_lr)
        for column, table in zip(self._columns, self.tables, strict=True):
            parts[column] += table.column(report)
        return narrowed(parts).T

    def column(self, report: AnteMortem) -> Int32s:
        """Return the score of one report, in the pool or new to it, for all remains of the pool."""
        return self.total(self.parts_of_report(report))

    def total(self, parts: Int16s) -> Int32s:
        """Return the scores whose parts by line (last axis) are given, within their bounds."""
        total: Int32s = np.clip(parts.sum(axis=-1, dtype=np.int32) + self.base, FLOOR, CEILING)
        return total

    def parts_of_pair(self, remains: PostMortem, report: AnteMortem) -> Int16s:
        """Return the score of one pair by line, either side in the pool or new to it."""
        parts = np.zeros(len(LINES), np.int32)
        for column, table in zip(self._columns, self.tables, strict=True):
            observation, cells = table.line.observe(remains), table.line.tell(report)
            if observation is not None and cells:
                parts[column] += table.weigh([observation], cells).sum(dtype=np.int32)
        if remains.names:
            log_lr = np.array([self._names.log_lr_of_pair(remains.names, report)])
            parts[_NAMES] = self._names_units(log_lr)[0]
        return narrowed(parts)

    def parts_of_new(
        self, all_remains: Sequence[PostMortem], reports: Sequence[AnteMortem]
    ) -> Int16s:
        """Return the scores by line of every pair (remains, report), both perhaps new to the pool.

        They are those of :meth:`parts_of_pair`, for many pairs at once.
        """
        parts = np.zeros((len(all_remains), len(reports), len(LINES)), np.int32)
        for column, table in zip(self._columns, self.tables, strict=True):
            parts[:, :, column] += table.between(all_remains, reports)
        for row, remains in enumerate(all_remains):
            if remains.names:
                log_lr = [self._names.log_lr_of_pair(remains.names, report) for report in reports]
                parts[row, :, _NAMES] = self._names_units(np.array(log_lr))
        return narrowed(parts)

    def _has_names(self, place: int) -> bool:
        return bool(self._papers.starts[place] < self._papers.starts[place + 1])

    def _dense(self, weights: Iterable[Floats]) -> Int16s:
        rows = [self._names_units(log_lr) for log_lr in weights]
        reports = len(self.layout.told.order)
        return np.array(rows, np.int16).reshape(len(rows), reports)

    def _names_units(self, log_lr: Floats) -> Int16s:
        return np.rint(self._names_weight * UNIT * log_lr).astype(np.int16)


_NEIGHBOURS = frozenset({LineName.LAST_SEEN, LineName.PLACE})

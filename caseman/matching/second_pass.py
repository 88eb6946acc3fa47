"""What the candidates of one set of remains say about the remains beside it.

Two lines that no pair shows alone. *Companions*: people reported together are found together, so
a good candidate next door speaks for their kin here. *Rivals*: one person has one body, so a
report that fits other remains much better fits these less (unless both are parts of one body).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from caseman.matching.arrays import Floats, Int16s, Int32s, Int64s
from caseman.matching.encoded import LINES
from caseman.matching.evidence import LineName
from caseman.matching.families import links_of
from caseman.matching.kernels import CEILING, FLOOR, NOBODY, TO_LOG10, UNIT
from caseman.matching.neighbours import (
    Clues,
    Good,
    Rivals,
    Weights,
    clues_of,
    good_of,
    neighbours_of,
    rivals_of,
    unlisted,
    weigh,
)
from caseman.matching.pool import Pair
from caseman.matching.ranking import Prior, RankedPairs, Ranking, parts_in, posterior

_LEAST = 0.02  # posterior from which a candidate says something about others
_ADMITTED = 0.15  # posterior of a companion from which kin not yet listed are taken in
_COMPANIONS, _RIVALS = LINES.index(LineName.COMPANIONS), LINES.index(LineName.RIVALS)
_NOTHING = np.iinfo(np.int32).min
_WORD = 62  # regions in one word of bits
_ROWS = 8192  # lists at a time, so that memory stays bounded


@dataclass(frozen=True)
class _Ground:
    """What does not change from round to round: who lies beside whom, who belongs to whom."""

    contacts: tuple[Int32s, Int32s]
    links: tuple[Int64s, Int32s, Floats]
    weights: Weights
    rows: int
    reports: int

    def clues(self, good: Good) -> Clues:
        return clues_of(good, self.contacts, self.links, self.rows)

    def say(self, good: Good) -> tuple[Clues, Rivals]:
        return self.clues(good), rivals_of(good, self.reports)


@dataclass(frozen=True)
class _Lists:
    """Reports in places, their direct scores (not bounded), and their scores with neighbours."""

    reports: Int32s
    direct: Int32s
    scores: Int32s
    posteriors: Floats
    sums: Floats

    def good(self) -> Good:
        return good_of(self.reports, self.posteriors, _LEAST)


@dataclass(frozen=True)
class _Settled:
    """Where the rounds end: the lists, what weighed in the last one, parts of those added."""

    lists: _Lists
    clues: Clues
    rivals: Rivals
    weights: Weights
    extra_parts: Int16s

    def weigh(self, reports: Int32s) -> tuple[Int16s, Int16s]:
        return weigh(reports, self.clues, self.rivals, self.weights)


def second_pass(ranking: Ranking, *, prior: Prior, top_k: int | None = None) -> Ranking:
    """Return the ranking with the lines of companions and rivals added, sorted and cut anew.

    The longer the lists of `ranking`, the more kin are seen; `top_k` is how long they are after.
    """
    end = _settled(ranking, prior.of(ranking.chosen.values()))
    order = _order(end.lists, top_k or ranking.reports.shape[1])
    reports = np.take_along_axis(end.lists.reports, order, axis=1)
    parts = _parts(ranking.parts, end.extra_parts, order)
    parts[:, :, _COMPANIONS], parts[:, :, _RIVALS] = end.weigh(reports)
    return replace(
        ranking,
        reports=reports,
        scores=np.take_along_axis(end.lists.scores, order, axis=1),
        posteriors=np.take_along_axis(end.lists.posteriors, order, axis=1),
        parts=parts,
        neighbours=neighbours_of(reports, end.clues, end.rivals, end.weights),
    )


def scores_after(ranking: Ranking, pairs: Sequence[Pair], *, prior: Prior) -> RankedPairs:
    """Return the scores that pairs have in the second pass of a first ranking, listed or not.

    Raises KeyError for a key that is in neither list.
    """
    pool, overlaps = ranking.pool, prior.of(ranking.chosen.values())
    end = _settled(ranking, overlaps)
    row_of = {key: row for row, key in enumerate(ranking.remains)}
    rows = np.array([row_of[remains] for remains, _ in pairs], np.int32)
    reports = np.array([pool.report_index[report] for _, report in pairs], np.int32)
    asked = np.stack([rows, reports], axis=1)
    parts = parts_in(pool, tuple(ranking.chosen.values()), asked)
    lists, place = _as_lists(rows, reports, len(ranking.remains))
    companions, contested = end.weigh(lists)
    parts[:, _COMPANIONS], parts[:, _RIVALS] = companions[rows, place], contested[rows, place]
    totals = np.clip(parts.sum(axis=1, dtype=np.int32) + pool.base, FLOOR, CEILING)
    sums = end.lists.sums[rows]
    chances = posterior(totals[:, None], sums, overlaps[rows], len(pool.reports))[:, 0]
    return RankedPairs(tuple(pairs), totals * TO_LOG10, parts * TO_LOG10, chances)


def _as_lists(rows: Int32s, reports: Int32s, count: int) -> tuple[Int32s, Int64s]:
    """Return pairs as one list for each row, and the place of each pair in its list."""
    order = np.argsort(rows, kind="stable")
    place = np.empty(len(rows), np.int64)
    place[order] = np.arange(len(rows)) - np.searchsorted(rows[order], rows[order])
    lists = np.full((count, int(place.max(initial=-1)) + 1), NOBODY, np.int32)
    lists[rows, place] = reports
    return lists, place


def _settled(ranking: Ranking, overlaps: Floats) -> _Settled:
    ground = _ground(ranking)
    lists = _first_lists(ranking)
    extra, extra_parts = _admitted(ranking, ground.clues(lists.good()))
    lists = _rescored(ranking, overlaps, _extended(ranking, lists, extra, extra_parts), None)
    end = _Settled(lists, *ground.say(lists.good()), ground.weights, extra_parts)
    for last in range(round(ranking.pool.parameters.number("companions.rounds"))):
        if last:
            clues, rivals = ground.say(end.lists.good())
            end = replace(end, clues=clues, rivals=rivals)
        companions, contested = end.weigh(end.lists.reports)
        added = companions.astype(np.int32) + contested
        end = replace(end, lists=_rescored(ranking, overlaps, end.lists, added))
    return end


def _ground(ranking: Ranking) -> _Ground:
    parameters = ranking.pool.parameters
    links = links_of(
        tuple(ranking.pool.reports.values()),
        told_in_full=parameters.number("companions.told_in_full"),
        told_by_given_name=parameters.number("companions.told_by_given_name"),
    )
    contacts = _contacts(ranking)
    weights = Weights(
        _pull(ranking, contacts[0]), parameters.number("rivals.one_body"), _regions(ranking)
    )
    size = len(ranking.remains), len(ranking.pool.reports)
    return _Ground(contacts, links, weights, *size)


def _contacts(ranking: Ranking) -> tuple[Int32s, Int32s]:
    rows = {key: row for row, key in enumerate(ranking.remains)}
    pairs = [
        (row, rows[other])
        for row, remains in enumerate(ranking.chosen.values())
        for other in remains.found_with
        if other in rows
    ]
    here, beside = np.array(sorted(pairs), np.int32).reshape(-1, 2).T
    return here, beside


def _pull(ranking: Ranking, here: Int32s) -> Floats:
    """Return how much likelier contact is for companions than for anybody at the same site.

    That place and time agree is weighed already; what is new is to lie side by side *within* the
    site. So the factor is the chance that companions are found in contact over the share of the
    site's remains that are in contact with these.
    """
    parameters = ranking.pool.parameters
    together = parameters.number("companions.found_together")
    most = parameters.number("companions.most")
    site = [r.site.key if r.site else "" for r in ranking.chosen.values()]
    size = Counter(site)
    crowd = np.array([size[key] for key in site], np.float64)
    beside = np.bincount(here, minlength=len(site))
    pull: Floats = np.minimum(most, together * crowd / np.maximum(1, beside))
    return pull


def _regions(ranking: Ranking) -> Int64s:
    """Return the body regions of each row as bits; as many words as there are regions for."""
    names = sorted({region for r in ranking.chosen.values() for region in r.regions})
    bits = {region: divmod(place, _WORD) for place, region in enumerate(names)}
    words = np.zeros((len(ranking.remains), 1 + len(names) // _WORD), np.int64)
    for row, remains in enumerate(ranking.chosen.values()):
        for region in remains.regions:
            word, bit = bits[region]
            words[row, word] |= 1 << bit
    return words


def _first_lists(ranking: Ranking) -> _Lists:
    direct = ranking.parts.sum(axis=2, dtype=np.int32) + ranking.pool.base
    direct[ranking.reports == NOBODY] = _NOTHING
    columns = ranking.scores, ranking.posteriors, ranking.direct_sums
    return _Lists(ranking.reports, direct, *columns)


def _admitted(ranking: Ranking, clues: Clues) -> tuple[Int32s, Int16s]:
    """Return kin that the first list was too short for, as columns of reports, and their parts."""
    rows, reports = unlisted(ranking.reports, clues, _ADMITTED)
    excluded = ranking.excluded
    keys = ranking.remains, ranking.pool.report_keys
    pairs = zip(rows.tolist(), reports.tolist(), strict=True)
    open_pairs = np.array([(keys[0][i], keys[1][j]) not in excluded for i, j in pairs], bool)
    rows, reports = rows[open_pairs], reports[open_pairs]
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    shape = len(ranking.remains), int(place.max(initial=-1)) + 1
    columns = np.full(shape, NOBODY, np.int32)
    columns[rows, place] = reports
    parts = np.zeros((*shape, len(LINES)), np.int16)
    chosen = tuple(ranking.chosen.values())
    parts[rows, place] = parts_in(ranking.pool, chosen, np.stack([rows, reports], axis=1))
    return columns, parts


def _extended(ranking: Ranking, lists: _Lists, extra: Int32s, parts: Int16s) -> _Lists:
    direct = parts.sum(axis=2, dtype=np.int32) + ranking.pool.base
    direct[extra == NOBODY] = _NOTHING
    return _Lists(
        np.concatenate([lists.reports, extra], axis=1),
        np.concatenate([lists.direct, direct], axis=1),
        lists.scores,
        lists.posteriors,
        lists.sums,
    )


def _rescored(ranking: Ranking, overlaps: Floats, lists: _Lists, added: Int32s | None) -> _Lists:
    """Return lists with something added to the direct scores; sums follow what changed on them."""
    scores, posteriors = np.empty_like(lists.direct), np.empty(lists.direct.shape)
    sums = np.empty_like(lists.sums)
    for block in _blocks(len(scores)):
        listed, direct = lists.reports[block] != NOBODY, lists.direct[block]
        before = np.clip(direct, FLOOR, CEILING)
        after = np.clip(direct if added is None else direct + added[block], FLOOR, CEILING)
        change = np.where(listed, np.exp(after / UNIT) - np.exp(before / UNIT), 0.0)
        sums[block] = ranking.direct_sums[block] + np.add.reduce(change, axis=1)
        scores[block] = np.where(listed, after, np.int32(_NOTHING))
        own = scores[block], sums[block], overlaps[block], len(ranking.pool.reports)
        posteriors[block] = posterior(*own)
    return replace(lists, scores=scores, posteriors=posteriors, sums=sums)


def _order(lists: _Lists, top_k: int) -> Int64s:
    """Return the best places of each list; ties go to the lower report key, as at first."""
    width = lists.reports.shape[1]
    order = np.empty((len(lists.reports), min(top_k, width)), np.int64)
    for block in _blocks(len(order)):
        keys = lists.reports[block], -lists.scores[block].astype(np.int64)
        order[block] = np.lexsort(keys, axis=1)[:, : order.shape[1]]
    return order


def _blocks(rows: int) -> Iterator[slice]:
    for start in range(0, rows, _ROWS):
        yield slice(start, min(start + _ROWS, rows))


def _parts(first: Int16s, extra: Int16s, order: Int64s) -> Int16s:
    """Return the parts in an order of places, those beyond the first lists from the extra ones."""
    width = first.shape[1]
    parts = np.take_along_axis(first, np.minimum(order, width - 1)[:, :, None], axis=1)
    rows, places = np.nonzero(order >= width)
    parts[rows, places] = extra[rows, order[rows, places] - width]
    return parts

"""What candidates elsewhere say about a pair: kin in contact, and rivals for one report.

Everything here works on columns: a *list* is a row of reports for each set of remains, *good* are
its entries that are likely enough to say something about others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from caseman.compilation import compiled
from caseman.matching.arrays import Floats, Int16s, Int32s, Int64s
from caseman.matching.evidence import Agreement, Finding, LineName
from caseman.matching.kernels import NOBODY, UNIT


class Good(NamedTuple):
    """Likely entries, by row: which row, which report, how likely."""

    rows: Int32s
    reports: Int32s
    chances: Floats


class Clues(NamedTuple):
    """What speaks for a report in a row: those of row i are starts[i]:starts[i + 1], each once.

    `chances` is how likely the companion lies beside, `beside` the row there, `kin` the report.
    """

    starts: Int64s
    reports: Int32s
    chances: Floats
    beside: Int32s
    kin: Int32s


class Rivals(NamedTuple):
    """Rows that a report may well belong to, best first: report j has starts[j]:starts[j + 1]."""

    starts: Int64s
    rows: Int32s
    chances: Floats


class Weights(NamedTuple):
    """How much a clue counts in each row, and which body regions a row has, as bits."""

    pull: Floats
    one_body: float
    regions: Int64s


@dataclass(frozen=True)
class Neighbours:
    """Which clue and which rival weighed in each place of a list; -1 where there was none."""

    beside: Int32s
    kin: Int32s
    beside_chances: Floats
    rival: Int32s
    rival_chances: Floats

    def findings(
        self, row: int, place: int, remains: Sequence[str], reports: Sequence[str]
    ) -> dict[LineName, Finding]:
        """Return the lines of companions and rivals of one candidate, where there are any."""
        found: dict[LineName, Finding] = {}
        at = row, place
        if self.beside[at] >= 0:
            there = _there(remains[self.beside[at]], float(self.beside_chances[at]))
            kin = {"report": reports[self.kin[at]]}
            found[LineName.COMPANIONS] = Finding("companion_beside", Agreement.AGREES, there, kin)
        if self.rival[at] >= 0:
            there = _there(remains[self.rival[at]], float(self.rival_chances[at]))
            found[LineName.RIVALS] = Finding("fits_elsewhere", Agreement.EXPLAINABLE, there, {})
        return found


def _there(remains: str, chance: float) -> dict[str, str | float]:
    return {"remains": remains, "chance": round(chance, 3)}


def good_of(reports: Int32s, posteriors: Floats, least: float) -> Good:
    """Return the entries of lists that are likelier than `least`."""
    rows, places = np.nonzero((posteriors > least) & (reports != NOBODY))
    return Good(rows.astype(np.int32), reports[rows, places], posteriors[rows, places])


def clues_of(
    good: Good, contacts: tuple[Int32s, Int32s], links: tuple[Int64s, Int32s, Floats], rows: int
) -> Clues:
    """Return, for each row and report, the likeliest companion of the report in contact with it.

    `contacts` are pairs of rows, sorted; `links` are starts by report, reports and confidences.
    """
    here, beside = contacts
    starts = np.searchsorted(good.rows, np.arange(rows + 1))
    contact, entry = _expanded(starts, beside)
    link_starts, linked, confidence = links
    through, link = _expanded(link_starts, good.reports[entry])
    row, report = here[contact[through]], linked[link]
    chances = good.chances[entry[through]] * confidence[link]
    order = np.lexsort((-chances, report, row))
    row, report = row[order], report[order]
    first = np.ones(len(order), bool)
    first[1:] = (row[1:] != row[:-1]) | (report[1:] != report[:-1])
    best = order[first]
    entries = entry[through[best]]
    return Clues(
        np.searchsorted(row[first], np.arange(rows + 1)),
        report[first],
        chances[best],
        good.rows[entries],
        good.reports[entries],
    )


def _expanded(starts: Int64s, keys: Int32s) -> tuple[Int64s, Int64s]:
    """Return, for every element of every key's group, the place of the key and of the element."""
    counts = starts[keys + 1] - starts[keys]
    owners = np.repeat(np.arange(len(keys)), counts)
    first = np.repeat(starts[keys] - np.append(0, np.cumsum(counts))[:-1], counts)
    return owners, np.arange(len(owners)) + first


def rivals_of(good: Good, reports: int) -> Rivals:
    """Return the rows each report may belong to."""
    order = np.lexsort((good.rows, -good.chances, good.reports))
    starts = np.searchsorted(good.reports[order], np.arange(reports + 1))
    return Rivals(starts, good.rows[order], good.chances[order])


def unlisted(lists: Int32s, clues: Clues, least: float) -> tuple[Int32s, Int32s]:
    """Return rows and reports that likely companions speak for and that are on no list yet."""
    likely = clues.chances > least
    owners = np.repeat(np.arange(len(lists), dtype=np.int32), np.diff(clues.starts))[likely]
    reports = clues.reports[likely]
    fresh = np.array(
        [report not in lists[row] for row, report in zip(owners, reports, strict=True)], bool
    )
    return owners[fresh], reports[fresh]


def weigh(lists: Int32s, clues: Clues, rivals: Rivals, weights: Weights) -> tuple[Int16s, Int16s]:
    """Return the weights of companions and of rivals in every place of the lists."""
    companions, contested = np.zeros(lists.shape, np.int16), np.zeros(lists.shape, np.int16)
    _weigh(lists, clues, rivals, weights, companions, contested)
    return companions, contested


def neighbours_of(lists: Int32s, clues: Clues, rivals: Rivals, weights: Weights) -> Neighbours:
    """Return which clue and rival weigh in every place of the lists."""
    places = np.full((2, *lists.shape), -1, np.int64)
    _find(lists, clues, rivals, weights, places)
    clue, rival = places

    def of(found: Int64s, values: Int32s, absent: int) -> Int32s:
        padded = np.append(values, np.array([absent], values.dtype))
        taken: Int32s = padded[found]
        return taken

    return Neighbours(
        beside=of(clue, clues.beside, -1),
        kin=of(clue, clues.kin, -1),
        beside_chances=np.append(clues.chances, 0.0)[clue],
        rival=of(rival, rivals.rows, -1),
        rival_chances=np.append(rivals.chances, 0.0)[rival],
    )


@compiled
def _clue(clues: Clues, row: int, report: int) -> int:
    low, high = clues.starts[row], clues.starts[row + 1]
    while low < high:
        middle = (low + high) // 2
        if clues.reports[middle] < report:
            low = middle + 1
        else:
            high = middle
    if low < clues.starts[row + 1] and clues.reports[low] == report:
        return int(low)
    return -1


@compiled
def _rival(rivals: Rivals, regions: Int64s, row: int, report: int) -> int:
    """Return the likeliest other body for a report.

    Parts without a region in common may be of one body; where nothing is noted, nothing is said.
    """
    for place in range(rivals.starts[report], rivals.starts[report + 1]):
        other = rivals.rows[place]
        if other != row:
            for word in range(regions.shape[1]):
                if regions[row, word] & regions[other, word]:
                    return int(place)
    return -1


@compiled
def _find(lists: Int32s, clues: Clues, rivals: Rivals, weights: Weights, places: Int64s) -> None:
    for row in range(len(lists)):
        for place in range(lists.shape[1]):
            report = lists[row, place]
            if report >= 0:
                places[0, row, place] = _clue(clues, row, report)
                places[1, row, place] = _rival(rivals, weights.regions, row, report)


@compiled
def _weigh(  # noqa: PLR0913, PLR0917 - compiled code takes arrays, not objects
    lists: Int32s,
    clues: Clues,
    rivals: Rivals,
    weights: Weights,
    companions: Int16s,
    contested: Int16s,
) -> None:
    for row in range(len(lists)):
        for place in range(lists.shape[1]):
            report = lists[row, place]
            if report < 0:
                continue
            clue = _clue(clues, row, report)
            if clue >= 0:
                ratio = np.log1p(weights.pull[row] * clues.chances[clue])
                companions[row, place] = np.rint(UNIT * ratio)
            rival = _rival(rivals, weights.regions, row, report)
            if rival >= 0:
                ratio = np.log1p(-weights.one_body * rivals.chances[rival])
                contested[row, place] = np.rint(UNIT * ratio)

"""Writes a ranking of everything as stored candidates, a few remains at a time."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import numpy as np
import sqlalchemy as sa

from caseman import matching
from caseman.audit.recorder import WORKER
from caseman.database import Sessions, now
from caseman.identification.evidence import model_of, stored_lines
from caseman.identification.models import Candidate, CandidateLeft
from caseman.identification.services.lists import SHOWN, Row, places_now, replace_lists

T = TypeVar("T")

CONSIDERED = 100
"""Candidates looked at for each remains, from which each person's list is drawn."""

SHOWN_FOR_PERSON = 5
REMAINS_AT_ONCE = 50
"""Written in one transaction, so that people who type meanwhile hardly wait."""


def _untold(_count: int) -> None:
    """Tell nobody how many remains are written."""


def store(
    sessions: Sessions,
    ranking: matching.Ranking,
    *,
    read_at: datetime | None = None,
    progress: Callable[[int], None] = _untold,
) -> int:
    """Replace the stored candidates of the remains of ``ranking``; return how many there are.

    ``read_at`` is when the records were read: a later change makes a candidate outdated.
    """
    written = 0
    rows = _rows(ranking, read_at or now())
    for count, some in enumerate(parts_of(ranking.remains, REMAINS_AT_ONCE)):
        part = {int(remains): [*rows(remains)] for remains in some}
        with sessions.transaction(actor=WORKER) as session:
            replace_lists(session, part, places_now(session, part.keys()))
        written += sum(map(len, part.values()))
        progress(count * REMAINS_AT_ONCE + len(some))
    return written


def forget_voided(sessions: Sessions, living: Collection[int]) -> None:
    """Remove the candidates of remains whose number was voided since."""
    with sessions.read() as session:
        stored = set(session.scalars(sa.select(Candidate.remains_id).distinct()))
    for gone in parts_of(sorted(stored - set(living)), REMAINS_AT_ONCE):
        with sessions.transaction(actor=WORKER) as session:
            for table in (Candidate, CandidateLeft):
                session.execute(sa.delete(table).where(table.remains_id.in_(gone)))


def _rows(ranking: matching.Ranking, read_at: datetime) -> Callable[[str], Iterator[Row]]:
    """Return what yields the rows to store for one unit of remains."""
    same = {"model": model_of(ranking.pool), "ranked_at": read_at}
    row_of = {key: row for row, key in enumerate(ranking.remains)}
    wanted = _best_of_each_person(ranking)
    keys = ranking.pool.report_keys

    def rows(remains: str) -> Iterator[Row]:
        row = row_of[remains]
        first = range(min(SHOWN, ranking.kept(remains)))
        for place in sorted({*first, *wanted.get(row, ())}):
            yield {
                "remains_id": int(remains),
                "missing_person_id": int(keys[ranking.reports[row, place]]),
                "log10_lr": float(ranking.scores[row, place] * matching.TO_LOG10),
                "posterior": float(ranking.posteriors[row, place]),
                "lines": stored_lines(ranking, row, place),
            } | same

    return rows


def _best_of_each_person(ranking: matching.Ranking) -> Mapping[int, Sequence[int]]:
    """Return, for each row, the places that the own lists of missing persons need.

    A person's list holds the remains they fit best, also where others fit those better.
    """
    rows, places = np.nonzero(ranking.reports >= 0)
    persons, scores = ranking.reports[rows, places], ranking.scores[rows, places]
    order = np.lexsort((rows, -scores, persons))
    first = np.searchsorted(persons[order], persons[order])
    best = order[np.arange(len(order)) - first < SHOWN_FOR_PERSON]
    wanted: dict[int, list[int]] = defaultdict(list)
    for row, place in zip(rows[best].tolist(), places[best].tolist(), strict=True):
        wanted[row].append(place)
    return wanted


def parts_of(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield ``items`` a part at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]

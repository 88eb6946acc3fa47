"""Ranks missing persons for remains in the background and stores what a list needs.

A stored candidate carries its lines of evidence, the engine's version and the digest of its
parameters, so that a list opens without computing and can be computed again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from caseman import matching
from caseman.audit.recorder import WORKER
from caseman.database import Sessions, now
from caseman.identification.adapters import load_persons, load_remains
from caseman.identification.codes import Outcome
from caseman.identification.models import Candidate, Decision
from caseman.jobs.queue import enqueue
from caseman.jobs.registry import long_job
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson

RERANK = "rerank"
"""The kind of the background job."""

SHOWN = 20
"""Candidates kept for each remains."""

CONSIDERED = 100
"""Candidates looked at for each remains, from which each person's list is drawn."""

SHOWN_FOR_PERSON = 5
REMAINS_AT_ONCE = 50
"""Written in one transaction, so that people who type meanwhile hardly wait."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """How much a ranking covered."""

    remains: int
    persons: int
    candidates: int


@long_job(RERANK)
def rerank(sessions: Sessions, _payload: Mapping[str, Any]) -> None:
    """Rank every sought person for all remains; read and compute without a lock, then write."""
    rank_all(sessions)


def rank_all(sessions: Sessions) -> Ranked:
    """Rank and replace the stored candidates, a few remains at a time."""
    with sessions.read() as session:
        all_remains, persons = load_remains(session), load_persons(session)
        excluded = excluded_pairs(session)
    ranking = matching.rank(all_remains, persons, top_k=CONSIDERED, excluded=excluded)
    written = store(sessions, ranking)
    _forget_voided(sessions, {int(remains) for remains in ranking.remains})
    return Ranked(len(all_remains), len(persons), written)


def store(sessions: Sessions, ranking: matching.Ranking) -> int:
    """Replace the stored candidates of the remains of ``ranking``; return how many there are."""
    written = 0
    rows = _rows(ranking)
    for some in _parts(ranking.remains, REMAINS_AT_ONCE):
        part = [row for remains in some for row in rows(remains)]
        with sessions.transaction(actor=WORKER) as session:
            ids = [int(remains) for remains in some]
            session.execute(sa.delete(Candidate).where(Candidate.remains_id.in_(ids)))
            if part:
                session.execute(sa.insert(Candidate), part)
        written += len(part)
    return written


def _forget_voided(sessions: Sessions, living: set[int]) -> None:
    """Remove the candidates of remains whose number was voided since."""
    with sessions.read() as session:
        stored = set(session.scalars(sa.select(Candidate.remains_id).distinct()))
    if gone := sorted(stored - living):
        with sessions.transaction(actor=WORKER) as session:
            session.execute(sa.delete(Candidate).where(Candidate.remains_id.in_(gone)))


def excluded_pairs(session: Session) -> frozenset[tuple[str, str]]:
    """Return the pairs that people excluded by signature: the only ones an engine leaves out."""
    pairs = session.execute(
        sa.select(Decision.remains_id, Decision.missing_person_id).where(
            Decision.outcome == Outcome.EXCLUDED, Decision.revoked_at.is_(None)
        )
    )
    return frozenset((str(remains_id), str(person_id)) for remains_id, person_id in pairs)


def _rows(ranking: matching.Ranking) -> Callable[[str], Iterator[dict[str, Any]]]:
    """Return what yields the rows to store for one unit of remains."""
    model = f"{ranking.version}:{ranking.model}:{ranking.digest[:16]}"
    ranked_at = now()
    wanted = _best_of_each_person(ranking)

    def rows(remains: str) -> Iterator[dict[str, Any]]:
        first = range(1, min(SHOWN, ranking.kept(remains)) + 1)
        for place in sorted({*first, *wanted.get(remains, ())}):
            candidate = ranking.candidate(remains, place)
            yield {
                "remains_id": int(remains),
                "missing_person_id": int(candidate.report),
                "log10_lr": candidate.log10_lr,
                "posterior": candidate.posterior,
                "lines": [
                    line.as_plain()
                    for line in candidate.lines
                    if line.agreement is not matching.Agreement.NOT_RECORDED
                ],
                "model": model,
                "ranked_at": ranked_at,
            }

    return rows


def _best_of_each_person(ranking: matching.Ranking) -> dict[str, list[int]]:
    """Return, for each remains, the ranks that the own lists of missing persons need.

    A person's list holds the remains they fit best, also where others fit those better.
    """
    by_person: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row, (reports, scores) in enumerate(zip(ranking.reports, ranking.scores, strict=True)):
        for place, report in enumerate(reports.tolist()):
            if report >= 0:
                by_person[report].append((-int(scores[place]), row, place + 1))
    wanted: dict[str, list[int]] = defaultdict(list)
    for places in by_person.values():
        for _, row, rank in sorted(places)[:SHOWN_FOR_PERSON]:
            wanted[ranking.remains[row]].append(rank)
    return wanted


def _parts(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


@event.listens_for(Session, "before_flush")
def ask_for_ranking(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Queue a ranking, once, when anything that bears on identification changes."""
    if any(_bears_on_identification(row) for row in _changed(session)):
        enqueue(session, RERANK, {}, unique_key=RERANK)


def _changed(session: Session) -> Iterable[object]:
    return (*session.new, *session.dirty)


def _bears_on_identification(row: object) -> bool:
    if isinstance(row, Decision):
        return True
    if not isinstance(row, Remains | MissingPerson):
        return False
    state: Any = sa.inspect(row)
    return bool(state.pending or state.attrs["evidence_changed_at"].history.has_changes())

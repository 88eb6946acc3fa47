"""Ranks missing persons for remains in the background and stores what a list needs.

A stored candidate carries what each line of evidence weighs, the engine's version and the digest of
its parameters, so that a list opens without computing and can be computed again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from caseman import matching
from caseman.database import Sessions, now
from caseman.identification.adapters import load_persons, load_remains
from caseman.identification.codes import Outcome
from caseman.identification.models import Decision
from caseman.identification.services.storing import CONSIDERED, forget_voided, store
from caseman.jobs.queue import enqueue
from caseman.jobs.registry import long_job
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson

RERANK = "rerank"
"""The kind of the background job."""


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
    read_at = now()
    with sessions.read() as session:
        all_remains, persons = load_remains(session), load_persons(session)
        excluded = excluded_pairs(session)
    ranking = matching.rank(all_remains, persons, top_k=CONSIDERED, excluded=excluded)
    written = store(sessions, ranking, read_at=read_at)
    forget_voided(sessions, {int(remains) for remains in ranking.remains})
    return Ranked(len(all_remains), len(persons), written)


def excluded_pairs(session: Session) -> frozenset[tuple[str, str]]:
    """Return the pairs that people excluded by signature: the only ones an engine leaves out."""
    pairs = session.execute(
        sa.select(Decision.remains_id, Decision.missing_person_id).where(
            Decision.outcome == Outcome.EXCLUDED, Decision.revoked_at.is_(None)
        )
    )
    return frozenset((str(remains_id), str(person_id)) for remains_id, person_id in pairs)


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

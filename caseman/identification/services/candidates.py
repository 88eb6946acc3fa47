"""Ranks missing persons for remains in the background: everything, or just what has changed.

A stored candidate carries what each line of evidence weighs, the engine's version and the digest of
its parameters, so that a list opens without computing and can be computed again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from caseman import matching
from caseman.audit.recorder import WORKER
from caseman.database import Sessions, now
from caseman.identification.adapters import load_persons, load_remains
from caseman.identification.codes import RunReason, RunState
from caseman.identification.evidence import key_of, model_of
from caseman.identification.models import Decision, RankedChange, RankingRun
from caseman.identification.queries.learning import parameters_in_use
from caseman.identification.queries.priors import as_stored, prior_in_force
from caseman.identification.queries.runs import Seen, changed_since, excluded_pairs, open_run
from caseman.identification.services.frozen import frozen_of, keep, opened
from caseman.identification.services.increments import Standing, rank_alone
from caseman.identification.services.joint import ask_all
from caseman.identification.services.runs import RANK_ALL, Telling, running, waiting_run
from caseman.identification.services.storing import CONSIDERED, forget_voided, store
from caseman.jobs.models import Job, JobState
from caseman.jobs.queue import enqueue
from caseman.jobs.registry import long_job, when_interrupted
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson
from caseman.sites.models import Site

RERANK = "rerank"
"""The kind of the background job that ranks what has changed."""

MARGIN = timedelta(hours=1)
"""Longer than any transaction: a change dated earlier was there to be read."""

ONE_IN = 20
"""When one record in so many has changed, everything is ranked: what is rare is counted anew."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """How much a ranking covered."""

    remains: int = 0
    persons: int = 0
    candidates: int = 0


@long_job(RERANK)
def rerank(sessions: Sessions, _payload: Mapping[str, Any]) -> None:
    """Rank what has changed; read and compute without a lock, then write."""
    rank_changed(sessions)


@long_job(RANK_ALL)
def rerank_all(sessions: Sessions, payload: Mapping[str, Any]) -> None:
    """Rank everything, as somebody asked."""
    reason = RunReason(payload.get("reason", RunReason.CHANGES))
    rank_all(sessions, run_id=payload.get("run"), reason=reason)


@when_interrupted(RERANK)
@when_interrupted(RANK_ALL)
def end_runs(session: Session, payload: Mapping[str, Any], is_over: bool) -> None:  # noqa: FBT001 - as registered
    """Say of every run that no worker is at any more, and none will take up, that it failed."""
    at_work = sa.select(Job.id).where(
        Job.kind.in_((RERANK, RANK_ALL)), Job.state == JobState.RUNNING
    )
    if session.scalar(at_work.limit(1)) is not None:
        return
    for run in session.scalars(sa.select(RankingRun).where(RankingRun.state == RunState.RUNNING)):
        if is_over or run.id != payload.get("run"):
            run.state, run.finished_at = RunState.FAILED, now()


def rank_changed(sessions: Sessions) -> Ranked:
    """Rank the records that changed since the last run, each on its own, or everything."""
    with sessions.read() as session:
        standing = _standing(session)
        other = open_run(session)
    if isinstance(standing, Standing):
        return Ranked(*rank_alone(sessions, standing))
    if other is not None:  # it will read what has changed, and look for later changes at its end
        return Ranked()
    return rank_all(sessions, reason=standing)


def _standing(session: Session) -> Standing | RunReason:
    """Return what records are ranked against one by one, or why everything is to be ranked."""
    ground = opened(session)
    if ground is None:
        never = session.scalar(sa.select(RankingRun.id).where(RankingRun.state == RunState.DONE))
        return RunReason.FIRST if never is None else RunReason.ENGINE
    assert ground.run.read_at is not None  # noqa: S101 - a finished run has read
    if not ground.run.model.startswith(f"{key_of(parameters_in_use(session))}:"):
        return RunReason.ENGINE
    changed = changed_since(session, ground.run.read_at - MARGIN).without(ground.frozen.seen)
    if changed.size * ONE_IN > len(ground.frozen.remains) + len(ground.frozen.persons):
        return RunReason.CHANGES
    return Standing(ground, changed)


def rank_all(
    sessions: Sessions, *, run_id: int | None = None, reason: RunReason = RunReason.FIRST
) -> Ranked:
    """Rank everything and replace the stored candidates, a few remains at a time."""
    run_id = waiting_run(sessions, run_id, reason)
    ranked = Ranked()
    if run_id is not None:
        telling = Telling(sessions, run_id)
        with running(telling):
            ranked = _rank(sessions, run_id, telling)
    return ranked


def _rank(sessions: Sessions, run_id: int, telling: Telling) -> Ranked:
    read_at = now()
    with sessions.read() as session:
        # The stamps first: a record that changes meanwhile is then read anew, not overlooked.
        seen = changed_since(session, read_at - MARGIN)
        all_remains, persons = load_remains(session), load_persons(session)
        excluded, parameters = excluded_pairs(session), parameters_in_use(session)
        prior = prior_in_force(session)
    telling.write(
        read_at=read_at,
        remains=len(all_remains),
        persons=len(persons),
        parameters={name: each.value for name, each in parameters.entries.items()},
        priors=as_stored(prior),
    )
    ranking = matching.rank(
        all_remains,
        persons,
        parameters=parameters,
        top_k=CONSIDERED,
        excluded=excluded,
        prior=prior,
        run=matching.Run(progress=telling.ranked),
    )
    telling.write(done=len(all_remains), model=model_of(ranking.pool))
    written = store(
        sessions,
        ranking,
        read_at=read_at,
        progress=lambda count: telling.listed(count, len(all_remains)),
    )
    forget_voided(sessions, {int(remains) for remains in ranking.remains})
    _conclude(sessions, run_id, ranking, seen, read_at)
    telling.write(candidates=written, done=2 * len(all_remains))
    return Ranked(len(all_remains), len(persons), written)


def _conclude(
    sessions: Sessions, run_id: int, ranking: matching.Ranking, seen: Seen, read_at: datetime
) -> None:
    """Keep what was counted, and have ranked what changed meanwhile."""
    frozen = frozen_of(ranking, seen)
    with sessions.transaction(actor=WORKER) as session:
        keep(session, session.get_one(RankingRun, run_id), frozen)
        session.execute(sa.delete(RankedChange))
        ask_all(session)
        if changed_since(session, read_at - MARGIN).without(seen).size:
            enqueue(session, RERANK, {}, unique_key=RERANK)


@event.listens_for(Session, "before_flush")
def ask_for_ranking(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Queue a ranking, once, when anything that bears on identification changes."""
    if any(_bears_on_identification(row) for row in _changed(session)):
        enqueue(session, RERANK, {}, unique_key=RERANK)
    if any(isinstance(row, Site) and _has_moved(row) for row in session.dirty):
        enqueue(session, RANK_ALL, {}, unique_key=RANK_ALL)


def _changed(session: Session) -> Iterable[object]:
    return (*session.new, *session.dirty)


def _bears_on_identification(row: object) -> bool:
    if isinstance(row, Decision):
        return True
    if not isinstance(row, Remains | MissingPerson):
        return False
    state: Any = sa.inspect(row)
    return bool(state.pending or state.attrs["evidence_changed_at"].history.has_changes())


def _has_moved(site: Site) -> bool:
    attributes: Any = sa.inspect(site).attrs
    return any(attributes[name].history.has_changes() for name in ("position_sealed", "kind"))

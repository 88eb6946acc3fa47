"""Reads of rankings: which records changed since one, and what was ranked on its own."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from caseman.identification.codes import Outcome, RunState
from caseman.identification.models import (
    Candidate,
    CandidateLeft,
    Decision,
    RankedChange,
    RankingRun,
)
from caseman.permissions import Scope
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson

Stamps = Mapping[int, datetime]


class Seen(NamedTuple):
    """Records of both sides, by id, with the moment of their last change."""

    remains: Stamps
    persons: Stamps

    @property
    def size(self) -> int:
        """How many records these are."""
        return len(self.remains) + len(self.persons)

    def without(self, others: "Seen") -> "Seen":
        """Return the records that are not among ``others`` in the same state."""
        return Seen(_apart(self.remains, others.remains), _apart(self.persons, others.persons))


def _apart(stamps: Stamps, others: Stamps) -> Stamps:
    return {key: at for key, at in stamps.items() if others.get(key) != at}


def changed_since(session: Session, moment: datetime) -> Seen:
    """Return the records that something bearing on identification happened to since ``moment``.

    A decision counts as a change of both its records, and so does taking it back.
    """
    remains = _stamps(session, Remains.id, Remains.evidence_changed_at, moment)
    persons = _stamps(session, MissingPerson.id, MissingPerson.evidence_changed_at, moment)
    for column in (Decision.decided_at, Decision.revoked_at):
        remains = _later(remains, _stamps(session, Decision.remains_id, column, moment))
        persons = _later(persons, _stamps(session, Decision.missing_person_id, column, moment))
    return Seen(remains, persons)


def _stamps(
    session: Session,
    key: InstrumentedAttribute[int],
    changed_at: InstrumentedAttribute[Any],
    moment: datetime,
) -> Stamps:
    query = sa.select(key, changed_at).where(changed_at >= moment)
    rows = session.execute(query.order_by(changed_at))
    return {row[0]: row[1] for row in rows}


def _later(one: Stamps, other: Stamps) -> Stamps:
    return {**one, **{key: max(at, one.get(key, at)) for key, at in other.items()}}


def ranked_alone(session: Session, run: RankingRun) -> Seen:
    """Return the records that were ranked on their own since ``run``, in which state."""
    rows = session.execute(
        sa.select(
            RankedChange.remains_id, RankedChange.missing_person_id, RankedChange.changed_at
        ).where(RankedChange.run_id == run.id)
    ).all()
    return Seen(
        {remains: at for remains, _, at in rows if remains is not None},
        {person: at for _, person, at in rows if person is not None},
    )


def excluded_pairs(session: Session) -> frozenset[tuple[str, str]]:
    """Return the pairs that people excluded by signature: the only ones an engine leaves out."""
    pairs = session.execute(
        sa.select(Decision.remains_id, Decision.missing_person_id).where(
            Decision.outcome == Outcome.EXCLUDED, Decision.revoked_at.is_(None)
        )
    )
    return frozenset((str(remains_id), str(person_id)) for remains_id, person_id in pairs)


def last_finished(session: Session) -> RankingRun | None:
    """Return the last run that was finished."""
    finished = sa.select(RankingRun).where(RankingRun.state == RunState.DONE)
    return session.scalar(finished.order_by(RankingRun.id.desc()).limit(1))


class Move(NamedTuple):
    """Where a candidate stands now, and where before the last run; None: not among those shown."""

    place: int | None
    before: int | None


def moves(session: Session, remains: Remains, shown: int) -> dict[int, Move]:
    """Return by person how the list of ``remains`` changed, those who left it included."""
    of_remains = sa.select(Candidate.missing_person_id, Candidate.rank_before).where(
        Candidate.remains_id == remains.id
    )
    best_first = of_remains.order_by(Candidate.log10_lr.desc(), Candidate.id)
    found = {
        person: Move(_within(place, shown), _within(before, shown))
        for place, (person, before) in enumerate(session.execute(best_first), start=1)
    }
    left = sa.select(CandidateLeft.missing_person_id, CandidateLeft.rank_before).where(
        CandidateLeft.remains_id == remains.id
    )
    found |= {person: Move(None, before) for person, before in session.execute(left)}
    return {person: move for person, move in found.items() if any(move)}


def _within(place: int | None, shown: int) -> int | None:
    return None if place is None or place > shown else place


def persons_within(session: Session, scope: Scope, ids: Iterable[int]) -> dict[int, MissingPerson]:
    """Return by id those of some missing persons that lie within ``scope``."""
    statement = sa.select(MissingPerson).where(MissingPerson.id.in_(sorted(ids)))
    if not scope.everything:
        statement = statement.where(MissingPerson.operation_id.in_(sorted(scope.operation_ids)))
    return {row.id: row for row in session.scalars(statement)}


def runs() -> sa.Select[RankingRun]:
    """Return the selection of all runs, with the people who asked."""
    people = (joinedload(RankingRun.asked_by), joinedload(RankingRun.cancelled_by))
    return sa.select(RankingRun).options(*people)


def open_run(session: Session) -> RankingRun | None:
    """Return the run that waits or is under way."""
    states = (RunState.WAITING, RunState.RUNNING)
    statement = sa.select(RankingRun).where(RankingRun.state.in_(states))
    return session.scalar(statement.order_by(RankingRun.id.desc()).limit(1))

"""Ranks single records that changed after a run, by what the run counted.

Changed remains get a new list. A changed person leaves the lists it was on and comes onto those it
fits; a list that lost somebody is filled up. All this is by the evidence of each pair alone:
companions and other remains are weighed when everything is ranked again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from caseman.audit.recorder import WORKER
from caseman.database import Sessions, now
from caseman.identification.adapters import load_persons, load_remains
from caseman.identification.models import RankedChange, RankingRun
from caseman.identification.queries.priors import prior_of
from caseman.identification.queries.runs import Seen, Stamps, excluded_pairs, ranked_alone
from caseman.identification.services.changing import Bars, Lists, lists_after, lists_of_remains
from caseman.identification.services.frozen import Opened
from caseman.identification.services.ground import Ground
from caseman.identification.services.joint import ask_solution
from caseman.identification.services.lists import places_before, replace_lists
from caseman.identification.services.storing import parts_of
from caseman.reports.codes import OPEN_STATUSES
from caseman.reports.models import MissingPerson

ATTEMPTS = 3
"""Two workers may meet over the same lists; the one that comes second looks at them again."""

AT_ONCE = 20
"""Changed remains ranked in one go."""

Make = Callable[[Session], Lists]


class OvertakenError(RuntimeError):
    """Another worker changed lists after they were read here."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What records are ranked against one by one, and which have changed since it was counted."""

    ground: Opened
    changed: Seen


@dataclass(slots=True)
class Held:
    """What this process knows of one database since a run; it can always be read anew."""

    run_id: int
    changes: int
    bars: Bars
    remains: dict[int, tuple[datetime, Any]] = field(default_factory=dict)
    """The engine's value of changed remains in one state, None for those ranked no more."""
    persons: dict[int, tuple[datetime, Any]] = field(default_factory=dict)


_held: WeakKeyDictionary[Engine, Held] = WeakKeyDictionary()


def rank_alone(sessions: Sessions, standing: Standing) -> tuple[int, int, int]:
    """Rank what changed and was not ranked since; return remains, persons, candidates written."""
    with sessions.read() as session:
        waiting = standing.changed.without(ranked_alone(session, standing.ground.run))
        if not waiting.size:
            return 0, 0, 0
        held = _hold(session, sessions.engine, standing)
        ground = _ground(session, standing, held)
    work = _Work(sessions, standing, held)
    written = sum(work.do(marks, make) for marks, make in _steps(ground, held, waiting))
    return len(waiting.remains), len(waiting.persons), written


def _steps(
    ground: Ground, held: Held, waiting: Seen
) -> Iterator[tuple[list[dict[str, Any]], Make]]:
    for some in parts_of(sorted(waiting.remains), AT_ONCE):
        marks = [{"remains_id": key, "changed_at": waiting.remains[key]} for key in some]
        yield marks, partial(lists_of_remains, ground=ground, keys=some)
    for key, at in sorted(waiting.persons.items()):
        mark = {"missing_person_id": key, "changed_at": at}
        yield [mark], partial(_lists_after, ground, held, key)


def _lists_after(ground: Ground, held: Held, person: int, session: Session) -> Lists:
    # Looked up when it is done: the bars may have been read anew since.
    return lists_after(session, ground, person, held.bars)


def _hold(session: Session, engine: Engine, standing: Standing) -> Held:
    """Return what is held of the run, its bars as they are after what other workers wrote."""
    run = standing.ground.run
    held = _held.get(engine)
    if held is None or held.run_id != run.id:
        held = _held[engine] = Held(run.id, run.changes, Bars(session, standing.ground.frozen))
    elif held.changes != run.changes:
        held.changes, held.bars = run.changes, Bars(session, standing.ground.frozen)
    return held


def _ground(session: Session, standing: Standing, held: Held) -> Ground:
    changed, read_at = standing.changed, now()
    _read(held.remains, changed.remains, partial(load_remains, session))
    _read(held.persons, changed.persons, partial(_sought, session))
    return Ground(
        frozen=standing.ground.frozen,
        model=standing.ground.run.model,
        prior=prior_of(standing.ground.run),
        changed=changed,
        remains=_living(held.remains, changed.remains),
        persons=_living(held.persons, changed.persons),
        excluded=excluded_pairs(session),
        read_at=read_at,
    )


def _read(
    known: dict[int, tuple[datetime, Any]],
    stamps: Stamps,
    load: Callable[[Iterable[int]], Iterable[Any]],
) -> None:
    """Read the records that are not known in the state they are in now."""
    unread = [key for key, at in stamps.items() if key not in known or known[key][0] != at]
    for some in parts_of(sorted(unread), 500):
        found = {int(value.key): value for value in load(some)}
        known.update((key, (stamps[key], found.get(key))) for key in some)


def _sought(session: Session, ids: Iterable[int]) -> Iterable[Any]:
    sought = sa.select(MissingPerson.id).where(
        MissingPerson.id.in_(ids), MissingPerson.status.in_(sorted(OPEN_STATUSES))
    )
    return load_persons(session, session.scalars(sought).all())


def _living(known: Mapping[int, tuple[datetime, Any]], keys: Iterable[int]) -> dict[int, Any]:
    return {key: known[key][1] for key in keys if known[key][1] is not None}


class _Work:
    """Writes changed lists, unless another worker was there first."""

    def __init__(self, sessions: Sessions, standing: Standing, held: Held) -> None:
        self._sessions = sessions
        self._standing = standing
        self._held = held

    def do(self, marks: list[dict[str, Any]], make: Make) -> int:
        """Write what ``make`` returns, and that the records of ``marks`` are ranked."""
        for _attempt in range(ATTEMPTS - 1):
            try:
                return self._try(marks, make)
            except OvertakenError:
                self._look_again()
        return self._try(marks, make)

    def _try(self, marks: list[dict[str, Any]], make: Make) -> int:
        with self._sessions.read() as session:
            lists = make(session)
        with self._sessions.transaction(actor=WORKER) as session:
            self._claim(session)
            replace_lists(session, lists, places_before(session, lists.keys()))
            ask_solution(session, lists.keys())
            _mark(session, self._held.run_id, marks)
        self._held.changes += 1
        self._held.bars.note(lists)
        return sum(map(len, lists.values()))

    def _claim(self, session: Session) -> None:
        run = session.get_one(RankingRun, self._held.run_id, with_for_update=True)
        if run.changes != self._held.changes:
            raise OvertakenError
        run.changes += 1

    def _look_again(self) -> None:
        with self._sessions.read() as session:
            run = session.get_one(RankingRun, self._held.run_id)
            self._held.bars = Bars(session, self._standing.ground.frozen)
            self._held.changes = run.changes


def _mark(session: Session, run_id: int, marks: list[dict[str, Any]]) -> None:
    for mark in marks:
        side = RankedChange.remains_id if "remains_id" in mark else RankedChange.missing_person_id
        key = mark.get("remains_id", mark.get("missing_person_id"))
        session.execute(sa.delete(RankedChange).where(side == key))
        session.add(RankedChange(run_id=run_id, **mark))

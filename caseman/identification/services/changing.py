"""What lists become when a record changes: those of remains, and those a person is on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman import matching
from caseman.identification.adapters import load_remains
from caseman.identification.models import Candidate
from caseman.identification.queries.priors import Expected
from caseman.identification.services.frozen import Frozen
from caseman.identification.services.ground import NOTHING, Ground, Scores
from caseman.identification.services.lists import SHOWN, Row, lists_of, sorted_rows
from caseman.identification.services.storing import SHOWN_FOR_PERSON
from caseman.remains.models import Remains
from caseman.sites.models import Site

Lists = dict[int, list[Row]]


class Bars:
    """What a person must weigh to be shown for each remains, in 1/256 nat."""

    def __init__(self, session: Session, frozen: Frozen) -> None:
        place = sa.func.row_number().over(
            partition_by=Candidate.remains_id, order_by=Candidate.log10_lr.desc()
        )
        ranked = sa.select(Candidate.remains_id, Candidate.log10_lr, place.label("place"))
        last = ranked.subquery()
        self._row_of = frozen.row_of
        self._known = np.full(len(frozen.remains), NOTHING, np.int64)
        self._since: dict[int, int] = {}
        for key, score in session.execute(
            sa.select(last.c.remains_id, last.c.log10_lr).where(last.c.place == SHOWN)
        ):
            self._put(key, score)

    def _put(self, key: int, score: float | None) -> None:
        units = NOTHING if score is None else round(score / matching.TO_LOG10)
        if key in self._row_of:
            self._known[self._row_of[key]] = units
        else:
            self._since[key] = units

    def note(self, lists: Mapping[int, Sequence[Row]]) -> None:
        """Take note of lists just written."""
        for key, rows in lists.items():
            self._put(key, rows[SHOWN - 1]["log10_lr"] if len(rows) >= SHOWN else None)

    def reached(self, frozen: Frozen, scores: Scores) -> set[int]:
        """Return the remains among whose candidates a person of these scores may be shown."""
        over = (scores.frozen >= self._known) & (scores.frozen != NOTHING)
        since = {k for k, units in scores.since.items() if units >= self._since.get(k, NOTHING)}
        return {*frozen.remains[over].tolist(), *since}


def lists_of_remains(session: Session, ground: Ground, keys: Iterable[int]) -> Lists:
    """Return the new lists of changed remains; those ranked no more have an empty one."""
    found: Lists = {key: [] for key in keys}
    fresh = ground.lists([ground.remains[key] for key in found if key in ground.remains])
    wanted = _wanted_by_persons(session, fresh)
    for key, rows in fresh.items():
        more = [row for row in rows[SHOWN:] if (key, row["missing_person_id"]) in wanted]
        found[key] = rows[:SHOWN] + more
    return found


def _wanted_by_persons(session: Session, lists: Lists) -> set[tuple[int, int]]:
    """Return the pairs (remains, person) beyond those shown that the persons' own lists need."""
    beyond = [row for rows in lists.values() for row in rows[SHOWN:]]
    others: dict[int, list[float]] = defaultdict(list)
    query = sa.select(Candidate.missing_person_id, Candidate.log10_lr).where(
        Candidate.missing_person_id.in_({row["missing_person_id"] for row in beyond}),
        Candidate.remains_id.not_in(lists.keys()),
    )
    for person, score in session.execute(query):
        others[person].append(score)
    return {
        (row["remains_id"], row["missing_person_id"])
        for row in beyond
        if sum(score >= row["log10_lr"] for score in others[row["missing_person_id"]])
        < SHOWN_FOR_PERSON
    }


def lists_after(session: Session, ground: Ground, person: int, bars: Bars) -> Lists:
    """Return the lists that a changed person leaves, comes onto, or has another place on."""
    on = sa.select(Candidate.remains_id).where(Candidate.missing_person_id == person)
    were_on = set(session.scalars(on))
    pairs, own = _pairs(ground, person, bars)
    expected = _expected(session, ground, were_on | pairs.keys())
    changes = {
        key: _Change(rows, person, pairs.get(key), is_own=key in own, expected=expected[key])
        for key, rows in lists_of(session, were_on | pairs.keys()).items()
    }
    short = [key for key, change in changes.items() if change.is_short]
    fresh = ground.lists(_values(session, ground, short))
    return {
        key: change.rows(fresh.get(key, []))
        for key, change in changes.items()
        if key in were_on or change.comes_on
    }


def _expected(session: Session, ground: Ground, keys: Iterable[int]) -> Mapping[int, Expected]:
    """Return what is to be expected of some remains before any evidence."""
    sites: dict[int, str] = {}
    if ground.prior.sites:
        query = sa.select(Remains.id, Site.code).join(Site, Site.id == Remains.site_id)
        rows = session.execute(query.where(Remains.id.in_(sorted(keys))))
        sites = {row[0]: row[1] for row in rows}
    return {key: ground.expected(sites.get(key)) for key in keys}


def _pairs(ground: Ground, person: int, bars: Bars) -> tuple[dict[int, Row], set[int]]:
    """Return the person's rows for the remains they may be shown for, and their own best."""
    value = ground.persons.get(person)
    if value is None:
        return {}, set()
    scores = ground.scores(value)
    own = _best(ground.frozen.remains, scores)
    keys = bars.reached(ground.frozen, scores) | own
    return ground.pairs(keys, person, scores), own


def _best(keys: npt.NDArray[Any], scores: Scores) -> set[int]:
    """Return the remains that a person fits best."""
    order = np.argsort(-scores.frozen, kind="stable")[:SHOWN_FOR_PERSON]
    known = zip(keys[order].tolist(), scores.frozen[order].tolist(), strict=True)
    found = [(units, key) for key, units in known if units != NOTHING]
    found += [(units, key) for key, units in scores.since.items()]
    best = sorted(found, key=lambda each: (-each[0], str(each[1])))
    return {key for _, key in best[:SHOWN_FOR_PERSON]}


def _values(session: Session, ground: Ground, keys: Iterable[int]) -> list[matching.PostMortem]:
    keys = set(keys)
    known = [ground.remains[key] for key in sorted(keys & ground.remains.keys())]
    unread = keys - ground.changed.remains.keys()
    return known + (load_remains(session, unread) if unread else [])


class _Change:
    """One list that a person is on, or comes onto."""

    def __init__(
        self,
        rows: list[Row],
        person: int,
        new: Row | None,
        *,
        is_own: bool,
        expected: Expected,
    ) -> None:
        self._person, self._new, self._is_own, self._expected = person, new, is_own, expected
        self._others = [row for row in rows if row["missing_person_id"] != person]
        self._old = next((row for row in rows if row["missing_person_id"] == person), None)
        self._was_full = len(rows) >= SHOWN
        self._was_shown = self._old is not None and self._old in rows[:SHOWN]
        self._total = _denominator(rows, expected)

    @property
    def comes_on(self) -> bool:
        """Whether the person is on the list afterwards."""
        if self._new is None:
            return False
        return (
            self._is_own
            or len(self._others) < SHOWN
            or self._new["log10_lr"] >= self._others[SHOWN - 1]["log10_lr"]
        )

    @property
    def is_short(self) -> bool:
        """Whether somebody must follow for the person, who is not known from the list alone."""
        if not (self._was_shown and self._was_full):
            return False
        last = self._others[SHOWN - 2 : SHOWN - 1]
        is_sure = self._new is not None and all(
            self._new["log10_lr"] >= row["log10_lr"] for row in last
        )
        return not is_sure

    def rows(self, fresh: Sequence[Row]) -> list[Row]:
        """Return the list as it is to be; ``fresh`` are the best by evidence alone, if short."""
        new = [self._new] if self._new is not None and self.comes_on else []
        known = {row["missing_person_id"] for row in (*self._others, *new)}
        more = [row for row in fresh if row["missing_person_id"] not in known]
        rows = sorted_rows([*self._others, *new, *more])
        stay = {id(row) for row in (*self._others, *new)}
        rows = rows[:SHOWN] + [row for row in rows[SHOWN:] if id(row) in stay]
        return self._with_chances(rows)

    def _with_chances(self, rows: list[Row]) -> list[Row]:
        """Return rows with the probability that each has beside all others."""
        share = self._expected.share
        gone = 0.0 if self._old is None else _chance(self._old, share)
        come = next((r for r in rows if r["missing_person_id"] == self._person), None)
        total = self._total - gone + (0.0 if come is None else _chance(come, share))
        total = max(total, self._expected.nobody)
        return [row | {"posterior": _chance(row, share) / total} for row in rows]


def _chance(row: Row, share: float) -> float:
    return float(share * 10 ** row["log10_lr"])


def _denominator(rows: Sequence[Row], expected: Expected) -> float:
    """Return what the chances of a list were divided by, the chance of nobody among it."""
    first = next((row for row in rows if row["posterior"] > 0), None)
    if first is None:
        return expected.nobody
    return float(_chance(first, expected.share) / first["posterior"])

"""The stored lists of candidates: replaced as wholes, with where each stood before."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.identification.models import Candidate, CandidateLeft
from caseman.remains.models import RemainsSummary

Row: TypeAlias = dict[str, Any]
"""The columns of one candidate, but for its id and its place before."""

Places: TypeAlias = Mapping[int, Mapping[int, int]]
"""By remains and person, the place in the list as it stood before the last run."""

SHOWN = 20
"""Candidates kept for each remains; others only where a person's own list needs them."""

_COLUMNS = (
    Candidate.remains_id,
    Candidate.missing_person_id,
    Candidate.log10_lr,
    Candidate.posterior,
    Candidate.lines,
    Candidate.model,
    Candidate.ranked_at,
)


def lists_of(session: Session, remains: Collection[int]) -> dict[int, list[Row]]:
    """Return the stored lists of ``remains``, best first."""
    found: dict[int, list[Row]] = {key: [] for key in remains}
    query = sa.select(*_COLUMNS).where(Candidate.remains_id.in_(sorted(remains)))
    for row in session.execute(query.order_by(Candidate.log10_lr.desc(), Candidate.id)):
        found[row.remains_id].append(dict(row._mapping))  # noqa: SLF001 - SQLAlchemy's public name
    return found


def places_now(session: Session, remains: Collection[int]) -> Places:
    """Return where everybody shown for ``remains`` stands now: the places before a new run."""
    query = sa.select(Candidate.remains_id, Candidate.missing_person_id)
    query = query.where(Candidate.remains_id.in_(sorted(remains)))
    found: dict[int, dict[int, int]] = {}
    for key, person in session.execute(query.order_by(Candidate.log10_lr.desc(), Candidate.id)):
        places = found.setdefault(key, {})
        if len(places) < SHOWN:
            places[person] = len(places) + 1
    return found


def places_before(session: Session, remains: Collection[int]) -> Places:
    """Return where everybody stood before the last run, those included that left since."""
    found: dict[int, dict[int, int]] = {}
    for table in (Candidate, CandidateLeft):
        query = sa.select(table.remains_id, table.missing_person_id, table.rank_before)
        query = query.where(table.remains_id.in_(sorted(remains)))
        for key, person, place in session.execute(query):
            if place is not None:
                found.setdefault(key, {})[person] = place
    return found


def replace_lists(session: Session, lists: Mapping[int, Sequence[Row]], before: Places) -> None:
    """Write ``lists`` in place of what was stored; each is sorted, best first.

    In the first list of some remains nobody is new: they stand where they stood.
    """
    keys = sorted(lists)
    for table in (Candidate, CandidateLeft):
        session.execute(sa.delete(table).where(table.remains_id.in_(keys)))
    rows = [row for key in keys for row in _placed(lists[key], before.get(key))]
    if rows:
        session.execute(sa.insert(Candidate), rows)
    _say_who_has_candidates(session, lists)
    left = [row for key in keys for row in _left(key, lists[key], before.get(key, {}))]
    if left:
        session.execute(sa.insert(CandidateLeft), left)


def _say_who_has_candidates(session: Session, lists: Mapping[int, Sequence[Row]]) -> None:
    for has in (True, False):
        some = sorted(key for key, rows in lists.items() if bool(rows) is has)
        if some:
            session.execute(
                sa.update(RemainsSummary)
                .where(RemainsSummary.remains_id.in_(some))
                .values(has_candidates=has)
            )


def _placed(rows: Iterable[Row], before: Mapping[int, int] | None) -> Iterable[Row]:
    for place, row in enumerate(rows, start=1):
        stood = place if before is None else before.get(row["missing_person_id"])
        yield row | {"rank_before": stood}


def _left(remains: int, rows: Iterable[Row], before: Mapping[int, int]) -> Iterable[Row]:
    listed = {row["missing_person_id"] for row in rows}
    for person, place in before.items():
        if person not in listed:
            yield {"remains_id": remains, "missing_person_id": person, "rank_before": place}


def sorted_rows(rows: Iterable[Row]) -> list[Row]:
    """Return rows best first; among equals the engine's order, that of keys as text."""
    return sorted(rows, key=lambda row: (-row["log10_lr"], str(row["missing_person_id"])))

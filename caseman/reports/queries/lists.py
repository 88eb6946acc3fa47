"""Lists of missing persons and of reports, as selections that the pages cut into pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from caseman.coding import Sex
from caseman.names import normalise
from caseman.permissions import Scope
from caseman.reports.codes import Channel, MissingPersonStatus, TriageState
from caseman.reports.models import AnteMortemReport, MissingPerson, ReportAddition
from caseman.reports.queries.scope import reports_within, within

SORTS: Final[dict[str, InstrumentedAttribute[Any]]] = {
    "registered": MissingPerson.registered_at,
    "number": MissingPerson.number,
    "name": MissingPerson.name_sort,
    "seen": MissingPerson.last_seen_from,
}
"""What the list may be sorted by; each has its index."""
LAST: Final = "\U0010ffff"
"""Sorts after every letter, so that a range from a text to here holds what begins with it."""


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """What narrows the list; an interval keeps whoever may fall into it."""

    status: MissingPersonStatus | None = None
    sex: Sex | None = None
    born: int | None = None
    seen_from: date | None = None
    seen_to: date | None = None
    place: str = ""
    channel: Channel | None = None
    has_photograph: bool | None = None

    @property
    def active(self) -> int:
        """How many of the questions are answered."""
        values = (getattr(self, name) for name in self.__slots__)
        return sum(value not in {None, ""} for value in values)


def missing_persons(scope: Scope) -> sa.Select[MissingPerson]:
    """Return the selection of the persons within ``scope``."""
    return within(sa.select(MissingPerson), scope)


def conditions(wanted: PersonFilter) -> list[sa.ColumnElement[bool]]:
    """Return what persons must fit who fit ``wanted``."""
    answered = {name: getattr(wanted, name) for name in _NARROWING}
    return [
        condition
        for name, value in answered.items()
        if value not in {None, ""}
        for condition in _NARROWING[name](value)
    ]


def _born(year: int) -> tuple[sa.ColumnElement[bool], ...]:
    begins, ends = date(year, 1, 1), date(year, 12, 31)
    return MissingPerson.birth_from <= ends, MissingPerson.birth_to >= begins


def _beginning(place: str) -> tuple[sa.ColumnElement[bool], ...]:
    start = normalise(place)
    column = MissingPerson.last_seen_place_sort
    return column >= start, column < start + LAST


_NARROWING: Final[dict[str, Callable[[Any], tuple[sa.ColumnElement[bool], ...]]]] = {
    "status": lambda status: (MissingPerson.status == status,),
    "sex": lambda sex: (MissingPerson.sex == sex,),
    "channel": lambda channel: (MissingPerson.channel == channel,),
    "has_photograph": lambda has: (MissingPerson.has_photograph == has,),
    "seen_from": lambda day: (MissingPerson.last_seen_to >= day,),
    "seen_to": lambda day: (MissingPerson.last_seen_from <= day,),
    "born": _born,
    "place": _beginning,
}


def incoming_reports(scope: Scope, state: TriageState) -> sa.Select[AnteMortemReport]:
    """Return the selection of reports that stand at ``state`` of the first reading."""
    query = reports_within(sa.select(AnteMortemReport), scope)
    return query.where(
        AnteMortemReport.triage == state, AnteMortemReport.withdrawn_at.is_(None)
    ).options(
        selectinload(AnteMortemReport.missing_person),
        selectinload(AnteMortemReport.effects),
        selectinload(AnteMortemReport.marks),
        selectinload(AnteMortemReport.companions),
    )


def waiting(session: Session, scope: Scope) -> dict[TriageState, int]:
    """Count the reports at each state that waits for somebody, up to a hundred."""
    counts = {}
    for state in (TriageState.NEW, TriageState.CALL_BACK):
        some = incoming_reports(scope, state).with_only_columns(AnteMortemReport.id).limit(100)
        counts[state] = session.scalar(sa.select(sa.func.count()).select_from(some.subquery())) or 0
    return counts


def unseen_additions(session: Session, scope: Scope) -> list[ReportAddition]:
    """Return what families added and nobody has taken note of, the oldest first."""
    query = sa.select(ReportAddition).join(ReportAddition.report)
    query = within(query.join(AnteMortemReport.missing_person), scope)
    query = query.where(ReportAddition.seen_at.is_(None)).order_by(ReportAddition.id).limit(100)
    return list(session.scalars(query))

"""One missing person with everything that was told, and where informants contradict each other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from caseman.audit.models import AuditEntry
from caseman.names import SAME_NAME, compare
from caseman.permissions import Scope
from caseman.reports.models import (
    AnteMortemReport,
    MissingPerson,
    ReportPhotograph,
)
from caseman.reports.queries.scope import reports_within, within

STATURE_TOLERANCE: Final = 8.0
"""Centimetres within which two informants may mean the same height."""
LONGEST_HISTORY: Final = 100


def person_by_number(session: Session, scope: Scope, number: str) -> MissingPerson | None:
    """Return the person with all reports, or None where there is none within ``scope``."""
    told = selectinload(MissingPerson.reports)
    parts = (
        AnteMortemReport.effects,
        AnteMortemReport.marks,
        AnteMortemReport.companions,
        AnteMortemReport.photographs,
        AnteMortemReport.voice_notes,
        AnteMortemReport.additions,
        AnteMortemReport.informant,
    )
    query = within(sa.select(MissingPerson), scope).where(MissingPerson.number == number)
    return session.scalars(query.options(*(told.selectinload(part) for part in parts))).first()


def report_by_number(session: Session, scope: Scope, number: str) -> AnteMortemReport | None:
    """Return one report, or None where there is none within ``scope``."""
    query = reports_within(sa.select(AnteMortemReport), scope)
    return session.scalars(query.where(AnteMortemReport.number == number)).first()


def photograph(session: Session, scope: Scope, photograph_id: int) -> ReportPhotograph | None:
    """Return a photograph of a report within ``scope``."""
    query = sa.select(ReportPhotograph).join(ReportPhotograph.report)
    query = within(query.join(AnteMortemReport.missing_person), scope)
    return session.scalars(query.where(ReportPhotograph.id == photograph_id)).first()


def reports_by_source(
    session: Session, source: str, ids: Sequence[str]
) -> dict[str, AnteMortemReport]:
    """Return the reports that came from a file of ``source`` under these numbers of its own."""
    query = sa.select(AnteMortemReport).where(
        AnteMortemReport.source == source, AnteMortemReport.source_id.in_(ids)
    )
    return {str(report.source_id): report for report in session.scalars(query)}


def history(session: Session, person: MissingPerson) -> Sequence[AuditEntry]:
    """Return what was done to the person's record and reports, the latest first."""
    subjects = [person.number, *(report.number for report in person.reports)]
    query = sa.select(AuditEntry).where(AuditEntry.subject.in_(subjects))
    return session.scalars(query.order_by(AuditEntry.seq.desc()).limit(LONGEST_HISTORY)).all()


@dataclass(frozen=True, slots=True)
class Told:
    """A span of days that somebody told."""

    earliest: date
    latest: date


def contradictions(reports: Sequence[AnteMortemReport]) -> frozenset[str]:
    """Return the fields in which two of the reports cannot both be right."""
    return frozenset(field for field, differ in _DIFFER.items() if _any_pair(reports, differ))


def _any_pair(
    reports: Sequence[AnteMortemReport],
    differ: Callable[[AnteMortemReport, AnteMortemReport], bool],
) -> bool:
    return any(
        differ(one, other) for place, one in enumerate(reports) for other in reports[place + 1 :]
    )


def _plainly(field: str) -> Callable[[AnteMortemReport, AnteMortemReport], bool]:
    def differ(one: AnteMortemReport, other: AnteMortemReport) -> bool:
        values: list[Any] = [getattr(one, field), getattr(other, field)]
        return None not in values and values[0] != values[1]

    return differ


def _apart(first: str, last: str) -> Callable[[AnteMortemReport, AnteMortemReport], bool]:
    def differ(one: AnteMortemReport, other: AnteMortemReport) -> bool:
        spans = list(_spans((one, other), first, last))
        return len(spans) == 2 and (
            spans[0].latest < spans[1].earliest or spans[1].latest < spans[0].earliest
        )

    return differ


def _spans(reports: Sequence[AnteMortemReport], first: str, last: str) -> Iterator[Told]:
    for report in reports:
        earliest, latest = getattr(report, first), getattr(report, last)
        if earliest is not None and latest is not None:
            yield Told(earliest, latest)


def _other_name(field: str) -> Callable[[AnteMortemReport, AnteMortemReport], bool]:
    def differ(one: AnteMortemReport, other: AnteMortemReport) -> bool:
        names = getattr(one, field), getattr(other, field)
        return all(names) and compare(*names).score < SAME_NAME

    return differ


def _other_height(one: AnteMortemReport, other: AnteMortemReport) -> bool:
    if one.stature_cm is None or other.stature_cm is None:
        return False
    return abs(one.stature_cm - other.stature_cm) > STATURE_TOLERANCE


_DIFFER: Final = {
    **{
        name: _other_name(name)
        for name in ("name_given", "name_father", "name_grandfather", "name_family", "name_mother")
    },
    **{
        name: _plainly(name)
        for name in ("sex", "handedness", "hair", "stature_word", "circumstance", "carried_id")
    },
    "birth": _apart("birth_from", "birth_to"),
    "last_seen": _apart("last_seen_from", "last_seen_to"),
    "stature_cm": _other_height,
}

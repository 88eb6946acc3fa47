"""A person's summary, by which lists sort and filter: written from the reports, never by hand.

Where reports contradict each other the summary takes the widest range or nothing at all: it never
decides which informant is right. ``queries.contradictions`` shows who said what.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, TypeVar

from caseman.database import DateRange, now
from caseman.names import normalise
from caseman.reports.codes import MissingPersonStatus, TriageState
from caseman.reports.latin import latin_reading
from caseman.reports.models import AnteMortemReport, MissingPerson

V = TypeVar("V")

DAYS_A_YEAR = 365.25
UNNAMED = "?"
COUNTED_STATUSES = frozenset(
    {
        MissingPersonStatus.REPORTED,
        MissingPersonStatus.INCOMPLETE,
        MissingPersonStatus.COMPLETE,
    }
)
"""Statuses that follow from what the reports hold; every other one is a person's decision."""
REFUSED = frozenset({TriageState.ABUSIVE, TriageState.OUT_OF_SCOPE})

READ = frozenset({TriageState.ACCEPTED, TriageState.DUPLICATE})


def summarise(person: MissingPerson) -> None:
    """Write the summary of ``person`` from the reports that count."""
    reports = counted_reports(person)
    for column, value in summary_of(person, reports).items():
        if getattr(person, column) != value:
            setattr(person, column, value)


def touch(person: MissingPerson) -> None:
    """Mark that what bears on identification has changed: candidates are ranked anew."""
    person.evidence_changed_at = now()


def end_search(person: MissingPerson, status: MissingPersonStatus, reason: str) -> None:
    """Write down that the search for ``person`` is over, and why."""
    person.status = status
    person.closed_at, person.closed_reason = now(), reason
    touch(person)


def counted_reports(person: MissingPerson) -> list[AnteMortemReport]:
    """Return the reports that are neither withdrawn nor refused; all, if none is left."""
    counted = [
        report
        for report in person.reports
        if report.withdrawn_at is None and report.triage not in REFUSED
    ]
    return counted or list(person.reports)


def summary_of(person: MissingPerson, reports: list[AnteMortemReport]) -> dict[str, Any]:
    """Return the summary columns and their values."""
    name = next(filter(None, map(full_name, reports)), UNNAMED)
    place = next((report.last_seen_place for report in reports if report.last_seen_place), "")
    birth = _span(map(birth_range, reports))
    seen = _span(DateRange.of(report.last_seen_from, report.last_seen_to) for report in reports)
    return {
        "name": name,
        "name_latin": latin_reading(name),
        "name_sort": normalise(name)[:400],
        "sex": _agreed(report.sex for report in reports),
        "birth_from": birth and birth.earliest,
        "birth_to": birth and birth.latest,
        "last_seen_from": seen and seen.earliest,
        "last_seen_to": seen and seen.latest,
        "last_seen_place": place,
        "last_seen_place_sort": normalise(place)[:300],
        "channel": reports[0].channel if reports else None,
        "has_photograph": any(report.photographs for report in reports),
        "status": _status(person, reports),
    }


def full_name(report: AnteMortemReport) -> str:
    """Return the whole name as told, or put together from its parts."""
    parts = (report.name_given, report.name_father, report.name_grandfather, report.name_family)
    return report.name_full or " ".join(filter(None, parts)) or report.nickname or ""


def birth_range(report: AnteMortemReport) -> DateRange | None:
    """Return when the person was born: as told, or by the age when last seen."""
    told = DateRange.of(report.birth_from, report.birth_to)
    seen = DateRange.of(report.last_seen_from, report.last_seen_to)
    if told or seen is None or report.age_told_min is None or report.age_told_max is None:
        return told
    return DateRange(
        _years_before(seen.earliest, report.age_told_max + 1),
        _years_before(seen.latest, report.age_told_min),
    )


def _years_before(day: date, years: float) -> date:
    return day - timedelta(days=round(years * DAYS_A_YEAR))


def _span(ranges: Iterable[DateRange | None]) -> DateRange | None:
    told = [each for each in ranges if each is not None]
    if not told:
        return None
    return DateRange(min(each.earliest for each in told), max(each.latest for each in told))


def _agreed(values: Iterable[V | None]) -> V | None:
    told = {value for value in values if value is not None}
    return told.pop() if len(told) == 1 else None


def _status(person: MissingPerson, reports: list[AnteMortemReport]) -> MissingPersonStatus:
    status = person.status or MissingPersonStatus.REPORTED
    if status not in COUNTED_STATUSES:
        return status
    if not any(report.triage in READ for report in reports):
        return MissingPersonStatus.REPORTED
    complete = all(any(map(says, reports)) for says in NEEDED)
    return MissingPersonStatus.COMPLETE if complete else MissingPersonStatus.INCOMPLETE


def _says_body(report: AnteMortemReport) -> bool:
    return bool(
        report.stature_cm
        or report.stature_word
        or report.marks
        or report.dental_codes
        or report.teeth
        or report.dental_text
        or report.medical_text
    )


NEEDED: tuple[Callable[[AnteMortemReport], Any], ...] = (
    full_name,
    lambda report: report.sex,
    birth_range,
    lambda report: report.last_seen_from,
    lambda report: report.last_seen_place,
    _says_body,
)
"""What must be known, by any report, before the information counts as complete."""

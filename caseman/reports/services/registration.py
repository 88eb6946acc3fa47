"""Registering reports: one from a form, or thousands from a file."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from caseman.database import now
from caseman.reports.batches import parts_of
from caseman.reports.codes import OPEN_STATUSES
from caseman.reports.drafts import Answers, Intake, NewInformant, NewReport
from caseman.reports.errors import NumberTakenError, SearchClosedError, UnknownPersonError
from caseman.reports.models import (
    AnteMortemReport,
    Companion,
    Informant,
    MissingPerson,
    ReportedEffect,
    ReportedMark,
)
from caseman.reports.numbers import PERSON, REPORT, new_code
from caseman.reports.services.names import index_names_of
from caseman.reports.services.summary import summarise, touch
from caseman.sealing.fields import new_uid
from caseman.writing import latin_digits

D = TypeVar("D")

PARTS = frozenset({"effects", "marks", "companions", "informant"})
COLUMNS = tuple(field.name for field in fields(Answers) if field.name not in PARTS)
"""The answers that are columns of the report itself."""
NOTHING: tuple[Any, ...] = (None, "", [], {})
NATIONAL_DIGITS = 9
"""So many last digits of a phone number are the same with and without the country's code."""


def register_report(session: Session, draft: NewReport) -> AnteMortemReport:
    """Register a report, and the missing person with it unless the draft names one."""
    return register_reports(session, [draft])[0]


def add_report(
    session: Session, person: MissingPerson, intake: Intake, answers: Answers
) -> AnteMortemReport:
    """Register a further report about ``person``; nothing earlier is overwritten."""
    return register_report(session, NewReport(intake, answers, person.id))


def register_reports(session: Session, drafts: Iterable[NewReport]) -> list[AnteMortemReport]:
    """Register many reports, in their order, with few statements."""
    drafts = list(drafts)
    # Numbers are looked up before any row is pending, which a query would flush half-made.
    numbers = _report_numbers(session, drafts)
    persons = _persons_of(session, drafts)
    reports = []
    for draft, person, number in zip(drafts, persons, numbers, strict=True):
        report = _report(session, draft, number)
        report.missing_person = person
        reports.append(report)
    session.add_all(reports)
    touched = list(dict.fromkeys(persons))
    for person in touched:
        summarise(person)
        touch(person)
    session.flush()
    index_names_of(session, touched)
    return reports


def phone_digits(phone: str) -> str:
    """Return by what two spellings of one phone number are equal."""
    digits = [digit for digit in latin_digits(phone) if digit in "0123456789"]
    return "".join(digits)[-NATIONAL_DIGITS:]


def fresh_numbers(
    session: Session, column: InstrumentedAttribute[str], prefix: str, count: int
) -> list[str]:
    """Return ``count`` random numbers that no row bears."""
    numbers: dict[str, None] = {}
    while len(numbers) < count:
        drawn = dict.fromkeys(prefix + new_code() for _ in range(count - len(numbers)))
        taken = _existing(session, column, list(drawn))
        numbers |= {number: None for number in drawn if number not in taken}
    return list(numbers)


def informant_of(session: Session, draft: NewInformant) -> Informant:
    """Return a new row of ``draft``."""
    informant = Informant()
    write_informant(session, informant, draft)
    return informant


def write_informant(session: Session, informant: Informant, draft: NewInformant) -> None:
    """Write who told into the row; what is empty is stored as nothing."""
    informant.relation = draft.relation
    informant.may_contact = draft.may_contact
    for name in ("name", "phone", "contact", "safe_contact"):
        setattr(informant, name, getattr(draft, name) or None)
    digits = phone_digits(draft.phone)
    informant.phone_index = session.info["keyring"].blind_index(digits) if digits else None


def values_of(draft: object) -> dict[str, Any]:
    """Return the fields of a drafted part as column values."""
    return {field.name: getattr(draft, field.name) for field in fields(draft)}  # type: ignore[arg-type]


def column_values(answers: Answers) -> dict[str, Any]:
    """Return the answers that are the report's own columns, as they are stored."""
    values = {name: getattr(answers, name) for name in COLUMNS}
    values["dental_codes"] = list(answers.dental_codes)
    values["teeth"] = dict(answers.teeth)
    values["absences"] = dict(answers.absences)
    return values


def _report(session: Session, draft: NewReport, number: str) -> AnteMortemReport:
    intake, answers = draft.intake, draft.answers
    return AnteMortemReport(
        number=number,
        channel=intake.channel,
        triage=intake.triage,
        source=intake.source,
        source_id=intake.source_id,
        language=intake.language,
        told_at=intake.told_at or now(),
        taken_by_id=intake.taken_by_id,
        interview=intake.interview,
        helped_by=intake.helped_by,
        told_with_id=intake.told_with_id,
        **_told(column_values(answers)),
        **_told(_parts(answers)),
        informant=informant_of(session, answers.informant) if answers.informant else None,
    )


def _parts(answers: Answers) -> dict[str, list[Any]]:
    effects = enumerate(answers.effects, start=1)
    return {
        "effects": [
            ReportedEffect(ordinal=place, **_told(values_of(effect))) for place, effect in effects
        ],
        "marks": [ReportedMark(**values_of(mark)) for mark in answers.marks],
        "companions": [Companion(**_told(values_of(each))) for each in answers.companions],
    }


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what was not told: the columns' defaults say so, and imports are faster."""
    return {name: value for name, value in values.items() if value not in NOTHING}


def _persons_of(session: Session, drafts: Sequence[NewReport]) -> list[MissingPerson]:
    known = _known_persons(session, drafts)
    count = sum(draft.missing_person_id is None for draft in drafts)
    numbers = iter(fresh_numbers(session, MissingPerson.number, PERSON, count))
    persons = []
    for draft in drafts:
        if draft.missing_person_id is None:
            person = MissingPerson(
                number=next(numbers),
                uid=new_uid(),
                operation_id=draft.intake.operation_id,
                reports=[],
            )
        else:
            person = _open(known.get(draft.missing_person_id), draft)
        persons.append(person)
    session.add_all(persons)
    return persons


def _known_persons(session: Session, drafts: Sequence[NewReport]) -> dict[int, MissingPerson]:
    ids = {draft.missing_person_id for draft in drafts} - {None}
    known = {}
    for part in parts_of(sorted(filter(None, ids))):
        query = sa.select(MissingPerson).where(MissingPerson.id.in_(part))
        parts = selectinload(MissingPerson.reports).selectinload(AnteMortemReport.photographs)
        known.update({person.id: person for person in session.scalars(query.options(parts))})
    return known


def _open(person: MissingPerson | None, draft: NewReport) -> MissingPerson:
    if person is None or person.operation_id != draft.intake.operation_id:
        raise UnknownPersonError
    if person.status not in OPEN_STATUSES:
        raise SearchClosedError(person.number)
    return person


def _report_numbers(session: Session, drafts: Sequence[NewReport]) -> list[str]:
    issued = [draft.intake.number for draft in drafts if draft.intake.number]
    taken = _existing(session, AnteMortemReport.number, issued)
    taken |= {number for number in issued if issued.count(number) > 1} if issued else set()
    if taken:
        raise NumberTakenError(min(taken))
    drawn = iter(fresh_numbers(session, AnteMortemReport.number, REPORT, len(drafts) - len(issued)))
    return [draft.intake.number or next(drawn) for draft in drafts]


def _existing(
    session: Session, column: InstrumentedAttribute[str], numbers: Sequence[str]
) -> set[str]:
    found: set[str] = set()
    for part in parts_of(numbers):
        found |= set(session.scalars(sa.select(column).where(column.in_(part))))
    return found

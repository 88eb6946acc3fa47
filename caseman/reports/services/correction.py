"""Correcting a report: what was told before stays in the trail, with the reason for the change."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from caseman.audit.reasons import because
from caseman.coding.teeth import TEETH
from caseman.database import now
from caseman.reports.drafts import Answers, NewInformant
from caseman.reports.errors import ReasonMissingError
from caseman.reports.models import AnteMortemReport, Companion, ReportedEffect, ReportedMark
from caseman.reports.services.names import index_names
from caseman.reports.services.registration import (
    column_values,
    informant_of,
    values_of,
    write_informant,
)
from caseman.reports.services.summary import summarise, touch


def correct_report(
    session: Session, report: AnteMortemReport, answers: Answers, reason: str
) -> None:
    """Replace the answers of ``report``; without an informant in ``answers`` that stays."""
    if not reason.strip():
        raise ReasonMissingError
    with because(session, reason):
        for column, value in column_values(answers).items():
            if getattr(report, column) != value:
                setattr(report, column, value)
        _replace_parts(session, report, answers)
        if answers.informant:
            _replace_informant(session, report, answers.informant)
        report.corrected_at = now()
        session.flush()
        session.refresh(report, ["effects", "marks", "companions"])
        renew(session, report)


def chart_teeth(
    session: Session, report: AnteMortemReport, charted: Mapping[int, str], source: str
) -> None:
    """Write down what is told of single teeth, FDI number -> ``FIL-MO``, and who or what tells it.

    Teeth told of in other words stay.
    """
    known = {str(fdi) for fdi in TEETH}
    kept = {fdi: said for fdi, said in report.teeth.items() if fdi not in known}
    with because(session, source):
        report.teeth = kept | {str(fdi): said for fdi, said in sorted(charted.items())}
        report.corrected_at = now()
        session.flush()
        renew(session, report)


def renew(session: Session, report: AnteMortemReport) -> None:
    """Bring what is derived from the person's reports up to date."""
    person = report.missing_person
    summarise(person)
    touch(person)
    index_names(session, person)


def _replace_informant(session: Session, report: AnteMortemReport, draft: NewInformant) -> None:
    if report.informant is None:
        report.informant = informant_of(session, draft)
    else:
        write_informant(session, report.informant, draft)


def _replace_parts(session: Session, report: AnteMortemReport, answers: Answers) -> None:
    last = max((effect.ordinal for effect in report.effects), default=0)
    held = len(report.effects)  # counted now: each new row joins the list at once

    def effect(place: int, values: dict[str, Any]) -> ReportedEffect:
        # An ordinal is never given twice, also not after its effect was taken out.
        ordinal = last + place - held + 1
        return ReportedEffect(report_id=report.id, report=report, ordinal=ordinal, **values)

    _align(session, report.effects, answers.effects, effect)
    _align(
        session,
        report.marks,
        answers.marks,
        lambda _, values: ReportedMark(report=report, **values),
    )
    _align(
        session,
        report.companions,
        answers.companions,
        lambda _, values: Companion(report=report, **values),
    )


def _align(
    session: Session,
    rows: Sequence[Any],
    drafts: Sequence[object],
    make: Callable[[int, dict[str, Any]], Any],
) -> None:
    """Change row by row what differs, add what is new at the end, delete what is gone."""
    held = list(rows)
    for row, draft in zip(held, drafts, strict=False):
        for name, value in values_of(draft).items():
            if getattr(row, name) != value:
                setattr(row, name, value)
    added = [
        make(place, values_of(draft))
        for place, draft in enumerate(drafts[len(held) :], start=len(held))
    ]
    session.add_all(added)
    for row in held[len(drafts) :]:
        session.delete(row)

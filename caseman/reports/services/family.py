"""What a family does without an account: send a report, come back to it, add to it."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Operation
from caseman.coding import Language
from caseman.database import now
from caseman.media.models import MediaFile
from caseman.reports.codes import Channel, FamilyStage, TriageState
from caseman.reports.drafts import Answers, Intake, NewReport
from caseman.reports.models import (
    AnteMortemReport,
    FamilyAccess,
    FamilyDraft,
    ReportAddition,
    ReportPhotograph,
)
from caseman.reports.numbers import read_code
from caseman.reports.services.drafts import forget_draft, fresh_reference
from caseman.reports.services.registration import register_report
from caseman.reports.services.summary import summarise, touch


def receive(
    session: Session, answers: Answers, secret_hash: str, intake: Intake
) -> AnteMortemReport:
    """Register what a family sent; it waits to be read, and the family can come back to it."""
    return _received(session, answers, intake, fresh_reference(session), secret_hash)


def receive_draft(
    session: Session, draft: FamilyDraft, answers: Answers, intake: Intake
) -> AnteMortemReport:
    """Register what a family sent after it was kept; the two numbers of the draft open it now."""
    reference, secret_hash = draft.reference, draft.secret_hash
    forget_draft(session, draft)
    return _received(session, answers, intake, reference, secret_hash)


def _received(
    session: Session, answers: Answers, intake: Intake, reference: str, secret_hash: str
) -> AnteMortemReport:
    report = register_report(session, NewReport(intake, answers))
    report.family_access = FamilyAccess(reference=reference, secret_hash=secret_hash)
    session.flush()
    return report


def family_intake(operation: Operation, language: str) -> Intake:
    """Return how a report of the public form comes."""
    spoken = Language(language) if language in set(Language) else None
    return Intake(operation.id, Channel.PUBLIC_FORM, triage=TriageState.NEW, language=spoken)


def public_operation(session: Session, code: str = "") -> Operation | None:
    """Return the operation that families report to: the one named, else the first one.

    A name that no operation bears gives None: a report must not go to strangers by guess.
    """
    operations = sa.select(Operation).order_by(Operation.id).limit(1)
    if code:
        operations = operations.where(Operation.code == code)
    return session.scalars(operations).first()


def access_of(session: Session, typed_reference: str) -> FamilyAccess | None:
    """Return the way back that a reference names, if there is one."""
    code = read_code(typed_reference)
    if code is None:
        return None
    return session.scalar(sa.select(FamilyAccess).where(FamilyAccess.reference == code))


def add_from_family(
    session: Session,
    report: AnteMortemReport,
    text: str = "",
    files: Sequence[MediaFile] = (),
) -> None:
    """Add words and photographs to what the family told; nothing earlier changes."""
    if text:
        report.additions.append(ReportAddition(text=text))
    add_photographs(session, report, files)


def add_photographs(session: Session, report: AnteMortemReport, files: Sequence[MediaFile]) -> None:
    """Add photographs; one that was sent before is not added twice."""
    held = {photograph.media_file_id for photograph in report.photographs}
    new = {file.id: file for file in files if file.id not in held}
    if not new:
        session.flush()
        return
    report.photographs.extend(ReportPhotograph(media_file=file) for file in new.values())
    summarise(report.missing_person)
    touch(report.missing_person)
    session.flush()


def take_note(addition: ReportAddition) -> None:
    """Record that staff have read what a family added."""
    addition.seen_at = addition.seen_at or now()


def stage_of(report: AnteMortemReport) -> FamilyStage:
    """Return how far the report has been read: the only thing that is told online."""
    if report.withdrawn_at is not None:
        return FamilyStage.WITHDRAWN
    match report.triage:
        case TriageState.NEW:
            return FamilyStage.RECEIVED
        case TriageState.CALL_BACK:
            return FamilyStage.CALL
        case (
            TriageState.ACCEPTED
            | TriageState.DUPLICATE
            | TriageState.OUT_OF_SCOPE
            | TriageState.ABUSIVE
        ):
            return FamilyStage.READ

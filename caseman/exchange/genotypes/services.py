"""Genotypes leave in three steps: one person asks, another releases, the first one fetches."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.audit.reasons import because
from caseman.coding import N_
from caseman.database import DomainError, now
from caseman.exchange.codes import ExportState, GenotypeFile
from caseman.exchange.exports.services import Entry, Refused, charge
from caseman.exchange.genotypes.files import written
from caseman.exchange.genotypes.queries import content_of, export_by_number
from caseman.exchange.models import GenotypeExport
from caseman.laboratory.models import DnaSource, Submission
from caseman.permissions import Scope
from caseman.reports.models import MissingPerson
from caseman.sites.drawn import new_code

NUMBER = "GX-"


class ExportRefusedError(DomainError):
    """The step cannot be taken with this export."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked for: a submission, or a family with or without remains beside it."""

    operation_id: int
    submission: Submission | None = None
    family: MissingPerson | None = None
    remains: DnaSource | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """In which form, to whom and why."""

    file: GenotypeFile
    recipient: str
    is_abroad: bool
    purpose: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file with its name."""

    name: str
    content: bytes


def ask(session: Session, subject: Subject, asked: Asked, by: User) -> GenotypeExport:
    """Ask for an export; nothing leaves before another person releases it."""
    row = GenotypeExport(
        number=NUMBER + new_code(),
        operation_id=subject.operation_id,
        submission=subject.submission,
        missing_person=subject.family,
        remains_source=subject.remains,
        file=asked.file,
        recipient=asked.recipient,
        is_abroad=asked.is_abroad,
        purpose=asked.purpose,
        reason=asked.reason,
        asked_by=by,
    )
    session.add(row)
    session.flush()
    return row


def release(session: Session, row: GenotypeExport, until: date, by: User) -> None:
    """Let it be fetched up to and including the day ``until``."""
    _check_decider(row, by)
    row.expires_on = until
    _decide(row, ExportState.RELEASED, by)
    session.flush()


def refuse(session: Session, row: GenotypeExport, reason: str, by: User) -> None:
    """Refuse it for good; whoever still needs it asks anew."""
    _check_decider(row, by)
    if not reason.strip():
        raise ExportRefusedError(N_("Write why."))
    with because(session, reason):
        row.decision_reason = reason
        _decide(row, ExportState.REFUSED, by)
        session.flush()


def _check_decider(row: GenotypeExport, by: User) -> None:
    if row.state is not ExportState.ASKED:
        raise ExportRefusedError(N_("Somebody has decided on this export already."))
    if row.asked_by.person_id == by.person_id:
        raise ExportRefusedError(N_("Another person than the one who asked must decide."))


def _decide(row: GenotypeExport, state: ExportState, by: User) -> None:
    row.state, row.decided_at, row.decided_by = state, now(), by


def fetch(session: Session, scope: Scope, number: str) -> Fetched | Refused | None:
    """Write the file of what may leave now, counted and on record; None outside ``scope``.

    Returns Refused where the hour's budget is too small. Raises ExportRefusedError where it is not
    released, expired, somebody else's or empty, and KinshipError as ``content_of``.
    """
    row = export_by_number(session, scope, number)
    if row is None:
        return None
    _check_fetching(row, scope)
    content = content_of(session, row)
    if not content.typed:
        raise ExportRefusedError(N_("Nothing is left that may leave: no verified profile."))
    entry = Entry(row.number, row.purpose, {"file": row.file, "recipient": row.recipient})
    refused = charge(session, scope, len(content.typed), entry)
    if refused is not None:
        return refused
    row.fetched, row.fetched_at = row.fetched + 1, now()
    return Fetched(f"{row.number}.{row.file.value}", written(row.file, row.number, content))


def _check_fetching(row: GenotypeExport, scope: Scope) -> None:
    if row.asked_by.person_id != scope.person_id:
        raise ExportRefusedError(N_("Only who asked for it may fetch it."))
    if row.state is not ExportState.RELEASED:
        raise ExportRefusedError(N_("Nobody has released it."))
    if not row.is_open_on(now().date()):
        raise ExportRefusedError(N_("The last day to fetch it is over. Ask anew."))

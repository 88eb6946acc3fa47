"""Two missing persons who may be one: linked or told apart by a person, and either taken back.

A link moves the reports of one person to the other, whole and unchanged, so that everything that
reads a person reads both families; contradictions between them stay and show. Undoing it gives
each their own back.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.audit.reasons import because
from caseman.database import now
from caseman.reports.codes import OPEN_STATUSES, MissingPersonStatus, SameFinding, TriageState
from caseman.reports.errors import LinkedOnError, NotOpenError, ReasonMissingError
from caseman.reports.models import AnteMortemReport, MissingPerson, SamePersonFinding
from caseman.reports.queries.same import finding_between, link_of
from caseman.reports.services.consent import heed_refusals
from caseman.reports.services.names import index_names_of
from caseman.reports.services.summary import end_search, summarise, touch

DUPLICATE = MissingPersonStatus.CLOSED_DUPLICATE


def link_same(
    session: Session, kept: MissingPerson, closed: MissingPerson, reason: str, by: User | None
) -> SamePersonFinding:
    """Hold the two to be one: the search for ``kept`` goes on with the reports of both.

    Where it is over already, its reports stay as they were when that was decided.
    """
    _may_be_judged(session, kept, closed, reason)
    if closed.status not in OPEN_STATUSES or kept.status is DUPLICATE:
        raise NotOpenError
    row = _finding(SameFinding.SAME, kept, closed, reason, by)
    row.kept_id, row.status_before = kept.id, closed.status
    with because(session, reason):
        session.add(row)
        if kept.status in OPEN_STATUSES:
            row.moved = [report.number for report in closed.reports]
            for report in list(closed.reports):
                report.missing_person = kept
                if report.triage is TriageState.NEW:
                    report.triage, report.triage_note = TriageState.DUPLICATE, reason
        end_search(closed, DUPLICATE, reason)
        closed.duplicate_of_id = kept.id
        _renew(session, kept)
    return row


def tell_apart(
    session: Session, one: MissingPerson, other: MissingPerson, reason: str, by: User | None
) -> SamePersonFinding:
    """Hold the two to be two persons: they are proposed no more."""
    _may_be_judged(session, one, other, reason)
    row = _finding(SameFinding.TWO, one, other, reason, by)
    with because(session, reason):
        session.add(row)
        session.flush()
    return row


def end_finding(session: Session, row: SamePersonFinding, reason: str, by: User | None) -> None:
    """Take back what was made of two persons; a link that is undone gives both what was theirs."""
    if not reason.strip():
        raise ReasonMissingError
    if row.undone_at is not None:
        raise NotOpenError
    with because(session, reason):
        if row.finding is SameFinding.SAME:
            _unlink(session, row)
        row.undone_at, row.undone_by, row.undone_reason = now(), by, reason
        session.flush()


def end_link_of(session: Session, person: MissingPerson, reason: str, by: User | None) -> bool:
    """Undo the link by which ``person`` is held to be another; return whether there was one."""
    row = link_of(session, person)
    if row is None:
        return False
    end_finding(session, row, reason, by)
    return True


def _may_be_judged(session: Session, one: MissingPerson, other: MissingPerson, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissingError
    if one is other or one.operation_id != other.operation_id:
        raise NotOpenError
    if finding_between(session, one, other) is not None:
        raise NotOpenError


def _finding(
    finding: SameFinding, one: MissingPerson, other: MissingPerson, reason: str, by: User | None
) -> SamePersonFinding:
    first, second = sorted((one, other), key=lambda person: person.id)
    return SamePersonFinding(
        one=first, another=second, finding=finding, reason=reason, decided_by=by, moved=[]
    )


def _unlink(session: Session, row: SamePersonFinding) -> None:
    kept = row.one if row.kept_id == row.one_id else row.another
    closed = row.other_than(kept)
    query = sa.select(AnteMortemReport).where(AnteMortemReport.number.in_(row.moved))
    reports = session.scalars(query.order_by(AnteMortemReport.id)).all()
    if any(report.missing_person_id != kept.id for report in reports):
        raise LinkedOnError(kept.number)
    for report in reports:
        report.missing_person = closed
        if report.triage is TriageState.DUPLICATE:
            report.triage, report.triage_note = TriageState.NEW, ""
    if closed.status is DUPLICATE:
        closed.status = row.status_before or MissingPersonStatus.REPORTED
        closed.closed_at, closed.closed_reason, closed.duplicate_of_id = None, "", None
    _renew(session, kept, closed)


def _renew(session: Session, *persons: MissingPerson) -> None:
    session.flush()
    for person in persons:
        session.refresh(person, ["reports"])
        summarise(person)
        touch(person)
        heed_refusals(session, person)
    index_names_of(session, persons)

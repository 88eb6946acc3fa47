"""What families agree to, purpose by purpose; every answer counts from the moment it is given.

Nobody but this office reads a report unless its family says so. Where two families told of one
person the more restrictive one wins: a partner one of them refuses reads neither report, and no
DNA is compared while one of them wants none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import Team, User
from caseman.audit.reasons import because
from caseman.coding import Language
from caseman.database import now
from caseman.reports.codes import AdditionKind, ConsentPurpose
from caseman.reports.drafts import Asked, NewInformant
from caseman.reports.errors import NotOpenError
from caseman.reports.models import (
    AnteMortemReport,
    Informant,
    MissingPerson,
    ReportAddition,
    ReportConsent,
    ReportSharing,
)
from caseman.reports.queries.sharing import open_sharings
from caseman.reports.services.registration import informant_of, write_informant
from caseman.reports.services.sharing import Consent, share, stop_sharing

REACHED = ("phone", "contact", "safe_contact")
"""What a family may change of how it is reached."""
CONSENT_VERSION = 1
"""Of the words in which the questions are asked; a new wording is a new number."""


@dataclass(frozen=True, slots=True)
class Teller:
    """How an answer came: in which language, in what words, written down by whom."""

    language: Language | None
    text: str
    """In words, for whoever reads later why a report is open."""
    by: User | None = None
    """None where the family answered itself."""


def consents_now(session: Session, report: AnteMortemReport) -> dict[Asked, ReportConsent]:
    """Return the answers in force by question."""
    query = sa.select(ReportConsent).where(
        ReportConsent.report_id == report.id, ReportConsent.ended_at.is_(None)
    )
    return {Asked(row.purpose, row.team_id): row for row in session.scalars(query)}


def say_consent(
    session: Session, report: AnteMortemReport, said: Mapping[Asked, bool], teller: Teller
) -> bool:
    """Record what differs from the answers in force; return whether anything did.

    Partners are let in and shut out at once. Raises NotOpenError where the report is withdrawn.
    """
    if report.withdrawn_at is not None:
        raise NotOpenError
    held = consents_now(session, report)
    new = {
        asked: is_given
        for asked, is_given in said.items()
        if asked not in held or held[asked].is_given is not is_given
    }
    with because(session, teller.text):
        for asked, is_given in new.items():
            if asked in held:
                held[asked].ended_at = now()
            session.add(_answer(report, asked, teller, is_given=is_given))
        session.flush()
        _let_partners_in(session, report, said, teller)
        heed_refusals(session, report.missing_person)
        session.flush()
    return bool(new)


def _answer(
    report: AnteMortemReport, asked: Asked, teller: Teller, *, is_given: bool
) -> ReportConsent:
    return ReportConsent(
        report=report,
        purpose=asked.purpose,
        team_id=asked.team_id,
        is_given=is_given,
        form_version=CONSENT_VERSION,
        language=teller.language,
        recorded_by=teller.by,
    )


def _let_partners_in(
    session: Session, report: AnteMortemReport, said: Mapping[Asked, bool], teller: Teller
) -> None:
    reading: dict[int, ReportSharing] = {row.team_id: row for row in open_sharings(session, report)}
    for asked, is_given in said.items():
        if asked.team_id is None:
            continue
        row = reading.get(asked.team_id)
        if is_given and row is None:
            team = session.get_one(Team, asked.team_id)
            share(session, report, team, Consent(now().date(), teller.text))
        elif not is_given and row is not None:
            stop_sharing(session, row, teller.text)


def heed_refusals(session: Session, person: MissingPerson) -> None:
    """Stop or allow the comparison of DNA, as every family that reported ``person`` now says."""
    query = (
        sa.select(ReportConsent.id)
        .join(ReportConsent.report)
        .where(
            AnteMortemReport.missing_person_id == person.id,
            AnteMortemReport.withdrawn_at.is_(None),
            ReportConsent.purpose == ConsentPurpose.DNA,
            ReportConsent.is_given.is_(False),
            ReportConsent.ended_at.is_(None),
        )
    )
    is_refused = session.scalar(query.limit(1)) is not None
    if bool(person.dna_refused) is not is_refused:
        person.dna_refused = True if is_refused else None


def change_contact(session: Session, report: AnteMortemReport, told: NewInformant) -> bool:
    """Change how the family is reached; what is empty stays. Return whether anything differs."""
    held = report.informant
    known = NewInformant() if held is None else contact_of(held)
    said = {name: value for name in REACHED if (value := getattr(told, name))}
    wanted = replace(known, may_contact=told.may_contact, **said)
    if wanted == known:
        return False
    if held is None:
        report.informant = informant_of(session, wanted)
    else:
        write_informant(session, held, wanted)
    session.flush()
    return True


def contact_of(informant: Informant) -> NewInformant:
    """Return what is on record of who told."""
    return NewInformant(
        informant.relation,
        informant.name or "",
        informant.phone or "",
        informant.contact or "",
        informant.safe_contact or "",
        may_contact=informant.may_contact,
    )


def note_for_staff(report: AnteMortemReport, kind: AdditionKind, text: str = "") -> None:
    """Put what the family did before those who sort reports."""
    report.additions.append(ReportAddition(kind=kind, text=text))

"""The family tree of a missing person, consent, and samples for comparison."""

from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.audit.reasons import because
from caseman.coding import N_
from caseman.database import now
from caseman.laboratory.services import withdraw_source
from caseman.reports.codes import ONLY_ONE, SEX_OF_KIN, THROUGH, Bond
from caseman.reports.drafts import ConsentGiven, RelativeFacts, SampleTaken
from caseman.reports.errors import ConsentError, KinRefusedError, ReasonMissingError
from caseman.reports.models import DnaConsent, MissingPerson, ReferenceSample, Relative
from caseman.sites.drawn import new_code

SAMPLE = "DS-"


def add_relative(session: Session, person: MissingPerson, facts: RelativeFacts) -> Relative:
    """Add a member to the tree of ``person``."""
    highest = sa.select(sa.func.max(Relative.ordinal)).where(
        Relative.missing_person_id == person.id
    )
    row = Relative(missing_person=person, ordinal=(session.scalar(highest) or 0) + 1)
    with session.no_autoflush:
        _describe(session, row, facts)
    session.add(row)
    session.flush()
    return row


def correct_relative(session: Session, row: Relative, facts: RelativeFacts) -> None:
    """Bring ``row`` to what ``facts`` say; the trail keeps what stood there before."""
    with session.no_autoflush:
        _describe(session, row, facts)
    session.flush()


def _describe(session: Session, row: Relative, facts: RelativeFacts) -> None:
    others = session.scalars(
        sa.select(Relative).where(Relative.missing_person_id == row.missing_person.id)
    ).all()
    others = [each for each in others if each is not row]
    _check_kin(facts, others)
    row.kin, row.note, row.through_id = facts.kin, facts.note, facts.through_id
    row.bond, row.living = facts.bond, facts.living
    row.own_record_id = facts.own_record_id
    row.sex = SEX_OF_KIN.get(facts.kin, facts.sex)
    row.name = facts.name or None


def _check_kin(facts: RelativeFacts, others: list[Relative]) -> None:
    is_only_one = facts.kin in ONLY_ONE and facts.bond in {None, Bond.BIRTH}
    if is_only_one and any(each.kin is facts.kin and each.is_by_birth for each in others):
        raise KinRefusedError(
            N_("The tree has one already: %(kin)s. Correct that entry."), kin=facts.kin
        )
    if facts.through_id is None:
        return
    through = next((each for each in others if each.id == facts.through_id), None)
    if through is None or through.kin not in THROUGH.get(facts.kin, frozenset()):
        raise KinRefusedError(
            N_("“%(kin)s” cannot be related through that person. Choose another one, or nobody."),
            kin=facts.kin,
        )


def take_sample(
    session: Session,
    relative: Relative,
    taken: SampleTaken,
    consent: ConsentGiven | None,
    by: User | None,
) -> ReferenceSample:
    """Record a sample; a first one, or one after a withdrawal, comes with its consent."""
    if relative.missing_person.dna_refused:
        raise ConsentError(
            N_("A family that reported this person wants no DNA compared. Speak with it first.")
        )
    held = relative.given_consent
    if consent is not None:
        if held is not None:
            raise ConsentError(N_("A consent is in force already."))
        held = DnaConsent(**asdict(consent), recorded_by=by)
        relative.consents.append(held)
    if held is None:
        raise ConsentError(N_("Nothing is taken without consent. Record the consent first."))
    row = ReferenceSample(number=SAMPLE + new_code(), consent=held, **asdict(taken))
    relative.samples.append(row)
    session.flush()
    return row


def withdraw_consent(session: Session, consent: DnaConsent, reason: str, by: User | None) -> None:
    """Withdraw ``consent``: in the same moment nothing of this person is compared any more."""
    if not reason.strip():
        raise ReasonMissingError
    if consent.withdrawn_at is not None:
        raise ConsentError(N_("This consent is withdrawn already."))
    with because(session, reason):
        consent.withdrawn_at, consent.withdrawn_reason = now(), reason
        relative = consent.relative
        if relative.source is not None:
            withdraw_source(session, relative.source, by)
            relative.source = None

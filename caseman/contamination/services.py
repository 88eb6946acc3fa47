"""Entering people into the staff register, and taking them out of every comparison."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.audit.reasons import because
from caseman.coding import N_
from caseman.contamination.codes import Activity
from caseman.contamination.models import StaffMember, StaffSample
from caseman.database import DomainError, now
from caseman.laboratory.codes import ConsentManner, SampleMaterial
from caseman.laboratory.services import withdraw_source
from caseman.sites.drawn import new_code

MEMBER = "ST-"
SAMPLE = "SS-"


class StaffRefusedError(DomainError):
    """Nothing can be done with this entry so."""


@dataclass(frozen=True, slots=True)
class NewMember:
    """Who it is, and to what they agreed."""

    name: str
    activity: Activity
    given_on: date
    manner: ConsentManner
    consent_text: str


@dataclass(frozen=True, slots=True)
class StaffSampleTaken:
    """What somebody gave."""

    material: SampleMaterial
    taken_on: date
    taken_by: str


def register(
    session: Session,
    operation_id: int,
    new: NewMember,
    taken: StaffSampleTaken,
    by: User | None,
) -> StaffMember:
    """Enter somebody with consent and a first sample: without either there is nothing to keep."""
    member = StaffMember(
        number=MEMBER + new_code(), operation_id=operation_id, registered_by=by, **asdict(new)
    )
    session.add(member)
    take_sample(session, member, taken)
    return member


def take_sample(session: Session, member: StaffMember, taken: StaffSampleTaken) -> StaffSample:
    """Record a sample; raise StaffRefusedError where consent is withdrawn."""
    if member.withdrawn_at is not None:
        raise StaffRefusedError(N_("Consent is withdrawn: nothing of it may be stored."))
    row = StaffSample(number=SAMPLE + new_code(), **asdict(taken))
    member.samples.append(row)
    session.flush()
    return row


def withdraw(session: Session, member: StaffMember, reason: str, by: User | None) -> None:
    """Withdraw consent: genotypes and their key are destroyed, and nothing is compared any more."""
    if not reason.strip():
        raise StaffRefusedError(N_("Write why."))
    if member.withdrawn_at is not None:
        raise StaffRefusedError(N_("This consent is withdrawn already."))
    with because(session, reason):
        member.withdrawn_at, member.withdrawn_reason = now(), reason
        if member.source is not None:
            withdraw_source(session, member.source, by)
        session.flush()

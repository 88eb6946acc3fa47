"""The steps of a coded sample, from its code to its result."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.coding import N_
from caseman.database import DomainError, now
from caseman.laboratory.codes import BY_HAND, NEEDS_REASON, STEPS, SpecimenStatus
from caseman.laboratory.models import DnaSource, Specimen, SpecimenEvent
from caseman.laboratory.services.shredding import destroy_genotypes


class StepRefusedError(DomainError):
    """The step cannot follow where the coded sample stands."""


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, on which day, by whom."""

    status: SpecimenStatus
    happened_on: date
    by: User | None
    note: str = ""


def record(specimen: Specimen, step: Step) -> None:
    """Bring ``specimen`` to the state that ``step`` leads to; the step is kept for ever."""
    specimen.status = step.status
    specimen.events.append(
        SpecimenEvent(status=step.status, happened_on=step.happened_on, by=step.by, note=step.note)
    )


def advance(session: Session, specimen: Specimen, step: Step) -> None:
    """Take the next step; raise ``StepRefusedError`` where it does not follow or lacks a word."""
    if step.status not in STEPS[specimen.status] & BY_HAND:
        raise StepRefusedError(
            N_("%(code)s stands at “%(now)s”; “%(next)s” cannot follow."),
            code=specimen.code,
            now=specimen.status,
            next=step.status,
        )
    if step.status in NEEDS_REASON and not step.note.strip():
        raise StepRefusedError(N_("Write why there is no result: what was seen or measured."))
    record(specimen, step)
    session.flush()


def withdraw_source(session: Session, source: DnaSource, by: User | None) -> None:
    """Take everything of ``source`` out of every comparison, and destroy its genotypes."""
    if source.withdrawn_at is not None:
        return
    source.withdrawn_at = now()
    destroy_genotypes(session, source)
    for specimen in source.specimens:
        record(specimen, Step(SpecimenStatus.WITHDRAWN, now().date(), by))
    session.flush()

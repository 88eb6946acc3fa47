"""Putting coded samples together for a laboratory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.coding import N_
from caseman.database import DomainError, now
from caseman.laboratory.codes import SpecimenStatus
from caseman.laboratory.holders import Waiting
from caseman.laboratory.models import DnaSource, Specimen, Submission
from caseman.laboratory.services.working import Step, StepRefusedError, record
from caseman.sites.drawn import new_code


class EmptySubmissionError(DomainError):
    """A submission needs samples, all of one operation."""


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """Where samples go, and which."""

    laboratory: str
    note: str
    samples: Sequence[Waiting]


def prepare(session: Session, new: NewSubmission, by: User | None) -> Submission:
    """Draw a code for each sample and write it down beside the sample.

    Samples of one person get one source, so that their results can be put together; the codes
    themselves tell nothing.
    """
    operations = {sample.operation_id for sample in new.samples}
    if len(operations) != 1:
        raise EmptySubmissionError(
            N_("Choose at least one sample, and only samples of one operation.")
        )
    submission = Submission(
        number=f"L-{new_code()}",
        operation_id=operations.pop(),
        laboratory=new.laboratory,
        note=new.note,
        prepared_by=by,
    )
    session.add(submission)
    sources: dict[str, DnaSource] = {}
    for sample in new.samples:
        source = sample.source or sources.get(sample.subject) or _source(sample)
        sources[sample.subject] = source
        specimen = _specimen(submission, sample, source)
        session.add(specimen)
        record(specimen, Step(SpecimenStatus.CODED, now().date(), by))
        session.flush()
        sample.link(specimen)
    session.flush()
    return submission


def _source(sample: Waiting) -> DnaSource:
    return DnaSource(code=f"D-{new_code()}", operation_id=sample.operation_id, kind=sample.kind)


def _specimen(submission: Submission, sample: Waiting, source: DnaSource) -> Specimen:
    return Specimen(
        code=new_code(),
        operation_id=sample.operation_id,
        source=source,
        submission=submission,
        material=sample.material,
    )


def send(session: Session, submission: Submission, on: date, by: User | None) -> None:
    """Record that everything in ``submission`` left; what was withdrawn meanwhile stays here."""
    if submission.sent_on is not None:
        raise StepRefusedError(N_("%(number)s was sent already."), number=submission.number)
    submission.sent_on = on
    for specimen in submission.specimens:
        if specimen.status is SpecimenStatus.CODED:
            record(specimen, Step(SpecimenStatus.SENT, on, by))
    session.flush()

"""Genotypes: looked through before they are stored, stored sealed, verified by another person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.audit.reasons import because
from caseman.coding import N_
from caseman.database import DomainError, now
from caseman.laboratory.codes import SpecimenStatus
from caseman.laboratory.models import Specimen, TypingRun
from caseman.laboratory.queries import specimen_by_code
from caseman.laboratory.reading.tables import SampleRead
from caseman.laboratory.services.working import Step, record
from caseman.permissions import Scope
from caseman.sites.drawn import read_code
from caseman.values import Doubt

NOT_THERE: Final = frozenset({SpecimenStatus.CODED, SpecimenStatus.SENT, SpecimenStatus.REFUSED})


class RunRefusedError(DomainError):
    """A run cannot be verified or rejected so."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """One sample of a table: what would be stored, what is left out, or why none of it is."""

    read: SampleRead
    specimen: Specimen | None
    refusal: Doubt | None


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What is said of all samples of a table together."""

    kit: str
    label: str
    typed_on: date


def preview(session: Session, scope: Scope, samples: Iterable[SampleRead]) -> list[Previewed]:
    """Return what an import of ``samples`` would do with each."""
    seen: set[str] = set()
    rows = []
    for sample in samples:
        rows.append(_previewed(session, scope, sample, seen))
        seen.add(sample.name)
    return rows


def _previewed(session: Session, scope: Scope, sample: SampleRead, seen: set[str]) -> Previewed:
    code = read_code(sample.name)
    specimen = specimen_by_code(session, scope, code) if code else None
    return Previewed(sample, specimen, _refusal(sample, specimen, seen))


def _refusal(sample: SampleRead, specimen: Specimen | None, seen: set[str]) -> Doubt | None:
    if specimen is None:
        return Doubt(N_("No coded sample here bears this name."))
    if sample.name in seen:
        return Doubt(N_("The sample stands twice in the table."))
    if specimen.source.withdrawn_at is not None:
        return Doubt(N_("Consent is withdrawn: nothing of it may be stored."))
    if specimen.status in NOT_THERE:
        return Doubt(N_("It is not recorded as received yet."))
    if not sample.genotype:
        return Doubt(N_("None of its markers can be taken."))
    return None


def import_runs(
    session: Session, rows: Sequence[Previewed], facts: RunFacts, by: User
) -> list[TypingRun]:
    """Store one run for each sample that is not refused; each waits for a second analyst."""
    runs = []
    for row in rows:
        if row.specimen is None or row.refusal is not None:
            continue
        run = TypingRun(
            specimen=row.specimen,
            kit=facts.kit,
            label=facts.label,
            typed_on=facts.typed_on,
            markers=len(row.read.genotype),
            imported_by=by,
        )
        run.genotype = {marker: list(alleles) for marker, alleles in row.read.genotype.items()}
        session.add(run)
        if row.specimen.status is not SpecimenStatus.TYPED:
            record(row.specimen, Step(SpecimenStatus.TYPED, facts.typed_on, by, facts.label))
        runs.append(run)
    session.flush()
    return runs


def verify(session: Session, run: TypingRun, by: User) -> None:
    """Put ``run`` in force, as another person than who imported it."""
    _check_second(run, by)
    run.verified_at, run.verified_by = now(), by
    if run.specimen.status is SpecimenStatus.TYPED:
        record(run.specimen, Step(SpecimenStatus.RESULT, now().date(), by))
    session.flush()


def reject(session: Session, run: TypingRun, reason: str, by: User) -> None:
    """Refuse ``run`` with a reason; it stays on record and is never compared."""
    _check_second(run, by)
    if not reason.strip():
        raise RunRefusedError(N_("Write why the run is rejected."))
    with because(session, reason):
        run.rejected_reason = reason
        run.rejected_at, run.verified_by = now(), by
        if run.specimen.status is SpecimenStatus.TYPED:
            step = Step(SpecimenStatus.EXTRACTED, now().date(), by, reason)
            record(run.specimen, step)


def _check_second(run: TypingRun, by: User) -> None:
    if run.verified_at is not None or run.rejected_at is not None:
        raise RunRefusedError(N_("Somebody has looked at this run already."))
    if run.specimen.source.withdrawn_at is not None:
        raise RunRefusedError(N_("Consent is withdrawn: nothing of it may be used."))
    if run.imported_by.person_id == by.person_id:
        raise RunRefusedError(N_("Another person than the one who imported it must look at it."))

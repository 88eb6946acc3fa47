"""Reads of the laboratory, each within a scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman.laboratory.codes import SpecimenStatus
from caseman.laboratory.models import (
    DnaSource,
    FrequencyTable,
    LaboratorySettings,
    Specimen,
    Submission,
    TypingRun,
)
from caseman.permissions import Permission, Scope
from caseman.sites.scope import within_operations

S = TypeVar("S", bound=sa.Select[Any])


@dataclass(frozen=True, slots=True)
class SpecimenFilter:
    """What a list of specimens is narrowed to."""

    code: str = ""
    status: SpecimenStatus | None = None


def _open(statement: S, operation_id: Any, scope: Scope) -> S:  # noqa: ANN401 - a mapped column
    if not scope.may(Permission.LABORATORY_READ):
        return statement.where(sa.false())
    return within_operations(statement, operation_id, scope)


def specimens(scope: Scope, wanted: SpecimenFilter | None = None) -> sa.Select[Specimen]:
    """Return the selection of coded samples within ``scope`` that fit ``wanted``."""
    statement = _open(sa.select(Specimen), Specimen.operation_id, scope)
    statement = statement.options(joinedload(Specimen.source), joinedload(Specimen.submission))
    if wanted and wanted.code:
        statement = statement.where(Specimen.code == wanted.code)
    if wanted and wanted.status is not None:
        statement = statement.where(Specimen.status == wanted.status)
    return statement


def specimen_by_code(session: Session, scope: Scope, code: str) -> Specimen | None:
    """Return the coded sample with its steps, or None where it is outside ``scope``."""
    statement = specimens(scope, SpecimenFilter(code=code)) if code else None
    if statement is None:
        return None
    return session.scalar(
        statement.options(selectinload(Specimen.events), selectinload(Specimen.runs))
    )


def submissions(scope: Scope) -> sa.Select[Submission]:
    """Return the selection of submissions within ``scope``."""
    statement = _open(sa.select(Submission), Submission.operation_id, scope)
    return statement.options(selectinload(Submission.specimens))


def submission_by_number(session: Session, scope: Scope, number: str) -> Submission | None:
    """Return the submission, or None where it is outside ``scope``."""
    return session.scalar(submissions(scope).where(Submission.number == number))


def _runs(scope: Scope) -> sa.Select[TypingRun]:
    statement = sa.select(TypingRun).join(TypingRun.specimen)
    statement = _open(statement, Specimen.operation_id, scope)
    if not scope.may(Permission.GENOTYPE_READ):
        return statement.where(sa.false())
    return statement.options(
        joinedload(TypingRun.specimen).joinedload(Specimen.source),
        joinedload(TypingRun.imported_by),
    )


def runs_waiting(scope: Scope) -> sa.Select[TypingRun]:
    """Return the selection of runs that wait for a second analyst, the oldest first."""
    waiting = (TypingRun.verified_at.is_(None), TypingRun.rejected_at.is_(None))
    living = Specimen.source.has(DnaSource.withdrawn_at.is_(None))
    return _runs(scope).where(*waiting, living).order_by(TypingRun.id)


def run_by_id(session: Session, scope: Scope, run_id: int) -> TypingRun | None:
    """Return the run, or None where it is outside ``scope``."""
    return session.scalar(_runs(scope).where(TypingRun.id == run_id))


def source_by_code(session: Session, scope: Scope, code: str) -> DnaSource | None:
    """Return the source, or None where it is outside ``scope``."""
    statement = _open(sa.select(DnaSource), DnaSource.operation_id, scope)
    return session.scalar(statement.where(DnaSource.code == code))


def verified_runs(session: Session, source: DnaSource) -> Sequence[TypingRun]:
    """Return the runs of ``source`` that count, the oldest first: verified and not set aside."""
    statement = sa.select(TypingRun).join(TypingRun.specimen)
    statement = statement.where(
        Specimen.source_id == source.id,
        TypingRun.verified_at.is_not(None),
        TypingRun.set_aside_at.is_(None),
    )
    return session.scalars(statement.order_by(TypingRun.id)).all()


def frequency_tables(session: Session, scope: Scope) -> Sequence[FrequencyTable]:
    """Return the tables of allele frequencies within ``scope``, the newest first."""
    statement = _open(sa.select(FrequencyTable), FrequencyTable.operation_id, scope)
    statement = statement.options(joinedload(FrequencyTable.operation))
    return session.scalars(statement.order_by(FrequencyTable.id.desc())).all()


def frequency_table(session: Session, scope: Scope, table_id: int) -> FrequencyTable | None:
    """Return one table, or None where it is outside ``scope``."""
    statement = _open(sa.select(FrequencyTable), FrequencyTable.operation_id, scope)
    return session.scalar(statement.where(FrequencyTable.id == table_id))


def settings_by_operation(session: Session, scope: Scope) -> dict[int, LaboratorySettings]:
    """Return how DNA is weighed, by operation within ``scope``; some may have nothing set."""
    statement = _open(sa.select(LaboratorySettings), LaboratorySettings.operation_id, scope)
    people = (joinedload(LaboratorySettings.set_by), joinedload(LaboratorySettings.table))
    return {row.operation_id: row for row in session.scalars(statement.options(*people))}

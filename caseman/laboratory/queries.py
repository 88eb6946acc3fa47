"""Reads of the laboratory, each within a scope."""

from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman.laboratory.codes import SpecimenStatus
from caseman.laboratory.models import Specimen, Submission
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
    return session.scalar(statement.options(selectinload(Specimen.events)))


def submissions(scope: Scope) -> sa.Select[Submission]:
    """Return the selection of submissions within ``scope``."""
    statement = _open(sa.select(Submission), Submission.operation_id, scope)
    return statement.options(selectinload(Submission.specimens))


def submission_by_number(session: Session, scope: Scope, number: str) -> Submission | None:
    """Return the submission, or None where it is outside ``scope``."""
    return session.scalar(submissions(scope).where(Submission.number == number))

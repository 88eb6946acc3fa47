"""Reads of the staff register: names for whoever may link codes, codes for the laboratory."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman.contamination.models import StaffMember, StaffSample
from caseman.laboratory.codes import SourceKind
from caseman.laboratory.models import DnaSource, Specimen
from caseman.permissions import Permission, Scope
from caseman.sites.scope import within_operations


def members(scope: Scope) -> sa.Select[StaffMember]:
    """Return the selection of entries with their names, for those who may link codes."""
    statement = within_operations(sa.select(StaffMember), StaffMember.operation_id, scope)
    if not scope.may(Permission.CODE_LINK):
        return statement.where(sa.false())
    return statement.options(
        joinedload(StaffMember.source),
        selectinload(StaffMember.samples).joinedload(StaffSample.specimen),
    )


def member_by_number(session: Session, scope: Scope, number: str) -> StaffMember | None:
    """Return one entry, or None where it is outside ``scope``."""
    return session.scalar(members(scope).where(StaffMember.number == number))


def samples(scope: Scope) -> sa.Select[StaffSample]:
    """Return the selection of samples of staff within ``scope``, for those who may link codes."""
    statement = sa.select(StaffSample).join(StaffSample.member)
    statement = within_operations(statement, StaffMember.operation_id, scope)
    if not scope.may(Permission.CODE_LINK):
        return statement.where(sa.false())
    return statement.options(joinedload(StaffSample.member).joinedload(StaffMember.source))


def codes(scope: Scope) -> sa.Select[DnaSource]:
    """Return the selection of the codes of staff, which tell nothing of whom they are."""
    statement = within_operations(sa.select(DnaSource), DnaSource.operation_id, scope)
    if not scope.may(Permission.LABORATORY_READ):
        return statement.where(sa.false())
    runs = selectinload(DnaSource.specimens).selectinload(Specimen.runs)
    return statement.where(DnaSource.kind == SourceKind.STAFF).options(runs)

"""Reads of family trees and reference samples, each within a scope."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from caseman.permissions import Scope
from caseman.reports.models import MissingPerson, ReferenceSample, Relative
from caseman.reports.queries.scope import within


def relatives_of(session: Session, person: MissingPerson) -> Sequence[Relative]:
    """Return the tree of ``person`` with consents and samples, in the order of entry."""
    statement = sa.select(Relative).where(Relative.missing_person_id == person.id)
    parts = (
        selectinload(Relative.consents),
        selectinload(Relative.samples).joinedload(ReferenceSample.specimen),
        joinedload(Relative.missing_person),
    )
    return session.scalars(statement.options(*parts).order_by(Relative.ordinal)).all()


def own_records(session: Session, scope: Scope, tree: Iterable[Relative]) -> dict[int, str]:
    """Return the numbers, by id, of the records of their own that are within ``scope``."""
    ids = sorted({each.own_record_id for each in tree if each.own_record_id is not None})
    statement = within(sa.select(MissingPerson), scope).where(MissingPerson.id.in_(ids))
    return {row.id: row.number for row in session.scalars(statement)}


def reference_samples(scope: Scope) -> sa.Select[ReferenceSample]:
    """Return the selection of reference samples for missing persons within ``scope``."""
    statement = sa.select(ReferenceSample).join(ReferenceSample.relative)
    statement = within(statement.join(Relative.missing_person), scope)
    person = joinedload(ReferenceSample.relative).joinedload(Relative.missing_person)
    return statement.options(
        person,
        joinedload(ReferenceSample.relative).joinedload(Relative.source),
        joinedload(ReferenceSample.consent),
    )

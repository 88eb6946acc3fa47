"""Reads of what people made of two missing persons who may be one."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman.permissions import Scope
from caseman.reports.codes import SameFinding
from caseman.reports.models import (
    AnteMortemReport,
    Informant,
    MissingPerson,
    SamePersonFinding,
)
from caseman.reports.queries.scope import within
from caseman.reports.queries.search import search_names

MOST_ALIKE = 60
MOST_NAMES = 3


def finding_between(
    session: Session, one: MissingPerson, other: MissingPerson
) -> SamePersonFinding | None:
    """Return what is held of the two now, if anybody said."""
    first, second = sorted((one.id, other.id))
    return session.scalar(
        sa.select(SamePersonFinding).where(
            SamePersonFinding.one_id == first,
            SamePersonFinding.another_id == second,
            SamePersonFinding.undone_at.is_(None),
        )
    )


def findings_between(
    session: Session, one: MissingPerson, other: MissingPerson
) -> Sequence[SamePersonFinding]:
    """Return everything that was ever made of the two, the latest first."""
    first, second = sorted((one.id, other.id))
    query = sa.select(SamePersonFinding).where(
        SamePersonFinding.one_id == first, SamePersonFinding.another_id == second
    )
    query = query.options(
        joinedload(SamePersonFinding.decided_by), joinedload(SamePersonFinding.undone_by)
    )
    return session.scalars(query.order_by(SamePersonFinding.id.desc())).all()


def findings_of(session: Session, person: MissingPerson) -> Sequence[SamePersonFinding]:
    """Return what is held now of ``person`` and others, the latest first."""
    query = sa.select(SamePersonFinding).where(
        sa.or_(SamePersonFinding.one_id == person.id, SamePersonFinding.another_id == person.id),
        SamePersonFinding.undone_at.is_(None),
    )
    return session.scalars(query.order_by(SamePersonFinding.id.desc())).all()


def link_of(session: Session, person: MissingPerson) -> SamePersonFinding | None:
    """Return the link by which ``person`` is held to be somebody else, if there is one."""
    links = (each for each in findings_of(session, person) if each.finding is SameFinding.SAME)
    return next((each for each in links if each.kept_id != person.id), None)


def may_be_same(session: Session, scope: Scope, person: MissingPerson) -> list[MissingPerson]:
    """Return persons of the same operation whom a name or a telephone number brings to mind."""
    told = [report for report in person.reports if report.withdrawn_at is None]
    names = list(dict.fromkeys([person.name, *(each.name_full for each in told if each.name_full)]))
    found = [
        hit.person.id
        for name in names[:MOST_NAMES]
        for hit in search_names(session, scope, name, MOST_ALIKE).hits
    ]
    phones = {each.informant.phone_index for each in told if each.informant} - {None}
    if phones:
        bearing = sa.select(AnteMortemReport.missing_person_id).join(AnteMortemReport.informant)
        bearing = bearing.where(Informant.phone_index.in_(sorted(filter(None, phones))))
        found += session.scalars(bearing.limit(MOST_ALIKE))
    wanted = set(found) - {person.id}
    query = within(sa.select(MissingPerson), scope).where(
        MissingPerson.id.in_(wanted), MissingPerson.operation_id == person.operation_id
    )
    return list(session.scalars(query.order_by(MissingPerson.id)))

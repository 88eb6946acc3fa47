"""Reads of sites solved as one, each within a scope."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, selectinload

from caseman.identification.codes import Outcome
from caseman.identification.models import Decision, JointPair, JointRemains, JointSolution
from caseman.permissions import Scope
from caseman.remains.codes import RemainsKind
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson
from caseman.sites.models import Site
from caseman.sites.scope import within_sites


def solution_of(session: Session, site: Site) -> JointSolution | None:
    """Return what was solved for a site, if anything was; the caller has found the site."""
    return session.scalar(sa.select(JointSolution).where(JointSolution.site_id == site.id))


def bodies_of(solution: JointSolution) -> sa.Select[JointRemains]:
    """Return the selection of the bodies of a solution, with their candidates."""
    return (
        sa.select(JointRemains)
        .join(JointRemains.remains)
        .where(JointRemains.solution_id == solution.id)
        .options(
            contains_eager(JointRemains.remains),
            selectinload(JointRemains.pairs).joinedload(JointPair.missing_person),
        )
    )


def is_within(person: MissingPerson, scope: Scope) -> bool:
    """Say whether a person may be named within ``scope``."""
    return scope.everything or person.operation_id in scope.operation_ids


def by_person(session: Session, remains: Remains) -> Mapping[int, JointPair]:
    """Return, by missing person, what all bodies of the site say of the pairs of one."""
    rows = session.scalars(
        sa.select(JointPair)
        .join(JointRemains, JointRemains.id == JointPair.joint_remains_id)
        .where(JointRemains.remains_id == remains.id)
    )
    return {row.missing_person_id: row for row in rows}


def by_remains(session: Session, scope: Scope, person: MissingPerson) -> Mapping[int, JointPair]:
    """Return, by remains within ``scope``, what all bodies of their site say of one person."""
    statement = (
        sa.select(JointPair)
        .join(JointPair.body)
        .join(JointRemains.remains)
        .where(JointPair.missing_person_id == person.id)
        .options(contains_eager(JointPair.body))
    )
    rows = session.scalars(within_sites(statement, Remains.site_id, scope))
    return {row.body.remains_id: row for row in rows}


def competing_bodies(session: Session, site_id: int) -> list[int]:
    """Return the ids of the bodies of a site that are not identified: they compete for people."""
    identified = sa.select(Decision.remains_id).where(
        Decision.outcome == Outcome.IDENTIFIED, Decision.revoked_at.is_(None)
    )
    statement = sa.select(Remains.id).where(
        Remains.site_id == site_id,
        Remains.kind == RemainsKind.BODY,
        Remains.voided_at.is_(None),
        Remains.id.not_in(identified),
    )
    return [*session.scalars(statement.order_by(Remains.id))]


def remains_at(session: Session, site_id: int) -> int:
    """Return how many remains of a site are not voided."""
    statement = sa.select(sa.func.count()).select_from(Remains)
    here = statement.where(Remains.site_id == site_id, Remains.voided_at.is_(None))
    return session.scalar(here) or 0

"""Reads of candidates, pairings and decisions, each within a scope.

A pair is visible where its remains lie on a visible site *and* its person belongs to a visible
operation: knowing one side never shows the other.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload, selectinload

from caseman.custody.models import Exhibit
from caseman.effects.models import PersonalEffect
from caseman.identification.codes import (
    OPEN_STATES,
    Outcome,
    PairingState,
    ReleaseState,
    Step,
)
from caseman.identification.models import (
    Candidate,
    Decision,
    Pairing,
    PairingLine,
    Release,
    ReleasedEffect,
    Signature,
)
from caseman.permissions import Scope
from caseman.remains.models import Remains
from caseman.reports.models import MissingPerson
from caseman.sites.scope import visible_sites

S = TypeVar("S", bound=sa.Select[Any])


def within_pairs(
    statement: S,
    remains_id: InstrumentedAttribute[Any],
    person_id: InstrumentedAttribute[Any],
    scope: Scope,
) -> S:
    """Narrow ``statement`` to pairs both sides of which lie within ``scope``.

    Each pair is asked for its two sides: to list all that lie within costs a whole table.
    """
    if scope.everything:
        return statement
    remains, person = _sides()
    return statement.where(
        sa.exists().where(remains.id == remains_id, remains.site_id.in_(visible_sites(scope))),
        sa.exists().where(
            person.id == person_id, person.operation_id.in_(sorted(scope.operation_ids))
        ),
    )


@cache
def _sides() -> tuple[type[Remains], type[MissingPerson]]:
    """Return the aliases of both sides, made once: they cost more than the rest of a statement."""
    return aliased(Remains), aliased(MissingPerson)


def remains_by_number(session: Session, scope: Scope, number: str) -> Remains | None:
    """Return the remains, or None where they are outside ``scope``."""
    statement = sa.select(Remains).where(Remains.number == number)
    if not scope.everything:
        statement = statement.where(Remains.site_id.in_(visible_sites(scope)))
    return session.scalar(statement.options(joinedload(Remains.profile)))


def person_by_number(session: Session, scope: Scope, number: str) -> MissingPerson | None:
    """Return the missing person, or None where they are outside ``scope``."""
    statement = sa.select(MissingPerson).where(MissingPerson.number == number)
    if not scope.everything:
        statement = statement.where(MissingPerson.operation_id.in_(sorted(scope.operation_ids)))
    return session.scalar(statement)


def candidates_of_remains(session: Session, scope: Scope, remains: Remains) -> Sequence[Candidate]:
    """Return the candidates for ``remains``, best first, without those excluded since."""
    return _candidates(session, scope, Candidate.remains_id == remains.id, limit=20)


def candidates_of_person(
    session: Session, scope: Scope, person: MissingPerson
) -> Sequence[Candidate]:
    """Return the remains for which ``person`` is a candidate, best first."""
    return _candidates(session, scope, Candidate.missing_person_id == person.id, limit=20)


def numbers_of(
    session: Session, scope: Scope, remains_ids: set[int], person_ids: set[int]
) -> tuple[dict[int, str], dict[int, str]]:
    """Return by id the numbers of those remains and missing persons that lie within ``scope``."""
    remains = sa.select(Remains.id, Remains.number).where(Remains.id.in_(sorted(remains_ids)))
    persons = sa.select(MissingPerson.id, MissingPerson.number).where(
        MissingPerson.id.in_(sorted(person_ids))
    )
    if not scope.everything:
        remains = remains.where(Remains.site_id.in_(visible_sites(scope)))
        persons = persons.where(MissingPerson.operation_id.in_(sorted(scope.operation_ids)))
    return (
        {row.id: row.number for row in session.execute(remains)} if remains_ids else {},
        {row.id: row.number for row in session.execute(persons)} if person_ids else {},
    )


def _candidates(
    session: Session, scope: Scope, which: sa.ColumnElement[bool], *, limit: int
) -> Sequence[Candidate]:
    excluded = sa.select(Decision.id).where(
        Decision.remains_id == Candidate.remains_id,
        Decision.missing_person_id == Candidate.missing_person_id,
        Decision.outcome == Outcome.EXCLUDED,
        Decision.revoked_at.is_(None),
    )
    statement = (
        sa.select(Candidate)
        .where(which, ~excluded.exists())
        .options(
            joinedload(Candidate.remains).joinedload(Remains.profile),
            joinedload(Candidate.missing_person),
        )
        .order_by(Candidate.log10_lr.desc(), Candidate.id)
        .limit(limit)
    )
    statement = within_pairs(statement, Candidate.remains_id, Candidate.missing_person_id, scope)
    return session.scalars(statement).all()


def decisions_about(
    session: Session,
    scope: Scope,
    *,
    remains: Remains | None = None,
    person: MissingPerson | None = None,
) -> Sequence[Decision]:
    """Return every decision on one side of the pair, exclusions and revoked ones included."""
    statement = sa.select(Decision).order_by(Decision.id.desc())
    if remains is not None:
        statement = statement.where(Decision.remains_id == remains.id)
    if person is not None:
        statement = statement.where(Decision.missing_person_id == person.id)
    statement = within_pairs(statement, Decision.remains_id, Decision.missing_person_id, scope)
    options = (joinedload(Decision.remains), joinedload(Decision.missing_person))
    return session.scalars(statement.options(*options)).all()


def open_pairings_about(
    session: Session,
    scope: Scope,
    *,
    remains: Remains | None = None,
    person: MissingPerson | None = None,
) -> dict[tuple[int, int], Pairing]:
    """Return the open comparisons on one side, by (remains id, person id)."""
    statement = pairings(scope).where(Pairing.closed_at.is_(None))
    if remains is not None:
        statement = statement.where(Pairing.remains_id == remains.id)
    if person is not None:
        statement = statement.where(Pairing.missing_person_id == person.id)
    return {(row.remains_id, row.missing_person_id): row for row in session.scalars(statement)}


def pairings(scope: Scope) -> sa.Select[Pairing]:
    """Return the selection of comparisons within ``scope``."""
    return within_pairs(sa.select(Pairing), Pairing.remains_id, Pairing.missing_person_id, scope)


def pairing_by_number(session: Session, scope: Scope, number: str) -> Pairing | None:
    """Return a comparison with its lines and signatures, or None outside ``scope``."""
    statement = (
        pairings(scope)
        .where(Pairing.number == number)
        .options(
            joinedload(Pairing.remains),
            joinedload(Pairing.missing_person),
            joinedload(Pairing.decision),
            selectinload(Pairing.lines).joinedload(PairingLine.judged_by),
            selectinload(Pairing.signatures).joinedload(Signature.person),
        )
    )
    return session.scalar(statement)


def waiting_for(scope: Scope, steps: frozenset[Step]) -> sa.ColumnElement[bool]:
    """Return what is true of open comparisons whose next step is one of ``steps`` and not mine."""
    states = {state for state, step in NEXT_STEP.items() if step in steps}
    mine = sa.select(Signature.id).where(
        Signature.pairing_id == Pairing.id,
        Signature.person_id == scope.person_id,
        Signature.voided_at.is_(None),
    )
    return sa.and_(Pairing.state.in_(sorted(states)), ~mine.exists())


NEXT_STEP = {
    PairingState.COMPARISON_OPEN: Step.PROPOSER,
    PairingState.RETURNED: Step.PROPOSER,
    PairingState.PROPOSED: Step.REVIEWER,
    PairingState.REVIEWED: Step.FIRST_DECIDER,
    PairingState.DECIDING: Step.SECOND_DECIDER,
}
"""Whose signature an open case waits for."""


def in_states(states: frozenset[PairingState]) -> sa.ColumnElement[bool]:
    """Return what is true of the comparisons in one of ``states``."""
    return Pairing.state.in_(sorted(states))


def overdue(today: date) -> sa.ColumnElement[bool]:
    """Return what is true of the open comparisons whose time is over."""
    return sa.and_(in_states(OPEN_STATES), Pairing.due_on < today)


def decision_by_number(session: Session, scope: Scope, number: str) -> Decision | None:
    """Return a decision, or None outside ``scope``."""
    statement = sa.select(Decision).where(Decision.number == number)
    statement = within_pairs(statement, Decision.remains_id, Decision.missing_person_id, scope)
    return session.scalar(statement)


def release_by_number(session: Session, scope: Scope, number: str) -> Release | None:
    """Return a release, or None where its decision is outside ``scope``."""
    statement = sa.select(Release).join(Release.decision).where(Release.number == number)
    return session.scalar(
        within_pairs(statement, Decision.remains_id, Decision.missing_person_id, scope)
    )


def release_of_exhibit(session: Session, scope: Scope, exhibit: Exhibit) -> Release | None:
    """Return the last recorded release by which ``exhibit`` went to a family, within ``scope``."""
    with_remains = Release.remains_id.in_(
        sa.select(Remains.id).where(Remains.exhibit_id == exhibit.id)
    )
    with_effect = sa.exists().where(
        ReleasedEffect.release_id == Release.id,
        ReleasedEffect.effect_id == PersonalEffect.id,
        PersonalEffect.exhibit_id == exhibit.id,
    )
    statement = (
        sa.select(Release)
        .join(Release.decision)
        .where(
            Release.state == ReleaseState.RELEASED,
            sa.or_(with_remains, with_effect),
        )
        .order_by(Release.id.desc())
        .limit(1)
    )
    return session.scalar(
        within_pairs(statement, Decision.remains_id, Decision.missing_person_id, scope)
    )


def exhibits_of(release: Release) -> list[Exhibit]:
    """Return the bags that go to the family: of the remains, and of effects with their own."""
    bags = [release.remains.exhibit]
    bags += [each.effect.exhibit for each in release.effects if each.effect.exhibit is not None]
    return bags

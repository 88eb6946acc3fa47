"""Who of which family still waits to be told of an identification."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman.identification.codes import Outcome
from caseman.identification.models import Decision, FamilyNotification, RelativeToTell
from caseman.identification.queries import within_pairs
from caseman.permissions import Permission, Scope


def to_be_told(session: Session, scope: Scope) -> Sequence[Decision]:
    """Return the identifications in force of which somebody in the family is not told yet."""
    if not scope.may(Permission.FAMILY_NOTIFY):
        return []
    told = sa.exists().where(FamilyNotification.decision_id == Decision.id)
    waits = _waiting().where(RelativeToTell.decision_id == Decision.id).exists()
    statement = sa.select(Decision).where(
        Decision.outcome == Outcome.IDENTIFIED, Decision.revoked_at.is_(None), ~told | waits
    )
    statement = within_pairs(statement, Decision.remains_id, Decision.missing_person_id, scope)
    return session.scalars(statement.order_by(Decision.id)).all()


def relatives_to_tell(session: Session, decision: Decision) -> Sequence[RelativeToTell]:
    """Return who of the family was put down to be told, in the order in which they are told."""
    query = sa.select(RelativeToTell).where(RelativeToTell.decision_id == decision.id)
    query = query.options(joinedload(RelativeToTell.notification))
    return session.scalars(query.order_by(RelativeToTell.ordinal, RelativeToTell.id)).all()


def waiting_of(
    session: Session, decisions: Collection[Decision]
) -> Mapping[int, Sequence[RelativeToTell]]:
    """Return who waits to be told, by the id of the decision, the next one first."""
    ids = sorted(each.id for each in decisions)
    query = _waiting().where(RelativeToTell.decision_id.in_(ids))
    waiting: defaultdict[int, list[RelativeToTell]] = defaultdict(list)
    for row in session.scalars(query.order_by(RelativeToTell.ordinal, RelativeToTell.id)):
        waiting[row.decision_id].append(row)
    return waiting


def relative_of(session: Session, decision: Decision, relative_id: int) -> RelativeToTell | None:
    """Return one of the relatives who are to be told."""
    query = sa.select(RelativeToTell).where(
        RelativeToTell.id == relative_id, RelativeToTell.decision_id == decision.id
    )
    return session.scalars(query).first()


def _waiting() -> sa.Select[RelativeToTell]:
    return sa.select(RelativeToTell).where(
        RelativeToTell.notification_id.is_(None), RelativeToTell.left_out_at.is_(None)
    )

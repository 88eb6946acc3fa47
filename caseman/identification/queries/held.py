"""Units held to be of one person with some remains, and what was decided about each."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from caseman.identification.codes import Outcome
from caseman.identification.models import Decision
from caseman.identification.queries import decisions_about
from caseman.permissions import Scope
from caseman.remains.models import Remains
from caseman.remains.persons import of_one_person

SETTLED = frozenset({Outcome.IDENTIFIED, Outcome.EXCLUDED})


class HeldUnit(NamedTuple):
    """Another unit of what people hold to be one person."""

    remains: Remains
    decisions: Sequence[Decision]
    """Identifications and exclusions in force."""


def held_with(session: Session, scope: Scope, remains: Remains) -> list[HeldUnit]:
    """Return the other units within ``scope``, each with what is decided about it."""
    return [
        HeldUnit(
            unit, [each for each in decisions_about(session, scope, remains=unit) if _holds(each)]
        )
        for unit in of_one_person(session, scope, remains)
    ]


def _holds(decision: Decision) -> bool:
    return decision.revoked_at is None and decision.outcome in SETTLED

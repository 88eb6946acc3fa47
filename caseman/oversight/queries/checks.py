"""Reads of verifications of the trail."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from caseman.oversight.models import TrailCheck

SHOWN = 20


def latest(session: Session) -> Sequence[TrailCheck]:
    """Return the last verifications, newest first."""
    statement = sa.select(TrailCheck).options(joinedload(TrailCheck.asked_by))
    return session.scalars(statement.order_by(TrailCheck.id.desc()).limit(SHOWN)).all()

"""Ending one's own sessions elsewhere."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.accounts.models import ServerSession, User
from caseman.audit.codes import Action
from caseman.audit.recorder import note_act
from caseman.database import now


def end_others(session: Session, user: User, *, keep: int | None) -> None:
    """End every session of ``user`` except ``keep``."""
    others = sa.update(ServerSession).where(
        ServerSession.user_id == user.id,
        ServerSession.id != (keep or 0),
        ServerSession.ended_at.is_(None),
    )
    session.execute(others.values(ended_at=now()))
    note_act(session, Action.SIGN_OUT, user.username, reason="all other sessions")

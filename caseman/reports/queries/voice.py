"""What families told in their own voice."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseman.permissions import Scope
from caseman.reports.models import AnteMortemReport, VoiceNote
from caseman.reports.queries.scope import within


def voice_note(session: Session, scope: Scope, note_id: int) -> VoiceNote | None:
    """Return a recording of a report within ``scope``, unless the family took it back."""
    return session.scalars(_standing(scope).where(VoiceNote.id == note_id)).first()


def unheard_voices(session: Session, scope: Scope) -> list[VoiceNote]:
    """Return the recordings to which nobody listened yet, the oldest first."""
    query = _standing(scope).where(
        VoiceNote.heard_at.is_(None), AnteMortemReport.withdrawn_at.is_(None)
    )
    return list(session.scalars(query.order_by(VoiceNote.id).limit(100)))


def _standing(scope: Scope) -> sa.Select[VoiceNote]:
    query = sa.select(VoiceNote).join(VoiceNote.report)
    query = within(query.join(AnteMortemReport.missing_person), scope)
    return query.where(VoiceNote.taken_back_at.is_(None))

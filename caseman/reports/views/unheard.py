"""Recordings that wait until somebody listens: for those who may hear them."""

from caseman.permissions import Permission
from caseman.reports import queries
from caseman.reports.models import VoiceNote
from caseman.web.guards import current_scope, may
from caseman.web.unit_of_work import session


def unheard() -> list[VoiceNote]:
    """Return what the reader of this page may listen to and nobody heard yet."""
    return queries.unheard_voices(session, current_scope()) if may(Permission.CONTACT_READ) else []

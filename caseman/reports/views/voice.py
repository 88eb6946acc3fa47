"""Recordings of those who told: listening to one, and saying that somebody did."""

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from caseman.accounts.identity import own_account
from caseman.accounts.reading import opened
from caseman.media.sending import send_sound
from caseman.permissions import Permission
from caseman.reports import queries, services
from caseman.reports.models import VoiceNote
from caseman.reports.views.desk import reports
from caseman.web.guards import current_scope, requires
from caseman.web.unit_of_work import found, session


@reports.get("/voice/<int:note_id>")
@requires(Permission.REPORT_READ, beside=Permission.CONTACT_READ)
def voice(note_id: int) -> Response:
    note = _note(note_id)
    opened(note)
    name = f"{note.report.number}-{note.id}"
    return send_sound(services.sound_of(note), note.kind, name)


@reports.post("/voice/<int:note_id>/heard")
@requires(Permission.REPORT_WRITE, beside=Permission.CONTACT_READ)
def voice_heard(note_id: int) -> ResponseReturnValue:
    note = _note(note_id)
    services.mark_heard(note, own_account())
    return redirect(url_for("missing.show", number=note.report.missing_person.number))


def _note(note_id: int) -> VoiceNote:
    return found(queries.voice_note(session, current_scope(), note_id))

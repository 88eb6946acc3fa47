"""What families tell in their own voice."""

from base64 import b64decode, b64encode

from sqlalchemy.orm import Session

from caseman.accounts.models import User
from caseman.database import now
from caseman.media.sounds import Sound
from caseman.reports.errors import TooManyVoiceNotesError
from caseman.reports.models import AnteMortemReport, VoiceNote
from caseman.sealing.shredding import shred

MOST_VOICES = 5


def add_voice(
    session: Session, report: AnteMortemReport, sound: Sound | None, user_id: int | None = None
) -> None:
    """Keep a recording with ``report``, sealed; nothing happens where none came."""
    if sound is None:
        return
    if not has_room(report):
        raise TooManyVoiceNotesError
    row = VoiceNote(kind=sound.kind, size=len(sound.content), received_from_id=user_id)
    row.sound = b64encode(sound.content).decode()
    report.voice_notes.append(row)
    session.flush()


def has_room(report: AnteMortemReport) -> bool:
    """Say whether one more recording may be kept with ``report``."""
    return sum(each.taken_back_at is None for each in report.voice_notes) < MOST_VOICES


def sound_of(note: VoiceNote) -> bytes:
    """Return what was recorded."""
    return b64decode(note.sound or "")


def mark_heard(note: VoiceNote, by: User) -> None:
    """Record that somebody listened to a recording."""
    if note.heard_at is None:
        note.heard_at, note.heard_by_id = now(), by.id


def take_back(session: Session, note: VoiceNote) -> None:
    """Let nobody hear a recording any more: not those who keep it, nor from an older backup."""
    if note.taken_back_at is None:
        note.taken_back_at, note.sound = now(), None
        shred(session, [note.seal_subject])

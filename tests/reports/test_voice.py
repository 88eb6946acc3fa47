"""What families tell in their own voice: how it comes, who hears it, and how it goes again."""

from io import BytesIO

import pytest
import sqlalchemy as sa

from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.media.codes import SoundType
from caseman.media.errors import FileRefusedError
from caseman.media.sounds import LARGEST_SOUND, read_sound
from caseman.permissions import Role
from caseman.reports.models import VoiceNote
from caseman.reports.services.voice import MOST_VOICES
from caseman.web.headers import CONTENT_SECURITY_POLICY, HEADERS
from tests.factories import sounds
from tests.factories.accounts import make_operation, make_team
from tests.factories.media import pdf, photograph
from tests.reports.families import send

KINDS = {
    SoundType.WAV: sounds.wav(),
    SoundType.OGG: sounds.ogg(),
    SoundType.WEBM: sounds.webm(),
    SoundType.MP4: sounds.mp4(),
    SoundType.GPP: sounds.mp4(b"3gp4"),
    SoundType.AMR: b"#!AMR\n" + bytes(32),
    SoundType.MP3: sounds.mp3(),
}
FOREIGN = {
    "page": b"<!doctype html><script>alert(1)</script>",
    "picture": photograph(),
    "paper": pdf(),
    "other RIFF": b"RIFF\0\0\0\0AVI LIST",
    "other EBML": sounds.webm(b"\x42\x82\x84evil"),
    "video in Ogg": sounds.ogg(b"\x80theora"),
    "picture in MP4": sounds.mp4(b"heic"),
    "box beyond its end": sounds.mp4()[:-3],
    "box smaller than its head": sounds.box(b"ftyp", b"M4A \0\0\0\0") + b"\0\0\0\4moov",
    "one byte": b"\xff\xfb"[:1],
    "empty": b"",
    "too large": sounds.wav(bytes(LARGEST_SOUND)),
}


@pytest.fixture
def operation(sessions):
    with sessions.transaction() as session:
        return make_operation(session)


@pytest.fixture
def session(sessions):
    """For looking only, so that the pages may write meanwhile."""
    with sessions.read() as session:
        yield session


@pytest.fixture
def family(client, operation):
    client.set_cookie("lang", "en")
    send(client)
    return client


@pytest.fixture
def staff(client_as, sessions, operation):
    with sessions.transaction() as session:
        team = make_team(session, session.merge(operation))

    def of(role):
        other = client_as(role, team=team)
        other.set_cookie("lang", "en")
        return other

    return of


def add(client, content=None, name="Zqname.wav", path="/family/own", **typed):
    voice = (BytesIO(sounds.wav() if content is None else content), name)
    return send(client, path, voice=voice, **typed)


def notes(session):
    session.rollback()
    return session.scalars(sa.select(VoiceNote).order_by(VoiceNote.id)).all()


def trail(session, action):
    session.rollback()
    query = sa.select(AuditEntry).where(AuditEntry.table_name == "voice_note")
    return session.scalars(query.where(AuditEntry.action == action)).all()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_phones_record_is_recognised_by_its_first_bytes(kind):
    assert read_sound(KINDS[kind], "a.exe").kind is kind


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_anything_else_is_no_recording(content):
    with pytest.raises(FileRefusedError):
        read_sound(content, "voice.wav")


def test_a_box_in_a_box_in_a_box_stops_nothing():
    deep = b""
    for _ in range(3000):
        deep = sounds.box(b"moov", deep)
    start = sounds.box(b"ftyp", b"M4A \0\0\0\0")
    assert read_sound(start + deep, "a").content == start + deep


@pytest.mark.parametrize("kind", [SoundType.MP4, SoundType.GPP, SoundType.MP3])
def test_titles_and_places_are_taken_out(kind):
    kept = read_sound(KINDS[kind], "a").content
    assert sounds.PLACE in KINDS[kind]
    assert sounds.PLACE not in kept
    assert b"sound" in kept


def test_a_family_says_it_and_those_who_may_call_hear_it(family, staff, session):
    assert add(family, text="Listen, please.").status_code == 302
    (note,) = notes(session)
    assert (note.kind, note.received_from_id, note.heard_at) == (SoundType.WAV, None, None)
    assert "A recording of" in family.get("/family/own").text
    assert "Listen, please." in family.get("/family/own").text

    intake, address = staff(Role.INTAKE), f"/reports/voice/{note.id}"
    person = f"/missing/{note.report.missing_person.number}"
    assert note.report.number in intake.get("/reports").text.partition("not yet heard")[2]
    assert "1 recording of a family waits" in intake.get("/reports/calls").text
    shown = intake.get(person)
    assert f'src="{address}"' in shown.text
    assert shown.headers["Content-Security-Policy"] == (
        f"{CONTENT_SECURITY_POLICY}; media-src 'self'"
    )
    assert "autoplay" not in shown.text

    heard = intake.get(address, headers={"Range": "bytes=0-3"})
    assert (heard.status_code, heard.data) == (200, sounds.wav())
    told = {
        "Content-Type": "audio/wav",
        "Content-Disposition": f"attachment; filename={note.report.number}-{note.id}.wav",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Accept-Ranges": "none",
    }
    assert {name: heard.headers[name] for name in told} == told
    assert len(trail(session, Action.READ)) == 1

    assert intake.send(f"{address}/heard", {}).location == person
    assert notes(session)[0].heard_by_id
    assert "not yet heard" not in intake.get("/reports").text
    assert "waits until" not in intake.get("/reports/calls").text


def test_nothing_of_it_can_be_read_where_it_is_kept(family, session):
    add(family, sounds.wav(b"Zqvoice" * 9))
    (note,) = notes(session)
    assert b"Zqvoice" not in note.sound_sealed
    (made,) = trail(session, Action.CREATE)
    assert made.changes["sound_sealed"] == ["changed", "changed"]
    assert "Zqname" not in str(made.changes)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.BOARD, Role.EXAMINER, Role.PARTNER])
def test_who_may_not_know_who_told_does_not_hear_it(family, staff, session, role):
    add(family)
    (note,) = notes(session)
    other = staff(role)
    assert other.get(f"/reports/voice/{note.id}").status_code == 403
    assert "/reports/voice/" not in other.get(f"/missing/{note.report.missing_person.number}").text


def test_whoever_works_elsewhere_does_not_find_it(family, client_as, sessions, session):
    add(family)
    address = f"/reports/voice/{notes(session)[0].id}"
    with sessions.transaction() as elsewhere:
        team = make_team(elsewhere)
    stranger = client_as(Role.INTAKE, team=team)
    assert stranger.get(address).status_code == 404
    assert stranger.send(f"{address}/heard", {}).status_code == 404
    assert stranger.get("/reports/voice/9999").status_code == 404


def test_what_is_refused_loses_nothing_that_was_typed(family, session, monkeypatch):
    answer = add(family, b"<html>", "voice.wav", text="She limped.")
    assert answer.status_code == 422
    assert "She limped." in answer.text
    assert "“voice.wav” is not a file of an accepted kind" in answer.text
    assert notes(session) == []

    monkeypatch.setattr("caseman.media.sounds.LARGEST_SOUND", 60)
    large = add(family, text="She limped.")
    assert large.status_code == 422
    assert "Say it in two shorter recordings" in large.text


def test_a_report_holds_only_so_many(family, session):
    for _ in range(MOST_VOICES):
        assert add(family).status_code == 302
    answer = add(family, text="One more.")
    assert answer.status_code == 422
    assert "No more recordings can be kept" in answer.text
    assert len(notes(session)) == MOST_VOICES

    send(family, f"/family/own/1/voice/{notes(session)[0].id}")
    assert add(family).status_code == 302


def test_a_family_takes_it_back_and_nobody_hears_it_again(family, staff, session):
    add(family)
    (note,) = notes(session)
    page = f"/family/own/1/voice/{note.id}"
    assert f'href="{page}"' in family.get("/family/own").text
    assert "nothing brings it back" in family.get(page).text
    assert send(family, page).location == "/family/own"
    assert "You took it back." in family.get("/family/own").text
    assert family.get(page).status_code == 404

    (note,) = notes(session)
    assert note.taken_back_at
    assert note.sound_sealed is None
    assert note.seal_subject.startswith("VoiceNote:")
    intake = staff(Role.INTAKE)
    assert intake.get(f"/reports/voice/{note.id}").status_code == 404
    shown = intake.get(f"/missing/{note.report.missing_person.number}").text
    assert "Taken back by the family" in shown
    assert "<audio" not in shown
    assert "not yet heard" not in intake.get("/reports").text


def test_one_family_does_not_take_back_what_another_said(app, family, session):
    add(family)
    (note,) = notes(session)
    other = app.test_client()
    send(other)
    assert other.get(f"/family/own/1/voice/{note.id}").status_code == 404


def test_it_may_come_with_the_report_and_with_an_interview(app, operation, staff, session):
    visitor = app.test_client()
    voice = (BytesIO(sounds.ogg()), "a.ogg")
    assert send(visitor, voice=voice).status_code == 302
    intake = staff(Role.INTAKE)
    voice = (BytesIO(sounds.mp4()), "a.m4a")
    assert intake.send("/reports/new", {"name_given": "Azad", "voice": voice}).status_code == 302
    assert [each.received_from_id is None for each in notes(session)] == [True, False]


def test_only_pages_that_record_may_ask_for_the_microphone(family):
    page = family.get("/family/own")
    assert "microphone=(self)" in page.headers["Permissions-Policy"]
    assert page.headers["Content-Security-Policy"].endswith("; media-src blob:")

    page = family.get("/family/own/1/consent")
    assert {name: page.headers[name] for name in HEADERS} == HEADERS

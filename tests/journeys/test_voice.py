"""A family speaks instead of writing, in a browser whose microphone only hums."""

import pytest
import sqlalchemy as sa

from caseman.media.codes import SoundType
from caseman.permissions import Role
from caseman.reports import services
from caseman.reports.models import VoiceNote
from tests.browsing import wait_until
from tests.factories.accounts import make_operation, make_team
from tests.factories.sounds import wav
from tests.journeys.acting import Person, Staff
from tests.journeys.looking import PHONE, faults

pytestmark = pytest.mark.browser
LENGTH = "document.querySelector('audio').duration"


@pytest.fixture
def operation(sessions):
    with sessions.transaction() as session:
        return make_operation(session)


def record(family):
    """Record two seconds, as a family sees and presses it."""
    page = family.page
    family.press("Record your voice")
    wait_until(page, "document.querySelector('[data-clock]').textContent.startsWith('0:02')")
    family.press("Stop recording")
    page.get_by_text("It is recorded and not sent yet.").wait_for()
    wait_until(page, "document.querySelector('audio').duration > 1")


def test_a_voice_is_recorded_thrown_away_recorded_again_and_sent(
    page, served, operation, sessions, axe
):
    page.set_viewport_size({"width": PHONE, "height": 800})
    mother = Person(page, served, "en")
    mother.open("/family/report")
    mother.write("Given name", "Samer")
    record(mother)
    assert faults(page, axe, widths=(PHONE,)) == []
    mother.press("Throw the recording away")
    assert page.locator("#voice").evaluate("field => field.files.length") == 0
    record(mother)
    mother.press("Send the report")
    mother.arrives_at("We have your report")

    with sessions.read() as session:
        note = session.scalars(sa.select(VoiceNote)).one()
        assert note.kind in {SoundType.WEBM, SoundType.MP4}
        assert note.size == len(services.sound_of(note)) > 2000


def test_staff_hear_what_a_family_recorded_without_script(
    plain_page, page, served, operation, hire, sessions
):
    mother = Person(plain_page, served, "en")
    mother.open("/family/report")
    mother.write("Given name", "Samer")
    sound = {"name": "voice.wav", "mimeType": "audio/wav", "buffer": wav(bytes(16_000))}
    mother.attach("Or say it: a recording of your voice", sound)
    mother.press("Send the report")
    mother.arrives_at("We have your report")

    with sessions.transaction() as session:
        team = make_team(session, session.merge(operation))
    hire("intake", Role.INTAKE, team=team)
    intake = Staff(page, served).sign_in("intake")
    intake.go("Incoming reports")
    intake.sees("Told in their own voice, not yet heard")
    intake.follow("Samer")
    page.locator("audio").evaluate("audio => audio.play()")
    wait_until(page, "document.querySelector('audio').currentTime > 0.3")
    intake.press("I have heard it")
    wait_until(page, "!document.body.textContent.includes('Not heard yet')")

"""At the grave: a find gets its number, its photographs, and nothing typed is lost."""

import re
from io import BytesIO

import pytest
import sqlalchemy as sa

from caseman.accounts.models import Membership
from caseman.audit.models import AuditEntry
from caseman.permissions import Role
from caseman.remains.codes import Completeness, RemainsKind
from caseman.remains.models import Remains, RemainsPhotograph
from caseman.remains.recovery_codes import Arms, BodyDirection
from tests.factories.accounts import make_team, make_user
from tests.hostile.pages import forms_in, parsed


def new_find(feature):
    return f"/sites/{feature.site.code}/F{feature.number:02d}/remains/new"


def answers(**changes):
    return {
        "kind": "B",
        "recovered_on": "2018-11-05",
        "recovered_by": "Rana Haddad",
        "completeness": "complete",
        "condition_absence": "not_visible",
        "depth_m": "1,2",
        "idempotency_key": "a" * 32,
        **changes,
    }


@pytest.fixture
def recorder(client_as, team):
    return client_as(Role.RECORDER, team=team)


@pytest.fixture
def stored(sessions):
    def read(number):
        with sessions.read() as database:
            row = database.scalar(sa.select(Remains).where(Remains.number == number))
            _ = row and (row.recovery, row.photographs, row.number_events)
            return row

    return read


def test_a_find_gets_its_number_and_keeps_its_photographs(recorder, feature, stored, photo):
    form = answers(photographs=[photo("one"), photo("two")], checked="y")
    answer = recorder.send(new_find(feature), form)
    number = f"{feature.site.code}-F01-B001"
    assert answer.location == f"/remains/{number}/label"
    label = recorder.get(answer.location).get_data(as_text=True)
    assert "Write this number on the bag" in label
    row = stored(number)
    assert (row.kind, row.recovery.depth_m) == (RemainsKind.BODY, 1.2)
    assert row.recovery.completeness is Completeness.COMPLETE
    assert row.recovery.absences == {"condition": "not_visible"}
    assert len(row.photographs) == 2


def test_the_same_form_sent_twice_records_one_find(recorder, feature, sessions):
    first = recorder.send(new_find(feature), answers(checked="y"))
    second = recorder.send(new_find(feature), answers(checked="y"))
    assert first.location == second.location
    with sessions.read() as database:
        assert database.scalar(sa.select(sa.func.count(Remains.id))) == 1


def test_a_doubt_is_shown_once_and_then_believed(recorder, feature, stored, photo):
    odd = answers(recovered_on="2099-01-01", photographs=[photo()])
    page = recorder.send(new_find(feature), odd)
    html = page.get_data(as_text=True)
    assert page.status_code == 422
    assert "lies in the future" in html
    assert 'value="Rana Haddad"' in html
    kept = re.search(r'name="kept"[^>]*value="([^"]+)"', html)[1]
    again = recorder.send(
        new_find(feature), answers(recovered_on="2099-01-01", kept=kept, checked="y")
    )
    assert again.status_code == 302
    assert len(stored(again.location.split("/")[2]).photographs) == 1


def test_photographs_kept_by_somebody_else_are_not_handed_out(
    recorder, client_as, team, feature, stored, photo
):
    page = recorder.send(new_find(feature), answers(kind="", photographs=[photo()]))
    kept = re.search(r'name="kept"[^>]*value="([^"]+)"', page.get_data(as_text=True))[1]
    other = client_as(Role.RECORDER, team=team)
    answer = other.send(new_find(feature), answers(kept=kept, checked="y"))
    assert stored(answer.location.split("/")[2]).photographs == []


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("kind", "", "What have you found? is missing"),
        ("kind", "X", "not one of the choices"),
        ("depth_m", "deep", "is not a number"),
        ("depth_m", "1000", "must lie between"),
        ("recovered_by", "x" * 201, "too long"),
        ("recovered_on", "yesterday", "This is no day. Write it like 2019-03-05."),
        ("orientation_deg", "٣٦٥", "must lie between"),
        ("completeness_absence", "unknown", "Keep one of the two"),
    ],
)
def test_bad_input_is_explained_and_nothing_typed_is_lost(recorder, feature, field, typed, said):
    notes = '<b onclick="x">"tied"</b> \u202eمقيد'
    page = recorder.send(new_find(feature), answers(notes=notes, **{field: typed}))
    html = page.get_data(as_text=True)
    assert page.status_code == 422
    assert said in html
    assert "&lt;b onclick=" in html
    assert "مقيد" in html


def test_a_file_that_is_no_photograph_is_named_and_the_others_are_kept(recorder, feature, photo):
    page = recorder.send(
        new_find(feature),
        answers(photographs=[(BytesIO(b"MZ not a picture"), "grave.jpg"), photo()], checked="y"),
    )
    html = page.get_data(as_text=True)
    assert page.status_code == 422
    assert "grave.jpg" in html
    assert "1 photograph is kept already" in html


def test_the_next_find_begins_as_the_last_one(recorder, feature):
    recorder.send(new_find(feature), answers(recovered_by="Karim Nassar", checked="y"))
    plain = recorder.get(new_find(feature)).get_data(as_text=True)
    assert "The same as the last one" in plain
    assert 'data-value="Karim Nassar"' in plain
    assert ' value="Karim Nassar"' not in plain
    same = recorder.get(new_find(feature) + "?same=1").get_data(as_text=True)
    assert ' value="Karim Nassar"' in same
    assert 'value="2018-11-05"' in same
    assert 'value="1.2"' in same


def test_how_a_find_lay_is_kept_in_codes_and_may_be_left_open(recorder, feature, stored, photo):
    told = answers(
        body_position="right_side",
        direction="SW",
        arms="behind",
        bound_places=["wrists_behind", "ankles"],
        bound_with_absence="not_visible",
        ballistic="none",
        weathering_absence="not_examined",
        in_frame=["scale", "north"],
        photographs=photo(),
        checked="y",
    )
    answer = recorder.send(new_find(feature), told)
    row = stored(answer.location.split("/")[2])
    lay = row.recovery
    assert (lay.direction, lay.arms, lay.legs) == (BodyDirection.SOUTH_WEST, Arms.BEHIND, None)
    assert (lay.bound_places, lay.ballistic) == (["wrists_behind", "ankles"], ["none"])
    assert lay.absences["bound_with"] == "not_visible"
    assert lay.absences["weathering"] == "not_examined"
    shown = row.photographs[0]
    assert (shown.shows_number, shown.shows_scale, shown.shows_north) == (False, True, True)
    page = recorder.get(f"/remains/{row.number}").text
    for words in ("Wrists, behind the back, Ankles", "South-west", "None seen", "Not examined"):
        assert words in page
    correction = recorder.get(f"/remains/{row.number}/recovery").text
    assert 'value="ankles" checked' in correction


def test_one_team_is_not_asked_and_several_are(client_as, sessions, team, feature):
    alone = client_as(Role.RECORDER, team=team)
    assert 'name="team_id"' not in alone.get(new_find(feature)).get_data(as_text=True)
    with sessions.transaction() as database:
        user = make_user(database, Role.RECORDER, team=database.merge(team))
        second = make_team(database, database.merge(team).operation)
        database.add(Membership(user=user, team=second))
    both = client_as(user=user)
    assert 'name="team_id"' in both.get(new_find(feature)).get_data(as_text=True)
    answer = both.send(new_find(feature), answers(team_id=str(second.id), checked="y"))
    assert answer.status_code == 302
    refused = both.send(new_find(feature), answers(team_id="999999", idempotency_key="b" * 32))
    assert refused.status_code == 422


def test_nobody_records_where_they_do_not_work(client_as, feature):
    stranger = client_as(Role.RECORDER)
    assert stranger.get(new_find(feature)).status_code == 404
    assert stranger.send(new_find(feature), answers()).status_code == 404
    assert client_as(Role.BOARD).get(new_find(feature)).status_code == 403


def test_a_correction_keeps_what_the_form_does_not_ask(recorder, find, stored, sessions):
    row = find()
    page = f"/remains/{row.number}/recovery"
    html = recorder.get(page).get_data(as_text=True)
    assert 'value="Rana Haddad"' in html
    corrected = {"recovered_by": "Karim Nassar", "depth_m_absence": "not_visible", "checked": "y"}
    answer = recorder.send(page, {"version": "1", **corrected})
    assert answer.status_code == 302
    changed = stored(row.number).recovery
    assert (changed.recovered_by, changed.depth_m) == ("Karim Nassar", None)
    assert changed.absences == {"depth_m": "not_visible"}
    stale = recorder.send(page, {"version": "1", "recovered_by": "Somebody", "checked": "y"})
    assert stale.status_code == 409
    assert "Somebody" in stale.get_data(as_text=True)


def test_a_reason_that_is_offered_no_longer_outlives_a_correction(
    recorder, client_as, team, find, sessions
):
    row = find(examined=True)
    with sessions.transaction() as database:
        kept = database.get(type(row), row.id)
        kept.recovery.depth_m, kept.recovery.absences = None, {"depth_m": "declined"}
        kept.profile.handedness, kept.profile.absences = None, {"handedness": "deferred"}
    examiner = client_as(Role.EXAMINER, team=team)
    for client, page, absence in (
        (recorder, "recovery", "depth_m_absence"),
        (examiner, "examination", "handedness_absence"),
    ):
        address = f"/remains/{row.number}/{page}"
        forms = forms_in(parsed(client.get(address).text), address)
        shown = next(form for form in forms if absence in form.names).sent_as_shown()
        assert shown[absence] in (["declined"], ["deferred"])
        assert client.send(address, shown | {"checked": "y"}).status_code == 302, page
    with sessions.read() as database:
        changed = database.get(type(row), row.id)
        assert changed.recovery.absences == {"depth_m": "declined"}
        assert changed.profile.absences == {"handedness": "deferred"}


def test_the_photograph_is_sent_as_a_clean_copy_within_scope_only(
    recorder, client_as, feature, sessions, photo
):
    answer = recorder.send(new_find(feature), answers(photographs=[photo()], checked="y"))
    number = answer.location.split("/")[2]
    with sessions.read() as database:
        picture = database.scalar(sa.select(RemainsPhotograph))
    place = f"/remains/{number}/photographs/{picture.id}"
    for kind in ("thumbnail", "view"):
        sent = recorder.get(f"{place}/{kind}")
        assert (sent.status_code, sent.mimetype) == (200, "image/webp")
    assert recorder.get(f"{place}/huge").status_code == 404
    original = recorder.get(f"{place}/original")
    assert "attachment" in original.headers["Content-Disposition"]
    with sessions.read() as database:
        entry = database.scalar(
            sa.select(AuditEntry).where(
                AuditEntry.table_name == "remains_photograph", AuditEntry.action == "read"
            )
        )
    assert entry.subject == number
    stranger = client_as(Role.RECORDER)
    for kind in ("thumbnail", "view", "original"):
        assert stranger.get(f"{place}/{kind}").status_code == 404

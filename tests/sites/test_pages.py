"""Sites as people meet them: who sees which, what is shown, what two people do to one record."""

import re

import pytest

from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.permissions import GRANTS, Permission, Role
from caseman.sites.codes import SiteStatus
from caseman.sites.models import NumberBlock, Site, SiteAssignment
from tests.factories.accounts import make_team, make_user
from tests.factories.sites import make_site

NEW = {
    "code": "RQA07",
    "name": "Dry well",
    "name_ar": "بئر جافة",
    "kind": "well",
    "status": "reported",
    "hazards_absence": "not_asked",
}


def hidden(page, name):
    """The value of a hidden field, as a browser would send it back."""
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.text)[1]


def without_token(page):
    """The page without its signed tokens, which carry the second they were made."""
    return re.sub(r'(name="csrf_token" value=")[^"]*', r"\1", page.text)


def shown_codes(page):
    return set(re.findall(r'class="code">(TST\d+)<', page.text))


def test_each_team_sees_its_own_site_and_no_other(two, recorder):
    page = recorder.get("/sites")
    assert shown_codes(page) == {two.ours.code}
    assert "Brick works" not in recorder.get("/sites?q=brick").text
    assert "No site fits" in recorder.get("/sites?q=brick").text

    missing = recorder.get(f"/sites/{two.theirs.code}")
    nothing = recorder.get("/sites/XXX99")
    assert missing.status_code == nothing.status_code == 404
    assert without_token(missing).replace(two.theirs.code, "XXX99") == without_token(nothing)
    for path in ("correct", "status", "features/new", "features/1", "features/1/correct"):
        assert recorder.get(f"/sites/{two.theirs.code}/{path}").status_code == 404
    assert recorder.send(f"/sites/{two.theirs.code}/features/1/blocks").status_code == 404


@pytest.mark.parametrize("typed", ["stadium", "الرشيد", "ملعب  الرشید", "  STAD "])
def test_a_site_is_found_by_any_of_its_names(two, recorder, typed):
    assert shown_codes(recorder.get("/sites", query_string={"q": typed})) == {two.ours.code}


def test_the_list_narrows_and_sorts(two, session, recorder):
    well = make_site(session, two.operation, two.first, name="Dry well", kind="well")
    session.commit()
    assert shown_codes(recorder.get("/sites?kind=well")) == {well.code}
    assert shown_codes(recorder.get("/sites?status=closed")) == set()
    page = recorder.get("/sites?sort=-name")
    assert page.text.index("Stadium") < page.text.index("Dry well")
    assert recorder.get("/sites?kind=nonsense").status_code == 422


def test_somebody_without_a_site_reads_how_one_appears(client_as):
    assert "No site is open to you yet" in client_as(Role.RECORDER).get("/sites").text


def test_whoever_registers_a_site_sees_it_and_the_next_team_does_not(two, recorder, client_as):
    page = recorder.send("/sites/new", {**NEW, "operation_id": two.operation.id})
    assert page.location == "/sites/RQA07"
    shown = recorder.get("/sites/RQA07")
    assert "Dry well" in shown.text
    assert "بئر جافة" in shown.text
    assert "Not asked" in shown.text
    assert client_as(Role.RECORDER, team=two.second).get("/sites/RQA07").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"code": "rqa 7"}, "not written as it must be"),
        ({"name": ""}, "Name is missing"),
        ({"name": "n" * 201}, "1 character too long"),
        ({"operation_id": "999"}, "Not a valid choice"),
        ({"hazards": "mines"}, "Keep one of the two"),
        ({"position-latitude": "95"}, "must lie between"),
        ({"deposited_from-year": "2018", "deposited_to-year": "2017"}, "end before it begins"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(two, recorder, wrong, message):
    typed = {**NEW, "operation_id": two.operation.id, "region": "<b>\u202eeast</b>", **wrong}
    page = recorder.send("/sites/new", typed)
    assert page.status_code == 422
    assert message in page.text
    assert "&lt;b&gt;east&lt;/b&gt;" in page.text
    assert "بئر جافة" in page.text


def test_a_code_that_is_taken_is_named(two, recorder):
    taken = {**NEW, "operation_id": two.operation.id, "code": two.theirs.code}
    page = recorder.send("/sites/new", taken)
    assert page.status_code == 409
    assert f"Another site is called {two.theirs.code}" in page.text


def test_nobody_registers_a_site_in_an_operation_of_others(two, session, recorder, stored):
    others = make_team(session)
    session.commit()
    page = recorder.send("/sites/new", {**NEW, "operation_id": others.operation_id})
    assert page.status_code == 422
    assert len(stored(Site)) == 2


def test_the_page_begins_with_the_hazards_and_hides_who_told_and_where(two, recorder):
    page = recorder.get(f"/sites/{two.ours.code}")
    assert page.text.index("Unexploded ordnance") < page.text.index("Authority")
    assert "shepherd" not in page.text
    assert "35.95" not in page.text


def test_the_exact_position_is_shown_on_record(two, stored, recorder):
    page = recorder.get(f"/sites/{two.ours.code}/position")
    assert "35.95" in page.text
    entry = stored(AuditEntry)[-1]
    assert entry.action is Action.READ
    assert (entry.subject, entry.actor_id) == (two.ours.code, recorder.user.id)
    assert entry.reason == "Exact position"


def test_whoever_corrects_a_position_may_read_it():
    for role, granted in GRANTS.items():
        assert Permission.SITE_WRITE not in granted or Permission.POSITION_READ in granted, role


def test_a_position_is_corrected_or_said_to_be_unknown(two, stored, recorder):
    path = f"/sites/{two.ours.code}/position"
    version = hidden(recorder.get(path), "version")
    recorder.send(
        path,
        {"version": version, "position-latitude": "٣٦٫١", "position-longitude": "39,2"},
    )
    site = stored(Site)[0]
    assert (site.position, site.precision_m) == ({"lat": 36.1, "lon": 39.2}, None)

    version = hidden(recorder.get(path), "version")
    recorder.send(path, {"version": version, "position_absence": "unknown"})
    site = stored(Site)[0]
    assert site.position is None
    assert "Unknown" in recorder.get(f"/sites/{two.ours.code}").text


def test_a_correction_keeps_what_it_does_not_show(two, stored, recorder):
    path = f"/sites/{two.ours.code}/correct"
    page = recorder.get(path)
    assert "shepherd" not in page.text
    answer = recorder.send(
        path,
        {
            "version": hidden(page, "version"),
            "name": "Stadium, north",
            "kind": "mass_grave",
            "hazards": "Cleared by the engineers",
            "deposited_from-year": "2017",
            "deposited_from-month": "6",
        },
    )
    assert answer.status_code == 302
    site = stored(Site)[0]
    assert (site.name, site.names) == ("Stadium, north", {})
    assert (str(site.deposit_from), str(site.deposit_to)) == ("2017-06-01", "2017-06-30")
    assert site.informed_by == "a shepherd"
    assert site.position == {"lat": 35.95, "lon": 39.01}
    assert site.status is SiteStatus.REPORTED


def test_two_who_correct_one_site_both_see_both_texts(two, stored, recorder):
    path = f"/sites/{two.ours.code}/correct"
    version = hidden(recorder.get(path), "version")
    typed = {"version": version, "kind": "mass_grave", "hazards": "mines"}
    recorder.send(path, {**typed, "name": "Stadium, north", "idempotency_key": "a"})

    page = recorder.send(path, {**typed, "name": "Stadium, south", "idempotency_key": "b"})
    assert page.status_code == 409
    assert "Stadium, north" in page.text
    assert 'value="Stadium, south"' in page.text
    assert stored(Site)[0].name == "Stadium, north"

    again = {**typed, "version": hidden(page, "version"), "name": "Stadium, south"}
    assert recorder.send(path, again).status_code == 302
    assert stored(Site)[0].name == "Stadium, south"


def test_each_status_stays_in_the_history_with_its_reason(two, recorder):
    path = f"/sites/{two.ours.code}/status"
    for status, reason in (("confirmed", "seen by us"), ("protected", "order 12")):
        version = hidden(recorder.get(path), "version")
        recorder.send(path, {"version": version, "status": status, "reason": reason})
    text = recorder.get(f"/sites/{two.ours.code}").text
    history = text[text.index('id="history"') :]
    places = [history.index(word) for word in ("order 12", "seen by us", "Reported")]
    assert places == sorted(places)


def test_a_status_without_a_reason_is_not_changed(two, recorder, stored):
    path = f"/sites/{two.ours.code}/status"
    version = hidden(recorder.get(path), "version")
    refused = recorder.send(path, {"version": version, "status": "confirmed", "reason": " "})
    assert refused.status_code == 422
    assert 'id="reason-error"' in refused.text
    assert stored(Site)[0].status is SiteStatus.REPORTED


def test_a_steward_opens_and_closes_a_site_to_a_team(two, stored, steward, client_as):
    other = client_as(Role.RECORDER, team=two.second)
    path = f"/sites/{two.ours.code}/teams"
    steward.send(path, {"team_id": two.second.id})
    assert other.get(f"/sites/{two.ours.code}").status_code == 200
    assert steward.send(f"{path}/{two.second.id}/remove").status_code == 302
    assert other.get(f"/sites/{two.ours.code}").status_code == 404
    assert len(stored(SiteAssignment)) == 2


def test_only_a_steward_assigns(two, recorder):
    assert recorder.get(f"/sites/{two.ours.code}/teams").status_code == 403


def test_a_team_of_another_operation_cannot_be_assigned(two, session, steward):
    stranger = make_team(session, covers_operation=False)
    session.commit()
    page = steward.send(f"/sites/{two.ours.code}/teams", {"team_id": stranger.id})
    assert page.status_code == 422
    assert steward.send(f"/sites/{two.ours.code}/teams/{stranger.id}/remove").status_code == 404


def test_a_team_of_partners_is_not_offered_and_cannot_be_assigned(two, session, steward):
    partners = make_team(session, session.merge(two.first).operation, covers_operation=False)
    make_user(session, Role.PARTNER, team=partners)
    session.commit()
    path = f"/sites/{two.ours.code}/teams"
    assert partners.code not in steward.get(path).text
    assert steward.send(path, {"team_id": partners.id}).status_code == 422


def test_a_steward_who_closes_the_own_door_is_led_out(two, session, client_as):
    inside = client_as(Role.STEWARD, team=two.first)
    answer = inside.send(f"/sites/{two.ours.code}/teams/{two.first.id}/remove")
    assert answer.location == "/sites"
    assert inside.get(f"/sites/{two.ours.code}").status_code == 404


def test_features_are_numbered_one_after_the_other(two, recorder):
    path = f"/sites/{two.ours.code}/features"
    opened = recorder.send(
        f"{path}/new",
        {"kind": "secondary", "name": "Trench B", "length_m": "٤", "depth_m_absence": "unknown"},
    )
    assert opened.location == f"{path}/2"
    page = recorder.get(opened.location)
    assert "This is" in page.text
    assert "Trench B" in page.text
    assert "4 m" in page.text
    assert "Unknown" in page.text
    wrong = recorder.send(
        f"{path}/new", {"kind": "well", "opened_on": "2019-02-02", "closed_on": "2019-02-01"}
    )
    assert wrong.status_code == 422


def test_two_who_correct_one_feature_both_see_both_texts(two, recorder):
    path = f"/sites/{two.ours.code}/features/1/correct"
    version = hidden(recorder.get(path), "version")
    recorder.send(path, {"version": version, "kind": "secondary", "depth_m": "1.5"})
    page = recorder.send(path, {"version": version, "kind": "tertiary", "depth_m": "2"})
    assert page.status_code == 409
    for text in ("Secondary grave", "Tertiary grave", "1.5"):
        assert text in page.text


def test_a_block_of_numbers_is_reserved_and_shown(two, stored, recorder):
    path = f"/sites/{two.ours.code}/features/1"
    recorder.send(f"{path}/blocks", {"team_id": two.first.id, "kind": "B", "size": "20"})
    page = recorder.get(path)
    assert f"{two.ours.code}-F01-B001" in page.text
    assert f"{two.ours.code}-F01-B020" in page.text
    assert len(stored(NumberBlock)) == 1


@pytest.mark.parametrize(
    "wrong", [{"size": "0"}, {"size": "9999"}, {"kind": "Z"}, {"team_id": "0"}]
)
def test_a_block_that_cannot_be_is_refused(two, stored, recorder, wrong):
    path = f"/sites/{two.ours.code}/features/1"
    block = {"team_id": two.first.id, "kind": "B", "size": "20", **wrong}
    assert recorder.send(f"{path}/blocks", block).status_code == 422
    assert stored(NumberBlock) == []


def test_numbers_are_reserved_only_for_teams_on_the_site(two, recorder):
    path = f"/sites/{two.ours.code}/features/1/blocks"
    block = {"team_id": two.second.id, "kind": "B", "size": "20"}
    assert recorder.send(path, block).status_code == 422

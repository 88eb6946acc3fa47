"""The list and the page of remains: who sees what, in which order, and with which words."""

import re
from dataclasses import replace

import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.coding import SexEstimate
from caseman.permissions import Role
from caseman.remains import services
from caseman.remains.codes import RemainsKind
from caseman.remains.models import Remains
from tests.factories.remains import EXAMINED, make_grave, make_remains


def test_an_empty_list_says_how_to_begin(client_as):
    html = client_as(Role.RECORDER).get("/remains/").get_data(as_text=True)
    assert "No remains are recorded yet" in html


def test_the_list_shows_what_lies_within_the_readers_sites(examiner, client_as, find):
    number = find().number
    assert number in examiner.get("/remains/").get_data(as_text=True)
    assert number not in client_as(Role.EXAMINER).get("/remains/").get_data(as_text=True)
    assert client_as(Role.INTAKE).get("/remains/").status_code == 403


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("kind=BN", 1),
        ("sex=PM", 1),
        ("sex=F", 0),
        ("completeness=nearly_complete", 3),
        ("status=recovered", 3),
        ("photographed=yes", 0),
        ("photographed=no", 3),
        ("stage=examined", 1),
        ("stage=identified", 0),
        ("stage=with_candidates", 0),
        ("stage=nonsense", 3),
        ("site=XX99", 0),
        ("status=nonsense&page=7", 3),
    ],
)
def test_filters_narrow_the_list(examiner, find, query, count):
    numbers = [find().number, find(kind=RemainsKind.BONE).number, find(examined=True).number]
    html = examiner.get(f"/remains/?{query}").get_data(as_text=True)
    assert sum(number in html for number in numbers) == count


def test_search_takes_the_beginning_of_a_number_in_any_digits(examiner, find):
    first, second = find(), find()
    html = examiner.get(f"/remains/?q={first.number[:-3].lower()}").get_data(as_text=True)
    assert first.number in html
    assert second.number in html
    assert "No remains fit" in examiner.get("/remains/?q=ZZ%25_").get_data(as_text=True)
    exact = examiner.get("/remains/", query_string={"q": first.number.replace("1", "١").lower()})
    assert exact.location == f"/remains/{first.number}"


def test_pages_follow_the_last_row_and_keep_the_filter(examiner, sessions, team, feature):
    with sessions.transaction() as database:
        new = [
            services.NewRemains(
                feature=database.merge(feature), team_id=team.id, kind=RemainsKind.BODY
            )
            for _ in range(120)
        ]
        services.register_all(database, new)
    seen, address = [], "/remains/?kind=B&sort=-number"
    while address:
        html = examiner.get(address).get_data(as_text=True)
        seen += [f"B{n:03d}" for n in range(120, 0, -1) if f"-B{n:03d}</bdi>" in html]
        found = html.partition('rel="next"')[0].rpartition('href="')[2].split('"')[0]
        address = found.replace("&amp;", "&") if 'rel="next"' in html else None
        assert not address or "kind=B" in address
    assert seen == [f"B{n:03d}" for n in range(120, 0, -1)]


def test_the_page_says_everything_and_is_written_down_as_opened(examiner, find, sessions):
    row = find(
        examined=True,
        marks=(services.NewMark("healed_fracture", "fx_ribs", "torso", "two ribs, left"),),
        found_names=(services.NameFound("id", "عماد صايغ", "ليلى", 1990),),
        teeth=(services.Tooth(16, "FIL", "MOD", "amalgam"), services.Tooth(55, "INT")),
    )
    html = examiner.get(f"/remains/{row.number}").get_data(as_text=True)
    for words in ("Probably male (Pelvis)", "18–25 years (Pelvis)", "172 cm (166–178 cm)",
                  "two ribs, left", "عماد صايغ", "Filled (MOD amalgam)", "Skull, Pelvis",
                  "1.2 m", "5 November 2018"):  # fmt: skip
        assert words in html, words
    with sessions.read() as database:
        reads = database.scalars(sa.select(AuditEntry).where(AuditEntry.action == "read")).all()
    assert [entry.subject for entry in reads] == [row.number]


def test_absences_are_shown_as_the_words_they_are(examiner, find):
    recovery = services.Recovery(
        absences={
            "recovered_on": "unknown",
            "recovered_by": "not_asked",
            "completeness": "not_examined",
            "condition": "not_visible",
            "depth_m": "deferred",
            "body_position": "declined",
        }
    )
    html = examiner.get(f"/remains/{find(recovery=recovery).number}").get_data(as_text=True)
    for words in ("Unknown", "Not asked", "Not examined", "Not visible",
                  "To be asked later", "Prefers not to say"):  # fmt: skip
        assert f'<span class="absent">{words}</span>' in html, words


def test_outside_the_scope_there_is_nothing_and_nothing_can_be_done(client_as, find):
    row = find()
    stranger = client_as(Role.EXAMINER)
    missing = stranger.get("/remains/RQA99-F01-B001").get_data(as_text=True)
    for page in ("", "/recovery", "/examination", "/teeth", "/marks/new", "/names/new", "/status",
                 "/photographs/new", "/void", "/restore", "/move", "/split", "/label",
                 "/effects/new"):  # fmt: skip
        answer = stranger.get(f"/remains/{row.number}{page}")
        assert answer.status_code == 404, page
    closed = stranger.get(f"/remains/{row.number}").get_data(as_text=True)
    assert _body(closed.replace(row.number, "RQA99-F01-B001")) == _body(missing)


def _body(html):
    """The page without the token that is made anew each time."""
    return re.sub(r'name="csrf_token"\s+value="[^"]+"', "", html)


@pytest.mark.parametrize(
    ("role", "words", "hidden"),
    [
        (Role.REVIEWER, (), ("Record an examination", "Void this number", "Add an effect")),
        (Role.RECORDER, ("Void this number", "Add an effect"), ("Record an examination",)),
        (Role.EXAMINER, ("Void this number", "Record an examination", "Dental chart"), ()),
    ],
)
def test_buttons_follow_permissions(client_as, team, find, role, words, hidden):
    html = client_as(role, team=team).get(f"/remains/{find().number}").get_data(as_text=True)
    for each in words:
        assert each in html, each
    for each in hidden:
        assert each not in html, each


def test_a_family_with_no_office_sees_none_of_it(client, find):
    row = find()
    for page in ("/remains/", f"/remains/{row.number}", "/effects/"):
        assert client.get(page).status_code == 302


def test_the_feature_leads_to_the_find_and_the_list_to_the_next_one(client_as, team, find):
    row = find()
    recorder = client_as(Role.RECORDER, team=team)
    place = f"/sites/{row.site.code}/F1/remains/new"
    feature = recorder.get(f"/sites/{row.site.code}/features/1").get_data(as_text=True)
    assert f'href="{place}"' in feature
    assert f'href="{place}"' in recorder.get("/remains/").get_data(as_text=True)
    reviewer = client_as(Role.REVIEWER, team=team)
    assert place not in reviewer.get(f"/sites/{row.site.code}/features/1").get_data(as_text=True)
    assert place not in reviewer.get("/remains/").get_data(as_text=True)


def test_sorting_by_day_of_registration(examiner, find):
    numbers = [find().number for _ in range(3)]
    html = examiner.get("/remains/?sort=-registered").get_data(as_text=True)
    places = [html.index(number) for number in numbers]
    assert places == sorted(places, reverse=True)


def test_a_second_site_is_a_filter(examiner, find, sessions, team):
    here = find()
    with sessions.transaction() as database:
        team = database.merge(team)
        elsewhere = make_grave(database, team.operation)
        there = make_remains(database, elsewhere, team)
        code = elsewhere.site.code
    html = examiner.get(f"/remains/?site={code}").get_data(as_text=True)
    assert there.number in html
    assert here.number not in html


def test_an_examination_changes_when_evidence_changed(examiner, find, sessions):
    row = find()
    html = examiner.get(f"/remains/{row.number}/examination").get_data(as_text=True)
    assert "Age at death" in html
    answer = examiner.send(
        f"/remains/{row.number}/examination",
        {
            "version": "0",
            "assessor": "trained",
            "sex": "PM",
            "sex_method": "pelvis",
            "age-low": "١٨",
            "age-high": "25",
            "stature-low": "166",
            "stature-high": "178",
            "regions_present": ["skull", "pelvis"],
            "dental_state": "yes",
            "dental_features": ["gold_crown"],
            "hair_absence": "not_visible",
        },
    )
    assert answer.status_code == 302, answer.get_data(as_text=True)
    with sessions.read() as database:
        changed = database.get(Remains, row.id)
        profile = changed.profile
    assert (profile.sex, profile.age_min, profile.age_max) == (SexEstimate.PROBABLE_MALE, 18, 25)
    assert profile.regions_present == ["skull", "pelvis"]
    assert (profile.dental_observable, profile.dental_codes) == (True, ["gold_crown"])
    assert profile.absences == {"hair": "not_visible"}
    assert changed.evidence_changed_at > row.evidence_changed_at
    again = examiner.get(f"/remains/{row.number}/examination").get_data(as_text=True)
    assert 'value="18"' in again
    stale = examiner.send(f"/remains/{row.number}/examination", {"version": "0", "notes": "kept"})
    assert stale.status_code == 409
    assert "kept" in stale.get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"age-low": "30", "age-high": "20"}, "must not be above the second"),
        ({"age-low": "30", "age-high": "32"}, "within less than five years"),
        ({"age-low": "3", "age-high": "5", "sex": "M"}, "Bones of a child"),
        ({"stature_cm": "1.72"}, "must lie between"),
        ({"stature_cm": "230"}, "very unusual"),
        ({"stature_cm": "150", "stature-low": "170", "stature-high": "180"}, "outside its limits"),
        ({"sex": "M", "sex_absence": "unknown"}, "Keep one of the two"),
        ({"examined_on": "2099-01-01"}, "lies in the future"),
    ],
)
def test_what_hardly_can_be_so_is_asked_again(examiner, find, typed, said):
    row = find()
    page = examiner.send(f"/remains/{row.number}/examination", {"version": "0", **typed})
    assert page.status_code == 422
    assert said in page.get_data(as_text=True)


def test_the_chart_keeps_what_was_said_of_a_tooth(examiner, find, sessions):
    row = find(teeth=(services.Tooth(16, "FIL", "MOD", "amalgam"), services.Tooth(11, "INT")))
    page = f"/remains/{row.number}/teeth"
    shown = examiner.get(page).get_data(as_text=True)
    assert "Tooth 16: Filled (MOD amalgam)" in shown
    assert re.search(r'name="surfaces_16"\s+value="O" checked', shown)
    sent = {"version": str(row.version), "tooth_16": "FIL", "tooth_11": "", "tooth_48": "MAM"}
    unsaid = examiner.send(page, {**sent, "surfaces_11": ["M"]})
    assert "Surfaces of tooth 11 are marked" in unsaid.get_data(as_text=True)
    sent["surfaces_16"] = ["D", "M", "O"]
    assert examiner.send(page, sent).status_code == 302
    with sessions.read() as database:
        teeth = {each.fdi: each for each in database.get(Remains, row.id).teeth}
        version = database.get(Remains, row.id).version
    assert sorted(teeth) == [16, 48]
    assert (teeth[16].surfaces, teeth[16].material) == ("MOD", "amalgam")
    detail = {"version": str(version), "state": "CRO", "material": "gold"}
    assert examiner.send(f"{page}/16", detail).status_code == 302
    shown = examiner.get(f"/remains/{row.number}").get_data(as_text=True)
    assert "Crown (gold)" in shown
    assert examiner.get(f"{page}/18").status_code == 404


def test_marks_and_names_come_and_go(examiner, find):
    number = find().number
    place = f"/remains/{number}"
    examiner.send(f"{place}/marks/new", {"kind": "implant", "region": "L_leg", "description": "x"})
    examiner.send(f"{place}/names/new", {"kind": "label", "name": "<i>سعيد</i>"})
    html = examiner.get(place).get_data(as_text=True)
    assert "Implant or plate" in html
    assert "&lt;i&gt;سعيد" in html
    assert "leaves the record" in examiner.get(f"{place}/marks/1/remove").get_data(as_text=True)
    examiner.send(f"{place}/marks/1/remove")
    examiner.send(f"{place}/names/1/remove")
    html = examiner.get(place).get_data(as_text=True)
    assert "Implant or plate" not in html
    assert "سعيد" not in html
    assert examiner.get(f"{place}/marks/1/remove").status_code == 404
    assert examiner.send(f"{place}/names/new", {"kind": "label"}).status_code == 422


def test_the_status_moves_only_where_it_may(examiner, find):
    row = find()
    page = f"/remains/{row.number}/status"
    offered = examiner.get(page).get_data(as_text=True)
    assert 'value="under_examination"' in offered
    assert "identified_scientific" not in offered
    refused = {"version": str(row.version), "status": "identified_scientific"}
    assert examiner.send(page, refused).status_code == 422
    sent = {"version": str(row.version), "status": "non_human", "reason": "Sheep bones"}
    assert examiner.send(page, sent).status_code == 302
    assert "Not human" in examiner.get(f"/remains/{row.number}").get_data(as_text=True)


def test_what_an_import_brought_survives_an_examination(examiner, find, sessions):
    row = find(profile=replace(EXAMINED, dental_codes=("code_from_elsewhere",)))
    examiner.send(
        f"/remains/{row.number}/examination",
        {"version": "1", "dental_features": ["implant"], "stature_cm": "172"},
    )
    with sessions.read() as database:
        codes = database.get(Remains, row.id).profile.dental_codes
    assert codes == ["implant", "code_from_elsewhere"]

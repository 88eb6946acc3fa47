"""A number given is never lost: voided, restored, moved and split, each with its reason."""

import pytest
import sqlalchemy as sa

from caseman.permissions import Role
from caseman.remains.models import PrintedBlock, Remains
from caseman.sites.codes import FeatureKind
from caseman.sites.services import open_feature
from tests.factories.effects import make_effect


@pytest.fixture
def recorder(client_as, team):
    return client_as(Role.RECORDER, team=team)


@pytest.fixture
def version_of(sessions):
    def read(row):
        with sessions.read() as database:
            return str(database.get(Remains, row.id).version)

    return read


@pytest.fixture
def second_feature(sessions, feature):
    with sessions.transaction() as database:
        site = database.merge(feature).site
        return open_feature(database, site, kind=FeatureKind.SECONDARY, name="Pit")


def test_a_voided_number_stays_visible_and_can_be_restored(recorder, find, version_of):
    row = find()
    place = f"/remains/{row.number}"
    assert "never given again" in recorder.get(f"{place}/void").get_data(as_text=True)
    too_short = recorder.send(f"{place}/void", {"version": version_of(row), "reason": "no"})
    assert "Write a few words more" in too_short.get_data(as_text=True)
    recorder.send(f"{place}/void", {"version": version_of(row), "reason": "Counted twice"})
    html = recorder.get(place).get_data(as_text=True)
    assert "This number is voided" in html
    assert "Counted twice" in html
    assert "Add an effect" not in html
    assert row.number in recorder.get("/remains/?kind=B").get_data(as_text=True)
    refused = recorder.send(f"{place}/names/new", {"kind": "label", "name": "Somebody"})
    assert refused.status_code == 409
    recorder.send(f"{place}/restore", {"version": version_of(row), "reason": "It was right"})
    html = recorder.get(place).get_data(as_text=True)
    assert "This number is voided" not in html
    assert "It was right" in html


def test_a_number_that_holds_effects_is_not_voided(recorder, find, sessions, version_of):
    row = find()
    with sessions.transaction() as database:
        make_effect(database, database.merge(row))
    page = recorder.send(
        f"/remains/{row.number}/void", {"version": version_of(row), "reason": "Counted twice"}
    )
    html = page.get_data(as_text=True)
    assert page.status_code == 422
    assert "1 effects are recorded under" in html
    assert "Counted twice" in html


def test_moved_remains_keep_their_number_and_take_their_effects_along(
    recorder, find, sessions, version_of, second_feature
):
    row = find()
    with sessions.transaction() as database:
        effect = make_effect(database, database.merge(row))
    answer = recorder.send(
        f"/remains/{row.number}/move",
        {
            "version": version_of(row),
            "feature_id": str(second_feature.id),
            "reason": "The tag was misread",
        },
    )
    assert answer.status_code == 302
    html = recorder.get(f"/remains/{row.number}").get_data(as_text=True)
    assert "Moved from" in html
    assert "The tag was misread" in html
    with sessions.read() as database:
        assert database.get(Remains, row.id).feature_id == second_feature.id
        assert database.get(type(effect), effect.id).feature_id == second_feature.id


def test_a_split_gives_a_new_number_and_both_name_each_other(recorder, find, version_of):
    row = find()
    answer = recorder.send(
        f"/remains/{row.number}/split",
        {"version": version_of(row), "kind": "BP", "reason": "A third arm", "notes": "Right arm"},
    )
    number = answer.location.split("/")[2]
    assert number.endswith("BP001")
    assert number in recorder.get(f"/remains/{row.number}").get_data(as_text=True)
    assert row.number in recorder.get(f"/remains/{number}").get_data(as_text=True)


def test_a_stale_page_changes_no_number(recorder, find):
    row = find()
    answer = recorder.send(
        f"/remains/{row.number}/void", {"version": "99", "reason": "Counted twice"}
    )
    assert answer.status_code == 409
    assert "Counted twice" in answer.get_data(as_text=True)


def test_a_printed_number_comes_back_to_the_right_record(recorder, feature, sessions):
    forms = f"/sites/{feature.site.code}/F01/forms"
    answer = recorder.send(forms, {"kind": "B", "count": "3"})
    sheets = recorder.get(answer.location).get_data(as_text=True)
    number = f"{feature.site.code}-F01-B002"
    assert sheets.count("<article") == 3
    assert number in sheets
    assert sheets.count("<svg") == 6, "a code on either side"
    for choice in ("Some joints hold together", "Looks to its left", "Strip of cloth", "Bullet"):
        assert choice in sheets
    assert "data:" not in sheets
    with sessions.read() as database:
        block = database.scalar(sa.select(PrintedBlock))
    assert (block.first, block.last, block.printed_by_id) == (1, 3, recorder.user.id)
    hint = recorder.get(f"/remains/?q={number}").get_data(as_text=True)
    assert "This number was printed on a form" in hint
    new = f"/sites/{feature.site.code}/F01/remains/new"
    assert 'value="2"' in recorder.get(f"{new}?kind=B&sequence=2").get_data(as_text=True)
    sent = {"kind": "B", "sequence": "2", "checked": "y"}
    assert recorder.send(new, sent).location == f"/remains/{number}/label"
    again = recorder.send(new, {**sent, "recovered_by": "Karim"})
    assert "is already recorded" in again.get_data(as_text=True)
    assert 'value="Karim"' in again.get_data(as_text=True)
    never = recorder.send(new, {**sent, "sequence": "50"})
    assert "was not printed on a form" in never.get_data(as_text=True)
    assert recorder.send(new, {"kind": "B", "checked": "y"}).location.endswith("B004/label")
    assert "B001" in recorder.get(forms).get_data(as_text=True)


@pytest.mark.parametrize("count", ["0", "101", "many", ""])
def test_a_wrong_count_of_forms_is_explained(recorder, feature, count):
    page = recorder.send(f"/sites/{feature.site.code}/F01/forms", {"kind": "B", "count": count})
    assert page.status_code == 422

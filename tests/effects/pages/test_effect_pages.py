"""Effects: recorded one after another, described, moved to where they belong, voided."""

import pytest
import sqlalchemy as sa

from caseman.coding.belongings import Colour, EffectCategory, Slot
from caseman.effects.models import PersonalEffect
from caseman.permissions import Role
from caseman.remains.models import Remains
from tests.factories.effects import make_effect, make_loose_effect


@pytest.fixture
def recorder(client_as, team):
    return client_as(Role.RECORDER, team=team)


@pytest.fixture
def effect(sessions, find):
    row = find()
    with sessions.transaction() as database:
        told = {"colour": Colour.SILVER, "inscription": "Orient 21 jewels"}
        return make_effect(database, database.merge(row), **told)


@pytest.fixture
def stored(sessions):
    def read(number):
        with sessions.read() as database:
            row = database.scalar(sa.select(PersonalEffect).where(PersonalEffect.number == number))
            _ = row and (row.photographs, row.remains)
            return row

    return read


def test_effects_are_recorded_one_after_another(recorder, find, stored, photo):
    number = find().number
    place = f"/remains/{number}/effects/new"
    shirt = {"kind": "t-shirt", "colour": "blue", "body_place": "worn", "photographs": [photo()]}
    assert recorder.send(place, shirt).location == place
    html = recorder.get(place).get_data(as_text=True)
    assert f"T-shirt is recorded as {number}/1" in html
    recorder.send(place, {"kind": "watch", "colour_absence": "not_visible"})
    page = recorder.get(f"/remains/{number}").get_data(as_text=True)
    assert f"{number}/1" in page
    assert f"{number}/2" in page
    first = stored(f"{number}/1")
    assert (first.category, first.slot, first.colour) == (
        EffectCategory.CLOTHING,
        Slot.TOP,
        Colour.BLUE,
    )
    assert len(first.photographs) == 1
    assert stored(f"{number}/2").absences == {"colour": "not_visible"}


def test_something_not_in_the_list_needs_its_group(recorder, find, stored):
    number = find().number
    place = f"/remains/{number}/effects/new"
    page = recorder.send(place, {"inscription": "حبل <b>"})
    assert page.status_code == 422
    assert "choose from the list, or its group" in page.get_data(as_text=True)
    assert "حبل &lt;b&gt;" in page.get_data(as_text=True)
    recorder.send(place, {"category": "restraint", "description": "Cable tie, behind the back"})
    assert stored(f"{number}/1").category is EffectCategory.RESTRAINT


def test_a_photograph_survives_a_form_that_needs_another_look(recorder, find, stored, photo):
    place = f"/remains/{find().number}/effects/new"
    html = recorder.send(place, {"photographs": [photo()]}).get_data(as_text=True)
    assert "1 photograph is kept already" in html


def test_a_loose_effect_has_a_number_of_its_own(recorder, feature, stored):
    place = f"/sites/{feature.site.code}/F01/effects/new"
    assert 'name="body_place"' not in recorder.get(place).get_data(as_text=True)
    answer = recorder.send(place, {"kind": "keys", "depth_m": "0.4"})
    number = f"{feature.site.code}-F01-A001"
    assert answer.location == f"/effects/{number}"
    html = recorder.get(answer.location).get_data(as_text=True)
    assert "found loose in" in html
    row = stored(number)
    assert (row.remains, row.depth_m, row.body_place.value) == (None, 0.4, "loose")


def test_the_list_is_searched_and_filtered_within_scope(recorder, client_as, effect):
    for query in ("", "q=orient", "kind=watch", "colour=silver", "category=personal"):
        assert effect.number in recorder.get(f"/effects/?{query}").get_data(as_text=True), query
    for query in ("q=casio", "kind=ring", "colour=red", "loose=y", "site=ZZ99"):
        assert effect.number not in recorder.get(f"/effects/?{query}").get_data(as_text=True)
    exact = recorder.get(f"/effects/?q={effect.number.lower()}")
    assert exact.location == f"/effects/{effect.number}"
    stranger = client_as(Role.RECORDER)
    assert "No effects are recorded yet" in stranger.get("/effects/").get_data(as_text=True)
    for page in ("", "/change", "/void", "/move", "/photographs/new"):
        assert stranger.get(f"/effects/{effect.number}{page}").status_code == 404, page


def test_a_description_is_corrected_and_keeps_what_is_not_in_our_list(
    recorder, sessions, find, stored
):
    row = find()
    with sessions.transaction() as database:
        told = {"kind": "prayer stone", "brand": "none"}
        number = make_effect(database, database.merge(row), **told).number
    page = f"/effects/{number}/change"
    assert 'value="none"' in recorder.get(page).get_data(as_text=True)
    sent = {"version": "1", "category": "personal", "colour": "brown", "brand": ""}
    assert recorder.send(page, sent).status_code == 302
    changed = stored(number)
    assert (changed.kind, changed.colour, changed.brand) == ("prayer stone", Colour.BROWN, "")
    assert recorder.send(page, sent).status_code == 409


def test_a_new_kind_brings_its_own_group(recorder, effect, stored):
    page = f"/effects/{effect.number}/change"
    recorder.send(page, {"version": "1", "kind": "boot"})
    changed = stored(effect.number)
    assert (changed.category, changed.slot) == (EffectCategory.FOOTWEAR, Slot.FEET)


def test_an_effect_moves_to_other_remains_and_keeps_its_number(
    recorder, effect, find, stored, sessions
):
    other = find()
    page = f"/effects/{effect.number}/move"
    wrong = {"version": "1", "remains": "RQA99-F01-B001", "reason": "The bag was swapped"}
    refused = recorder.send(page, wrong)
    assert refused.status_code == 422
    assert "no number of remains" in refused.get_data(as_text=True)
    right = {**wrong, "remains": other.number.lower()}
    assert recorder.send(page, right).status_code == 302
    assert stored(effect.number).remains_id == other.id
    html = recorder.get(f"/effects/{effect.number}").get_data(as_text=True)
    assert "The bag was swapped" in html
    assert "found elsewhere" in recorder.get(f"/remains/{other.number}").get_data(as_text=True)
    with sessions.read() as database:
        assert database.get(Remains, other.id).evidence_changed_at > other.evidence_changed_at


def test_a_voided_effect_stays_with_its_reason(recorder, effect):
    page = f"/effects/{effect.number}/void"
    assert recorder.send(page, {"version": "1", "reason": "x"}).status_code == 422
    recorder.send(page, {"version": "1", "reason": "Recorded twice"})
    html = recorder.get(f"/effects/{effect.number}").get_data(as_text=True)
    assert "Recorded twice" in html
    assert "Void this effect" not in html
    again = recorder.send(page, {"version": "2", "reason": "Recorded twice"})
    assert "This effect is voided" in again.get_data(as_text=True)


def test_photographs_are_added_and_sent_within_scope(recorder, client_as, effect, stored, photo):
    place = f"/effects/{effect.number}/photographs"
    none = recorder.send(f"{place}/new", {})
    assert "Choose at least one" in none.get_data(as_text=True)
    assert recorder.send(f"{place}/new", {"photographs": [photo()]}).status_code == 302
    picture = stored(effect.number).photographs[0]
    assert recorder.get(f"{place}/{picture.id}/view").mimetype == "image/webp"
    assert (
        "attachment"
        in recorder.get(f"{place}/{picture.id}/original").headers["Content-Disposition"]
    )
    assert client_as(Role.RECORDER).get(f"{place}/{picture.id}/view").status_code == 404


def test_voided_remains_take_no_effect(recorder, find, sessions):
    row = find()
    recorder.send(
        f"/remains/{row.number}/void", {"version": str(row.version), "reason": "Counted twice"}
    )
    answer = recorder.send(f"/remains/{row.number}/effects/new", {"kind": "ring"})
    assert answer.status_code == 409
    assert "voided" in answer.get_data(as_text=True)


def test_loose_effects_are_on_no_page_of_remains(recorder, sessions, feature, team, find):
    with sessions.transaction() as database:
        loose = make_loose_effect(database, database.merge(feature), team).number
    assert loose not in recorder.get(f"/remains/{find().number}").get_data(as_text=True)


def test_a_closer_look_is_kept_and_said_in_words(recorder, find, stored):
    number = find().number
    place = f"/remains/{number}/effects/new"
    coat = {
        "kind": "shal_u_shapik",
        "wear_layer": "outer",
        "pattern": "striped",
        "quantity": "1",
        "traces": ["hole", "stained"],
        "damage_beneath": "injury",
        "trace_note": "Left breast, 9 mm",
    }
    assert recorder.send(place, coat).location
    pocket = {"kind": "wallet", "inside": str(stored(f"{number}/1").id)}
    assert recorder.send(place, pocket).location
    told = recorder.get(f"/effects/{number}/1").text
    assert "Kurdish suit" in told
    assert "Outermost" in told
    assert "Left breast, 9 mm" in told
    assert "An injury lies beneath it" in told
    assert "What lay inside" in told
    assert "It lay inside" in recorder.get(f"/effects/{number}/2").text
    refused = recorder.send(f"{place}", {"kind": "ring", "quantity": "0", "inside": "999"})
    assert refused.status_code == 422
    assert "<details open>" in refused.text

    changed = f"/effects/{number}/2/change"
    assert 'selected value="' in recorder.get(changed).text
    assert recorder.send(changed, {"kind": "wallet", "inside": "0", "version": "2"}).location
    assert stored(f"{number}/2").inside_id is None


def test_what_was_never_looked_at_closely_stays_untold(recorder, effect, stored):
    changed = f"/effects/{effect.number}/change"
    recorder.send(changed, {"kind": "watch", "colour": "gold", "version": "1"})
    row = stored(effect.number)
    assert (row.traces, row.trace_note, row.quantity, row.side) == (None, None, None, None)

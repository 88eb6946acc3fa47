"""Contexts: numbered by themselves, related without contradiction, with what lay in each."""

import re

import pytest

from caseman.audit.models import AuditEntry
from caseman.permissions import Role
from caseman.remains.models import Remains
from caseman.sites.models import Feature
from caseman.stratigraphy.models import Context, ContextRelation
from tests.factories.remains import make_remains

LAYER = {"kind": "layer", "colour": "10YR 4/3", "top_m": "0.4", "bottom_m": "0.9"}


@pytest.fixture
def contexts(two):
    """The address of the contexts of our grave."""
    return f"/sites/{two.ours.code}/features/1/contexts"


@pytest.fixture
def three(contexts, recorder):
    for kind in ("layer", "fill", "cut"):
        recorder.send(f"{contexts}/new", LAYER | {"kind": kind})
    return contexts


def say(client, contexts, which, direction, other_id):
    return client.send(
        f"{contexts}/{which}/relations", {"direction": direction, "other_id": other_id}
    )


def test_a_context_gets_the_next_number_and_keeps_it(two, contexts, recorder, stored):
    assert "No layer, fill or cut is told apart here yet" in recorder.get(contexts).text
    page = recorder.send(f"{contexts}/new", LAYER, follow_redirects=True).text

    assert f"{two.ours.code}-F01-C001" in page
    assert "10YR 4/3" in page
    recorder.send(f"{contexts}/new", LAYER | {"kind": "cut"})
    assert [each.number for each in stored(Context)] == [1, 2]
    assert "C002" in recorder.get(f"/sites/{two.ours.code}/features/1").text


def test_what_cannot_be_is_said_at_its_field(contexts, recorder, stored):
    wrong = LAYER | {"top_m": "0.9", "bottom_m": "0.4", "description": "Kept as typed."}
    answer = recorder.send(f"{contexts}/new", wrong)

    assert answer.status_code == 422
    assert "Its lower side cannot lie higher than its upper side." in answer.text
    assert "Kept as typed." in answer.text
    assert stored(Context) == []


def test_a_correction_keeps_what_stood_before(three, recorder, stored):
    form = recorder.get(f"{three}/1/correct").text
    version = re.search(r'name="version"[^>]*value="([^"]*)"', form)[1]
    corrected = LAYER | {"colour": "dark brown", "version": version}

    assert recorder.send(f"{three}/1/correct", corrected).status_code == 302
    assert recorder.send(f"{three}/1/correct", corrected).status_code == 409
    changed = [each for each in stored(AuditEntry) if each.table_name == "context"]
    assert changed[-1].changes["colour"] == ["10YR 4/3", "dark brown"]


def test_relations_read_from_both_sides_and_draw_the_matrix(three, recorder, stored):
    layer, fill, cut = stored(Context)
    say(recorder, three, 1, "above", fill.id)
    say(recorder, three, 3, "filled_by", fill.id)
    say(recorder, three, 1, "above", cut.id)

    assert "lies below" in recorder.get(f"{three}/2").text
    assert "fills" in recorder.get(f"{three}/2").text
    page = recorder.get(three).text
    assert page.count('class="link"') == 2  # what the layer says of the cut follows from the fill
    kinds = {(each.upper_id, each.lower_id): each.kind.value for each in stored(ContextRelation)}
    assert kinds == {
        (layer.id, fill.id): "above",
        (fill.id, cut.id): "fills",
        (layer.id, cut.id): "above",
    }


def test_a_circle_and_a_second_relation_are_refused_in_words(three, recorder, stored):
    layer, fill, cut = stored(Context)
    say(recorder, three, 1, "above", fill.id)
    say(recorder, three, 2, "above", cut.id)

    circle = say(recorder, three, 3, "cuts", layer.id)
    assert circle.status_code == 409
    assert re.search(r"each of C00\d &gt; C00\d &gt; C00\d &gt; C00\d would lie above", circle.text)
    again = say(recorder, three, 2, "below", layer.id)
    assert "How it lies to C001 is recorded already" in again.text
    assert len(stored(ContextRelation)) == 2


def test_a_relation_is_taken_back_and_can_be_recorded_again(three, recorder, stored):
    fill = stored(Context)[1]
    say(recorder, three, 1, "above", fill.id)
    (relation,) = stored(ContextRelation)
    address = f"{three}/1/relations/{relation.id}/remove"

    assert "Take this relation back?" in recorder.get(address).text
    recorder.send(address)
    assert stored(ContextRelation) == []
    assert say(recorder, three, 1, "below", fill.id).status_code == 302
    taken = [each for each in stored(AuditEntry) if each.table_name == "context_relation"]
    assert [each.action.value for each in taken] == ["create", "delete", "create"]


def test_finds_are_put_into_a_context_and_out_again(two, three, session, recorder, stored):
    grave = session.get(Feature, two.grave_id)
    numbers = [make_remains(session, grave, two.first).number for _ in range(2)]
    session.commit()
    address = f"{three}/2/finds"

    recorder.send(address, {"finds": numbers})
    assert numbers[0] in recorder.get(f"{three}/2").text
    assert "C002" in recorder.get(f"{three}/1/finds").text
    recorder.send(f"{three}/1/finds", {"finds": numbers[:1]})
    recorder.send(address, {"finds": []})
    assert [each.context and each.context.number for each in stored(Remains)] == [1, None]


def test_the_plan_shows_one_context_alone(two, three, session, recorder):
    grave = session.get(Feature, two.grave_id)
    rows = [make_remains(session, grave, two.first) for _ in range(2)]
    context = session.query(Context).order_by(Context.id).first()
    for east, row in enumerate(rows):
        row.recovery.grid_e_m, row.recovery.grid_n_m = east, 1.0
    rows[0].context = context
    inside, outside = (row.number.rpartition("-")[2] for row in rows)
    session.commit()

    page = recorder.get(f"/sites/{two.ours.code}/features/1/plan?context=C001").text
    assert f">{inside}</text>" in page
    assert f">{outside}</text>" not in page


def test_whoever_does_not_work_there_sees_and_changes_nothing(two, three, session, client_as):
    stranger = client_as(Role.RECORDER, team=session.merge(two.second))
    for path in ("", "/1", "/new", "/1/correct", "/1/finds"):
        assert stranger.get(three + path).status_code == 404
    reviewer = client_as(Role.REVIEWER, team=session.merge(two.first))
    assert reviewer.get(f"{three}/1").status_code == 200
    assert reviewer.send(f"{three}/new", LAYER).status_code == 403

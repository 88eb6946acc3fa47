"""Storage places as people meet them: a tree with what each keeps, added and corrected."""

import re

import pytest
import sqlalchemy as sa

from caseman.accounts.models import Membership
from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.custody.codes import Standing
from caseman.custody.models import StoragePlace
from caseman.custody.queries import shelves
from caseman.permissions import OPERATOR, Role
from tests.factories.accounts import make_team
from tests.factories.custody import make_exhibit, make_place

NEW = {"code": "mortuary-2", "name": "Mortuary, second floor", "kind": "mortuary"}


def hidden(page, name):
    """The value of a hidden field, as a browser would send it back."""
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.text)[1]


@pytest.fixture
def house(work, session):
    """A mortuary with a room with a shelf, and a tent beside it."""
    mortuary = make_place(session, work.operation, code="M", name="Mortuary", kind="mortuary")
    room = make_place(session, work.operation, mortuary, code="M-R1", name="Room one")
    shelf = make_place(session, work.operation, room, code="M-R1-S1", name="Top shelf")
    tent = make_place(session, work.operation, code="A-TENT", name="Tent", kind="field")
    session.commit()
    return [mortuary, room, shelf, tent]


@pytest.fixture
def kept(work, house, session):
    """Put an exhibit of ours on the shelf and in the room, and one of theirs on the shelf."""
    _mortuary, room, shelf, _tent = house
    for site, place in ((work.ours, shelf), (work.ours, room), (work.theirs, shelf)):
        make_exhibit(session, site, place=place, standing=Standing.KEPT)
    make_exhibit(session, work.ours, place=shelf, standing=Standing.ON_THE_WAY)
    session.commit()


def test_places_stand_as_a_tree_with_what_each_keeps(house, kept, examiner, session):
    rows = [
        (each.place.code, each.depth, each.kept, each.kept_below)
        for each in shelves(session, OPERATOR)
    ]
    assert rows == [
        ("A-TENT", 0, 0, 0),
        ("M", 0, 0, 3),
        ("M-R1", 1, 1, 3),
        ("M-R1-S1", 2, 2, 2),
    ]
    page = examiner.get("/custody/places").text
    assert (
        page.index("Tent")
        < page.index("Mortuary")
        < page.index("Room one")
        < page.index("Top shelf")
    )
    assert "branch-2" in page


def test_a_full_place_says_so_and_takes_more_all_the_same(house, kept, examiner, session, work):
    mortuary, room, shelf, _tent = house
    mortuary.capacity, room.capacity, shelf.capacity = 10, 3, 1
    session.commit()

    full = {
        each.place.code: (each.share, each.is_full, each.over)
        for each in shelves(session, OPERATOR)
    }
    assert full == {
        "A-TENT": (None, False, 0),
        "M": (0.3, False, 0),
        "M-R1": (1.0, True, 0),
        "M-R1-S1": (1.0, True, 1),
    }
    session.rollback()
    page = examiner.get("/custody/places").text
    assert "3 of 10 places taken" in page
    assert "1 more than it holds" in page
    form = examiner.get("/custody/hand-overs/new").text
    assert "M-R1 Room one (full)" in form.partition('name="to_place_id"')[2]
    assert "(full)" not in form.partition('name="from_place_id"')[2].partition("</select>")[0]


def test_a_place_holds_at_least_one(house, examiner, session):
    answer = examiner.send("/custody/places/new", NEW | {"capacity": "0"})
    assert answer.status_code == 422
    examiner.send("/custody/places/new", NEW | {"capacity": "40"})
    stored = session.scalars(sa.select(StoragePlace).where(StoragePlace.code == "MORTUARY-2"))
    assert stored.one().capacity == 40


def test_counts_hold_only_what_the_reader_may_see(house, kept, recorder):
    page = recorder.get(f"/custody/places/{house[1].id}").text
    assert re.findall(r"<b><bdi>(\d+)</bdi></b>", page) == ["1", "2"]


def test_places_of_another_operation_are_not_there(house, session, client_as):
    stranger = client_as(Role.EXAMINER)
    assert "Mortuary" not in stranger.get("/custody/places").text
    for path in ("", "/correct"):
        assert stranger.get(f"/custody/places/{house[0].id}{path}").status_code == 404


def test_an_empty_list_says_how_a_place_comes_into_it(work, examiner, reviewer):
    page = examiner.get("/custody/places").text
    assert "No storage place yet" in page
    assert "/custody/places/new" in page
    assert "/custody/places/new" not in reviewer.get("/custody/places").text


def test_a_place_is_added_within_another(house, examiner, stored):
    answer = examiner.send("/custody/places/new", {**NEW, "parent_id": house[0].id})
    assert answer.location == "/custody/places"
    place = stored(StoragePlace)[-1]
    assert (place.code, place.parent_id) == ("MORTUARY-2", house[0].id)
    assert place.operation_id == house[0].operation_id
    assert "MORTUARY-2 is added" in examiner.get("/custody/places").text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"code": ""}, "Code is missing"),
        ({"code": "<script>"}, "not written as it must be"),
        ({"code": "A" * 21}, "1 character too long"),
        ({"kind": "castle"}, "is not one of the choices"),
        ({"parent_id": "987654"}, "Not a valid choice"),
        ({"parent_id": "upstairs"}, "Invalid Choice"),
        ({"name": "n" * 201}, "1 character too long"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(house, examiner, stored, wrong, message):
    typed = {**NEW, "notes": "<b>\u202eبراد</b>\nsecond line", **wrong}
    page = examiner.send("/custody/places/new", typed)
    assert page.status_code == 422
    assert message in page.text
    assert "&lt;b&gt;براد&lt;/b&gt;\nsecond line" in page.text
    assert len(stored(StoragePlace)) == 4


def test_a_code_that_is_taken_is_named_on_its_field(house, examiner):
    page = examiner.send("/custody/places/new", {**NEW, "code": "m-r1"})
    assert page.status_code == 409
    assert "Another storage place is called M-R1." in page.text
    assert 'value="M-R1"' in page.text


def test_whoever_works_in_two_operations_says_in_which(house, session, examiner, stored):
    other = make_team(session)
    elsewhere = make_place(session, other.operation, code="FAR")
    session.add(Membership(user_id=examiner.user.id, team_id=other.id))
    session.commit()
    assert "Operation" in examiner.get("/custody/places").text
    page = examiner.send("/custody/places/new", NEW)
    assert page.status_code == 422
    mixed = {**NEW, "operation_id": house[0].operation_id, "parent_id": elsewhere.id}
    page = examiner.send("/custody/places/new", mixed)
    assert "belongs to another operation" in page.text
    examiner.send("/custody/places/new", {**NEW, "operation_id": other.operation_id})
    assert stored(StoragePlace)[-1].operation_id == other.operation_id


def test_somebody_without_a_team_is_told_why_nothing_can_be_added(client_as):
    page = client_as(Role.EXAMINER, team=None).get("/custody/places/new")
    assert "You are in no team yet" in page.text


def test_a_correction_stays_in_the_trail(house, examiner, stored):
    path = f"/custody/places/{house[1].id}/correct"
    form = {"version": hidden(examiner.get(path), "version"), "code": "M-R1", "kind": "cold_room"}
    answer = examiner.send(path, {**form, "name": "Room one, west", "parent_id": house[0].id})
    assert answer.location == f"/custody/places/{house[1].id}"
    assert stored(StoragePlace)[1].name == "Room one, west"
    entry = [each for each in stored(AuditEntry) if each.action is Action.UPDATE][-1]
    assert entry.changes["name"] == ["Room one", "Room one, west"]


def test_a_place_does_not_lie_in_itself(house, examiner, stored):
    mortuary, _room, shelf, _tent = house
    path = f"/custody/places/{mortuary.id}/correct"
    form = {"version": hidden(examiner.get(path), "version"), "code": "M", "kind": "mortuary"}
    page = examiner.send(path, {**form, "name": "Mortuary", "parent_id": shelf.id})
    assert page.status_code == 422
    assert "cannot lie in itself" in page.text
    assert stored(StoragePlace)[0].parent_id is None


def test_a_ring_of_places_hides_none_of_them(house, session):
    mortuary, _room, shelf, _tent = house
    mortuary.parent_id = shelf.id
    session.commit()
    assert {each.place.code for each in shelves(session, OPERATOR)} == {
        "A-TENT",
        "M",
        "M-R1",
        "M-R1-S1",
    }


def test_two_who_correct_one_place_see_both_texts(house, examiner, client_as, work):
    path = f"/custody/places/{house[1].id}/correct"
    form = {"version": hidden(examiner.get(path), "version"), "code": "M-R1", "kind": "cold_room"}
    examiner.send(path, {**form, "name": "Room one, west", "parent_id": house[0].id})
    page = examiner.send(path, {**form, "name": "Room one, east", "parent_id": house[3].id})
    assert page.status_code == 409
    assert "Room one, west" in page.text
    assert "A-TENT Tent" in page.text
    again = {**form, "version": hidden(page, "version"), "name": "Room one, east"}
    assert examiner.send(path, again).status_code == 302


def test_opening_a_place_is_on_record(house, reviewer, stored):
    reviewer.get(f"/custody/places/{house[0].id}")
    entry = stored(AuditEntry)[-1]
    assert (entry.action, entry.subject, entry.actor_id) == (Action.READ, "M", reviewer.user.id)


def test_the_menu_leads_to_the_places(recorder, client_as):
    assert 'href="/custody/places"' in recorder.get("/").text
    assert "/custody" not in client_as(Role.INTAKE).get("/").text

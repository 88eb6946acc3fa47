"""What makes a recorder look again; nothing of it is ever refused."""

from datetime import date
from types import SimpleNamespace

import pytest

from caseman.remains.codes import BodyCondition, BodyPosition, RemainsKind
from caseman.remains.drafts import Recovery
from caseman.remains.recovery_codes import (
    Ballistic,
    BodyDirection,
    BoundPlace,
    BoundWith,
    InFrame,
    Weathering,
)
from caseman.remains.recovery_doubts import about_photographs, about_recovery

GRAVE = SimpleNamespace(depth_m=2.0)
BODY, BONE = RemainsKind.BODY, RemainsKind.BONE


def doubts(kind=BODY, **told):
    found = about_recovery(Recovery(**told), kind, GRAVE, date(2026, 3, 1))
    return " ".join(doubt.message for doubt in found)


@pytest.mark.parametrize(
    ("kind", "told", "said"),
    [
        (BONE, {"body_position": BodyPosition.PRONE}, "a position is chosen"),
        (BODY, {"direction": BodyDirection.NORTH, "orientation_deg": 90}, "by the compass"),
        (
            BODY,
            {"condition": BodyCondition.FRESH, "weathering": Weathering.CRACKED},
            "flesh still covers",
        ),
        (BODY, {"bound_places": [BoundPlace.NONE, BoundPlace.NECK]}, "Nothing tied"),
        (
            BODY,
            {"bound_places": [BoundPlace.NONE], "bound_with": [BoundWith.WIRE]},
            "Nothing tied",
        ),
        (BODY, {"ballistic": [Ballistic.NONE, Ballistic.BULLET]}, "None seen"),
        (BODY, {"ballistic": [Ballistic.LIVE_ROUND]}, "live round"),
    ],
)
def test_what_hardly_can_be_so_is_named(kind, told, said):
    assert said in doubts(kind, **told)


@pytest.mark.parametrize(
    "told",
    [
        {"direction": BodyDirection.NORTH, "orientation_deg": 340},
        {"bound_places": [BoundPlace.NONE], "ballistic": [Ballistic.NONE]},
        {"weathering": Weathering.CRACKED, "condition": BodyCondition.SKELETONISED},
    ],
)
def test_what_may_well_be_so_is_believed(told):
    assert doubts(**told) == ""


def test_an_eighth_of_the_compass_is_known_by_its_middle():
    assert [each.degrees for each in BodyDirection] == [0, 45, 90, 135, 180, 225, 270, 315]


@pytest.mark.parametrize(
    ("photographed", "in_frame", "how_many"),
    [(False, [], 1), (True, [], 0), (True, [InFrame.NUMBER], 2), (True, list(InFrame), 0)],
)
def test_photographs_are_asked_for_their_scale_and_north(photographed, in_frame, how_many):
    found = about_photographs(photographed=photographed, in_frame=in_frame)
    assert len(list(found)) == how_many

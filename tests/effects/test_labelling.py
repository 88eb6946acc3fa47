"""The numbers of a plan: none covers another as long as there is room, each time alike."""

from itertools import combinations

import pytest

from caseman.effects.labelling import Box, Mark, along, place_labels
from caseman.effects.plan import Placed, PlanKind, draw

FRAME = Box(0, 0, 720, 720)
LETTER = 20


def crowded(count, spread=3.0):
    """Finds of a mass grave, close to each other and upon each other."""
    kinds = [PlanKind.BODY, PlanKind.PART, PlanKind.EFFECT, PlanKind.PHOTOGRAPH]
    return [
        Placed(
            kinds[at % 4],
            f"RQA01-F02-B{at:03}",
            round(spread * (at * 0.618 % 1), 2),
            round(spread * (at * 0.755 % 1), 2),
            direction=at * 37 % 360 if at % 2 == 0 else None,
        )
        for at in range(count)
    ]


def boxes_of(plan):
    return [each.box for each in plan.labels if each is not None]


def test_a_number_stands_beside_its_mark_where_nothing_is_in_the_way():
    (label,) = place_labels([Mark(100, 100, "B001")], LETTER, FRAME)
    assert label.leader is None
    assert label.box.left == pytest.approx(114)
    assert label.box.top < 100 < label.box.bottom
    assert label.box.top < label.y < label.box.bottom


def test_two_on_one_spot_have_a_number_each():
    first, second = place_labels([Mark(100, 100, "B001"), Mark(100, 100, "B002")], LETTER, FRAME)
    assert not first.box.meets(second.box)


@pytest.mark.parametrize("spread", [0.0, 1.0, 3.0])
def test_no_number_of_sixty_crowded_finds_covers_another(spread):
    plan = draw(crowded(80, spread), "RQA01-F02")
    boxes = boxes_of(plan)
    assert len(boxes) == 60
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]
    frame = Box(plan.left, plan.top, plan.left + plan.width, plan.top + plan.height)
    assert all(frame.holds(each) for each in boxes)


def test_a_line_leads_to_a_number_further_away():
    around = Box(60, 60, 140, 140)
    (label,) = place_labels([Mark(100, 100, "B001")], LETTER, FRAME, [around])
    assert not label.box.meets(around)
    assert label.leader[:2] == (100, 100)
    assert along(label.leader, 1)[-1].meets(label.box)


def test_no_line_runs_through_the_number_of_another():
    other = Mark(130, 100, "B001")
    wall = Box(80, 80, 200, 95), Box(80, 105, 200, 120), Box(60, 80, 95, 120)
    first, second = place_labels([other, Mark(110, 100, "B002")], LETTER, FRAME, wall)
    assert not any(first.box.meets(box) for box in along(second.leader, 1))


def test_the_same_finds_give_the_same_drawing():
    assert draw(crowded(60)) == draw(crowded(60))


def test_without_room_every_find_keeps_its_number():
    plan = draw([Placed(PlanKind.PART, f"P{at:03}", 0, 0) for at in range(300)])
    assert len(boxes_of(plan)) == 300

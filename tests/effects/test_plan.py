"""The plan of a grave: to scale, north above; points of a total station read line by line."""

import pytest

from caseman.effects.plan import STEPS, Placed, PlanKind, draw
from caseman.effects.total_station import Datum, read_points

BODY = Placed(PlanKind.BODY, "RQA01-F02-B001", 1.0, 2.0, 1.2, 1, 90)
WATCH = Placed(PlanKind.EFFECT, "RQA01-F02-E001", 4.0, 2.0, 1.8)


def test_nothing_placed_draws_nothing():
    assert draw([]) is None


def test_metres_become_centimetres_with_north_above():
    plan = draw([BODY, WATCH], "RQA01-F02")
    body, watch = plan.signs
    assert (body.x, body.y, body.short) == (100, -200, "B001")
    assert (body.x1, body.y1) == pytest.approx((20, -200))  # the head, west of the feet
    assert (body.x2, body.y2) == pytest.approx((180, -200))
    assert watch.x - body.x == 300
    assert plan.bar == plan.bar_m * 100
    assert plan.bar_m in STEPS
    assert [body.depth_class, watch.depth_class] == [1, 3]


@pytest.mark.parametrize("spread", [0, 0.01, 3, 40, 900])
def test_everything_lies_within_the_drawing(spread):
    placed = [
        Placed(PlanKind.BODY, str(at), spread * at, -spread * at, direction=45) for at in (0, 1)
    ]
    plan = draw(placed)
    for sign in plan.signs:
        for x, y in ((sign.x, sign.y), (sign.x1, sign.y1), (sign.x2, sign.y2)):
            assert plan.left < x < plan.left + plan.width
            assert plan.top < y < plan.top + plan.height
    assert 0 < plan.bar <= plan.width / 2
    assert len(plan.grid_x) + len(plan.grid_y) < 60


@pytest.mark.parametrize(
    "text",
    [
        "B001,101.5,202.25,48.7",
        "number,east,north,height\nb001,101.5,202.25,48.7",
        "Point;E;N;Z\nB001;101,5;202,25;48,7",
        "id\tnorthing\teasting\tdepth\nB001\t٢٠٢٫٢٥\t١٠١٫٥\t1.3",
    ],
)
def test_a_point_is_read_in_every_manner_of_writing(text):
    (point,) = read_points(text, Datum(100, 200, 50))
    assert (point.number, point.east, point.north, point.depth) == ("B001", 1.5, 2.25, 1.3)
    assert not point.wrong


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("B001,east,2,3", "must be numbers"),
        ("B001,nan,2,3", "must be numbers"),
        ("B001,1", "must be numbers"),
        (",1,2,3", "no number of a find"),
        ("B001,512345.6,3987654.3,3", "more than %(most)s m from the datum"),
        ("B001,1,2,150", "depth comes out"),
    ],
)
def test_what_cannot_be_is_said_of_its_line(line, words):
    (point,) = read_points(line, Datum(height=49))
    assert words in point.wrong


def test_without_the_height_of_the_surface_there_is_no_depth():
    (point,) = read_points("B001,1,2,3", Datum())
    assert point.depth is None


def test_every_line_keeps_its_number_and_none_swallows_another():
    text = 'B001,1,2,3\n\n"B002,1,2,3\nB003,1,2,3'
    points = read_points(text, Datum())
    assert [(each.line, bool(each.wrong)) for each in points] == [(1, False), (3, True), (4, False)]
    *_taken, last = read_points("B001,1,2,3\n" * 5002, Datum())
    assert (last.line, last.values) == (5001, {"most": 5000})

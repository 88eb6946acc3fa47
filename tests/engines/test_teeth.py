"""The numbers and surfaces of teeth, and how a report keeps them."""

from caseman.coding.physical import ToothState
from caseman.coding.teeth import (
    DECIDUOUS,
    PERMANENT,
    TEETH,
    Surface,
    quadrants,
    read_chart,
    surfaces_of,
    written,
)


def test_the_drawing_holds_every_tooth_once_the_persons_right_on_the_left():
    permanent, milk = quadrants(deciduous=False), quadrants(deciduous=True)
    assert permanent[0] == (18, 17, 16, 15, 14, 13, 12, 11)
    assert permanent[3] == (31, 32, 33, 34, 35, 36, 37, 38)
    assert milk[2] == (85, 84, 83, 82, 81)
    assert sorted(fdi for each in permanent for fdi in each) == sorted(PERMANENT)
    assert sorted(fdi for each in milk for fdi in each) == sorted(DECIDUOUS)
    assert len(TEETH) == 52


def test_surfaces_are_read_as_they_are_written():
    assert surfaces_of("dom") == [Surface.MESIAL, Surface.OCCLUSAL, Surface.DISTAL]
    assert surfaces_of("IBF") == [Surface.OCCLUSAL, Surface.VESTIBULAR]
    assert surfaces_of("") == []


def test_what_a_report_keeps_is_read_again_and_other_words_are_left_out():
    kept = {"16": written(ToothState.FILLED, "MO"), "48": written(ToothState.MISSING_UNKNOWN, "")}
    assert kept == {"16": "FIL-MO", "48": "MIS"}
    assert read_chart({**kept, "11": "chipped", "99": "INT"}) == {
        16: (ToothState.FILLED, "MO"),
        48: (ToothState.MISSING_UNKNOWN, ""),
    }

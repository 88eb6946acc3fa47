"""Evidence is told in the reader's words: no code of the engine reaches a page."""

import pytest

from caseman.identification.dental_line import TEETH
from caseman.identification.dna_line import DNA
from caseman.identification.words import line_name, others_spoken_of, worded, worded_lines
from caseman.identification.words.levels import LEVELS, LINE_NAMES
from caseman.identification.words.sides import Named
from caseman.matching import LineName

SAID = [
    ("effects", {"effects": [["watch", "casio"], ["id_card", ""]]}, "Watch, casio; Identity card"),
    ("clothing", {"garments": [["top", "t-shirt", "light_blue"]]}, "T-shirt, light blue"),
    ("dental", {"codes": ["gold_crown", "diastema"]}, "Gold crown; Gap between the front teeth"),
    ("marks", {"marks": [["healed_fracture", "L_arm"]]}, "Healed fracture (Left arm)"),
    ("marks", {"marks": [["tattoo", ""]]}, "Tattoo"),
    ("marks", {"marks": []}, "None told of or seen"),
    ("circumstance", {"site_kind": "mass_grave"}, "Mass grave"),
    ("circumstance", {"circumstance": "attack"}, "Attack or air strike"),
    ("stature", {"centimetres": 170, "standard_error": 3.5}, "170 cm ± 3.5 cm"),
    ("age", {"low": 18, "high": 25}, "18 to 25 years"),
    ("place", {"kilometres": 2.5}, "2.5 km from the site"),
    ("names", {}, ""),
]


def line(name, side, level="same", agreement="agrees", other=None):
    return {
        "line": name,
        "level": level,
        "agreement": agreement,
        "log10_lr": 1.0,
        "post_mortem": side,
        "ante_mortem": side if other is None else other,
    }


@pytest.fixture(autouse=True)
def reader(app):
    with app.test_request_context("/"):
        yield


@pytest.mark.parametrize(("name", "side", "said"), SAID)
def test_each_value_reads_as_a_person_would_say_it(name, side, said):
    assert worded(line(name, side)).post_mortem == said


def test_every_line_of_the_engine_has_a_name():
    assert {str(each) for each in LineName} | {DNA, TEETH} == set(LINE_NAMES)
    assert all(line_name(name) != name for name in LINE_NAMES)


def test_neighbours_are_called_by_their_numbers_and_only_where_the_reader_may_see_them():
    beside = line("companions", {"remains": "7"}, "companion_beside", other={"report": "9"})

    assert others_spoken_of([beside, line("sex", {"sex": "male"})]) == ({7}, {9})
    seen = worded(beside, Named({7: "RQA01-F02-B014"}, {9: "MP-ABCDEFGH"}))
    assert (seen.post_mortem, seen.ante_mortem) == ("RQA01-F02-B014", "MP-ABCDEFGH")
    unseen = worded(beside)
    assert (unseen.post_mortem, unseen.ante_mortem) == ("", "")
    assert unseen.detail == str(LEVELS["companion_beside"])


def test_what_was_not_recorded_follows_what_was():
    lines = worded_lines([line("sex", {"sex": "male"})])

    assert lines[0].line == "sex"
    assert len(lines) == len(LINE_NAMES) - 1
    assert TEETH not in {each.line for each in lines}
    assert {each.weight for each in lines[1:]} == {None}

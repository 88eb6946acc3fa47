"""Parts of a page that are drawn in Python escape what they get and say what is missing."""

import pytest
from jinja2 import Undefined
from markupsafe import Markup

from caseman.coding import Absence, Sex
from caseman.web.drawing import Drawing, icon

drawing = Drawing(lambda text: f"«{text}»")


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        (Sex.FEMALE, "«Female»"),
        (Absence.UNKNOWN, '<span class="absent">«Unknown»</span>'),
        (True, "«Yes»"),
        (False, "«No»"),
        (0, '<bdi class="number">0</bdi>'),
        ("<b>", "<bdi>&lt;b&gt;</bdi>"),
        (Markup("<b>x</b>"), "<bdi><b>x</b></bdi>"),
        (None, '<span class="absent">«Not recorded»</span>'),
        ("", '<span class="absent">«Not recorded»</span>'),
        (Undefined(), '<span class="absent">«Not recorded»</span>'),
    ],
)
def test_a_value_is_put_into_words(value, drawn):
    assert drawing.words(value) == drawn


@pytest.mark.parametrize(
    ("absence", "said"),
    [
        (Absence.DECLINED, "«Prefers not to say»"),
        ("told <i>", "told &lt;i&gt;"),
        (Undefined(), "«Not recorded»"),
    ],
)
def test_nothing_says_why_there_is_nothing(absence, said):
    assert drawing.words(None, absence) == f'<span class="absent">{said}</span>'


def test_a_cell_reads_mappings_and_objects_alike():
    class Row:
        number = "MP-1"

    column = {"key": "number", "kind": "code"}
    assert drawing.cell({"number": "MP-1"}, column) == drawing.cell(Row(), column)
    assert drawing.cell({}, column) == drawing.words(None)
    assert drawing.cell({"number": "<"}, column) == '<bdi class="code">&lt;</bdi>'


def test_a_tag_holds_its_state_and_escapes_it():
    assert "tag-closed" in drawing.tag("<x>", "closed")
    assert "&lt;x&gt;" in drawing.tag("<x>", "closed")
    assert "<svg" not in drawing.tag("x")


def test_arrows_turn_with_the_direction_of_reading():
    assert "icon-mirror" in icon("next")
    assert "icon-mirror" not in icon("up")
    assert "icon-mirror" in icon("up", mirror=True)

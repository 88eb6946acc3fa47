"""Labels: drawn for the dots of a label printer, and only of numbers that were given out."""

import re

import pytest

from caseman.documents.labels import DOTS_PER_MM, SHEET_PLACES, SIDE_MM, LabelSize, label_of, sheets
from caseman.documents.pdf import can_make_pdf
from caseman.permissions import Role
from caseman.remains.services import void
from tests.factories.accounts import make_team
from tests.factories.remains import make_grave, make_remains

NUMBER = "RQA01-F03-B012"
MODULES = 21 + 2 * 2
"""Along one side of the smallest code, with its quiet zone."""


@pytest.mark.parametrize("size", list(LabelSize))
def test_each_module_is_a_whole_number_of_dots_and_the_code_fits(size):
    label = label_of(NUMBER, "Body", size)
    assert (label.place, label.last) == ("RQA01-F03-", "B012")
    width = float(re.search(r'width="([0-9.]+)mm"', label.qr)[1])
    dots = width * DOTS_PER_MM / MODULES
    assert width <= SIDE_MM[size]
    assert dots == pytest.approx(round(dots), abs=1e-3)
    assert dots >= 3


def test_a_begun_sheet_keeps_its_used_places_empty():
    labels = [label_of(NUMBER, "Body", LabelSize.SHEET)] * SHEET_PLACES
    first, second = sheets(labels, skip=5)
    assert first[:5] == (None,) * 5
    assert first[5].number == NUMBER
    assert len(second) == 5


@pytest.fixture
def world(sessions):
    """A team with a recorded find, a voided one, and its grave."""
    with sessions.transaction() as database:
        team = make_team(database)
        grave = make_grave(database, team.operation)
        kept, mistaken = (make_remains(database, grave, team) for _ in range(2))
        void(database, mistaken, "Entered twice")
        return team, kept.number, mistaken.number


def test_labels_are_printed_of_numbers_that_were_given_out(client_as, world):
    team, kept, mistaken = world
    recorder = client_as(Role.RECORDER, team=team)
    asked = f"/documents/labels?size=50x30&copies=2&numbers={kept}"
    assert "2 labels are ready to print" in recorder.get(asked).text
    sheet = recorder.get(asked.replace("labels?", "labels/print?")).text
    assert sheet.count("<article") == 2
    assert kept.rpartition("-")[2] in sheet
    pdf = recorder.get(asked.replace("labels?", "labels.pdf?"))
    assert pdf.data.startswith(b"%PDF") == can_make_pdf()
    for refused in (mistaken, "XYZ99-F01-B001"):
        page = recorder.get(asked.replace(kept, refused))
        assert page.status_code == 422
        assert "never given out" in page.text
        assert recorder.get(f"/documents/labels/print?numbers={refused}").status_code == 302

"""Equations that an operation has of its own: looked at, offered there alone, retired."""

import io
import json
import re

import pytest

from caseman.permissions import Role
from tests.factories.accounts import make_team
from tests.factories.remains import make_grave, make_remains

EQUATION = {
    "method": "Example laboratory",
    "year": "2024",
    "population": "Example region",
    "sex": "M",
    "measures": "Fem_01",
    "slope": "2.41234567",
    "intercept_cm": "58.5",
    "error_cm": "3.5",
    "n": "64",
    "mean_x_cm": "45.6",
    "sd_x_cm": "2.4",
    "lowest_cm": "40",
    "highest_cm": "52",
    "source": "Own identified cases, report 12.",
}
STATURE = "stature-example-laboratory-2024?measures=Fem_01&sex=M&population=Example+region"


@pytest.fixture
def new(team):
    return f"/methods/{team.operation.code}/new"


def added(client, new, **more):
    answer = client.send(new, {**EQUATION, "checked": "y", **more})
    assert answer.location, answer.text
    return answer.location


def length(client, number, of="452"):
    told = {"measure": "Fem_01", "side": "R", "length_mm": of}
    client.send(f"/remains/{number}/measurements/new", told)


def test_an_equation_is_looked_at_and_then_offered_and_named(examiner, new, find):
    looked = examiner.send(new, EQUATION)
    assert looked.status_code == 200
    assert "155 cm" in looked.text  # 58.5 + 2.41234567 * 40
    assert "95 percent, prediction for one person" in looked.text
    assert "No equation was added yet." in examiner.get("/methods").text
    shown = examiner.get(added(examiner, new)).text
    assert "2.41234567" in shown

    number = find().number
    length(examiner, number)
    assert "Example laboratory 2024" in examiner.get(f"/remains/{number}/methods").text
    page = examiner.get(f"/remains/{number}/methods/{STATURE}").text
    assert "given by the laboratory" in page
    assert "Own identified cases, report 12." in page


def test_a_file_fills_the_form_and_is_not_kept_at_once(examiner, new):
    told = {**EQUATION, "slope": 2.41234567, "n": 64}
    file = (io.BytesIO(json.dumps(told).encode()), "own.json")
    looked = examiner.send(new, {"file": file, "checked": "y"})
    assert looked.status_code == 200
    assert 'value="2.41234567"' in looked.text
    assert "No equation was added yet." in examiner.get("/methods").text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "This is no JSON in UTF-8."),
        (b"[1]", "One equation is expected"),
        (b'{"colour": "red"}', "colour is no column of an equation"),
        (b'{"slope": "steep"}', "Slope is not a number."),
    ],
)
def test_a_file_that_is_no_equation_is_refused_in_words(examiner, new, content, sentence):
    answer = examiner.send(new, {"file": (io.BytesIO(content), "own.json")})
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"method": ""}, "method", "every result names it"),
        ({"slope": "-2"}, "slope", "longer bones are of taller people"),
        ({"slope": "0.24"}, "slope", "no adult&#39;s stature"),
        ({"error_cm": "35"}, "error_cm", "less than 20 cm"),
        ({"n": ""}, "n", "all or none"),
        ({"mean_x_cm": "456"}, "mean_x_cm", "Is it in cm?"),
        ({"highest_cm": "39"}, "highest_cm", "longer than the shortest"),
        ({"measures": ""}, "measures", "no length of an adult"),
        ({"second": "Fem_01"}, "measures", "stands here twice"),
        ({"method": "Sjovold", "year": "1990"}, "method", "comes with the program"),
    ],
)
def test_the_engine_refuses_at_the_field_and_nothing_is_lost(examiner, new, wrong, field, sentence):
    answer = examiner.send(new, {**EQUATION, "checked": "y", **wrong})
    assert answer.status_code == 422
    error = re.search(rf'id="{field}-error">(.*?)</div>', answer.text, re.DOTALL)[1]
    assert sentence in error
    assert "Own identified cases, report 12." in answer.text


def test_a_length_beyond_its_range_is_refused(examiner, new, find):
    added(examiner, new)
    number = find().number
    length(examiner, number, of="390")
    answer = examiner.get(f"/remains/{number}/methods/{STATURE}")
    assert "39 is outside what this method was made on: 40 to 52." in answer.text


def test_retired_it_is_offered_no_more_and_its_results_stay(examiner, new, find):
    shown = added(examiner, new)
    assert "Retire it first" in examiner.send(new, {**EQUATION, "checked": "y"}).text
    number = find().number
    length(examiner, number)
    address = f"/remains/{number}/methods/{STATURE}"
    version = re.search(r'name="version"[^>]*value="(\d+)"', examiner.get(address).text)[1]
    assert examiner.send(address, {"version": version}).location

    told = {"version": "1", "reason": "A mistake in the slope was found."}
    assert examiner.send(f"{shown}/retire", told).location
    assert examiner.get(address).status_code == 404
    assert "Out of use" in examiner.get("/methods").text
    assert "Example laboratory 2024" in examiner.get(f"/remains/{number}").text
    added(examiner, new)
    assert examiner.send(f"{shown}/offer-again", {"version": "2"}).status_code == 409


def test_it_is_offered_in_its_operation_alone(examiner, new, client_as, session):
    shown = added(examiner, new)
    elsewhere = make_team(session)
    other = make_remains(session, make_grave(session, elsewhere.operation, "RQA02"), elsewhere)
    session.commit()
    stranger = client_as(Role.EXAMINER, team=elsewhere)
    length(stranger, other.number)
    assert "Example laboratory" not in stranger.get(f"/remains/{other.number}/methods").text
    assert stranger.get(f"/remains/{other.number}/methods/{STATURE}").status_code == 404
    assert stranger.get(shown).status_code == 404
    assert stranger.send(new, EQUATION).status_code == 404
    recorder = client_as(Role.RECORDER, team=elsewhere)
    assert recorder.get("/methods").status_code == 403

"""Sizes and phases that an operation has of its own: looked at, offered there alone, retired."""

import csv
import io
import re

import pytest

from caseman.permissions import Role
from tests.factories.accounts import make_team
from tests.factories.remains import make_grave, make_remains

SIZES = {
    "method": "Example laboratory",
    "year": "2024",
    "population": "Example region",
    "measurement": "Fem_04",
    "n_male": "40",
    "mean_male_mm": "47.5",
    "sd_male_mm": "2.4",
    "n_female": "38",
    "mean_female_mm": "41.9",
    "sd_female_mm": "2.2",
    "source": "Own identified cases, report 14.",
}
PHASE = {
    "method": "Example laboratory",
    "year": "2024",
    "population": "Example region",
    "site": "pubic symphysis",
    "sex": "M",
    "phase": "IV",
    "mean_y": "36.5",
    "sd_y": "9",
    "low_y": "24",
    "high_y": "58",
    "interval_kind": "95 % range",
    "source": "Own identified cases, report 15.",
}
SEX = "sex-example-laboratory-2024?measurement=Fem_04&reference=Example+region&prior=50"
AGE = "age-example-laboratory-2024-pubic-symphysis?phase=IV&population=Example+region"


@pytest.fixture
def new(team):
    return f"/methods/{team.operation.code}/tables/new"


def table(*rows, between=","):
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], delimiter=between, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def added(client, new, *rows):
    answer = client.send(new, {"lines": table(*rows), "checked": "y"})
    assert answer.location, answer.text
    return answer.location


def measured(client, number):
    told = {"measure": "Fem_04", "side": "R", "length_mm": "46.8"}
    client.send(f"/remains/{number}/measurements/new", told)


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_sizes_are_looked_at_and_then_offered_and_named(examiner, new, find, between):
    looked = examiner.send(new, {"lines": table(SIZES, between=between)})
    assert looked.status_code == 200
    assert "44.7 mm" in looked.text  # half-way between the means
    assert "No table was added yet." in examiner.get("/methods").text
    shown = examiner.get(added(examiner, new, SIZES)).text
    assert "Own identified cases, report 14." in shown

    number = find().number
    measured(examiner, number)
    assert "Example laboratory 2024" in examiner.get(f"/remains/{number}/methods").text
    page = examiner.get(f"/remains/{number}/methods/{SEX}").text
    assert "given by the laboratory" in page
    assert "Own identified cases, report 14." in page


def test_phases_come_as_a_file_and_are_not_kept_at_once(examiner, new, find):
    file = (io.BytesIO(table(PHASE).encode("utf-8-sig")), "own.csv")
    looked = examiner.send(new, {"file": file, "checked": "y"})
    assert looked.status_code == 200
    assert "24–58" in looked.text
    assert "No table was added yet." in examiner.get("/methods").text
    added(examiner, new, PHASE)

    page = examiner.get(f"/remains/{find().number}/methods/{AGE}").text
    assert "36.5" in page
    assert "Own identified cases, report 15." in page


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "At least one line"),
        ("method,year\nA,2024", "Line 1: One of slope, mean_male_mm, phase is expected"),
        (table({**SIZES, "mean_male_mm": "4.75"}), "Is it in cm? Then write 47.5"),
        (table({**SIZES, "mean_male_mm": "41"}), "Line 2, mean_female_mm: Women"),
        (table(SIZES, SIZES), "Line 3: An earlier line is of the same."),
        (table({**PHASE, "high_y": "20"}), "Line 2, high_y: It must be above the lowest age."),
        (table(PHASE, {**PHASE, "year": "2025"}), "One method, year and population"),
        ("method,slope\nA,2", "Line 2, population: Say this"),
    ],
)
def test_what_is_no_table_is_refused_in_words_and_nothing_is_lost(examiner, new, lines, sentence):
    answer = examiner.send(new, {"lines": lines, "checked": "y"})
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "'")
    assert lines.partition("\n")[0] in answer.text


def test_a_file_that_is_no_text_is_refused(examiner, new):
    answer = examiner.send(new, {"file": (io.BytesIO(b"\xff\xfe\x00"), "own.csv")})
    assert answer.status_code == 422
    assert "This is no CSV in UTF-8." in answer.text


def test_retired_it_is_offered_no_more_and_its_results_stay(examiner, new, find):
    shown = added(examiner, new, SIZES)
    again = {"lines": table(SIZES), "checked": "y"}
    assert "Retire it first" in examiner.send(new, again).text
    number = find().number
    measured(examiner, number)
    address = f"/remains/{number}/methods/{SEX}"
    version = re.search(r'name="version"[^>]*value="(\d+)"', examiner.get(address).text)[1]
    assert examiner.send(address, {"version": version}).location

    told = {"version": "1", "reason": "Two persons were measured twice."}
    assert examiner.send(f"{shown}/retire", told).location
    assert examiner.get(address).status_code == 404
    assert "Two persons were measured twice." in examiner.get(shown).text
    assert "Example laboratory 2024" in examiner.get(f"/remains/{number}").text
    assert examiner.send(f"{shown}/offer-again", {"version": "2"}).location
    assert examiner.get(address).status_code == 200


def test_it_is_offered_in_its_operation_alone(examiner, new, client_as, session):
    shown = added(examiner, new, PHASE)
    elsewhere = make_team(session)
    other = make_remains(session, make_grave(session, elsewhere.operation, "RQA02"), elsewhere)
    session.commit()
    stranger = client_as(Role.EXAMINER, team=elsewhere)
    assert stranger.get(f"/remains/{other.number}/methods/{AGE}").status_code == 404
    assert stranger.get(shown).status_code == 404
    assert stranger.send(new, {"lines": table(PHASE)}).status_code == 404
    recorder = client_as(Role.RECORDER, team=elsewhere)
    assert recorder.get(shown).status_code == 403

"""Measurements, and estimates of published methods taken over into the profile."""

import re

import pytest

from caseman.permissions import Role
from caseman.remains.codes import RemainsKind

SUCHEY = "age-suchey-brooks-1990-pubic-symphysis"


@pytest.fixture
def number(find):
    return find().number


def measured(client, number, **told):
    told = {"measure": "Fem_01", "side": "R", "length_mm": "452", **told}
    return client.send(f"/remains/{number}/measurements/new", told)


def take(client, address):
    page = client.get(address).text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    return client.send(address, {"version": version})


def test_a_length_is_kept_and_every_method_that_fits_it_is_shown(examiner, number):
    assert measured(examiner, number, length_mm="٤٥٢٫٥").location.endswith("/methods")
    page = examiner.get(f"/remains/{number}/methods").text
    assert "Femur: greatest length, Right: 452.5 mm" in page
    assert "Sjovold 1990" in page
    assert "Trotter &amp; Gleser 1952/1977" in page
    assert "1.96 standard errors; the error is a reference, unverified" in page
    assert "computed from open data" in page

    only_women = examiner.get(f"/remains/{number}/methods?sex=F&about=stature").text
    assert "Sjovold 1990" not in only_women
    assert "US White, " not in only_women


def test_a_second_length_of_that_side_stands_and_both_sides_are_averaged(examiner, number):
    measured(examiner, number, length_mm="400")
    measured(examiner, number, length_mm="452")
    measured(examiner, number, side="L", length_mm="454")
    page = examiner.get(
        f"/remains/{number}/methods/stature-trotter-gleser-1952-1977"
        "?measures=Fem1&sex=M&population=US+White"
    ).text
    assert "400 mm" not in page
    assert "169.2 cm" in page  # 2.38 * 45.3 + 61.41

    row = re.search(
        rf"/remains/{number}/measurements/(\d+)/remove",
        examiner.get(f"/remains/{number}/methods").text,
    )[0]
    assert "audit trail keeps" in examiner.get(row).text
    examiner.send(row)
    assert examiner.get(f"/remains/{number}/methods").text.count("/remove") == 1


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"length_mm": "45.2"}, "If these were centimetres, write 452 mm."),
        ({"length_mm": "95"}, "For a child choose the shaft without the ends."),
        ({"length_mm": "900"}, "is between 320 and 620 mm. Check the number"),
        ({"measure": "shaft_femur", "length_mm": "450"}, "is between 41.9 and 418.1 mm"),
    ],
)
def test_a_length_of_no_such_bone_is_refused_at_its_field(examiner, number, told, sentence):
    answer = measured(examiner, number, **told)
    assert answer.status_code == 422
    error = re.search(r'id="length_mm-error">(.*?)</div>', answer.text, re.DOTALL)[1]
    assert sentence in error


def test_an_estimate_is_taken_over_with_all_that_is_behind_it(examiner, number):
    measured(examiner, number)
    stature = (
        f"/remains/{number}/methods/stature-dpaa-reference-data-2018"
        "?measures=Fem_01&sex=M&population=US+White"
    )
    assert take(examiner, stature).location
    assert take(examiner, f"/remains/{number}/methods/{SUCHEY}?phase=IV&sex=M").location
    assert take(examiner, f"/remains/{number}/methods/sex-klales-2012?VA=5&MA=5&SPC=5").location

    page = examiner.get(f"/remains/{number}").text
    assert "Stature: where it comes from" in page
    assert "DPAA reference data 2018" in page
    assert "Femur: greatest length: 45.2 cm" in page
    assert "95 percent, prediction for one person" in page
    assert "Phase or stage: IV" in page
    assert "23–57 years" in page
    assert "Ventral arc (VA): 5" in page


def test_a_profile_written_over_by_hand_stands_on_no_method(examiner, number):
    take(examiner, f"/remains/{number}/methods/{SUCHEY}?phase=IV&sex=M")
    address = f"/remains/{number}/examination"
    form = examiner.get(address)
    version = re.search(r'name="version"[^>]*value="(\d+)"', form.text)[1]
    kept = {"version": version, "age-low": "23", "age-high": "57", "age_method": "pelvis"}
    names = dict(re.findall(r'name="(age-\w+)"[^>]*value="([^"]*)"', form.text))
    assert names, "the form shows the interval that was taken over"
    again = {**kept, **names} if names else kept
    assert examiner.send(address, again).location
    assert "Age: where it comes from" in examiner.get(f"/remains/{number}").text

    version = re.search(r'name="version"[^>]*value="(\d+)"', examiner.get(address).text)[1]
    changed = {**again, "version": version}
    lowest = next(iter(names))
    assert examiner.send(address, {**changed, lowest: "20"}).location
    assert "Age: where it comes from" not in examiner.get(f"/remains/{number}").text


def test_what_a_method_cannot_say_is_said_at_its_question(examiner, number):
    stature = "stature-dpaa-reference-data-2018?measures=Fem_01&sex=M&population=US+White"
    answer = examiner.get(f"/remains/{number}/methods/{stature}")
    assert answer.status_code == 422
    assert "This is not measured yet. Record the measurement first." in answer.text
    assert "Take over" not in answer.text

    answer = examiner.get(f"/remains/{number}/methods/{SUCHEY}?phase=IV")
    assert "Sex of the reference sample is missing" in answer.text

    walker = examiner.get(
        f"/remains/{number}/methods/sex-walker-2008?glabella=2&walker_population=ancient"
    )
    assert "The method has no figures for these answers together" in walker.text


def test_a_recalled_figure_is_shown_as_unverified(examiner, number):
    page = examiner.get(
        f"/remains/{number}/methods/sex-walker-2008?orbit=2&mental=2&walker_population=ancient"
    ).text
    assert "reference, unverified" in page


def test_nobody_takes_over_into_a_profile_changed_meanwhile(examiner, number):
    address = f"/remains/{number}/methods/{SUCHEY}?phase=IV&sex=M"
    assert take(examiner, address).location
    assert examiner.send(address, {"version": "0"}).status_code == 409


def test_a_lot_is_of_several_persons_and_has_no_methods(examiner, find):
    number = find(kind=RemainsKind.COMMINGLED).number
    assert examiner.get(f"/remains/{number}/methods").status_code == 404
    assert "Measurements and methods" not in examiner.get(f"/remains/{number}").text


def test_who_does_not_examine_reads_what_was_taken_over(examiner, client_as, team, number):
    take(examiner, f"/remains/{number}/methods/{SUCHEY}?phase=IV&sex=M")
    recorder = client_as(Role.RECORDER, team=team)
    assert "Age: where it comes from" in recorder.get(f"/remains/{number}").text
    assert recorder.get(f"/remains/{number}/methods").status_code == 403


def test_stages_of_growth_give_an_age_that_is_taken_over(examiner, number):
    address = f"/remains/{number}/methods/age-stages"
    assert address in examiner.get(f"/remains/{number}/methods").text
    asked = examiner.get(address).text
    assert "Teeth of the lower jaw" in asked
    assert "Fusion: head of the femur" in asked
    assert asked.count("A tooth that was lost, in life or later, stays without an answer") == 2
    assert take(examiner, f"{address}?man_M2=Ri&FH_EF=present+unfused&sex=any").location
    page = examiner.get(f"/remains/{number}").text
    assert "Stages of growth: teeth and epiphyses" in page
    assert "Second molar below: root begins" in page
    assert "Fusion: head of the femur: there, not fused" in page
    assert "US children and young" in page


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ("man_M1=&sex=any", "max_I1", "Choose the stage of at least one tooth or epiphysis."),
        ("man_PM1=Cco&sex=F", "man_PM1", "Choose another sex, population or set of traits."),
        ("man_M1=Z&sex=F", "man_M1", ""),
    ],
)
def test_stages_that_tell_no_age_are_refused_at_their_field(
    examiner, number, answers, field, sentence
):
    answer = examiner.get(f"/remains/{number}/methods/age-stages?{answers}")
    assert answer.status_code == 422
    error = re.search(rf'id="{field}-error">(.*?)</div>', answer.text, re.DOTALL)[1]
    assert sentence in error

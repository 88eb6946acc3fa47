"""The page of what methods say together: kept, put together, set aside, taken over."""

import re

import pytest

from caseman.permissions import Role

SUCHEY = "age-suchey-brooks-1990-pubic-symphysis?phase={phase}&sex=M"
ISCAN = "age-iscan-loth-wright-1984-4th-rib-sternal-end?phase={phase}&sex=M"
KLALES = "sex-klales-2012?VA={score}&MA={score}&SPC={score}"
WALKER = "sex-walker-2008?glabella={score}&mastoid={score}&walker_population=modern"


@pytest.fixture
def number(find):
    return find().number


def version_on(page):
    return re.search(r'name="version"[^>]*value="(\d+)"', page)[1]


def keep(client, number, address):
    address = f"/remains/{number}/methods/{address}"
    told = {"version": version_on(client.get(address).text), "only_kept": "y"}
    assert client.send(address, told).location.endswith("/combination")


def combination(client, number, query=""):
    return client.get(f"/remains/{number}/combination{query}").text


def test_results_are_kept_beside_the_profile_and_put_together(examiner, number):
    keep(examiner, number, SUCHEY.format(phase="II"))
    page = combination(examiner, number)
    assert "there is nothing to put together yet" in page
    keep(examiner, number, ISCAN.format(phase="3"))
    page = combination(examiner, number)
    assert "Not examined yet." in examiner.get(f"/remains/{number}").text
    assert "All intervals overlap." in page
    assert "95 percent of the posterior" in page
    assert "likelihoods multiplied over regions" in page
    assert page.count('class="estimates-line') == 3

    told = {"version": version_on(page)}
    assert examiner.send(f"/remains/{number}/combination/age", told).location
    page = examiner.get(f"/remains/{number}").text
    assert "Several methods together" in page
    assert "Pelvis: mean 23.4, standard deviation 3.6 years" in page
    assert "the method&#39;s own sample" not in page
    paper = examiner.get(f"/documents/post-mortem/{number}").text
    assert "By: Several methods together; Pelvis: mean" in paper


def test_what_disagrees_is_said_in_a_sentence(examiner, number):
    keep(examiner, number, SUCHEY.format(phase="I"))
    keep(examiner, number, ISCAN.format(phase="8"))
    keep(examiner, number, KLALES.format(score=1))
    keep(examiner, number, WALKER.format(score=5))
    page = combination(examiner, number)
    assert "No. 1 and No. 2 do not overlap: 15–23 years against" in page
    assert "On the side of a woman: No. 1. On that of a man: No. 2." in page
    even = re.search(r"chance of a man ([\d.]+)", page)[1]
    of_men = combination(examiner, number, "?prior=90")
    assert "They disagree" in of_men
    assert even
    answer = examiner.get(f"/remains/{number}/combination?prior=150")
    assert answer.status_code == 422


def test_a_result_is_set_aside_with_a_reason_and_counts_again(examiner, number, client_as, team):
    keep(examiner, number, SUCHEY.format(phase="I"))
    keep(examiner, number, SUCHEY.format(phase="III"))
    address = re.search(
        rf"/remains/{number}/estimates/\d+/set-aside", combination(examiner, number)
    )[0]
    assert examiner.send(address, {"reason": ""}).status_code == 422
    assert examiner.send(address, {"reason": "The surface is broken off."}).location
    page = combination(examiner, number)
    assert "The surface is broken off." in page
    assert "No result of a method counts here yet." in page
    assert examiner.send(address, {"reason": "Once more, with words."}).status_code == 409

    reader = client_as(Role.RECORDER, team=team)
    seen = combination(reader, number)
    assert "The surface is broken off." in seen
    assert "Let it count again" not in seen
    assert reader.send(address, {"reason": "Not for them to say."}).status_code == 403

    back = address.replace("set-aside", "count-again")
    assert examiner.send(back, {"version": "1"}).location
    assert "Set aside</h2>" not in combination(examiner, number)
    assert examiner.send(back, {"version": "1"}).status_code == 404


def test_what_is_not_there_is_not_found(examiner, number, find):
    assert examiner.get(f"/remains/{number}/estimates/999/set-aside").status_code == 404
    assert examiner.send(f"/remains/{number}/combination/stature").status_code == 404
    assert examiner.send(f"/remains/{number}/combination/age").status_code == 404

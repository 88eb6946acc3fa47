"""The inventory of bones: drawn, counted, kept within the reader's sites."""

import re
from pathlib import Path

import pytest

from caseman.permissions import Role
from caseman.remains.adapters import PARTS
from caseman.remains.codes import BoneSide, RemainsKind
from caseman.remains.forms.bones import part_field
from caseman.remains.views.skeleton import MIDDLE, shapes
from caseman.remains.views.young_skeleton import young_shapes
from tests.factories.accounts import make_team

SKELETON = Path(__file__).parents[3] / "templates/remains/skeleton.html"


def save(client, number, **bones):
    page = client.get(f"/remains/{number}/bones").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    return client.send(f"/remains/{number}/bones", {"version": version, **bones})


def lot(client, number, **bones):
    told = {"element": "FEM", "side": "L", "state": "whole", "pieces": "1", **bones}
    return client.send(f"/remains/{number}/bones/new", told)


def test_each_bone_of_the_drawing_leads_to_its_question(examiner, find):
    page = examiner.get(f"/remains/{find().number}/bones").text
    links = re.findall(r'href="#(bone_\w+)"', page)
    assert len(links) == 206
    assert set(links) == set(re.findall(r'<select[^>]* id="(bone_\w+)"', page))
    assert "Femur, Left: not recorded" in page


def test_the_right_of_the_body_is_on_the_left_of_the_drawing_in_every_language():
    def reach(side):
        found = next(each for each in shapes() if (each.element, each.side) == ("FEM", side))
        return [float(each) for each in re.findall(r"[ML]([\d.]+),", found.path)]

    assert max(reach(BoneSide.RIGHT)) < MIDDLE < min(reach(BoneSide.LEFT))
    assert '<figure class="skeleton" dir="ltr"' in SKELETON.read_text()


def test_an_inventory_is_kept_drawn_and_corrected(examiner, find):
    number = find().number
    assert save(
        examiner, number, bone_FEM_L="whole", bone_FEM_R="part", bone_SAC_M="absent"
    ).location
    page = examiner.get(f"/remains/{number}").text
    assert "Femur, Left: Whole (over ¾)" in page
    assert "Sacrum: Looked for, not there" in page

    save(examiner, number, bone_FEM_L="fragment")
    page = examiner.get(f"/remains/{number}").text
    assert "Femur, Left: Fragment (under ¼)" in page
    assert "Femur, Right: not recorded" in page


def test_an_inventory_made_meanwhile_is_not_written_over(examiner, find):
    number = find().number
    form = examiner.get(f"/remains/{number}/bones").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', form)[1]
    save(examiner, number, bone_FEM_L="whole")
    answer = examiner.send(f"/remains/{number}/bones", {"version": version, "bone_FEM_R": "whole"})
    assert answer.status_code == 409


def test_a_lot_counts_and_says_how_many_persons_it_is_of(examiner, find):
    number = find(kind=RemainsKind.COMMINGLED).number
    assert examiner.get(f"/remains/{number}/bones").location.endswith("/bones/new")
    lot(examiner, number, pieces="3", age_class="adult")
    lot(examiner, number, pieces="٢", age_class="adult")
    lot(examiner, number, element="TIB", side="R", pieces="2", age_class="child")
    lot(examiner, number, element="RIB", side="U", pieces="30")
    page = examiner.get(f"/remains/{number}").text
    assert "At least 7 persons" in page
    assert "Femur, Left, Adult: 5" in page
    assert "Tibia, Right, Child: 2" in page

    assert (
        "at most 10000 bones alike" in lot(examiner, number, pieces="10000", age_class="adult").text
    )

    remove = re.search(rf"/remains/{number}/bones/(\d+)/remove", page)[0]
    assert "the audit trail keeps" in examiner.get(remove).text
    examiner.send(remove)
    assert "At least 2 persons" in examiner.get(f"/remains/{number}").text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"side": "M"}, "There is one on each side"),
        ({"element": "SAC", "side": "L"}, "It lies in the middle"),
        ({"element": ""}, "Bone"),
        ({"element": "XYZ"}, "Not a valid choice"),
        ({"pieces": "0"}, "1"),
        ({"pieces": "many"}, "whole number"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_cannot_be_is_explained(examiner, find, wrong, words):
    answer = lot(
        examiner, find(kind=RemainsKind.COMMINGLED).number, **{"age_class": "adult", **wrong}
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert '<option selected value="adult">' in answer.text


def test_a_site_and_a_feature_count_what_lies_in_them(examiner, find, feature, client_as, sessions):
    for sides in ({"bone_FEM_L": "whole"}, {"bone_FEM_L": "part", "bone_FEM_R": "whole"}):
        save(examiner, find().number, bone_TIB_R="absent", **sides)
    place = f"/sites/{feature.site.code}"
    for page in (f"{place}/bones", f"{place}/features/{feature.number}/bones"):
        text = examiner.get(page).text
        assert "At least 2 persons" in text
        assert "Femur" in text
        assert "Most likely number" in text
        assert "2–348" in text
        assert "Tibia" not in text
    assert f"{place}/bones" in examiner.get(place).text
    with sessions.transaction() as database:
        elsewhere = make_team(database)
    assert client_as(Role.EXAMINER, team=elsewhere).get(f"{place}/bones").status_code == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_who_does_not_examine_reads_only(find, client_as, team):
    number = find().number
    recorder = client_as(Role.RECORDER, team=team)
    page = recorder.get(f"/remains/{number}").text
    assert f'"/remains/{number}/bones' not in page, "the paper of it is another address"
    assert recorder.get(f"/remains/{number}/bones").status_code == 403
    assert recorder.send(f"/remains/{number}/bones/new", {"element": "FEM"}).status_code == 403


def describe(client, number, *, which=-1, **told):
    links = re.findall(rf'/remains/{number}/bones/\d+(?=")', client.get(f"/remains/{number}").text)
    version = re.search(r'name="version"[^>]*value="(\d+)"', client.get(links[which]).text)[1]
    return client.send(links[which], {"version": version, **told})


def test_fragments_without_a_common_zone_may_be_one_bone(examiner, find):
    number = find(kind=RemainsKind.COMMINGLED).number
    for _ in range(3):
        asked = lot(examiner, number, state="fragment", age_class="adult", weathering="2")
        assert re.search(r"/bones/\d+$", asked.location), "its zones are asked next"
    assert "At least 3 persons" in examiner.get(f"/remains/{number}").text
    for which, zones in enumerate((["proximal end"], ["middle 1/3", "distal end"], ["distal end"])):
        told = {"zones": zones, "weathering": "2", "preservation": "5+", "note": "Charred."}
        assert describe(examiner, number, which=which, **told).location.endswith("#bones")
    page = examiner.get(f"/remains/{number}").text
    assert "At least 2 persons" in page
    assert "Femur, Left, Adult: 2 (fragments counted by this zone: Lower end)" in page
    assert "Middle third, Lower end" in page
    table = examiner.get(f"/sites/{number.partition('-')[0]}/bones").text
    zones = re.findall(r"<span>([^<]+: \d)</span>", table)
    assert zones == ["Lower end: 2", "Middle third: 1", "Upper end: 1"]
    assert 'class="zone-decides"' in table
    assert "2: outer layer flakes off" in page
    paper = examiner.get(f"/documents/inventories/{number}").text
    assert "Charred." in paper
    assert "counted by this zone: Lower end" in paper


def test_fragments_that_fit_together_are_one_bone(examiner, find, feature):
    one, other = find(kind=RemainsKind.COMMINGLED).number, find().number
    for _ in range(2):
        lot(examiner, one, state="fragment", side="U")
    save(examiner, other, bone_FEM_L="part")
    lot(examiner, one, state="fragment")
    place = f"/sites/{feature.site.code}/bones"
    assert "At least 2 persons" in examiner.get(place).text
    assert describe(examiner, one, joins=f"{other.lower()}, {one}").location
    assert "At least 1 person" in examiner.get(place).text
    refused = describe(examiner, one, joins="XYZ01-F01-B001", note="Kept.")
    assert refused.status_code == 422
    assert "Not recorded at this site: XYZ01-F01-B001" in refused.text
    assert "Kept." in refused.text
    save(examiner, other, bone_FEM_L="absent")
    assert "At least 1 person" in examiner.get(place).text


def test_bones_counted_together_fit_to_nothing_one_by_one(examiner, find):
    number = find(kind=RemainsKind.COMMINGLED).number
    lot(examiner, number, state="fragment", pieces="2")
    refused = describe(examiner, number, joins=number)
    assert refused.status_code == 422
    assert "a line for itself" in refused.text


def save_young(client, number, address="bones?young=1", **bones):
    page = client.get(f"/remains/{number}/{address}").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    return client.send(f"/remains/{number}/{address}", {"version": version, **bones})


def test_each_part_of_a_young_bone_is_drawn_and_leads_to_its_question(examiner, find):
    number = find().number
    assert "young=1" in examiner.get(f"/remains/{number}/bones").text
    page = examiner.get(f"/remains/{number}/bones?young=1").text
    links = re.findall(r'<a href="#((?:bone|part)_[\w-]+)"', page)
    assert len(links) == len(set(links)) == 491
    assert {name for name in links if name.startswith("part_")} == set(map(part_field, PARTS))
    assert set(links) <= set(re.findall(r'<select[^>]* id="((?:bone|part)_[\w-]+)"', page))
    assert "Femur, Left, Greater trochanter: not recorded" in page
    assert "bone_FEM_L" not in links, "it is drawn in its parts"


def test_the_right_parts_of_the_body_are_on_the_left_of_the_drawing():
    for (_element, side), drawn in young_shapes().items():
        for shape in drawn:
            reach = [float(each) for each in re.findall(r"[ML]([\d.]+),", shape.path)]
            assert side is not BoneSide.RIGHT or max(reach) < MIDDLE
            assert side is not BoneSide.LEFT or min(reach) > MIDDLE


def test_a_skeleton_that_has_partly_fused_is_kept_and_shown_in_both_drawings(examiner, find):
    number = find().number
    told = {"part_FEM_L_shaft": "whole", "part_FEM_L_articular-head": "fused"}
    told |= {"part_FEM_L_lower-epiphysis": "fragment", "bone_FEM_R": "whole"}
    assert save_young(examiner, number, **told).location
    record = examiner.get(f"/remains/{number}").text
    assert "Femur, Left, Lower epiphysis: Fragment (under ¼)" in record
    assert "Femur, Right: Whole (over ¾)" in record
    assert "Femur, Lower epiphysis" in examiner.get(f"/documents/inventories/{number}").text

    adult = examiner.get(f"/remains/{number}/bones?young=0").text
    assert 'href="#part_FEM_L_shaft"' in adult
    assert 'href="#part_FEM_L_lesser-trochanter"' in adult
    assert 'href="#bone_TIB_L"' in adult
    young = examiner.get(f"/remains/{number}/bones").text
    assert 'href="#bone_FEM_R"' in young, "it is recorded as one"
    assert 'href="#part_TIB_L_shaft"' in young, "the young one is offered first now"

    told = {name: value for name, value in told.items() if name.startswith("part_")}
    save_young(examiner, number, "bones?young=0", **told, bone_TIB_L="whole")
    assert "Articular" not in examiner.get(f"/remains/{number}").text
    assert "Femur, Left, Head: Fused with the rest" in examiner.get(f"/remains/{number}").text


def test_a_bone_is_not_there_as_one_and_in_parts(examiner, find):
    number = find().number
    refused = save_young(examiner, number, bone_FEM_L="whole", part_FEM_L_shaft="whole")
    assert refused.status_code == 422
    assert "Femur, Left is there as one bone and in parts" in refused.text
    assert save_young(examiner, number, bone_FEM_L="whole", part_FEM_L_shaft="absent").location
    assert save_young(examiner, number, part_FEM_L_shaft="fused").status_code == 422


def test_parts_of_one_bone_count_as_one_person(examiner, find, feature):
    number, place = find().number, f"/sites/{feature.site.code}/bones"
    parts = {"shaft": "whole", "articular-head": "fused", "lower-epiphysis": "whole"}
    save_young(examiner, number, **{f"part_FEM_L_{name}": each for name, each in parts.items()})
    page = examiner.get(place).text
    assert "At least 1 person" in page
    assert re.search(r'data-label="How many"[^>]*>\s*<div>\s*2\s*<', page), (
        "a fused one is no piece"
    )
    save(examiner, find().number, bone_FEM_L="whole")
    assert "At least 2 persons" in examiner.get(place).text, "beside a grown bone it is another's"

    a_lot = find(kind=RemainsKind.COMMINGLED).number
    lot(examiner, a_lot, element="FEM/articular head", pieces="3")
    assert "Femur, Head, Left, Whole (over ¾): 3" in examiner.get(f"/remains/{a_lot}").text
    page = examiner.get(place).text
    assert "Femur, Left: 5 (fragments counted by this zone: Head)" in page
    assert 'class="zone-decides"' in page

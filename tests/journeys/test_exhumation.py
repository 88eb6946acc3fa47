"""A grave of twelve: recorded on a phone, counted by the anthropologist, and one bag short."""

from dataclasses import dataclass

import pytest

from tests.factories.accounts import make_team
from tests.journeys.acting import photograph
from tests.journeys.acts import YOUNG_MAN, record_find, register_grave
from tests.journeys.looking import SMALL_PHONE

pytestmark = pytest.mark.browser

BODIES = 12
THINGS = ("Watch", "Prayer beads", "Ring", "Belt", "Trousers")
"""What lay on the bodies; thirty in all, two or three on each."""
LIMBS = ("FEM", "TIB", "HUM")


@dataclass(frozen=True)
class Grave:
    bodies: list[str]
    part: str
    lot: str

    @property
    def bags(self) -> list[str]:
        return [*self.bodies, self.part, self.lot]


@pytest.fixture
def team(sessions):
    with sessions.transaction() as session:
        return make_team(session)


def test_a_grave_of_twelve_from_the_trench_to_the_mortuary(at_work):
    recorder = at_work("recorder", SMALL_PHONE)
    grave = record_grave(recorder)
    assert len(set(grave.bags)) == 14

    examiner = at_work("examiner")
    for body in grave.bodies[:2]:
        inventory_of_body(examiner, body)
    inventory_of_lot(examiner, grave.lot)
    examiner.go("Sites")
    examiner.follow("RQA01")
    examiner.page.get_by_role("link", name="Bones and persons").first.click()
    examiner.sees("At least 5 persons")  # two whole bodies, and three right femora in the lot

    mortuary = at_work("mortuary")
    number = hand_over(recorder, grave.bags)
    receive_all_but(mortuary, number, missing=grave.bodies[6])
    for told in ("The two ends do not agree", grave.bodies[6]):
        mortuary.sees(told)
    mortuary.go("Exhibits and hand-overs")
    mortuary.follow("Does not agree 1")
    mortuary.sees(number)

    every_paper_opens(examiner, grave)


def record_grave(recorder):
    """Record everything that lies in the grave, with photographs, and what lay on the bodies."""
    register_grave(recorder, "RQA01")
    recorder.follow("Record a find")
    bodies, things = [record_find(recorder, YOUNG_MAN)], 0
    for nth in range(BODIES):
        if nth:
            recorder.follow("Record a find")
            recorder.follow("The same as the last one")
            bodies.append(record_alike(recorder, "Body"))
        for thing in range(2 + nth % 2):
            record_thing(recorder, THINGS[(nth + thing) % len(THINGS)])
            things += 1
        recorder.follow("Done")
        recorder.arrives_at(bodies[-1])
        recorder.follow("RQA01-F01 North trench")
    assert things == 30
    recorder.follow("Record a find")
    recorder.follow("The same as the last one")
    part = record_alike(recorder, "Body part")
    recorder.follow("Next find")
    return Grave(bodies, part, record_alike(recorder, "Commingled lot"))


def record_alike(recorder, kind):
    """Record a find that lay like the last one, on the form that knows it; return its number."""
    recorder.attach("Photographs", photograph("ground", "#654"))
    recorder.walk_to(kind)
    recorder.tick(kind)
    recorder.walk_to_the_end()
    recorder.press("Save and show the number")
    return recorder.page.locator(".bag-label h1 bdi").inner_text()


def record_thing(recorder, what):
    """Record a thing on the body that is on the screen, or the next one."""
    if recorder.page.get_by_role("link", name="Add an effect", exact=True).is_visible():
        recorder.follow("Add an effect")
    recorder.attach("Photographs", photograph(what, "#abc"))
    recorder.choose("What is it?", what)
    known = recorder.page.locator(".findings li")
    before = known.count()
    recorder.press("Save and add the next")
    known.nth(before).wait_for()


def inventory_of_body(examiner, body):
    """Say of a body, bone by bone, what is there, and what it is at least."""
    examiner.go("Remains")
    examiner.follow(body)
    examiner.follow("Inventory of bones")
    for bone in LIMBS:
        for side in "LR":
            examiner.page.locator(f"[name=bone_{bone}_{side}]").select_option("whole")
    examiner.page.locator("[name=bone_FRO_M]").select_option("part")
    examiner.press("Save")
    examiner.arrives_at(body)


def inventory_of_lot(examiner, lot):
    """Count the bones of a lot: three right femora are of three persons."""
    examiner.go("Remains")
    examiner.follow(lot)
    for bone, side, pieces in (("Femur", "Right", "3"), ("Femur", "Left", "1")):
        examiner.follow("Add bones")
        examiner.choose("Bone", bone)
        examiner.choose("Side", side)
        examiner.choose("How much of each is there", "Whole (over ¾)")
        examiner.write("How many", pieces)
        examiner.press("Save")
        examiner.arrives_at(lot)
    examiner.sees("At least 3 persons")


def hand_over(recorder, bags):
    """Hand all bags over, scanned into the box one a line; return the number of the hand-over."""
    recorder.go("Exhibits and hand-overs")
    recorder.follow("Hand over exhibits")
    recorder.page.locator("textarea[name=numbers]").fill("\n".join(bags))
    recorder.press("Put into the list")
    recorder.sees("14 exhibits in the list")
    recorder.choose("Condition of all the others", "Intact, seal unbroken")
    recorder.write("How many bags leave, counted", "14")
    recorder.write("Who takes them along", "Driver of the mortuary")
    recorder.page.locator("[name=purpose]").select_option(index=1)
    recorder.press("Record the hand-over")
    return recorder.number_of("Hand-over")


def receive_all_but(mortuary, number, missing):
    """Receive what arrived: thirteen bags of fourteen."""
    mortuary.go("Exhibits and hand-overs")
    mortuary.follow("Waiting for receipt 1")
    mortuary.follow(number)
    mortuary.follow("Receive")
    mortuary.write("How many bags arrived, counted", "13")
    for line in mortuary.page.locator(".lines tbody tr").all():
        is_there = missing not in line.inner_text()
        line.locator("select").first.select_option(
            label="Not there" if not is_there else "There, in the condition of all"
        )
    mortuary.choose("Condition of all that are there", "Intact, seal unbroken")
    mortuary.write("Who receives", "Mortuary clerk")
    mortuary.press("Record the receipt")
    mortuary.arrives_at(f"Hand-over {number}")


def every_paper_opens(examiner, grave):
    """Open each paper as a page and as PDF, from the links of the records."""
    opened = set()
    for place in (f"/remains/{grave.bodies[0]}", f"/remains/{grave.lot}", "/sites/RQA01"):
        examiner.open(place)
        row = examiner.page.locator("p.row", has_text="To print:")
        for link in row.get_by_role("link").all():
            opened.add((link.inner_text(), link.get_attribute("href")))
    for title, address in opened:
        answer = examiner.page.request.get(examiner.address + address)
        assert answer.status == 200, title
        paper = examiner.page.request.get(f"{examiner.address}{address}.pdf")
        assert paper.body().startswith(b"%PDF"), title
    assert len({title for title, _ in opened}) >= 5, opened

"""Injuries and diseases of bone: described, never concluded from, and compared only as a mark."""

import re

import pytest
import sqlalchemy as sa

from caseman.coding.physical import BodyRegion, MarkKind
from caseman.permissions import Role
from caseman.remains.codes import BoneSide
from caseman.remains.drafts import Disease, Injury
from caseman.remains.lesions import Criterion, Mechanism, PathologyKind, Timing
from caseman.remains.models import Mark, Remains, Trauma
from caseman.remains.queries import injuries_of, lesions_of
from caseman.remains.services import RemainsError, remove_mark
from caseman.remains.services import lesions as services
from caseman.remains.services.lesions import region_of
from tests.factories.accounts import make_team, make_user
from tests.factories.remains import make_grave, make_remains

HEALED = Injury(
    element="RAD",
    side=BoneSide.LEFT,
    timing=Timing.ANTE_MORTEM,
    mechanism=Mechanism.BLUNT,
    criteria=(Criterion.CALLUS,),
)
SHOT = {
    "element": "FRO",
    "side": "M",
    "timing": "peri_mortem",
    "criteria": ["bevelled", "radiating"],
    "mechanism": "gunshot",
    "wound": "entrance",
    "bevel": "inward",
    "length_mm": "9",
    "width_mm": "8.5",
    "least_number": "1",
}


@pytest.fixture
def database(tmp_path, sqlite_template):
    """Nothing here depends on the database; its constraints are compared by the migrations."""
    path = tmp_path / "caseman.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def team(session):
    return make_team(session)


@pytest.fixture
def found(session, team):
    return make_remains(session, make_grave(session, team.operation), team)


@pytest.mark.parametrize(
    ("element", "side", "region"),
    [
        ("PAR", BoneSide.LEFT, BodyRegion.SKULL),
        ("MAN", BoneSide.MIDDLE, BodyRegion.MANDIBLE),
        ("T7", BoneSide.MIDDLE, BodyRegion.TORSO),
        ("R4", BoneSide.RIGHT, BodyRegion.TORSO),
        ("MC3", BoneSide.RIGHT, BodyRegion.RIGHT_ARM),
        ("CU1", BoneSide.LEFT, BodyRegion.LEFT_LEG),
        ("FEM", BoneSide.UNKNOWN, None),
        ("COX", BoneSide.LEFT, BodyRegion.PELVIS),
    ],
)
def test_a_bone_lies_in_a_region_of_the_body(element, side, region):
    assert region_of(element, side) is region


def test_a_description_is_compared_only_once_it_is_kept_as_a_mark(session, found):
    before = found.evidence_changed_at
    injury = services.describe_injury(session, found, HEALED)
    disease = Disease(element="L5", side=BoneSide.MIDDLE, kind=PathologyKind.SPINA_BIFIDA)
    from_birth = services.describe_disease(session, found, disease)
    assert (found.evidence_changed_at, found.marks) == (before, [])
    mark = services.keep_as_mark(session, injury, "Healed, left radius")
    assert (mark.kind, mark.region) == (MarkKind.HEALED_FRACTURE, "L_arm")
    assert found.evidence_changed_at > before
    assert services.mark_kind(from_birth) is MarkKind.CONGENITAL
    with pytest.raises(RemainsError, match="already"):
        services.keep_as_mark(session, injury, "Again")
    remove_mark(session, mark)
    assert injury.mark_id is None
    assert services.keep_as_mark(session, injury, "Once more") in found.marks


def test_a_struck_description_stays_and_can_be_taken_back(session, found, team):
    injury = services.describe_injury(session, found, HEALED)
    by = make_user(session, Role.EXAMINER, team=team)
    services.strike_lesion(injury, "Root marks of a plant.", by)
    assert lesions_of(session, found) == []
    assert injuries_of(session, found) == [injury]
    for refused in (
        lambda: services.correct_lesion(injury, HEALED),
        lambda: services.keep_as_mark(session, injury, "x"),
        lambda: services.strike_lesion(injury, "Once more.", by),
    ):
        with pytest.raises(RemainsError, match="struck"):
            refused()
    services.restore_lesion(injury)
    assert lesions_of(session, found) == [injury]


@pytest.fixture
def examined(session, found, team, client_as):
    """An examiner's client, the number, and the address of an injury described there."""
    number = found.number
    session.commit()
    session.expunge_all()
    examiner = client_as(Role.EXAMINER, team=team)
    assert examiner.send(f"/remains/{number}/lesions/injuries/new", SHOT).status_code == 302
    with_id = session.scalar(sa.select(Trauma.id))
    session.rollback()
    return examiner, number, f"/remains/{number}/lesions/injuries/{with_id}"


def version_in(client, address):
    return re.search(r'name="version"[^>]*value="(\d+)"', client.get(address).text).group(1)


def test_an_injury_is_shown_on_the_record_and_on_the_skeleton(examined):
    examiner, number, _ = examined
    html = examiner.get(f"/remains/{number}").text
    for said in ("Gunshot: Frontal bone", "Entrance", "Bevelled edges", "bone-noted"):
        assert said in html
    assert "Look again" not in html
    told = SHOT | {"timing": "post_mortem", "side": "L"}
    assert (
        "It lies in the middle"
        in examiner.send(f"/remains/{number}/lesions/injuries/new", told).text
    )
    examiner.send(f"/remains/{number}/lesions/injuries/new", told | {"side": "M"})
    assert "speaks for another time" in examiner.get(f"/remains/{number}").text


def test_a_correction_says_why_and_a_strike_can_be_undone(examined, session):
    examiner, number, injury = examined
    told = SHOT | {"wound": "exit", "version": version_in(examiner, f"{injury}/correct")}
    assert examiner.send(f"{injury}/correct", told).status_code == 422
    why = {"reason": "Seen again after cleaning."}
    assert examiner.send(f"{injury}/correct", told | why).status_code == 302
    html = examiner.get(f"/remains/{number}").text
    assert "Seen again after cleaning." in html
    assert "Exit" in html
    assert examiner.send(f"{injury}/correct", told | why).status_code == 409, "it has changed since"
    version = version_in(examiner, f"{injury}/strike")
    examiner.send(f"{injury}/strike", {"version": version, "reason": "Damage of the spade."})
    assert "bone-noted" not in examiner.get(f"/remains/{number}").text
    now = session.get_one(Trauma, int(injury.rpartition("/")[2])).version
    session.rollback()
    assert examiner.send(f"{injury}/restore", {"version": now}).status_code == 302
    assert "bone-noted" in examiner.get(f"/remains/{number}").text


def test_kept_as_a_mark_from_the_page(examined, session, client_as, team):
    examiner, number, injury = examined
    version = version_in(examiner, f"{injury}/strike")
    assert examiner.send(f"{injury}/mark", {"version": version}).status_code == 302
    remains = session.scalar(sa.select(Remains).where(Remains.number == number))
    mark = session.scalar(sa.select(Mark).where(Mark.remains_id == remains.id))
    assert (mark.kind, mark.region) == (MarkKind.PERIMORTEM_TRAUMA, "skull")
    session.rollback()
    assert "Kept as a mark" in examiner.get(f"/remains/{number}").text
    stranger, recorder = client_as(Role.EXAMINER), client_as(Role.RECORDER, team=team)
    for page in ("correct", "strike"):
        assert stranger.get(f"{injury}/{page}").status_code == 404
        assert recorder.get(f"{injury}/{page}").status_code == 403

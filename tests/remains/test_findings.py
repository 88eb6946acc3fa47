"""What is found is written down whole, and says when the evidence changed."""

from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa

from caseman.coding import Absence, SexEstimate
from caseman.coding.physical import BodyRegion, MarkKind, ToothState
from caseman.media.services import store_upload
from caseman.media.store import BlobStore
from caseman.remains import services
from caseman.remains.codes import (
    BY_HAND,
    IDENTIFIED,
    TRANSITIONS,
    AgeMethod,
    BodyPosition,
    FoundNameKind,
    RemainsStatus,
    SexMethod,
)
from caseman.remains.models import FoundWith, Mark, RemainsPhotograph, ToothFinding
from caseman.remains.recovery_codes import BoundPlace
from caseman.values import Interval
from tests.factories import media
from tests.factories.remains import make_remains


@pytest.fixture
def remains(session, grave, team):
    return make_remains(session, grave, team)


@pytest.fixture
def fresh(session, remains):
    """Read the record again as a page would, after everything is written."""

    def read():
        session.flush()
        session.expire_all()
        return remains

    return read


def test_everything_known_at_the_grave_is_stored_with_the_number(session, grave, team):
    remains = make_remains(
        session,
        grave,
        team,
        layer=2,
        deposit_from=date(2017, 6, 1),
        deposit_to=date(2017, 6, 30),
        recovery=services.Recovery(
            recovered_on=date(2026, 3, 14),
            recovered_by="Second trench team",
            body_position=BodyPosition.PRONE,
            bound_places=[BoundPlace.WRISTS_BEHIND],
            absences={"orientation_deg": Absence.NOT_VISIBLE.value},
        ),
        profile=services.Profile(sex=SexEstimate.PROBABLE_MALE, age=Interval(18, 25)),
        teeth=[services.Tooth(11, ToothState.CROWN, surfaces="")],
        marks=[services.NewMark(MarkKind.HEALED_FRACTURE, region=BodyRegion.LEFT_ARM.value)],
        found_names=[services.NameFound(FoundNameKind.LABEL, "سلمى")],
    )
    session.expire_all()
    assert remains.recovery.body_position is BodyPosition.PRONE
    assert remains.recovery.bound_places == ["wrists_behind"]
    assert remains.recovery.ballistic is None
    assert remains.recovery.absences == {"orientation_deg": "not_visible"}
    assert remains.recovery.team_id == team.id
    assert (remains.profile.age_min, remains.profile.age_max) == (18, 25)
    assert [tooth.state for tooth in remains.teeth] == [ToothState.CROWN]
    assert remains.marks[0].region == "L_arm"
    assert remains.found_names[0].name == "سلمى"


def test_an_examination_replaces_the_one_before(session, remains, fresh):
    services.examine(
        session,
        remains,
        services.Profile(
            sex=SexEstimate.MALE,
            sex_method=SexMethod.PELVIS,
            age=Interval(30, 45),
            age_method=AgeMethod.RIBS,
            stature_cm=171.5,
            stature_se_cm=3.2,
            stature=Interval(165, 178),
            regions_present=[BodyRegion.SKULL, BodyRegion.PELVIS],
            absences={"handedness": "not_examined"},
        ),
    )
    profile = fresh().profile
    assert (profile.stature_min_cm, profile.stature_max_cm) == (165, 178)
    assert profile.regions_present == ["skull", "pelvis"]
    services.examine(session, remains, services.Profile(sex=SexEstimate.INDETERMINATE))
    profile = fresh().profile
    assert profile.sex is SexEstimate.INDETERMINATE
    assert (profile.age_min, profile.stature_cm, profile.absences) == (None, None, {})


def test_an_age_of_zero_is_an_age(session, remains, fresh):
    services.examine(session, remains, services.Profile(age=Interval(0, 1)))
    assert (fresh().profile.age_min, remains.profile.age_max) == (0, 1)


def test_the_chart_holds_exactly_the_teeth_that_were_charted(session, remains, fresh):
    crown, gap = (
        services.Tooth(11, ToothState.CROWN, material="gold"),
        services.Tooth(46, ToothState.MISSING_ANTE_MORTEM),
    )
    services.chart_teeth(session, remains, [crown, gap])
    kept = {tooth.fdi: tooth.id for tooth in fresh().teeth}
    services.chart_teeth(
        session,
        remains,
        [crown, services.Tooth(36, ToothState.FILLED, surfaces="MO")],
    )
    assert {tooth.fdi: tooth.state for tooth in fresh().teeth} == {
        11: ToothState.CROWN,
        36: ToothState.FILLED,
    }
    assert remains.teeth[0].id == kept[11], "an unchanged tooth stays the same row"
    assert session.scalar(sa.select(sa.func.count(ToothFinding.id))) == 2


def test_marks_and_names_are_added_and_taken_back(session, remains, fresh):
    plate = services.add_mark(
        session,
        remains,
        services.NewMark(MarkKind.IMPLANT, serial_number="AO-4711", maker="Example Works"),
    )
    name = services.add_found_name(
        session,
        remains,
        services.NameFound(FoundNameKind.IDENTITY_DOCUMENT, "Hêvî", birth_year=1990),
    )
    kept = [(mark.serial_number, mark.maker) for mark in fresh().marks]
    assert kept == [("AO-4711", "Example Works")]
    services.remove_mark(session, plate)
    services.remove_found_name(session, name)
    assert (fresh().marks, remains.found_names) == ([], [])
    assert session.scalar(sa.select(sa.func.count(Mark.id))) == 0


def test_a_photograph_sent_twice_is_on_the_record_once(session, remains, tmp_path):
    store = BlobStore(tmp_path / "blobs")
    file = store_upload(session, store, BytesIO(media.photograph()), "a.jpg", None)
    services.attach_photograph(session, remains, file, services.NewPhotograph("From the north"))
    services.attach_photograph(
        session, remains, file, services.NewPhotograph("From the south", shows_scale=True)
    )
    (photograph,) = session.scalars(sa.select(RemainsPhotograph))
    assert (photograph.caption, photograph.shows_scale) == ("From the south", True)


CHANGES = {
    "recovery": lambda session, remains: services.record_recovery(
        session, remains, services.Recovery(depth_m=1.2)
    ),
    "profile": lambda session, remains: services.examine(session, remains, services.Profile()),
    "teeth": lambda session, remains: services.chart_teeth(
        session, remains, [services.Tooth(11, ToothState.SOUND)]
    ),
    "mark": lambda session, remains: services.add_mark(
        session, remains, services.NewMark(MarkKind.SCAR)
    ),
    "name": lambda session, remains: services.add_found_name(
        session, remains, services.NameFound(FoundNameKind.WITNESS, "Dara")
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_finding_says_that_the_evidence_changed(change, session, remains):
    before, version = remains.evidence_changed_at, remains.version
    CHANGES[change](session, remains)
    assert remains.evidence_changed_at > before
    assert remains.version > version, "a form opened before is refused"


def test_remains_in_contact_are_linked_once_whichever_is_named_first(session, grave, team):
    a, b, c = (make_remains(session, grave, team) for _ in range(3))
    services.link_found_with(session, [(b, a), (a, b), (a, a), (c, a)])
    services.link_found_with(session, [(a, c)])
    pairs = session.execute(sa.select(FoundWith.remains_id, FoundWith.other_id)).all()
    assert sorted(map(tuple, pairs)) == [(a.id, b.id), (a.id, c.id)]


def test_the_status_follows_the_work_and_the_reason_is_in_the_trail(session, remains):
    before = remains.evidence_changed_at
    services.change_status(
        session, remains, RemainsStatus.NO_SAMPLE, reason="Burned through, no bone to cut"
    )
    assert remains.status is RemainsStatus.NO_SAMPLE
    assert remains.evidence_changed_at == before, "a status is no evidence"
    assert session.info.get("reason", "") == ""


def test_a_status_out_of_order_is_refused(session, remains):
    with pytest.raises(services.StatusRefusedError, match="RQA01-F01-B001"):
        services.change_status(session, remains, RemainsStatus.REBURIED)
    assert remains.status is RemainsStatus.RECOVERED


def test_no_status_is_a_dead_end_and_none_made_by_hand_is_an_identification():
    assert set(TRANSITIONS) == set(RemainsStatus)
    assert all(TRANSITIONS.values())
    assert not BY_HAND & IDENTIFIED
    for status in IDENTIFIED:
        assert RemainsStatus.REOPENED in TRANSITIONS[status], "every identification can be reopened"

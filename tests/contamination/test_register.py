"""The staff register: the laboratory reads codes, and a run that is of staff is found."""

import pytest
import sqlalchemy as sa

from caseman.contamination import services
from caseman.contamination.codes import Activity
from caseman.contamination.models import StaffSample
from caseman.contamination.services import (
    NewMember,
    StaffRefusedError,
    StaffSampleTaken,
    register,
    withdraw,
)
from caseman.demo import genotypes
from caseman.identification.models import DnaCompared, DnaLikeness, DnaResult, DnaScreened
from caseman.identification.services import likeness, screening
from caseman.laboratory.codes import ConsentManner, SampleMaterial, SourceKind, SpecimenStatus
from caseman.laboratory.models import Specimen, TypingRun
from caseman.laboratory.reading.tables import read_table
from caseman.laboratory.services import Step, advance, import_runs, preview, send, verify
from caseman.permissions import OPERATOR, Role
from caseman.sealing.keys import KeyGoneError
from tests.identification.test_screening import FACTS
from tests.identification.test_screening import typed as typed  # noqa: PLC0414 - a fixture here too
from tests.identification.test_screening import world as world  # noqa: PLC0414 - a fixture here too
from tests.laboratory.conftest import CUT_ON, OnSqlite

WHO = NewMember(
    "Zana Nimune", Activity.RECOVERY, CUT_ON, ConsentManner.SIGNED, "To find contamination only."
)
SWAB = StaffSampleTaken(SampleMaterial.SWAB, CUT_ON, "A steward")


def type_it(world, specimen, profile):
    """Store and verify a run with a profile: that of staff, or of somebody of the family."""
    session, (first, second) = world.session, world.analysts
    of_staff = {specimen.code} if profile == "staff" else ()
    read = read_table(genotypes.table([(specimen.code, None)], of_staff))
    (run,) = import_runs(session, preview(session, OPERATOR, read), FACTS, first)
    verify(session, run, second)
    return run


@pytest.fixture
def registered(typed, sessions):
    """A digger with a verified profile, beside a family and remains that are weighed."""
    session = typed.session
    typed.member = register(session, typed.team.operation_id, WHO, SWAB, typed.steward)
    submission = typed.submit()
    send(session, submission, CUT_ON, typed.steward)
    (swab,) = submission.specimens
    advance(session, swab, Step(SpecimenStatus.RECEIVED, CUT_ON, None))
    typed.run = type_it(typed, swab, "staff")
    session.commit()
    likeness.compare(sessions, {})
    screening.screen(sessions, {})
    return typed


def found(world):
    world.session.rollback()
    return world.session.scalars(sa.select(DnaLikeness)).all()


def test_staff_enters_no_weighing_and_one_contaminated_run_of_two_is_found(registered, sessions):
    session, source = registered.session, registered.member.source
    assert source.kind is SourceKind.STAFF
    assert found(registered) == []
    weighed = set(session.scalars(sa.select(DnaScreened.source_id)))
    weighed |= set(session.scalars(sa.select(DnaResult.source_id)))
    assert weighed
    assert source.id not in weighed
    assert source.id in set(session.scalars(sa.select(DnaCompared.source_id)))

    bone = session.scalars(
        sa.select(Specimen).where(Specimen.source.has(kind=SourceKind.REMAINS))
    ).first()
    type_it(registered, bone, "staff")  # beside a run that is of the bone
    session.commit()
    likeness.compare(sessions, {})
    (row,) = found(registered)
    assert {row.first_id, row.second_id} == {source.id, bone.source_id}
    assert row.relation == "same person"

    _withdrawn_leaves_nothing(registered, source)


def _withdrawn_leaves_nothing(registered, source):
    session = registered.session
    subject, sealed = source.seal_subject, registered.run.genotype_sealed
    uid = registered.run.uid
    withdraw(session, registered.member, "He left.", registered.steward)
    session.commit()
    assert found(registered) == []
    assert registered.run.seen == {}
    run = session.scalars(sa.select(TypingRun).where(TypingRun.id == registered.run.id)).one()
    assert run.genotype_sealed is None
    with pytest.raises(KeyGoneError):
        session.info["keyring"].open(subject, sealed, f"TypingRun.genotype:{uid}")
    session.rollback()


def test_without_consent_nothing_is_kept(world):
    session = world.session
    member = register(session, world.team.operation_id, WHO, SWAB, world.steward)
    assert member.samples[0].number in {each.number for each in world.waiting()}
    with pytest.raises(StaffRefusedError, match="Write why"):
        withdraw(session, member, " ", world.steward)
    withdraw(session, member, "He left.", world.steward)
    assert member.samples[0].number not in {each.number for each in world.waiting()}
    with pytest.raises(StaffRefusedError, match="already"):
        withdraw(session, member, "He left.", world.steward)
    with pytest.raises(StaffRefusedError, match="withdrawn"):
        services.take_sample(session, member, SWAB)


class TestOnSqlite(OnSqlite):
    def test_the_laboratory_reads_codes_and_the_steward_names(self, registered, client_as):
        session, member = registered.session, registered.member
        number, code = member.number, member.source.code
        hidden = (number, member.samples[0].number, "Zana", "Recovers remains")
        session.commit()
        analyst, steward = (
            client_as(user=registered.analysts[0]),
            client_as(user=registered.steward),
        )
        session.commit()
        codes = analyst.get("/laboratory/staff").text
        assert code in codes
        assert ">Yes<" in codes
        assert [each for each in hidden if each in codes] == []
        address = f"/laboratory/staff/{number}"
        for closed in (address, "/laboratory/staff/new", f"{address}/withdraw"):
            assert analyst.get(closed).status_code == 403
        assert "Zana" in steward.get("/laboratory/staff").text
        assert code in steward.get(address).text
        elsewhere = client_as(Role.STEWARD)
        assert elsewhere.get(address).status_code == 404
        assert "Zana" not in elsewhere.get("/laboratory/staff").text
        _register(steward)
        assert len(session.scalars(sa.select(StaffSample)).all()) == 3
        version = member.version
        session.rollback()
        _withdraw(steward, address, version)
        assert "Consent withdrawn" in analyst.get("/laboratory/staff").text


def _withdraw(steward, address, version):
    """Withdraw on the page; whoever had a sample open meanwhile is refused."""
    why = {"reason": "He asked for it.", "version": version}
    assert steward.send(f"{address}/withdraw", why).status_code == 302
    assert "He asked for it." in steward.get(address).text
    swab = {"material": "swab", "taken_on": "2019-04-02", "taken_by": "A steward"}
    late = steward.send(f"{address}/sample", swab | {"version": version + 1})
    assert "nothing of it may be stored" in late.text


def _register(steward):
    """Enter somebody on the page, at first with too little, and record a second sample."""
    form = {
        "name": "Rojda Nimune",
        "activity": "laboratory",
        "given_on": "2019-04-01",
        "manner": "signed",
        "consent_text": "To find contamination only.",
        "material": "swab",
        "taken_on": "2999-04-01",
        "taken_by": "A steward",
    }
    future = steward.send("/laboratory/staff/new", form)
    assert future.status_code == 422
    assert "lies in the future" in future.text
    assert "Rojda" in future.text
    told = steward.send("/laboratory/staff/new", form | {"taken_on": "2019-04-01"})
    address = told.headers["Location"]
    swab = {"material": "blood", "taken_on": "2019-04-02", "taken_by": "A steward", "version": "1"}
    assert steward.send(f"{address}/sample", swab).status_code == 302
    assert steward.get(address).text.count("SS-") >= 2

"""From the cut to the code: numbers, consent, and that codes tell nothing."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from caseman.laboratory import holders
from caseman.laboratory.codes import SpecimenStatus
from caseman.laboratory.models import SpecimenEvent
from caseman.laboratory.services import (
    EmptySubmissionError,
    NewSubmission,
    Step,
    StepRefusedError,
    advance,
    prepare,
    send,
)
from caseman.permissions import OPERATOR
from caseman.remains.codes import RemainsKind, RemainsStatus
from caseman.remains.models import RemainsSample
from caseman.remains.services import SampleRefusedError, cut_sample, void_sample
from caseman.reports.codes import Bond, Kin
from caseman.reports.drafts import RelativeFacts
from caseman.reports.errors import ConsentError, KinRefusedError
from caseman.reports.services import add_relative, take_sample, withdraw_consent
from tests.factories.remains import make_remains
from tests.laboratory.conftest import CONSENT, CUT_ON, FEMUR, SWAB


def test_the_steps_of_a_code_are_kept_for_ever_in_both_databases(world):
    submission = world.submit()
    send(world.session, submission, CUT_ON, world.steward)
    specimen = submission.specimens[0]
    with pytest.raises(StepRefusedError, match="cannot follow"):
        advance(world.session, specimen, Step(SpecimenStatus.EXTRACTED, CUT_ON, None))
    with pytest.raises(StepRefusedError, match="Write why"):
        advance(world.session, specimen, Step(SpecimenStatus.REFUSED, CUT_ON, None))
    advance(world.session, specimen, Step(SpecimenStatus.RECEIVED, CUT_ON, None))

    said = [event.status for event in specimen.events]
    assert said == [SpecimenStatus.CODED, SpecimenStatus.SENT, SpecimenStatus.RECEIVED]
    with pytest.raises(DatabaseError, match="append-only"):
        world.session.execute(sa.delete(sa.table(SpecimenEvent.__tablename__)))


def test_a_code_shares_nothing_with_the_sample_and_its_key_leads_back(world, app):
    submission = world.submit()
    with app.test_request_context():
        stands_for = holders.belongings(world.session, OPERATOR, submission.specimens)

    assert {each.of for each in stands_for.values()} == {
        world.remains.number,
        f"{world.mother.number}, Mother",
    }
    numbers = {each.sample for each in stands_for.values()}
    assert not {specimen.code for specimen in submission.specimens} & numbers
    assert world.waiting() == []


def test_samples_of_one_body_share_a_source_and_those_of_a_lot_do_not(world):
    session, feature = world.session, world.remains.feature
    cut_sample(session, world.remains, world.team.id, FEMUR)
    lot = make_remains(session, feature, world.team, RemainsKind.COMMINGLED)
    for _ in range(2):
        cut_sample(session, lot, world.team.id, FEMUR)
    world.submit()
    cut_sample(session, world.remains, world.team.id, FEMUR)
    world.submit()

    sources = {}
    for sample in session.scalars(sa.select(RemainsSample)):
        sources.setdefault(sample.remains_id, set()).add(sample.specimen.source_id)
    assert [len(each) for each in sources.values()] == [1, 2]


def test_a_cut_sample_is_an_exhibit_and_makes_remains_sampled(world):
    sample = world.session.scalars(sa.select(RemainsSample)).one()

    assert sample.number == f"{world.remains.feature.audit_subject}-S001"
    assert sample.exhibit.number == sample.number
    assert world.remains.status is RemainsStatus.SAMPLED
    mistake = cut_sample(world.session, world.remains, world.team.id, FEMUR)
    void_sample(world.session, mistake, "Recorded twice.")
    assert mistake.exhibit.voided_at is not None
    assert [each.number for each in world.waiting()].count(mistake.number) == 0
    world.submit()
    with pytest.raises(SampleRefusedError):
        void_sample(world.session, sample, "A mistake.")


def test_nothing_is_taken_without_consent_and_withdrawing_it_stops_everything(world):
    father = add_relative(world.session, world.person, RelativeFacts(Kin.FATHER))
    with pytest.raises(ConsentError, match="Nothing is taken"):
        take_sample(world.session, father, SWAB, None, None)
    submission = world.submit()
    source = world.mother.source
    take_sample(world.session, world.mother, SWAB, None, None)
    withdraw_consent(world.session, world.mother.consent, "She asked for it.", world.steward)

    assert source.withdrawn_at is not None
    assert [each.status for each in source.specimens] == [SpecimenStatus.WITHDRAWN]
    assert world.waiting() == []
    send(world.session, submission, CUT_ON, world.steward)
    assert source.specimens[0].status is SpecimenStatus.WITHDRAWN
    take_sample(world.session, world.mother, SWAB, CONSENT, None)
    world.submit()
    assert world.mother.source is not source


def test_a_submission_is_of_one_operation(world):
    with pytest.raises(EmptySubmissionError):
        prepare(world.session, NewSubmission("Example laboratory", "", []), None)


def test_a_tree_holds_one_mother_and_children_of_those_it_knows(world):
    session, person = world.session, world.person
    with pytest.raises(KinRefusedError, match="one already"):
        add_relative(session, person, RelativeFacts(Kin.MOTHER))
    add_relative(session, person, RelativeFacts(Kin.MOTHER, bond=Bond.ADOPTED))
    wife = add_relative(session, person, RelativeFacts(Kin.SPOUSE))
    son = add_relative(session, person, RelativeFacts(Kin.SON, through_id=wife.id))
    assert son.sex == "M"
    with pytest.raises(KinRefusedError, match="through that person"):
        add_relative(session, person, RelativeFacts(Kin.SON, through_id=world.mother.id))

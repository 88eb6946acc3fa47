"""DNA is weighed in the background; withdrawn consent takes a profile out of every run at once."""

import pytest
import sqlalchemy as sa

from caseman.demo import genotypes
from caseman.demo.samples import weigh
from caseman.identification.codes import RunState
from caseman.identification.models import DnaResult, DnaScreened, JointPair, ScreeningRun
from caseman.identification.services import joint, screening
from caseman.identification.services.candidates import rank_all
from caseman.jobs.models import Job
from caseman.laboratory.codes import SpecimenStatus
from caseman.laboratory.reading.tables import read_table
from caseman.laboratory.services import (
    RunFacts,
    Step,
    advance,
    import_runs,
    preview,
    send,
    verify,
)
from caseman.permissions import OPERATOR, Role
from caseman.remains.services import cut_sample
from caseman.reports.codes import Kin
from caseman.reports.drafts import RelativeFacts
from caseman.reports.services import add_relative, take_sample, withdraw_consent
from tests.factories.accounts import make_user
from tests.factories.remains import make_remains
from tests.laboratory.conftest import CONSENT, CUT_ON, FEMUR, SWAB
from tests.laboratory.conftest import world as world  # noqa: PLC0414 - a fixture of this module too

FACTS = RunFacts("globalfiler", "Plate 1", CUT_ON)


@pytest.fixture
def typed(world):
    """A mother, a father and their son typed and verified, and a stranger's bone beside him."""
    session = world.session
    world.father = add_relative(session, world.person, RelativeFacts(Kin.FATHER, name="Bav"))
    take_sample(session, world.father, SWAB, CONSENT, None)
    world.stranger = make_remains(session, world.remains.feature, world.team)
    cut_sample(session, world.stranger, world.team.id, FEMUR)
    world.analysts = [make_user(session, Role.DNA_ANALYST, team=world.team) for _ in range(2)]
    weigh(session, world.team.operation, {"dna": world.analysts[0]})
    submission = world.submit()
    send(session, submission, CUT_ON, world.steward)
    world.runs = _type(world, submission.specimens)
    for run in world.runs.values():
        verify(session, run, world.analysts[1])
    session.commit()
    return world


def _type(world, specimens):
    session = world.session
    whose = {}
    for specimen in specimens:
        advance(session, specimen, Step(SpecimenStatus.RECEIVED, CUT_ON, None))
    kin = {world.mother.source.id: Kin.MOTHER, world.father.source.id: Kin.FATHER}
    bones = [each for each in specimens if each.source_id not in kin]
    stands_for = {
        row[0]: row[1]
        for row in session.execute(
            sa.text("SELECT specimen_id, remains_id FROM remains_sample")
        ).all()
    }
    for bone in bones:
        is_son = stands_for[bone.id] == world.remains.id
        whose[bone.code] = None if is_son else Kin.SISTER
    whose |= {each.code: kin[each.source_id] for each in specimens if each.source_id in kin}
    table = genotypes.table(whose.items())
    runs = import_runs(
        session, preview(session, OPERATOR, read_table(table)), FACTS, world.analysts[0]
    )
    return {run.specimen.code: run for run in runs}


def results(world):
    world.session.rollback()
    rows = world.session.scalars(sa.select(DnaResult)).all()
    found = {row.remains_id: row.log10_lr for row in rows}
    world.session.rollback()
    return found


def test_the_son_is_found_and_what_did_not_change_is_not_weighed_again(typed, sessions):
    operation_id, son, stranger = typed.team.operation_id, typed.remains.id, typed.stranger.id
    typed.session.rollback()
    run_id = screening.screen_operation(sessions, operation_id)
    found = results(typed)
    assert found[son] > 10
    assert found.get(stranger, screening.LOWEST) < 0
    run = typed.session.get_one(ScreeningRun, run_id)
    assert (run.state, run.percent) == (RunState.DONE, 100)
    assert (run.sources, run.families, run.pairs, run.faults) == (2, 1, 2, [])
    typed.session.rollback()
    assert screening.screen_operation(sessions, operation_id) is None
    assert results(typed) == found


def test_withdrawn_consent_takes_results_away_in_the_same_moment(typed, sessions):
    session, son = typed.session, typed.remains.id
    screening.screen_operation(sessions, typed.team.operation_id)
    both = results(typed)[son]
    withdraw_consent(session, typed.father.consent, "He asked for it.", None)
    session.flush()
    assert session.scalars(sa.select(DnaResult)).all() == []
    assert session.scalars(sa.select(Job.kind).where(Job.kind == screening.SCREEN)).all()
    session.commit()
    screening.screen(sessions, {})
    mother_alone = results(typed)[son]
    assert 0 < mother_alone < both


def test_consent_withdrawn_during_a_screening_is_seen_before_anything_is_written(typed, sessions):
    operation_id = typed.team.operation_id
    typed.session.rollback()
    with sessions.read() as session:
        begun = screening.read(session, operation_id)
    withdraw_consent(typed.session, typed.mother.consent, "She asked for it.", None)
    typed.session.commit()
    screening.weigh(sessions, begun, screening.begin(sessions, begun))
    assert results(typed) == {}
    persons = sa.select(DnaScreened).where(DnaScreened.missing_person_id.is_not(None))
    assert typed.session.scalars(persons).all() == []


def test_withdrawn_consent_takes_away_what_a_whole_site_says_of_the_family(typed, sessions):
    session, site = typed.session, typed.remains.site_id
    screening.screen_operation(sessions, typed.team.operation_id)
    rank_all(sessions)
    joint.solve_site(sessions, site)
    session.rollback()
    told = session.scalars(sa.select(JointPair)).one()
    assert (told.missing_person_id, told.together > 0.99) == (typed.person.id, True)
    session.rollback()
    with sessions.read() as reading:
        ground = joint.read(reading, site)
    withdraw_consent(session, typed.father.consent, "He asked for it.", None)
    session.flush()
    assert session.scalars(sa.select(JointPair)).all() == []
    session.commit()
    groups = joint.solve_group(joint.odds_of(ground))
    joint.keep(sessions, site, ground, groups)
    assert session.scalars(sa.select(JointPair)).all() == []

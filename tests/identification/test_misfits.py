"""A relative who does not fit the tree is named to people, and left out by a person only."""

import pytest
import sqlalchemy as sa

from caseman.demo import genotypes
from caseman.identification.models import DnaMisfit, DnaResult, RelativeUse
from caseman.identification.queries.misfits import doubted, left_out_of
from caseman.identification.services import screening
from caseman.identification.services.checking import UseRefusedError, decide_use
from caseman.jobs.models import Job
from caseman.laboratory.codes import SpecimenStatus
from caseman.laboratory.reading.tables import read_table
from caseman.laboratory.services import Step, advance, import_runs, preview, send, verify
from caseman.permissions import OPERATOR, Role
from caseman.reports.codes import Kin
from caseman.reports.drafts import RelativeFacts
from caseman.reports.services import add_relative, take_sample, withdraw_consent
from tests.identification.test_screening import FACTS
from tests.identification.test_screening import typed as typed  # noqa: PLC0414 - a fixture here too
from tests.identification.test_screening import world as world  # noqa: PLC0414 - a fixture here too
from tests.laboratory.conftest import CONSENT, CUT_ON, SWAB, OnSqlite


@pytest.fixture
def family(typed, sessions):
    """Mother, father and a brother whose profile is a stranger's, screened."""
    session = typed.session
    typed.brother = add_relative(session, typed.person, RelativeFacts(Kin.BROTHER, name="Bira"))
    take_sample(session, typed.brother, SWAB, CONSENT, None)
    submission = typed.submit()
    send(session, submission, CUT_ON, typed.steward)
    (swab,) = submission.specimens
    advance(session, swab, Step(SpecimenStatus.RECEIVED, CUT_ON, None))
    stranger = read_table(genotypes.table([(swab.code, Kin.SISTER)]))
    (run,) = import_runs(session, preview(session, OPERATOR, stranger), FACTS, typed.analysts[0])
    verify(session, run, typed.analysts[1])
    session.commit()
    screening.screen(sessions, {})
    return typed


def found(world):
    world.session.rollback()
    return {row.relative_id: row for row in world.session.scalars(sa.select(DnaMisfit))}


def relatives_used(world, remains_id):
    of_son = sa.select(DnaResult.relatives).where(DnaResult.remains_id == remains_id)
    return world.session.scalar(of_son)


def test_whoever_does_not_fit_is_named_and_used_until_a_person_decides(family, sessions):
    session, brother, son = family.session, family.brother, family.remains.id
    (row,) = found(family).values()
    assert row.relative is brother
    assert row.log10_lr < -10
    assert "D3S1358" in row.markers or len(row.markers) > 5
    assert not row.is_either
    with_all = relatives_used(family, son)

    decide_use(session, brother, is_used=False, reason="Adopted.", by=family.analysts[0])
    assert left_out_of(session, [brother.id]) == {brother.id}
    assert session.scalars(sa.select(Job.kind).where(Job.kind == screening.SCREEN)).all()
    session.commit()
    screening.screen(sessions, {})
    assert found(family) == {}
    assert relatives_used(family, son) == with_all - 1
    (told,) = doubted(session, OPERATOR)
    assert (told.relative, told.is_left_out, told.misfit) == (brother, True, None)

    decide_use(session, brother, is_used=True, reason="He is not.", by=family.analysts[1])
    session.commit()
    screening.screen(sessions, {})
    assert set(found(family)) == {brother.id}
    assert relatives_used(family, son) == with_all


def test_nothing_is_decided_without_a_reason_or_consent_and_withdrawal_forgets(family):
    session, brother = family.session, family.brother
    with pytest.raises(UseRefusedError, match="Write why"):
        decide_use(session, brother, is_used=True, reason=" ", by=family.analysts[0])
    withdraw_consent(session, brother.consent, "He asked for it.", None)
    session.flush()
    assert session.scalars(sa.select(DnaMisfit)).all() == []
    with pytest.raises(UseRefusedError, match="withdrawn"):
        decide_use(session, brother, is_used=True, reason="Why not.", by=family.analysts[0])
    session.rollback()


class TestOnSqlite(OnSqlite):
    def test_the_analyst_reads_a_code_and_the_steward_the_kinship(self, family, client_as):
        session, brother, number = family.session, family.brother, family.person.number
        code, address = brother.source.code, f"/dna/relatives/{brother.id}"
        tree = f"/missing/{number}/relatives"
        session.rollback()
        analyst, steward = client_as(user=family.analysts[0]), client_as(user=family.steward)
        for page in (analyst.get("/dna/relatives"), analyst.get(address)):
            assert code in page.text
            assert number not in page.text
            assert "Brother" not in page.text
        told = steward.get(tree).text
        assert "DNA does not fit this tree" in told
        assert "Does not fit" in told
        assert "Brother" in steward.get(address).text
        intake = client_as(Role.INTAKE, team=family.team)
        assert "DNA does not fit" not in intake.get(tree).text
        assert intake.get(address).status_code == 403
        elsewhere = client_as(Role.DNA_ANALYST)
        assert elsewhere.get(address).status_code == 404
        _decide(family, analyst, steward, address)


def _decide(family, analyst, steward, address):
    pair = analyst.get("/dna/pairs").text.partition("/dna/pairs/")[2].partition('"')[0]
    report = analyst.get(f"/dna/pairs/{pair}").text
    assert "do not fit each other" in report
    assert "Does not fit" in report
    form = {"use": "leave_out", "reason": "", "version": "0"}
    assert steward.send(address, form).status_code == 422
    assert steward.send(address, {**form, "reason": "Adopted."}).status_code == 302
    assert "Left out by decision" in analyst.get(f"/dna/pairs/{pair}").text
    late = analyst.send(address, {**form, "reason": "Adopted."})
    assert late.status_code == 409
    rows = family.session.scalars(sa.select(RelativeUse)).all()
    assert [(row.decided_by.id, row.is_used) for row in rows] == [(family.steward.id, False)]
    family.session.rollback()

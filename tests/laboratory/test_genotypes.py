"""Genotypes: previewed, sealed, verified by another person, gone with consent."""

from copy import copy
from io import BytesIO

import pytest
import sqlalchemy as sa

from caseman.audit.verify import verify as verify_trail
from caseman.database import now
from caseman.laboratory.codes import RunState, SpecimenStatus
from caseman.laboratory.models import TypingRun
from caseman.laboratory.reading.tables import read_table
from caseman.laboratory.services import (
    RunFacts,
    RunRefusedError,
    Step,
    advance,
    import_runs,
    preview,
    reject,
    send,
    verify,
)
from caseman.laboratory.services.shredding import destroy_key, destroy_withdrawn
from caseman.permissions import OPERATOR, Role
from caseman.reports.codes import Kin
from caseman.reports.drafts import RelativeFacts
from caseman.reports.services import add_relative, take_sample, withdraw_consent
from caseman.sealing.keys import KeyGoneError
from tests.factories.accounts import make_user
from tests.laboratory.conftest import CONSENT, CUT_ON, SWAB, OnSqlite

FACTS = RunFacts("globalfiler", "Plate 1", CUT_ON)
MARKERS = "Sample Name\tD3S1358\tFGA"


@pytest.fixture
def received(world):
    """The codes of the bone and of the mother's swab, both at the laboratory."""
    submission = world.submit()
    send(world.session, submission, CUT_ON, world.steward)
    for specimen in submission.specimens:
        advance(world.session, specimen, Step(SpecimenStatus.RECEIVED, CUT_ON, None))
    mothers = [each for each in submission.specimens if each.source is world.mother.source]
    return [*(each for each in submission.specimens if each not in mothers), *mothers]


@pytest.fixture
def app_keyring(world):
    """Makes a keyring of another process: it knows no key that is not in the store."""
    held = world.session.info["keyring"]

    def another():
        fresh = copy(held)
        fresh._cache = {}
        return fresh

    return another


@pytest.fixture
def analysts(world):
    return [make_user(world.session, Role.DNA_ANALYST, team=world.team) for _ in range(2)]


def table(*rows):
    return "\n".join([MARKERS, *rows])


def test_a_run_is_sealed_under_its_persons_key_and_counts_once_another_person_verified_it(
    world, received, analysts
):
    session, (bone, swab) = world.session, received
    rows = preview(
        session,
        OPERATOR,
        read_table(table(f"{bone.code}\t15/17\t22/22.2", f"{swab.code}\t15/16\t21/22")),
    )
    runs = import_runs(session, rows, FACTS, analysts[0])
    assert [run.state for run in runs] == [RunState.WAITING] * 2
    assert b"22.2" not in runs[0].genotype_sealed
    with pytest.raises(RunRefusedError, match="Another person"):
        verify(session, runs[0], analysts[0])
    verify(session, runs[0], analysts[1])
    assert bone.status is SpecimenStatus.RESULT
    reject(session, runs[1], "Mixed with another profile.", analysts[1])
    assert swab.status is SpecimenStatus.EXTRACTED
    session.expire_all()
    assert runs[0].genotype == {"D3S1358": ["15", "17"], "FGA": ["22", "22.2"]}
    keyring = session.info["keyring"]
    keyring.destroy(bone.source.seal_subject)
    with pytest.raises(ValueError, match="destroyed"):
        assert runs[0].genotype


def test_each_row_that_is_refused_says_why(world, received):
    bone, swab = received
    withdraw_consent(world.session, world.mother.consent, "She asked for it.", None)
    text = table("Nobody\t15/17\t", f"{swab.code}\t15/17\t", f"{bone.code}\tOL\t")
    said = [each.refusal.message for each in preview(world.session, OPERATOR, read_table(text))]
    assert said == [
        "No coded sample here bears this name.",
        "Consent is withdrawn: nothing of it may be stored.",
        "None of its markers can be taken.",
    ]


@pytest.fixture
def typed(world, received, analysts):
    """The mother's run, and its genotype as an old backup holds it."""
    read = read_table(table(f"{received[1].code}\t15/17\t22/22.2"))
    (run,) = import_runs(world.session, preview(world.session, OPERATOR, read), FACTS, analysts[0])
    world.session.commit()
    return run, bytes(run.genotype_sealed)


def test_withdrawn_consent_destroys_the_genotype_at_once_and_in_every_backup(
    world, typed, app_keyring
):
    session, (run, backed_up) = world.session, typed
    subject = run.seal_subject
    place = f"TypingRun.genotype:{run.uid}"
    withdraw_consent(session, world.mother.consent, "She asked for it.", None)
    session.flush()
    assert run.genotype_sealed is None
    session.rollback()  # nothing is lost by a change that does not come to be
    assert app_keyring().open(subject, backed_up, place)
    assert run.seen["FGA"] == ["22", "22.2"]

    withdraw_consent(session, world.mother.consent, "She asked for it.", None)
    assert app_keyring().open(subject, backed_up, place)  # not before the commit
    session.commit()
    with pytest.raises(KeyGoneError):
        app_keyring().open(subject, backed_up, place)
    assert (run.seen, run.genotype_sealed, run.markers) == ({}, None, 2)
    assert verify_trail(session, session.info["keyring"].audit_key).first_bad is None
    run.genotype_sealed = backed_up  # as an old backup brings it back
    assert run.seen == {}
    session.rollback()


def test_a_key_that_outlived_its_consent_is_destroyed_by_the_job_and_after_an_upgrade(
    world, typed, app_keyring
):
    session, (run, backed_up) = world.session, typed
    source, place = run.specimen.source, f"TypingRun.genotype:{run.uid}"
    source.withdrawn_at = now()  # as an earlier version left it
    session.commit()
    destroy_withdrawn(session)
    session.commit()
    assert run.genotype_sealed is None
    session.info["keyring"].prepare([source.seal_subject])  # as if the power went at the commit
    destroy_key(session, {"source": source.id})
    session.commit()
    with pytest.raises(KeyGoneError):
        app_keyring().open(source.seal_subject, backed_up, place)


class TestOnSqlite(OnSqlite):
    def test_an_import_shows_its_preview_first_and_the_profile_its_rules(
        self, world, received, analysts, client_as
    ):
        code, source = received[0].code, received[0].source.code
        world.session.commit()
        first, second = (client_as(user=each) for each in analysts)
        form = {
            "table": table(f"{code}\t15/17\tOL"),
            "typed_on": "2019-04-29",
            "kit": "globalfiler",
        }
        page = first.send("/laboratory/genotypes/import", form)
        assert "“OL” is no allele" in page.text
        assert world.session.scalar(sa.select(sa.func.count(TypingRun.id))) == 0
        world.session.rollback()
        assert (
            first.send("/laboratory/genotypes/import", {**form, "looked": "y"}).status_code == 302
        )
        run_id = world.session.scalar(sa.select(TypingRun.id))
        world.session.rollback()
        address = f"/laboratory/genotypes/{run_id}"
        assert "You imported this run" in first.get(address).text
        assert second.send(f"{address}/verify", {"version": "1"}).status_code == 302
        assert "15 / 17" in second.get(f"/laboratory/sources/{source}").text
        reviewer = client_as(Role.REVIEWER, team=world.team)
        for closed in (address, f"/laboratory/sources/{source}", "/laboratory/genotypes"):
            assert reviewer.get(closed).status_code == 403

    def test_a_file_is_read_as_if_it_were_pasted_and_tells_of_kinship(
        self, world, received, analysts, client_as
    ):
        brother = add_relative(world.session, world.person, RelativeFacts(Kin.BROTHER, name="Bira"))
        take_sample(world.session, brother, SWAB, CONSENT, None)
        (swab,) = world.submit().specimens
        mother = received[1]
        world.session.commit()
        client = client_as(user=analysts[0])
        head = "famid id father mother sex D3S1358"
        rows = f"A {swab.code} ? {mother.code} 1 15/17\nA {mother.code} 0 0 2 15/16"
        content = f"{head}\n{rows}".replace("?", "\u0628").encode("windows-1256")

        def send(**more):
            file = (BytesIO(content), "families.ped")
            form = {"typed_on": "2019-04-29", "looked": "y", "file": file, **more}
            return client.send("/laboratory/genotypes/import", form)

        page = send()
        assert page.status_code == 200
        for words in ("not written in UTF-8", "child", "The same", "as the families told them"):
            assert words in page.text
        assert f"{mother.code} 0 0 2 15/16" in page.text  # the text can be sent again
        assert page.text.count("Not taken") == 1  # the brother's swab was not received
        assert world.session.scalar(sa.select(sa.func.count(TypingRun.id))) == 0
        world.session.rollback()
        both = send(table=head)
        assert both.status_code == 422
        assert "Something is pasted already" in both.text
        neither = client.send("/laboratory/genotypes/import", {"typed_on": "2019-04-29"})
        assert "Choose a file, or paste the table." in neither.text

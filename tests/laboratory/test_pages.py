"""Who sees what: the laboratory reads codes, stewards and reviewers read what they stand for."""

import re

import pytest
import sqlalchemy as sa

from caseman.accounts.services import roles
from caseman.audit.models import AuditEntry
from caseman.laboratory.models import Submission
from caseman.permissions import Role
from caseman.remains.models import RemainsSample
from caseman.reports.models import DnaConsent, ReferenceSample
from tests.factories.accounts import make_team
from tests.laboratory.conftest import OnSqlite


class TestOnSqlite(OnSqlite):
    def test_the_laboratory_reads_codes_and_no_case_number(self, world, client_as):
        submission = world.submit()
        sample = world.session.scalars(sa.select(RemainsSample)).one()
        given = world.session.scalars(sa.select(ReferenceSample)).one()
        world.session.commit()
        analyst = client_as(Role.DNA_ANALYST, team=world.team)
        telling = (
            world.remains.number,
            world.person.number,
            sample.number,
            given.number,
            "Dayik",
            world.person.name,
        )
        for address in (
            "/laboratory",
            f"/laboratory/submissions/{submission.number}",
            *(f"/laboratory/specimens/{each.code}" for each in submission.specimens),
        ):
            text = analyst.get(address).text
            assert submission.specimens[0].code in text or submission.specimens[1].code in text
            assert [each for each in telling if each in text] == []
        for address in (
            f"/laboratory/submissions/{submission.number}/key",
            f"/missing/{world.person.number}/relatives",
            "/laboratory/submissions/new",
        ):
            assert analyst.get(address).status_code == 403
        elsewhere = client_as(Role.DNA_ANALYST, team=make_team_of_its_own(world.session))
        assert elsewhere.get(f"/laboratory/submissions/{submission.number}").status_code == 404
        code = submission.specimens[0].code
        assert elsewhere.get(f"/laboratory/specimens/{code}").status_code == 404

    def test_opening_the_key_is_on_record(self, world, client_as):
        submission = world.submit()
        world.session.commit()
        page = client_as(Role.REVIEWER, team=world.team).get(
            f"/laboratory/submissions/{submission.number}/key"
        )
        assert world.remains.number in page.text
        world.session.rollback()
        query = sa.select(AuditEntry).where(AuditEntry.subject == submission.number)
        assert "codes" in {entry.reason for entry in world.session.scalars(query)}

    def test_a_report_that_is_withdrawn_takes_the_consent_given_through_it_along(
        self, world, client_as
    ):
        (report,) = world.person.reports
        number, source = report.number, world.submit() and world.mother.source
        world.session.commit()
        intake = client_as(Role.INTAKE, team=world.team)
        address = f"/reports/{number}/withdraw"
        asked = intake.get(address).text
        assert "given through this report" in asked
        assert re.search(r'value="1"[^>]* checked', asked)  # it is the only report
        form = {"reason": "She asked for it.", "version": "1"}
        assert intake.send(address, {**form, "consents": "7"}).status_code == 422
        assert intake.send(address, {**form, "consents": "1"}).status_code == 302
        world.session.expire_all()
        assert world.mother.consent is None
        assert source.withdrawn_at is not None
        world.session.rollback()

    def test_which_bone_was_cut_is_asked(self, world, client_as):
        number = world.remains.number
        world.session.commit()
        examiner = client_as(Role.EXAMINER, team=world.team)
        cut = {"material": "bone", "cut_on": "2019-03-21", "cut_by": "Examiner Nimune"}
        assert "Choose the bone" in examiner.send(f"/remains/{number}/samples/new", cut).text
        told = examiner.send(f"/remains/{number}/samples/new", {**cut, "element": "TIB"})
        assert told.status_code == 302

    def test_a_sample_goes_under_a_code_to_the_laboratory(self, world, client_as):
        person, team = world.person.number, world.team
        world.session.commit()
        steward = client_as(Role.STEWARD, team=team)
        waiting = [each.number for each in world.waiting()]
        world.session.rollback()
        sent = {"laboratory": "Example laboratory", "samples": waiting}
        key = steward.send("/laboratory/submissions/new", sent).headers["Location"]
        assert all(each in steward.get(key).text for each in waiting)
        row = world.session.scalars(sa.select(Submission)).one()
        address = f"/laboratory/submissions/{row.number}"
        codes = [each.code for each in row.specimens]
        world.session.rollback()
        steward.send(f"{address}/send", {"sent_on": "2019-04-01", "version": "1"})
        analyst = client_as(Role.DNA_ANALYST, team=team)
        step = {"status": "received", "happened_on": "2019-04-05", "version": "2"}
        assert analyst.send(f"/laboratory/specimens/{codes[0]}/step", step).status_code == 302
        assert "Received by the laboratory" in analyst.get(address).text
        intake = client_as(Role.INTAKE, team=team)
        tree = intake.get(f"/missing/{person}/relatives").text
        assert "Dayik" in tree
        assert not any(code in tree for code in codes)

    def test_consent_is_asked_with_the_first_sample_and_can_be_withdrawn(self, world, client_as):
        address = f"/missing/{world.person.number}/relatives"
        world.session.commit()
        intake = client_as(Role.INTAKE, team=world.team)
        added = intake.send(f"{address}/new", {"kin": "father", "name": "Bav"})
        assert added.status_code == 302
        swab = {"material": "swab", "taken_on": "2019-04-01", "taken_by": "Intake", "version": "1"}
        lacking = intake.send(f"{address}/2/sample", swab)
        assert "To what? is missing" in lacking.text
        consent = {"given_on": "2019-04-01", "manner": "spoken", "consent_text": "For the search."}
        assert intake.send(f"{address}/2/sample", {**swab, **consent}).status_code == 302
        why = {"reason": "He asked for it.", "version": "1"}
        assert intake.send(f"{address}/2/withdraw", why).status_code == 302
        assert "He asked for it." in intake.get(address).text
        withdrawn = sa.select(DnaConsent).where(DnaConsent.withdrawn_at.is_not(None))
        assert len(world.session.scalars(withdrawn).all()) == 1

    def test_who_works_on_codes_holds_no_other_role(self, world):
        with pytest.raises(roles.RoleConflictError, match="works on codes"):
            roles.grant(world.session, world.steward, Role.DNA_ANALYST, None)


def make_team_of_its_own(session):
    team = make_team(session)
    session.commit()
    return team

"""DNA on the pages: one more line of evidence, and what it rests on, without an allele."""

import pytest
import sqlalchemy as sa

from caseman.documents.pdf import can_make_pdf
from caseman.identification.codes import Outcome, Verdict
from caseman.identification.dna_line import DNA, dna_line
from caseman.identification.drafts import Statement
from caseman.identification.models import DnaResult
from caseman.identification.queries.dna import LOWEST, Heard
from caseman.identification.services import screening
from caseman.identification.services.candidates import rank_all
from caseman.identification.services.pairings import judge, open_pairing
from caseman.identification.services.signing import is_changed, sign
from caseman.identification.views.listing import list_for_person, list_for_remains
from caseman.permissions import OPERATOR, Role
from caseman.reports.services import withdraw_consent
from tests.factories.accounts import make_user
from tests.factories.reports import make_missing
from tests.identification.test_screening import typed as typed  # noqa: PLC0414 - a fixture here too
from tests.identification.test_screening import world as world  # noqa: PLC0414 - a fixture here too
from tests.identification.world import TODAY
from tests.laboratory.conftest import OnSqlite


@pytest.mark.parametrize(
    ("weight", "level", "verdict"),
    [
        (9.0, "dna_strong", Verdict.AGREES),
        (2.0, "dna_for", Verdict.AGREES),
        (0.3, "dna_little", Verdict.AGREES),
        (-0.3, "dna_little", Verdict.EXPLAINABLE),
        (-3.0, "dna_against", Verdict.CONTRADICTS),
        (None, "dna_lowest", Verdict.CONTRADICTS),
    ],
)
def test_a_weight_has_its_words(weight, level, verdict):
    known = {} if weight is None else {(1, 2): DnaResult(log10_lr=weight, markers=21, relatives=2)}
    line = dna_line(Heard(known, frozenset({1}), frozenset({2})), (1, 2))
    assert (line["level"], line["agreement"]) == (level, verdict.value)
    assert line["log10_lr"] == (LOWEST if weight is None else weight)
    assert dna_line(Heard({}, frozenset({1}), frozenset()), (1, 2)) is None


class TestOnSqlite(OnSqlite):
    @pytest.fixture
    def screened(self, typed, sessions):
        """The family above screened, and another person who fits the remains as well."""
        typed.other = make_missing(typed.session, typed.team.operation)
        typed.session.commit()
        rank_all(sessions)
        screening.screen(sessions, {})
        return typed

    def test_dna_puts_the_son_first_and_a_stranger_last(self, screened):
        session = screened.session
        first = list_for_remains(session, OPERATOR, screened.remains)[0]
        assert first.missing_person is screened.person
        assert first.lines[0]["line"] == DNA
        assert first.posterior > 0.999
        rows = list_for_person(session, OPERATOR, screened.person)
        assert rows[0].remains is screened.remains
        stranger = next(row for row in rows if row.remains is screened.stranger)
        assert stranger.lines[0]["agreement"] == Verdict.CONTRADICTS.value

    def test_a_strong_pair_is_shown_that_no_list_holds(self, screened):
        session = screened.session
        session.execute(sa.text("DELETE FROM candidate"))
        (row,) = list_for_remains(session, OPERATOR, screened.remains)
        assert row.missing_person is screened.person
        assert row.log10_lr > 10

    def test_a_comparison_tells_of_dna_and_withdrawal_voids_what_was_signed(self, screened):
        session, team = screened.session, screened.team
        reviewer = make_user(session, Role.REVIEWER, team=team)
        pairing = open_pairing(session, screened.remains, screened.person, reviewer, today=TODAY)
        row = next(line for line in pairing.lines if line.line == DNA)
        assert row.engine_verdict is Verdict.AGREES
        assert pairing.log10_lr == sum(line.log10_lr for line in pairing.lines)
        judge(pairing, [], reviewer)
        said = Statement(Outcome.EXCLUDED, "Only to see what becomes of it.")
        sign(session, pairing, reviewer, said, scope=reviewer.scope)
        assert not is_changed(session, pairing)
        withdraw_consent(session, screened.father.consent, "He asked for it.", None)
        assert is_changed(session, pairing)

    def test_an_unsigned_comparison_follows_what_dna_says(self, screened, sessions):
        session = screened.session
        reviewer = make_user(session, Role.REVIEWER, team=screened.team)
        pairing = open_pairing(session, screened.remains, screened.person, reviewer, today=TODAY)
        before = next(line.log10_lr for line in pairing.lines if line.line == DNA)
        withdraw_consent(session, screened.father.consent, "He asked for it.", None)
        session.commit()
        screening.screen(sessions, {})
        session.expire_all()
        row = next(line for line in pairing.lines if line.line == DNA)
        assert 0 < row.log10_lr < before
        session.rollback()

    def test_pages_show_no_allele_and_only_to_whom_they_are_open(self, screened, client_as):
        session, team = screened.session, screened.team
        reviewer = make_user(session, Role.REVIEWER, team=team)
        pairing = open_pairing(session, screened.remains, screened.person, reviewer, today=TODAY)
        number, remains = pairing.number, screened.remains.number
        session.commit()
        mine = client_as(user=reviewer)
        page = mine.get(f"/pairings/{number}/dna").text
        assert "Reaches the laboratory" in page
        assert "&gt; 99.999999 %" in page
        assert "<svg" in page
        for alleles in _alleles(session, screened):
            assert alleles not in page
        assert "far more probable" in mine.get(f"/candidates/remains/{remains}").text
        board = client_as(Role.BOARD, team=team).get(f"/pairings/{number}/dna").text
        assert "Profile of the remains" in board
        assert not any(each in board for each in _codes(session, screened))
        assert "What DNA says of this pair" in mine.get(f"/pairings/{number}").text
        assert "Weighed" in mine.get("/candidates/dna").text
        closed = client_as(Role.STEWARD, team=team), client_as(Role.DNA_ANALYST, team=team)
        for client in closed:
            assert client.get(f"/pairings/{number}/dna").status_code == 403
        assert client_as(Role.REVIEWER).get(f"/pairings/{number}/dna").status_code == 404

    def test_an_analyst_reads_every_input_under_codes_and_no_name(self, screened, client_as):
        session, team = screened.session, screened.team
        names = screened.person.number, screened.remains.number, screened.person.name, "Dayik"
        codes = screened.mother.source.code, screened.father.source.code
        result = session.scalars(sa.select(DnaResult).where(DnaResult.log10_lr > 2)).one().id
        alleles = _alleles(session, screened)
        analyst = client_as(Role.DNA_ANALYST, team=team)
        for address in ("/dna/pairs", f"/dna/pairs/{result}", f"/documents/dna/{result}"):
            page = analyst.get(address).text
            assert all(code in page for code in codes)
            assert not any(name in page for name in names)
        assert sum(each in page for each in alleles) > 10
        assert "norSTR 2023" in page
        theirs = analyst.get(f"/documents/dna/{result}?to=court").text
        assert "Profiles and what was made of them are left out." in theirs
        assert not any(each in theirs for each in (*codes, *alleles))
        assert analyst.get(f"/documents/dna/{result}?to=neighbour").status_code == 404
        for other in (Role.REVIEWER, Role.STEWARD):
            assert client_as(other, team=team).get(f"/dna/pairs/{result}").status_code == 403
            assert client_as(other, team=team).get(f"/documents/dna/{result}").status_code == 403
        assert client_as(Role.DNA_ANALYST).get(f"/dna/pairs/{result}").status_code == 404
        assert client_as(Role.DNA_ANALYST).get(f"/documents/dna/{result}.pdf").status_code == 404
        paper = analyst.get(f"/documents/dna/{result}.pdf")
        kind = "application/pdf" if can_make_pdf() else "text/html; charset=utf-8"
        assert paper.content_type == kind

    def test_nothing_is_weighed_without_profiles(self, screened, client_as):
        session = screened.session
        reviewer = make_user(session, Role.REVIEWER, team=screened.team)
        pairing = open_pairing(session, screened.remains, screened.other, reviewer, today=TODAY)
        number = pairing.number
        assert all(line.line != DNA for line in pairing.lines)
        session.commit()
        assert "Nothing to weigh" in client_as(user=reviewer).get(f"/pairings/{number}/dna").text


def _alleles(session, world):
    runs = [run for run in world.runs.values() if run.specimen.source.kind.value == "remains"]
    found = [" / ".join(s) for run in runs for s in run.genotype.values() if len(s) == 2]
    session.rollback()
    return found


def _codes(session, world):
    found = [run.specimen.source.code for run in world.runs.values()]
    session.rollback()
    return found

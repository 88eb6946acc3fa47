"""By what DNA is weighed: frequencies that say where they come from, and audited settings."""

from io import BytesIO

import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.laboratory.codes import MinimumRule, MutationKind, Threshold
from caseman.laboratory.models import FrequencyTable, LaboratorySettings
from caseman.laboratory.reading.frequencies import SHIPPED, read_frequencies
from caseman.laboratory.reading.tables import UnreadableTableError
from caseman.laboratory.services import (
    NewTable,
    Weighing,
    WeighingRefusedError,
    add_table,
    settle,
)
from caseman.permissions import Role
from tests.factories.accounts import make_team
from tests.laboratory.conftest import OnSqlite
from tests.laboratory.test_files import FAM

OWN = "locus;allele;frequency\nFGA;21;0.4\nFGA;22;0.6\nVWA;17;1\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "The first line"),
        ("locus,allele,frequency", "holds no frequency"),
        ("locus,allele,frequency\nFGA,21,0.4", "FGA: the frequencies sum to 0.400"),
        ("locus,allele,frequency\nFGB,21,1", "Line 2: “FGB” is a marker of no kit"),
        ("locus,allele,frequency\nFGA,OL,1", "Line 2: “OL” is no allele"),
        ("locus,allele,frequency\nFGA,21,much", "Line 2: “much” is no frequency"),
        ("locus,allele,frequency\nFGA,21,.5\nfga,21,.5", "Line 3: allele “21” stands twice"),
    ],
)
def test_a_table_that_cannot_be_right_says_where(text, fault):
    with pytest.raises(UnreadableTableError) as refused:
        read_frequencies(text)
    assert fault in refused.value.doubt.message % refused.value.doubt.values


def test_tables_that_come_along_are_whole():
    assert read_frequencies(OWN) == {"FGA": {"21": 0.4, "22": 0.6}, "vWA": {"17": 1.0}}
    for shipped in SHIPPED:
        assert len(shipped.frequencies) >= 23
        for alleles in shipped.frequencies.values():
            assert sum(alleles.values()) == pytest.approx(1, abs=1e-4)


def new(rule=MinimumRule.FIVE_SEEN, chromosomes=500, fixed=None):
    return NewTable("Own", "Here", "Counted here", chromosomes, rule, fixed, read_frequencies(OWN))


def test_a_minimum_needs_what_it_is_made_of(session):
    operation = make_team(session).operation
    assert add_table(session, operation, new(), None).minimum == pytest.approx(0.01)
    for wrong in (new(chromosomes=None), new(chromosomes=10), new(MinimumRule.FIXED)):
        with pytest.raises(WeighingRefusedError):
            add_table(session, operation, wrong, None)


def test_settings_are_of_one_operation_and_audited(session):
    operation, other = make_team(session).operation, make_team(session).operation
    table = add_table(session, operation, new(), None)
    weighing = Weighing(
        table.id, Threshold.STRICT, 500, 0.0, MutationKind.PROPORTIONAL, 0.001, 0.002
    )
    with pytest.raises(WeighingRefusedError):
        settle(session, other, weighing, None)
    row = settle(session, operation, weighing, None)
    assert settle(session, operation, weighing, None) is row
    session.commit()
    written = sa.select(AuditEntry).where(AuditEntry.table_name == "laboratory_settings")
    assert session.scalars(written).first().subject == operation.code
    session.rollback()


SETTINGS = {
    "threshold": "99.95",
    "candidates": "٥٠٠",
    "theta": "0",
    "mutation": "proportional",
    "female_rate": "0.001",
    "male_rate": "0.002",
}


class TestOnSqlite(OnSqlite):
    @pytest.fixture
    def of(self, world):
        world.session.commit()
        code = world.team.operation.code
        world.session.rollback()
        return f"/laboratory/weighing/{code}"

    def test_a_table_is_chosen_or_pasted(self, world, of, client_as):
        analyst = client_as(Role.DNA_ANALYST, team=world.team)
        assert "Add a table of frequencies first" in analyst.get(f"{of}/settings").text
        table = {"origin": "own", "minimum_rule": "five_seen", "fixed": ""}
        page = analyst.send(f"{of}/frequencies", table)
        assert page.status_code == 422
        assert "Population is needed for what you chose." in page.text
        own = {**table, "name": "Own", "population": "Here", "source": "Us", "table": "a,b\n"} | {
            "chromosomes": "500"
        }
        assert "The first line must name" in analyst.send(f"{of}/frequencies", own).text
        unknown = {**table, "origin": "west_asia"}
        assert "5/2N needs the number" in analyst.send(f"{of}/frequencies", unknown).text

    def test_a_file_of_familias_fills_the_form_and_is_kept_once_looked_at(
        self, world, of, client_as
    ):
        analyst = client_as(Role.DNA_ANALYST, team=world.team)
        form = {"origin": "own", "minimum_rule": "fixed", "fixed": "0.001", "population": "Here"}
        file = (BytesIO(FAM.encode()), "example.fam")
        page = analyst.send(f"{of}/frequencies", {**form, "file": file})
        assert page.status_code == 200
        for words in ("nothing is kept yet", "database “Example”", "D3S1358,15,0.2", "silent"):
            assert words in page.text
        assert world.session.scalar(sa.select(sa.func.count(FrequencyTable.id))) == 0
        world.session.rollback()
        photograph = {**form, "file": (BytesIO(b"\x89PNG\0"), "example.fam")}
        assert "no text" in analyst.send(f"{of}/frequencies", photograph).text

    def test_a_laboratory_chooses_a_table_and_a_threshold(self, world, of, client_as):
        analyst, reviewer, elsewhere = (
            client_as(Role.DNA_ANALYST, team=world.team),
            client_as(Role.REVIEWER, team=world.team),
            client_as(Role.DNA_ANALYST),
        )
        shipped = {"origin": "west_asia", "minimum_rule": "fixed", "fixed": "0.001"}
        assert analyst.send(f"{of}/frequencies", shipped).status_code == 302
        kept = world.session.scalar(sa.select(FrequencyTable.id))
        world.session.rollback()
        page = analyst.get(f"/laboratory/frequencies/{kept}").text
        assert "norSTR 2023" in page
        assert "D1S1656" in page
        form = {**SETTINGS, "table_id": str(kept)}
        assert analyst.send(f"{of}/settings", form).status_code == 302
        assert reviewer.send(f"{of}/settings", form).status_code == 403
        assert "one of 500" in reviewer.get("/laboratory/weighing").text
        row = world.session.scalars(sa.select(LaboratorySettings)).one()
        assert (row.threshold, row.candidates) == (Threshold.STRICT, 500)
        world.session.rollback()
        assert elsewhere.get(f"/laboratory/frequencies/{kept}").status_code == 404
        assert elsewhere.get(f"{of}/settings").status_code == 404

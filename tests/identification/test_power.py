"""Whose sample would help most: worked out on request, gone with whatever it rests on."""

import pytest
import sqlalchemy as sa

from caseman.coding import Sex
from caseman.identification.codes import RunState
from caseman.identification.errors import ReconciliationError
from caseman.identification.family_trees import Told, family_tree
from caseman.identification.genetics import Terms, TypedFamily
from caseman.identification.models import PowerAnalysis
from caseman.identification.power import SAMPLES, Addition, Search, needed_for, power_of
from caseman.identification.services.power import ANALYSE, analyse, ask_power
from caseman.jobs.registry import INTERRUPTED
from caseman.kinship import Prior, posterior
from caseman.laboratory.models import LaboratorySettings
from caseman.laboratory.reading.frequencies import SHIPPED
from caseman.permissions import Role
from caseman.reports.codes import Kin
from caseman.reports.drafts import RelativeFacts
from caseman.reports.services import add_relative, withdraw_consent
from tests.factories.reports import make_missing
from tests.identification.test_screening import typed as typed  # noqa: PLC0414 - a fixture here too
from tests.identification.test_screening import world as world  # noqa: PLC0414 - a fixture here too
from tests.laboratory.conftest import OnSqlite

MARKERS = tuple(SHIPPED[0].frequencies)[:6]
TERMS = Terms(
    {name: SHIPPED[0].frequencies[name] for name in MARKERS}, 0.001, 0.0, None, 0.001, 0.002
)
BROTHER, MOTHER, NEPHEW = Told("1", Kin.BROTHER), Told("2", Kin.MOTHER), Told("3", Kin.SON)


def rows_of(*told, alleles=None, kits=None):
    family = TypedFamily(7, family_tree(Sex.MALE, told), alleles or {})
    return power_of(TERMS, family, Search(2.0, MARKERS[:4], kits or {}))


def test_the_first_line_is_what_there_is_and_the_others_are_by_use():
    first, *others = rows_of(BROTHER, MOTHER)
    assert first["addition"] == Addition.NOTHING.value
    assert first["power"] == 0
    powers = [row["power"] for row in others]
    assert powers == sorted(powers, reverse=True)
    by_relative = {row["relative"]: row for row in others}
    assert by_relative[2]["log10_lr"] > by_relative[1]["log10_lr"]
    said = {(row["addition"], row["kin"]) for row in others}
    assert (Addition.ANCESTOR.value, Kin.FATHER.value) in said
    assert (Addition.SIBLING.value, "") in said
    assert (Addition.CHILD.value, "") in said


def test_who_married_in_is_not_asked_for_a_sample():
    others = rows_of(NEPHEW)[1:]
    assert [row["relative"] for row in others if row["relative"]] == [3]
    kins = {row["kin"] for row in others if row["addition"] == Addition.ANCESTOR}
    assert kins == {Kin.FATHER.value, Kin.MOTHER.value}


def test_the_parent_between_is_named_through_the_child():
    others = rows_of(Told("4", Kin.SIBLINGS_CHILD))[1:]
    told = [row["addition"] for row in others if row["relative"] == 4]
    assert sorted(told) == [Addition.ANCESTOR.value, Addition.RELATIVE.value]


def test_kits_are_told_where_they_add_markers_to_samples_that_are_there():
    table = SHIPPED[0].frequencies
    mother = {name: (next(iter(table[name])),) * 2 for name in MARKERS[:3]}
    kits = {"few": MARKERS[:2], "more": MARKERS[:5], "as many": MARKERS[:5], "all": MARKERS}
    present, *others = rows_of(MOTHER, alleles={"2": mother}, kits=kits)
    told = {row["kit"]: row for row in others if row["kit"]}
    assert {kit: row["markers"] for kit, row in told.items()} == {"more": 5, "all": 6}
    assert told["all"]["log10_lr"] > told["more"]["log10_lr"] > present["log10_lr"]
    assert {row["kit"] for row in rows_of(MOTHER, kits=kits)} == {""}


def test_the_ratio_needed_is_the_one_that_gives_the_posterior():
    needed = needed_for(0.9995, 300)
    assert posterior(needed * 2.302585092994046, Prior(300)) == pytest.approx(0.9995)


@pytest.fixture
def asked(typed):
    ask_power(typed.session, typed.person)
    typed.session.commit()
    return typed


def analysis(world):
    world.session.rollback()
    return world.session.scalar(sa.select(PowerAnalysis))


class TestOnSqlite(OnSqlite):
    def test_it_is_worked_out_by_the_worker_and_shown_on_the_tree(self, typed, sessions, client_as):
        session, person = typed.session, typed.person
        add_relative(session, person, RelativeFacts(Kin.SISTER, sex=Sex.FEMALE))
        session.commit()
        address = f"/missing/{person.number}/relatives"
        client = client_as(Role.INTAKE, team=typed.team)
        assert "Work it out" in client.get(address).text
        assert client.send(f"{address}/power", {}).status_code == 302
        assert "It is being worked out" in client.get(address).text

        analyse(sessions, {"person": person.id})

        row = analysis(typed)
        assert (row.state, row.samples, row.is_open) == (RunState.DONE, SAMPLES, False)
        assert row.additions[0]["power"] > 0.9
        session.rollback()
        shown = client.get(address).text
        assert "With the samples there are now" in shown
        assert "A further brother or sister" in shown
        assert client.send("/missing/MP-NONE/relatives/power", {}).status_code == 404

    def test_any_change_takes_it_away_also_one_that_comes_meanwhile(self, asked, sessions):
        session, person = asked.session, asked.person
        analyse(sessions, {"person": person.id})
        assert analysis(asked).additions
        withdraw_consent(session, asked.father.consent, "He asked for it.", None)
        session.commit()
        assert analysis(asked) is None
        first = ask_power(session, person).asked_at
        add_relative(session, person, RelativeFacts(Kin.BROTHER))
        session.commit()
        analyse(sessions, {"person": person.id})
        assert analysis(asked) is None
        second = ask_power(session, person)
        assert second.asked_at > first
        session.scalar(sa.select(LaboratorySettings)).theta = 0.02
        session.scalar(sa.select(LaboratorySettings)).set_at = second.asked_at
        session.commit()
        assert analysis(asked) is None

    def test_nobody_waits_for_what_no_worker_will_finish(self, asked):
        session, payload = asked.session, {"person": asked.person.id}
        INTERRUPTED[ANALYSE](session, payload, False)
        assert session.scalar(sa.select(PowerAnalysis)).is_open
        INTERRUPTED[ANALYSE](session, payload, True)
        assert session.scalar(sa.select(PowerAnalysis)).state is RunState.FAILED
        session.rollback()

    def test_without_the_laboratorys_settings_it_is_refused_in_words(self, typed, client_as):
        session = typed.session
        session.delete(session.scalar(sa.select(LaboratorySettings)))
        person = make_missing(session, typed.team.operation)
        add_relative(session, person, RelativeFacts(Kin.BROTHER))
        with pytest.raises(ReconciliationError, match="not yet decided"):
            ask_power(session, person)
        session.commit()
        address = f"/missing/{person.number}/relatives"
        session.rollback()
        client = client_as(Role.INTAKE, team=typed.team)
        answer = client.send(f"{address}/power", {}, follow_redirects=True)
        assert "has not yet decided" in answer.text

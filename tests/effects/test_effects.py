"""An effect keeps the number it was found under, wherever it turns out to belong."""

import pytest
import sqlalchemy as sa

from caseman.coding.belongings import Colour
from caseman.custody.codes import ExhibitKind
from caseman.custody.models import Exhibit
from caseman.effects import services
from caseman.effects.models import EffectWord, PersonalEffect
from caseman.effects.queries import (
    EffectFilter,
    as_listed,
    conditions,
    effect_by_number,
    loose_effects,
)
from caseman.permissions import OPERATOR, Scope
from caseman.remains.services import move
from tests.factories.accounts import make_team
from tests.factories.effects import described, jacket, make_effect, make_loose_effect
from tests.factories.remains import make_grave, make_many_remains, make_remains

WHY = "The name on the card is that of the other body"


@pytest.fixture
def remains(session, grave, team):
    return make_remains(session, grave, team)


def test_effects_on_remains_bear_their_number_and_lie_in_their_bag(session, remains):
    first, second = make_effect(session, remains), make_effect(session, remains, kind="ring")
    assert [first.number, second.number] == ["RQA01-F01-B001/1", "RQA01-F01-B001/2"]
    assert first.exhibit is None
    assert session.scalar(sa.select(sa.func.count(Exhibit.id))) == 1


def test_a_loose_effect_has_a_number_and_a_bag_of_its_own(session, grave, team):
    effect = make_loose_effect(session, grave, team, inscription="14 / 3 / 2016")
    assert effect.number == "RQA01-F01-A001"
    assert (effect.exhibit.number, effect.exhibit.kind) == (effect.number, ExhibitKind.EFFECT)
    assert loose_effects(session, OPERATOR, grave) == [effect]


def test_two_teams_number_their_loose_effects_apart(session, grave, team):
    other = make_team(session, team.operation)
    numbers = [make_loose_effect(session, grave, each).number for each in (team, other, team)]
    assert numbers == ["RQA01-F01-A001", "RQA01-F01-A101", "RQA01-F01-A002"]


def test_a_voided_ordinal_is_never_given_again(session, remains):
    wrong = make_effect(session, remains)
    services.void(wrong, "Counted twice")
    assert make_effect(session, remains).number == "RQA01-F01-B001/2"
    assert effect_by_number(session, OPERATOR, "RQA01-F01-B001/1") is wrong
    with pytest.raises(services.EffectError, match="voided"):
        services.describe(wrong, described())


def test_an_effect_that_belongs_elsewhere_keeps_its_number_and_says_why(session, grave, team):
    first, second = make_remains(session, grave, team), make_remains(session, grave, team)
    card = make_effect(session, first, kind="id_card")
    before = (first.evidence_changed_at, second.evidence_changed_at)
    services.belongs_to(card, second, WHY)
    session.flush()
    assert (card.number, card.remains, card.found_on) == ("RQA01-F01-B001/1", second, first)
    assert card.moved_because == WHY
    assert first.evidence_changed_at > before[0]
    assert second.evidence_changed_at > before[1]
    services.belongs_to(card, None, "On second sight it lay in the fill")
    session.flush()
    assert loose_effects(session, OPERATOR, grave) == [card]


@pytest.mark.parametrize("reason", ["", "  ", "no"])
def test_no_effect_changes_its_place_without_a_reason(reason, session, grave, remains, team):
    effect = make_effect(session, remains)
    with pytest.raises(services.EffectError):
        services.belongs_to(effect, None, reason)
    with pytest.raises(services.EffectError):
        services.void(effect, reason)


def test_effects_of_different_sites_are_not_joined(session, remains, team):
    effect = make_effect(session, remains)
    elsewhere = make_remains(session, make_grave(session, team.operation), team)
    with pytest.raises(services.EffectError, match="different sites"):
        services.belongs_to(effect, elsewhere, WHY)


def test_an_effect_that_belongs_elsewhere_does_not_follow_the_remains_it_was_found_on(
    session, grave, team
):
    first, second = make_remains(session, grave, team), make_remains(session, grave, team)
    card = make_effect(session, first, kind="id_card")
    services.belongs_to(card, second, WHY)
    move(session, first, make_grave(session, team.operation), "The wrong sheet was used")
    assert card.feature_id == grave.id


def test_an_import_of_thousands_takes_few_statements(session, sessions, grave, team):
    many = make_many_remains(session, grave, team, 600)
    seen = []
    sa.event.listen(
        sessions.engine, "before_cursor_execute", lambda *args: seen.append(args[2]), named=False
    )
    found = [services.FoundOnRemains(each, jacket()) for each in many for _ in range(2)]
    services.register_all_on(session, found)
    assert session.scalar(sa.select(sa.func.count(PersonalEffect.id))) == 1200
    reading = [text for text in seen if text.lstrip().upper().startswith("SELECT")]
    assert len(reading) < 20, "no row may cost a SELECT of its own"


def test_effects_are_found_by_colour_by_kind_and_by_what_is_written_on_them(session, remains):
    make_effect(session, remains, inscription="ذكرى من حلب", kind="ring")
    green = services.register_on(session, remains, jacket())

    def found(**wanted):
        filters = EffectFilter(**wanted)
        listed = as_listed(session, OPERATOR, filters)
        return session.scalars(listed.where(*conditions(session, filters))).all()

    by_text = found(text="حلب")
    assert [each.kind for each in by_text] == ["ring"]
    assert found(colour=Colour.GREEN) == [green]
    assert found(text="حل ذكرى") == by_text, "each word typed begins a word of the effect"
    assert found(text="حل بيت") == []
    assert found(text="%") == [], "what holds no word fits nothing"
    assert {each.number for each in found(text=remains.number[:7])} == {
        by_text[0].number,
        green.number,
    }


def test_words_follow_a_correction(session, remains):
    effect = make_effect(session, remains, inscription="Casio")
    effect.inscription = "Omega"
    session.flush()
    words = sa.select(EffectWord.word).where(EffectWord.row_id == effect.id)
    assert {"omega"} <= set(session.scalars(words))
    assert "casio" not in set(session.scalars(words))


def test_outside_the_scope_an_effect_is_not_there(session, remains):
    effect = make_effect(session, remains)
    stranger = Scope(operation_ids=frozenset({10_000}), whole_operation_ids=frozenset({10_000}))
    assert effect_by_number(session, stranger, effect.number) is None
    assert effect_by_number(session, OPERATOR, effect.number) is effect


def test_a_thing_lies_in_a_pocket_but_never_in_itself(session, team, grave):
    remains = make_remains(session, grave, team)
    coat, wallet, card = (make_effect(session, remains) for _each in range(3))
    services.lay_in(wallet, coat)
    services.lay_in(card, wallet)
    session.flush()
    assert coat.contents == [wallet]
    with pytest.raises(services.EffectError, match="cannot lie in itself"):
        services.lay_in(coat, card)
    services.lay_in(wallet, None)
    session.flush()
    assert coat.contents == []

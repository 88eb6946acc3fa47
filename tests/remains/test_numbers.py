"""A number is given once, for ever; a mistake with it stays visible with its reason."""

import pytest
import sqlalchemy as sa

from caseman.audit.models import AuditEntry
from caseman.audit.recorder import Actor
from caseman.custody.models import Exhibit
from caseman.remains import services
from caseman.remains.codes import NumberEventKind, RemainsKind, RemainsStatus
from caseman.remains.models import NumberEvent, Remains
from tests.factories.accounts import make_team, make_user
from tests.factories.effects import make_effect
from tests.factories.remains import draft, make_grave, make_many_remains, make_remains


def test_the_number_names_site_grave_and_kind_and_is_on_the_bag(session, grave, team):
    body = make_remains(session, grave, team)
    bone = make_remains(session, grave, team, RemainsKind.BONE)
    assert (body.number, bone.number) == ("RQA01-F01-B001", "RQA01-F01-BN001")
    assert (body.exhibit.number, body.exhibit.site) == (body.number, grave.site)


def test_two_teams_without_a_network_never_give_the_same_number(session, grave, team):
    other = make_team(session, team.operation)
    taken_turns = [
        make_remains(session, grave, each).sequence for _ in range(3) for each in (team, other)
    ]
    assert taken_turns == [1, 101, 2, 102, 3, 103]


def test_a_used_up_block_is_followed_by_one_that_is_free(session, grave, team):
    other = make_team(session, team.operation)
    make_many_remains(session, grave, team, 99)
    make_remains(session, grave, other)
    last, first = (each.sequence for each in make_many_remains(session, grave, team, 2))
    assert (last, first) == (100, 201)


def test_a_voided_number_stays_with_its_reason_and_is_never_given_again(session, grave, team):
    recorder = make_user(session)
    session.info["actor"] = Actor(recorder.username, recorder.id)
    wrong = make_remains(session, grave, team)
    before = wrong.evidence_changed_at
    services.void(session, wrong, "The same body was registered twice")
    assert wrong.voided_at == wrong.exhibit.voided_at
    assert wrong.evidence_changed_at > before
    (event,) = wrong.number_events
    assert (event.kind, event.reason) == (
        NumberEventKind.VOIDED,
        "The same body was registered twice",
    )
    assert event.by is recorder
    assert make_remains(session, grave, team).number == "RQA01-F01-B002"


@pytest.mark.parametrize(
    "change",
    [
        lambda session, remains: services.void(session, remains, "again"),
        lambda session, remains: services.record_recovery(session, remains, services.Recovery()),
        lambda session, remains: services.examine(session, remains, services.Profile()),
        lambda session, remains: services.chart_teeth(session, remains, []),
        lambda session, remains: services.change_status(session, remains, RemainsStatus.REGISTERED),
        lambda session, remains: services.move(session, remains, remains.feature, "elsewhere"),
    ],
)
def test_nothing_changes_on_a_voided_number(change, session, grave, team):
    remains = make_remains(session, grave, team)
    services.void(session, remains, "Animal bone in a sack")
    with pytest.raises(services.VoidedError, match="RQA01-F01-B001 is voided"):
        change(session, remains)


def test_a_voiding_that_was_the_mistake_is_taken_back_and_both_stay(session, grave, team):
    remains = make_remains(session, grave, team)
    services.void(session, remains, "Thought to be a double")
    services.restore(session, remains, "It was another body after all")
    assert remains.voided_at is None
    assert remains.exhibit.voided_at is None
    assert [event.kind for event in remains.number_events] == [
        NumberEventKind.VOIDED,
        NumberEventKind.RESTORED,
    ]
    with pytest.raises(services.NotVoidedError):
        services.restore(session, remains, "once more")


def test_a_number_under_which_effects_lie_is_not_voided_before_they_are_moved(session, grave, team):
    remains = make_remains(session, grave, team)
    make_effect(session, remains)
    with pytest.raises(services.StillHeldError, match="1 effects are recorded under"):
        services.void(session, remains, "Registered twice")


@pytest.mark.parametrize(
    "status", [RemainsStatus.UNDER_RECONCILIATION, RemainsStatus.IDENTIFIED_COMBINED]
)
def test_a_number_on_which_a_decision_rests_is_not_voided(status, session, grave, team):
    remains = make_remains(session, grave, team)
    remains.status = status
    with pytest.raises(services.DecidedError):
        services.void(session, remains, "Registered twice")


def test_remains_that_move_keep_their_number_and_take_bag_and_effects_along(session, grave, team):
    remains = make_remains(session, grave, team)
    watch = make_effect(session, remains)
    other = make_grave(session, team.operation, "RQA02")
    services.move(session, remains, other, "The sheet of the next grave was used")
    assert remains.number == "RQA01-F01-B001"
    assert (remains.site, remains.feature) == (other.site, other)
    assert remains.exhibit.site is other.site
    assert (watch.site_id, watch.feature_id) == (other.site_id, other.id)
    assert watch.number == "RQA01-F01-B001/1"
    (event,) = remains.number_events
    assert (event.from_feature, event.to_feature) == (grave, other)
    with pytest.raises(services.SameFeatureError):
        services.move(session, remains, other, "again")


def test_one_number_twice_in_a_feature_after_a_move_is_no_clash(session, grave, team):
    other = make_grave(session, team.operation, "RQA02")
    first, second = make_remains(session, grave, team), make_remains(session, other, team)
    assert first.sequence == second.sequence
    services.move(session, first, other, "Found to belong to the other grave")
    assert {first.number, second.number} == {"RQA01-F01-B001", "RQA02-F01-B001"}


def test_what_is_split_off_gets_a_number_of_its_own_and_both_tell_of_it(session, grave, team):
    body = make_remains(session, grave, team)
    new = draft(grave, team, RemainsKind.BODY_PART)
    leg = services.split(session, body, new, "A third leg in the bag")
    assert (body.number, leg.number) == ("RQA01-F01-B001", "RQA01-F01-BP001")
    (event,) = body.number_events
    assert (event.kind, event.other) == (NumberEventKind.SPLIT, leg)
    assert session.scalar(sa.select(NumberEvent).where(NumberEvent.other_id == leg.id)) is event


def test_a_printed_number_that_comes_back_is_used_once(session, grave, team):
    (block,) = services.print_block(session, grave, team.id, RemainsKind.BODY, count=3)
    assert (block.first, block.last) == (1, 3)
    assert make_remains(session, grave, team).sequence == 4
    assert make_remains(session, grave, team, sequence=2).number == "RQA01-F01-B002"
    with pytest.raises(services.NumberUsedError, match="RQA01-F01-B002 is already recorded"):
        make_remains(session, grave, team, sequence=2)


@pytest.mark.parametrize("sequence", [4, 99, 0, -1])
def test_a_number_that_was_never_printed_here_is_refused(sequence, session, grave, team):
    services.print_block(session, grave, team.id, RemainsKind.BODY, count=3)
    with pytest.raises(services.NumberNotIssuedError, match="was not printed on a form"):
        make_remains(session, grave, team, sequence=sequence)


def test_a_number_printed_for_another_team_is_refused(session, grave, team):
    other = make_team(session, team.operation)
    services.print_block(session, grave, other.id, RemainsKind.BODY, count=3)
    with pytest.raises(services.NumberOfTeamError, match=f"printed for team {other.code}"):
        make_remains(session, grave, team, sequence=1)


def test_a_printed_number_is_used_once_within_one_file_too(session, grave, team):
    services.print_block(session, grave, team.id, RemainsKind.BODY, count=3)
    twice = [draft(grave, team, sequence=1), draft(grave, team, sequence=1)]
    with pytest.raises(services.NumberUsedError):
        services.register_all(session, twice)


def test_forms_printed_across_a_used_up_block_are_told_as_two_runs(session, grave, team):
    other = make_team(session, team.operation)
    make_many_remains(session, grave, team, 98)
    make_remains(session, grave, other)
    blocks = services.print_block(session, grave, team.id, RemainsKind.BODY, count=4)
    assert [(block.first, block.last) for block in blocks] == [(99, 100), (201, 202)]


def test_each_change_is_in_the_trail_under_the_number(session, sessions, grave, team):
    remains = make_remains(session, grave, team)
    services.void(session, remains, "Registered twice")
    subjects = session.scalars(
        sa.select(AuditEntry.table_name).where(AuditEntry.subject == remains.number)
    )
    assert {"remains", "exhibit", "recovery_event", "number_event"} <= set(subjects)


def test_an_import_of_thousands_takes_few_statements(session, sessions, grave, team):
    seen = []
    sa.event.listen(
        sessions.engine, "before_cursor_execute", lambda *args: seen.append(args[2]), named=False
    )
    services.register_all(
        session,
        [
            draft(grave, team, profile=services.Profile(), source_id=str(place))
            for place in range(2500)
        ],
    )
    assert session.scalar(sa.select(sa.func.count(Remains.id))) == 2500
    assert session.scalar(sa.select(sa.func.count(Exhibit.id))) == 2500
    reading = [text for text in seen if text.lstrip().upper().startswith("SELECT")]
    assert len(reading) < 40, "no row may cost a SELECT of its own"

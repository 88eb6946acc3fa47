"""Both ends of a hand-over: what is kept as it was said, and where exhibits stand afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy.orm.exc import StaleDataError

from caseman.audit.verify import verify
from caseman.custody.codes import (
    Break,
    ExhibitCondition,
    Standing,
    StorageKind,
    TransferPurpose,
)
from caseman.custody.drafts import HandOver, ItemFound, Receipt
from caseman.custody.models import CustodyReceipt, CustodyTransfer, Exhibit
from caseman.custody.queries import Gap, Hand, clocks_disagree, mismatch, path_of, steps
from caseman.custody.services import CustodyError, hand_over, receive
from caseman.database import now
from tests.factories.accounts import make_operation
from tests.factories.custody import MORNING, give, make_exhibit, make_place, take
from tests.factories.sites import make_site


@pytest.fixture
def bags(work, session):
    return [make_exhibit(session, work.ours) for _ in range(4)]


@pytest.fixture
def room(work, session):
    return make_place(session, work.operation, code="ROOM", name="Cold room")


def test_what_arrives_is_kept_in_its_new_place_under_its_seal(session, bags, room):
    transfer = give(session, bags, to_place_id=room.id)
    assert {each.standing for each in bags} == {Standing.ON_THE_WAY}
    assert {each.place_id for each in bags} == {None}
    receipt = take(session, transfer, seals={bags[0].number: "S-100"})
    assert receipt.agrees
    assert {(each.standing, each.place_id) for each in bags} == {(Standing.KEPT, room.id)}
    assert bags[0].seal_number == "S-100"
    assert transfer.number.startswith("T-")
    assert transfer.handed_over_at == MORNING
    assert now() - transfer.recorded_at < timedelta(minutes=5)


def test_what_did_not_arrive_is_missing_from_where_it_was(session, work, bags, room):
    take(session, give(session, bags, to_place_id=room.id))
    elsewhere = make_place(session, work.operation, code="LAB")
    transfer = give(session, bags, from_place_id=room.id, to_place_id=elsewhere.id)
    receipt = take(session, transfer, missing=[bags[3]])
    assert not receipt.agrees
    assert (bags[3].standing, bags[3].place_id) == (Standing.MISSING, room.id)
    assert (bags[0].standing, bags[0].place_id) == (Standing.KEPT, elsewhere.id)
    found = mismatch(transfer)
    assert (found.declared, found.listed, found.received) == (4, 4, 3)
    assert found.not_received == (bags[3].number,)


def test_a_count_that_differs_from_the_list_is_kept_as_it_was_said(session, bags):
    transfer = give(session, bags, declared_count=5)
    assert mismatch(transfer)
    receipt = take(session, transfer, received_count=5)
    assert not receipt.agrees
    assert (mismatch(transfer).declared, mismatch(transfer).listed) == (5, 4)


def test_what_nobody_listed_arrives_all_the_same_and_is_no_link_of_its_path(session, bags, room):
    transfer = give(session, bags[:3], to_place_id=room.id)
    receipt = take(session, transfer, extra=[bags[3]])
    assert not receipt.agrees
    assert mismatch(transfer).not_listed == (bags[3].number,)
    assert bags[3].place_id == room.id
    (hand,) = path_of(session, bags[3])
    assert hand.is_gap
    assert hand.breaks == [Break.NOT_LISTED]


def test_a_second_receipt_corrects_the_first_which_stays(session, bags, room):
    transfer = give(session, bags[:3], to_place_id=room.id)
    take(session, transfer, missing=[bags[0]], extra=[bags[3]])
    take(session, transfer, missing=[bags[3]])
    assert (bags[0].standing, bags[0].place_id) == (Standing.KEPT, room.id)
    assert (bags[3].standing, bags[3].place_id, bags[3].last_transfer_id) == (None, None, None)
    assert [each.agrees for each in transfer.receipts] == [False, True]
    assert not mismatch(transfer)
    assert path_of(session, bags[0])[0].breaks == []


def test_a_receipt_answers_for_every_exhibit(session, bags):
    transfer = give(session, bags)
    told = {"received_by": "Imad", "received_count": 1, "received_at": MORNING}
    one = [ItemFound(bags[0], ExhibitCondition.WET)]
    with pytest.raises(CustodyError, match="Say of each"):
        receive(session, transfer, Receipt(items=one, **told))
    with pytest.raises(CustodyError, match="Listed twice"):
        receive(session, transfer, Receipt(items=one * 2, **told))


def test_what_cannot_be_handed_over_is_refused(session, bags, work):
    bags[1].voided_at = now()
    with pytest.raises(CustodyError, match="Listed twice"):
        give(session, [bags[0], bags[0]])
    with pytest.raises(CustodyError, match="Voided numbers"):
        give(session, bags[:2])
    nothing = HandOver(work.operation.id, "Rana", "Imad", TransferPurpose.STORAGE, 0, MORNING, [])
    with pytest.raises(CustodyError, match="at least one"):
        hand_over(session, nothing)


def test_exhibits_and_places_of_another_operation_go_apart(session, bags):
    other = make_operation(session)
    foreign = make_exhibit(session, make_site(session, other))
    with pytest.raises(CustodyError, match="different operations"):
        give(session, [bags[0], foreign])
    place = make_place(session, other)
    with pytest.raises(CustodyError, match="another operation"):
        give(session, bags, to_place_id=place.id)


def test_released_exhibits_are_with_the_family(session, bags):
    take(session, give(session, bags[:1], purpose=TransferPurpose.RELEASE))
    assert (bags[0].standing, bags[0].place_id) == (Standing.RELEASED, None)


def test_an_old_sheet_that_is_entered_late_moves_nothing(session, bags, room, work):
    old = make_place(session, work.operation, code="OLD")
    take(session, give(session, bags, to_place_id=room.id))
    late = give(session, bags, to_place_id=old.id, handed_over_at=MORNING - timedelta(days=40))
    assert (bags[0].standing, bags[0].place_id) == (Standing.KEPT, room.id)
    take(session, late, missing=[bags[1]])
    assert {(each.standing, each.place_id) for each in bags} == {(Standing.KEPT, room.id)}
    path = path_of(session, bags[0])
    assert [hand.transfer.id for hand in path][-1] == late.id
    assert clocks_disagree(path) == {late.id}


def test_the_path_shows_where_nobody_wrote_how_it_came_along(session, bags, room, work):
    tent = make_place(session, work.operation, code="TENT", kind=StorageKind.FIELD)
    lab = make_place(session, work.operation, code="LAB")
    take(session, give(session, bags, from_place_id=tent.id, to_place_id=room.id))
    take(
        session,
        give(session, bags, from_place_id=room.id, to_place_id=lab.id, given_by="Somebody else"),
    )
    whole = steps(path_of(session, bags[0]))
    assert [type(step) for step in whole] == [Hand, Hand]
    give(session, bags, from_place_id=room.id, given_by="A stranger")
    broken = steps(path_of(session, bags[0]))
    assert [type(step) for step in broken] == [Hand, Hand, Gap, Hand]


def test_the_same_hands_need_no_place(session, bags):
    take(session, give(session, bags))
    give(session, bags, given_by=" imad  SAYEGH ")
    assert not any(isinstance(step, Gap) for step in steps(path_of(session, bags[0])))


def test_a_first_hand_over_from_a_store_has_lost_its_beginning(session, bags, room):
    give(session, bags, from_place_id=room.id)
    first, _hand = steps(path_of(session, bags[0]))
    assert isinstance(first, Gap)
    assert first.before is None


def test_seals_and_clocks_that_differ_are_breaks(session, bags):
    number = bags[0].number
    transfer = give(session, bags, seals={number: "S-1"})
    take(session, transfer, seals={number: "S-2"}, received_at=MORNING - timedelta(hours=1))
    (hand,) = path_of(session, bags[0])
    assert hand.breaks == [Break.SEAL, Break.CLOCKS]
    assert mismatch(transfer).seals_differ == {number: ("S-1", "S-2")}


def test_what_a_reader_may_not_see_is_counted_and_not_named(session, bags):
    transfer = give(session, bags)
    take(session, transfer, missing=bags[:2])
    seen = mismatch(transfer).seen_by({bags[1].number, bags[2].number})
    assert seen.not_received == (bags[1].number,)
    assert seen.unseen == 1


def test_both_ends_and_the_trail_stay_whole(session, bags, room):
    take(session, give(session, bags, to_place_id=room.id), missing=bags[:1])
    session.commit()
    assert verify(session, session.info["audit_key"]).first_bad is None
    assert session.query(CustodyTransfer).count() == session.query(CustodyReceipt).count() == 1


def test_of_two_who_hand_over_the_same_bag_at_once_one_is_refused(session, sessions, bags):
    session.commit()
    with sessions.transaction() as other:
        give(other, [other.get(Exhibit, bags[0].id)])
    with pytest.raises(StaleDataError):
        give(session, bags[:2])

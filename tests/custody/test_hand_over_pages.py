"""Both ends of a hand-over as people enter them, and what the pages tell of it afterwards."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from caseman.accounts.models import Membership
from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.custody.codes import ExhibitCondition, Standing
from caseman.custody.models import CustodyReceipt, CustodyTransfer, Exhibit
from caseman.database import now
from caseman.permissions import Role
from tests.factories.accounts import make_operation, make_team
from tests.factories.custody import MORNING, give, make_exhibit, make_place, take
from tests.factories.sites import make_site

NEW = "/custody/hand-overs/new"


@pytest.fixture
def bags(work, session):
    rows = [make_exhibit(session, work.ours) for _ in range(4)]
    session.commit()
    return [row.number for row in rows]


@pytest.fixture
def room(work, session):
    place = make_place(session, work.operation, code="ROOM", name="Cold room")
    session.commit()
    return place


def told(**changes):
    return {
        "given_by": "Rana Haddad",
        "given_to": "عماد الصايغ",
        "purpose": "storage",
        "condition": "intact",
        "declared_count": "2",
        "handed_over_at-date": "2019-03-05",
        "handed_over_at-time": "11:30",
        "handed_over_at-clock": "180",
        "idempotency_key": "k" * 32,
        **changes,
    }


def listed(*numbers, **more):
    rows = {f"rows-{place}-number": number for place, number in enumerate(numbers)}
    return rows | {f"rows-{key}": value for key, value in more.items()}


def in_list(page):
    return re.findall(r'name="rows-\d+-number"[^>]*value="([^"]+)"', page.text)


def test_chosen_exhibits_come_into_the_list(bags, work, session, recorder):
    foreign = make_exhibit(session, work.theirs).number
    session.commit()
    page = recorder.get(NEW, query_string={"number": [bags[2], bags[0], foreign, "nothing"]})
    assert in_list(page) == [bags[2], bags[0]]
    assert f'name="number" value="{bags[1]}"' in recorder.get("/custody/exhibits").text


def test_pasted_numbers_come_into_the_list_before_anything_is_recorded(bags, recorder, stored):
    typed = told(numbers=f"{bags[0].lower()} S-1\n{bags[1]}")
    page = recorder.send(NEW, typed)
    assert page.status_code == 200
    assert in_list(page) == bags[:2]
    assert 'value="S-1"' in page.text
    assert "2 numbers went into the list" in page.text
    assert 'value="عماد الصايغ"' in page.text
    assert stored(CustodyTransfer) == []
    # The same page sent again is not taken for one that was stored before.
    assert recorder.send(NEW, typed).status_code == 200


def test_both_times_and_every_word_of_the_giver_are_kept(bags, room, recorder, stored):
    typed = told(
        **listed(*bags[:2], **{"0-seal": "S-1", "1-condition": "wet"}),
        to_place_id=room.id,
        authority="Order 12",
        notes="In the rain",
    )
    answer = recorder.send(NEW, typed)
    (row,) = stored(CustodyTransfer)
    assert answer.location == f"/custody/hand-overs/{row.number}"
    assert row.handed_over_at == datetime(2019, 3, 5, 8, 30, tzinfo=UTC)
    assert now() - row.recorded_at < timedelta(minutes=5)
    assert (row.given_by, row.given_to, row.declared_count) == ("Rana Haddad", "عماد الصايغ", 2)
    assert (row.authority, row.notes, row.to_place_id) == ("Order 12", "In the rain", room.id)
    assert row.given_by_user_id == recorder.user.id
    assert [(item.seal_number, item.condition) for item in row.items] == [
        ("S-1", ExhibitCondition.INTACT),
        ("", ExhibitCondition.WET),
    ]
    page = recorder.get(answer.location)
    assert f"Recorded as {row.number}" in page.text
    assert "Waiting for receipt" in page.text


def test_the_same_form_sent_twice_is_one_hand_over(bags, recorder, stored):
    typed = told(**listed(*bags[:2]))
    first, second = recorder.send(NEW, typed), recorder.send(NEW, typed)
    assert first.location == second.location
    assert len(stored(CustodyTransfer)) == 1


def test_a_line_is_taken_off_the_list(bags, recorder, stored):
    page = recorder.send(NEW, told(**listed(*bags[:3], **{"1-remove": "y"}), more="numbers"))
    assert in_list(page) == [bags[0], bags[2]]
    recorder.send(NEW, told(**listed(*bags[:3], **{"1-remove": "y"})))
    assert [item.exhibit.number for item in stored(CustodyTransfer)[0].items] == [bags[0], bags[2]]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"declared_count": "-1"}, "must lie between 0 and 10000"),
        ({"declared_count": "99999999"}, "must lie between 0 and 10000"),
        ({"declared_count": "many"}, "is not a whole number"),
        ({"declared_count": ""}, "is missing"),
        ({"given_by": ""}, "Who gives is missing"),
        ({"given_to": "n" * 201}, "1 character too long"),
        ({"purpose": "theft"}, "is not one of the choices"),
        ({"condition": ""}, "Say in which condition they leave"),
        ({"from_place_id": "987654"}, "Not a valid choice"),
        ({"handed_over_at-date": "2999-01-01"}, "lies in the future"),
        ({"handed_over_at-date": "9999-12-31", "handed_over_at-clock": "-720"}, "in the future"),
        ({"handed_over_at-date": "1789-07-14"}, "lies before 1 January 1990"),
        ({"handed_over_at-date": "2019-02-30"}, "This is no day"),
        ({"handed_over_at-date": ""}, "needs the day and the time"),
        ({"handed_over_at-time": "25:00"}, "“25:00” is no time"),
        ({"handed_over_at-time": "noon"}, "“noon” is no time"),
        ({"handed_over_at-clock": "17"}, "Not a valid choice"),
        ({"rows-0-seal": "s" * 41}, "1 character too long"),
        ({"rows-0-condition": "lost"}, "is not one of the choices"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(bags, recorder, stored, wrong, message):
    kept = {"notes": "<b>\u202eكيس</b>\nsecond", "authority": "Order <12>"}
    page = recorder.send(NEW, {**told(**listed(*bags[:2])), **kept, **wrong})
    assert page.status_code == 422
    assert message in page.text
    assert "&lt;b&gt;كيس&lt;/b&gt;\nsecond" in page.text
    assert 'value="Order &lt;12&gt;"' in page.text
    assert in_list(page) == bags[:2]
    assert stored(CustodyTransfer) == []


@pytest.mark.parametrize("time", ["8.30", "0830", "٠٨:٣٠", " 8:30 "])
def test_a_time_is_read_as_people_write_it(bags, recorder, stored, time):
    typed = told(**listed(*bags[:2]), **{"handed_over_at-clock": "0"})
    recorder.send(NEW, typed | {"handed_over_at-time": time})
    assert stored(CustodyTransfer)[0].handed_over_at == MORNING


def test_unknown_and_foreign_numbers_are_refused_in_the_same_words(bags, work, session, recorder):
    foreign = make_exhibit(session, work.theirs).number
    session.commit()
    said = []
    for number in (foreign, "XXX99-F01-B001"):
        page = recorder.send(NEW, told(numbers=f"{bags[0]}\n{number}", more="numbers"))
        assert page.status_code == 422
        assert in_list(page) == [bags[0]]
        assert re.search(rf">\s*{number}</textarea>", page.text)
        found = re.search(r"There is no exhibit.*?sign\.", page.text)
        said.append(found[0].replace(number, "N"))
    assert said[0] == said[1]
    # Nor does the list take a number that it was never offered.
    assert recorder.send(NEW, told(**listed(foreign))).status_code == 422


def test_what_is_named_twice_stands_in_the_list_once(bags, recorder):
    page = recorder.send(
        NEW, told(**listed(bags[0]), numbers=f"{bags[0]}\n{bags[1]}\n{bags[1]}", more="numbers")
    )
    assert in_list(page) == bags[:2]
    assert "Named more than once, listed once" in page.text
    assert f"{bags[0]}, {bags[1]}" in page.text


def test_a_voided_number_and_an_empty_list_are_refused(bags, session, recorder, stored):
    row = session.query(Exhibit).filter_by(number=bags[0]).one()
    row.voided_at = now()
    session.commit()
    page = recorder.send(NEW, told(numbers=bags[0]))
    assert page.status_code == 422
    assert "Voided numbers stand for nothing" in page.text
    assert "The list is empty" in recorder.send(NEW, told()).text
    assert stored(CustodyTransfer) == []


def test_markup_in_the_box_is_shown_and_not_run(bags, recorder):
    page = recorder.send(NEW, told(numbers="<script>alert(1)</script>"))
    assert page.status_code == 422
    assert "&lt;SCRIPT&gt;" in page.text
    assert "<SCRIPT>" not in page.text


def test_exhibits_of_two_operations_go_apart(bags, session, work, client_as):
    client = client_as(Role.RECORDER, team=work.everywhere)
    other = make_operation(session)
    foreign = make_exhibit(session, make_site(session, other)).number
    session.add(Membership(user_id=client.user.id, team_id=make_team(session, other).id))
    session.commit()
    page = client.send(NEW, told(**listed(bags[0], foreign)))
    assert page.status_code == 422
    assert "belong to different operations" in page.text


def test_doubts_are_shown_once_and_then_believed(bags, room, session, recorder, stored):
    rows = session.query(Exhibit).order_by(Exhibit.id).all()
    take(
        session,
        give(session, rows, to_place_id=room.id, seals={bags[0]: "S-1"}),
        missing=[rows[3]],
    )
    give(session, rows[2:3])
    session.commit()
    typed = told(**listed(*bags, **{"0-seal": "S-2"}), **{"handed_over_at-date": "2019-03-04"}) | {
        "given_to": " rana haddad"
    }
    page = recorder.send(NEW, typed)
    assert page.status_code == 422
    for doubt in (
        "You counted 2, but 4 numbers are in the list",
        "gives and receives",
        "Still on the way",
        "Missing after an earlier hand-over",
        "Kept in",
        "bears the seal",
        "A later hand-over is recorded already",
    ):
        assert doubt in page.text
    assert len(stored(CustodyTransfer)) == 2
    assert recorder.send(NEW, typed | {"checked": "y"}).status_code == 302
    assert stored(CustodyTransfer)[-1].declared_count == 2


@pytest.fixture
def transfer(bags, room, session):
    """All four bags on their way to the cold room, the first under a seal."""
    rows = session.query(Exhibit).order_by(Exhibit.id).all()
    row = give(session, rows, to_place_id=room.id, seals={bags[0]: "S-1"})
    session.commit()
    return row.number


def receipt(number, *findings, **changes):
    """What the receiver sends: for each number what was found."""
    rows = {}
    for place, (each, found) in enumerate(findings):
        rows |= {f"rows-{place}-number": each, f"rows-{place}-found": found}
    return {
        "received_by": "Imad Sayegh",
        "received_count": str(sum(found != "not_there" for _, found in findings)),
        "received_at-date": "2019-03-05",
        "received_at-time": "12:00",
        "received_at-clock": "0",
        "condition": "intact",
        "idempotency_key": f"{len(str(changes))}-{number}-{findings}"[:64],
        **rows,
        **changes,
    }


def test_the_receiver_is_asked_about_each_exhibit(transfer, bags, examiner):
    page = examiner.get(f"/custody/hand-overs/{transfer}/receipt")
    assert in_list(page) == bags
    assert "S-1" in page.text
    assert "selected" not in re.findall(
        r'<select[^>]*name="rows-0-found".*?</select>', page.text, re.DOTALL
    )[0].replace('selected value=""', "")


def test_a_count_mismatch_is_told_with_numbers_and_never_smoothed(
    transfer, bags, examiner, recorder, stored
):
    path = f"/custody/hand-overs/{transfer}"
    findings = [*((number, "there") for number in bags[:3]), (bags[3], "not_there")]
    answer = examiner.send(f"{path}/receipt", receipt(transfer, *findings))
    assert answer.location == path
    page = recorder.get(path)
    assert "4 left, 3 arrived:" in page.text
    assert f"{bags[3]}\u2069 did not arrive." in page.text
    assert "Does not agree" in page.text
    assert stored(Exhibit)[3].standing is Standing.MISSING
    assert transfer in recorder.get("/custody/?list=disagreeing").text
    assert "Nothing waits here" in recorder.get("/custody/?list=waiting").text
    (row,) = stored(CustodyReceipt)
    assert row.received_at == datetime(2019, 3, 5, 12, 0, tzinfo=UTC)
    assert row.received_by_user_id == examiner.user.id


def test_scanning_marks_what_is_there_and_adds_what_nobody_listed(
    transfer, bags, work, session, examiner, stored
):
    extra = make_exhibit(session, work.ours).number
    session.commit()
    path = f"/custody/hand-overs/{transfer}/receipt"
    unanswered = [(number, "") for number in bags]
    page = examiner.send(
        path, receipt(transfer, *unanswered, numbers=f"{bags[0]} S-9\n{bags[1]}\n{extra}")
    )
    assert page.status_code == 422
    assert in_list(page) == [*bags, extra]
    assert 'value="S-9"' in page.text
    assert f"Say whether {bags[2]} is there." in page.text
    assert f"Say whether {bags[0]} is there." not in page.text
    assert stored(CustodyReceipt) == []
    findings = [*((number, "there") for number in bags), (extra, "wet")]
    examiner.send(path, receipt(transfer, *findings, **{"rows-0-seal": "S-9"}))
    page = examiner.get(f"/custody/hand-overs/{transfer}").text
    assert f"{extra}\u2069 arrived, but the giver did not list it." in page
    assert "left under the seal \u2068S-1\u2069 and arrived under \u2068S-9\u2069" in page
    assert stored(Exhibit)[-1].standing is Standing.KEPT


def test_a_receipt_is_corrected_by_another_one(transfer, bags, examiner, stored):
    path = f"/custody/hand-overs/{transfer}"
    first = [*((number, "there") for number in bags[:3]), (bags[3], "not_there")]
    examiner.send(f"{path}/receipt", receipt(transfer, *first))
    page = examiner.get(f"{path}/receipt")
    assert "Correct the receipt" in page.text
    assert len(re.findall(r'<option selected value="not_there"', page.text)) == 1
    everything = [(number, "there") for number in bags]
    examiner.send(f"{path}/receipt", receipt(transfer, *everything, notes="Behind the door"))
    page = examiner.get(path).text
    assert "Both ends agree" in page
    assert "corrected by the next one" in page
    assert "Behind the door" in page
    assert [row.received_count for row in stored(CustodyReceipt)] == [3, 4]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"received_count": "-3"}, "must lie between"),
        ({"received_by": ""}, "Who receives is missing"),
        ({"condition": ""}, "Say in which condition they arrived"),
        ({"rows-1-found": "eaten"}, "is not one of the choices"),
        ({"received_at-date": "2999-01-01"}, "lies in the future"),
        ({"numbers": "XXX99-F01-B001"}, "There is no exhibit"),
    ],
)
def test_a_receipt_that_cannot_be_is_explained(transfer, bags, examiner, stored, wrong, message):
    findings = [(number, "there") for number in bags]
    typed = receipt(transfer, *findings, notes="<i>\u2066شيء</i>") | wrong
    page = examiner.send(f"/custody/hand-overs/{transfer}/receipt", typed)
    assert page.status_code == 422
    assert message in page.text
    assert "&lt;i&gt;شيء&lt;/i&gt;" in page.text
    assert stored(CustodyReceipt) == []


def test_a_line_that_the_giver_named_cannot_be_dropped(transfer, bags, examiner, stored):
    path = f"/custody/hand-overs/{transfer}/receipt"
    findings = [(number, "there") for number in bags]
    page = examiner.send(path, receipt(transfer, *findings[:3]))
    assert page.status_code == 422
    assert "Say of each whether it is there" in page.text
    removed = receipt(transfer, *findings, **{"rows-0-remove": "y"})
    assert examiner.send(path, removed).status_code == 302
    assert len(stored(CustodyReceipt)[0].items) == 4


def test_the_receiver_looks_again_at_what_can_hardly_be(transfer, bags, examiner, stored):
    findings = [(number, "there") for number in bags]
    typed = receipt(
        transfer,
        *findings,
        received_by="RANA haddad",
        received_count="5",
        **{"received_at-time": "06:00"},
    )
    page = examiner.send(f"/custody/hand-overs/{transfer}/receipt", typed)
    assert page.status_code == 422
    assert "You counted 5, but 4 numbers are marked as there" in page.text
    assert "received before it was handed over" in page.text
    assert "gives and receives" in page.text
    examiner.send(f"/custody/hand-overs/{transfer}/receipt", typed | {"checked": "y"})
    assert stored(CustodyReceipt)[0].agrees is False
    page = examiner.get(f"/custody/hand-overs/{transfer}").text
    assert "4 left, 5 arrived" in page
    assert "The receiver counted 5 and found 4 of the numbers" in page


def test_whoever_sees_a_part_reads_a_part_and_cannot_answer_for_the_rest(
    bags, work, session, recorder, examiner
):
    ours = session.query(Exhibit).filter_by(number=bags[0]).one()
    foreign = make_exhibit(session, work.theirs)
    row = give(session, [ours, foreign])
    session.commit()
    number = row.number
    page = recorder.get(f"/custody/hand-overs/{number}").text
    assert foreign.number not in page
    assert "1 more exhibit belongs to a site that is not open to you" in page
    sheet = recorder.get(f"/custody/hand-overs/{number}/sheet").text
    assert foreign.number not in sheet
    refused = recorder.get(f"/custody/hand-overs/{number}/receipt")
    assert refused.status_code == 403
    assert foreign.number not in refused.text
    findings = [(ours.number, "there"), (foreign.number, "not_there")]
    assert (
        recorder.send(
            f"/custody/hand-overs/{number}/receipt", receipt(number, *findings)
        ).status_code
        == 403
    )
    examiner.send(f"/custody/hand-overs/{number}/receipt", receipt(number, *findings))
    page = recorder.get(f"/custody/hand-overs/{number}").text
    assert foreign.number not in page
    assert "1 more exhibit does not agree" in page


def test_a_hand_over_of_other_sites_is_not_there(work, session, recorder, client_as):
    row = give(session, [make_exhibit(session, work.theirs)])
    session.commit()
    for path in ("", "/sheet", "/receipt"):
        missing = recorder.get(f"/custody/hand-overs/{row.number}{path}")
        nothing = recorder.get(f"/custody/hand-overs/T-0000000{path}")
        assert missing.status_code == nothing.status_code == 404
    assert row.number not in recorder.get("/custody/").text
    assert client_as(Role.EXAMINER).get(f"/custody/hand-overs/{row.number}").status_code == 404


def test_the_list_shows_the_newest_first_and_what_waits(bags, session, recorder):
    rows = session.query(Exhibit).order_by(Exhibit.id).all()
    first = give(session, rows[:1]).number
    second = give(session, rows[1:2], declared_count=7).number
    third = give(session, rows[2:3])
    take(session, third)
    session.commit()
    page = recorder.get("/custody/").text
    assert page.index(third.number) < page.index(second) < page.index(first)
    waiting = recorder.get("/custody/?list=waiting").text
    assert first in waiting
    assert third.number not in waiting
    disagreeing = recorder.get("/custody/?list=disagreeing").text
    assert second in disagreeing
    assert first not in disagreeing
    assert recorder.get("/custody/?list=nonsense").status_code == 404
    assert recorder.get(f"/custody/?q={second.lower()}").location.endswith(second)
    assert recorder.get(f"/custody/?q={bags[0]}").location.endswith(bags[0])
    assert "No hand-over here" in recorder.get("/custody/?q=T-NOTHING").text


def test_an_empty_list_says_what_a_hand_over_is(work, recorder, reviewer):
    page = recorder.get("/custody/").text
    assert "No hand-over yet" in page
    assert NEW in page
    assert NEW not in reviewer.get("/custody/").text
    assert reviewer.get(NEW).status_code == 403


def test_the_sheet_is_signed_by_both_and_its_printing_is_on_record(
    transfer, bags, examiner, reviewer, stored
):
    blank = reviewer.get(f"/custody/hand-overs/{transfer}/sheet").text
    assert "<svg" in blank
    assert "Signature of the giver" in blank
    assert "Signature of the receiver" in blank
    assert all(number in blank for number in bags)
    last = stored(AuditEntry)[-1]
    assert (last.action, last.subject) == (Action.PRINT, transfer)
    assert re.search(rf"entry {last.seq},", blank)
    assert last.mac[:8] in blank
    findings = [*((number, "there") for number in bags[:3]), (bags[3], "not_there")]
    examiner.send(f"/custody/hand-overs/{transfer}/receipt", receipt(transfer, *findings))
    filled = reviewer.get(f"/custody/hand-overs/{transfer}/sheet").text
    assert "Not there" in filled
    assert "4 left, 3 arrived" in filled

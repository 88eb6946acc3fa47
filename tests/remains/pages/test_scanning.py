"""Any label: its record opens, and a number that is not one's own is named at once."""

import pytest

from caseman.permissions import Role
from caseman.remains.codes import RemainsKind
from caseman.remains.services import print_block, void
from caseman.sites.services import assign
from tests.factories.accounts import make_team
from tests.factories.remains import make_remains


@pytest.fixture
def numbers(sessions, team, feature):
    """A number of each sort: recorded, voided, printed for this team and for another one."""
    with sessions.transaction() as database:
        grave, own = database.merge(feature), database.merge(team)
        other = make_team(database, own.operation)
        assign(database, grave.site, other)
        kept, mistaken = (make_remains(database, grave, own) for _ in range(2))
        void(database, mistaken, "Entered twice")
        mine, theirs = (
            print_block(database, grave, each.id, RemainsKind.BODY, count=1)[0].first
            for each in (own, other)
        )
        stem = kept.number[: -len("B001")]
        return {
            "kept": kept.number,
            "voided": mistaken.number,
            "mine": f"{stem}B{mine:03d}",
            "theirs": f"{stem}B{theirs:03d}",
            "other": other.code,
        }


def test_a_scanned_label_opens_its_record_or_says_what_is_wrong(client_as, team, numbers):
    recorder = client_as(Role.RECORDER, team=team)
    assert "Put the cursor into the field" in recorder.get("/scan").text
    for sort in ("kept", "voided"):
        answer = recorder.get(f"/scan?number={numbers[sort].lower()}")
        assert answer.location == f"/remains/{numbers[sort]}"
    mine = recorder.get(f"/scan?number={numbers['mine']}").text
    assert "has no record yet" in mine
    assert f"sequence={int(numbers['mine'][-3:])}" in mine
    theirs = recorder.get(f"/scan?number={numbers['theirs']}").text
    assert "A label of another team" in theirs
    assert numbers["other"] in theirs
    assert "sequence=" not in theirs
    assert "was not printed in advance" in recorder.get(f"/scan?number={numbers['kept']}9").text
    assert "is not a number of ours" in recorder.get("/scan?number=B12").text
    stranger = client_as(Role.RECORDER)
    closed = stranger.get(f"/scan?number={numbers['kept']}").text
    assert "has no record that is open to you" in closed


def test_a_number_of_another_team_or_a_voided_one_is_not_recorded(
    client_as, team, feature, numbers
):
    recorder = client_as(Role.RECORDER, team=team)
    new = f"/sites/{feature.site.code}/F01/remains/new"
    for sort, said in (
        ("theirs", f"was printed for team {numbers['other']}"),
        ("voided", "is voided"),
        ("kept", "is already recorded"),
    ):
        sent = {"kind": "B", "sequence": numbers[sort][-3:], "checked": "y"}
        answer = recorder.send(new, sent)
        assert answer.status_code == 422
        assert said in answer.text

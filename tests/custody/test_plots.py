"""Burial plots: laid out in rows, somebody buried, found again, lifted; what the register keeps."""

import pytest
import sqlalchemy as sa

from caseman.audit.codes import Action
from caseman.audit.models import AuditEntry
from caseman.custody import queries, services
from caseman.custody.codes import BurialKind, ExhibitCondition, StorageKind, TransferPurpose
from caseman.custody.drafts import HandOver, ItemFound, ItemGiven, Receipt, RowOfPlots
from caseman.custody.models import BurialPlot, StoragePlace
from caseman.custody.services import hand_over, lay_out, receive
from caseman.database import now
from caseman.permissions import OPERATOR, Role
from caseman.sites.models import Degrees
from tests.factories.custody import make_exhibit, make_place

ROW = {"row": "a", "first": "1", "last": "3", "kind": "temporary"}


@pytest.fixture
def cemetery(work, session):
    place = make_place(
        session, work.operation, code="CEM1", name="Old cemetery", kind=StorageKind.CEMETERY
    )
    session.commit()
    return place


@pytest.fixture
def plots(cemetery, session):
    laid = lay_out(session, cemetery, RowOfPlots("B", 1, 2, BurialKind.FINAL))
    session.commit()
    return laid


@pytest.fixture
def move(session, work):
    """Hand an exhibit over from one place to another, received at once."""

    def move(exhibit, to, purpose=TransferPurpose.TEMPORARY_BURIAL):
        given = HandOver(
            operation_id=work.operation.id,
            given_by="A steward",
            given_to="The gravedigger",
            purpose=purpose,
            declared_count=1,
            handed_over_at=now(),
            items=[ItemGiven(exhibit, seal_number="N-7")],
            from_place_id=exhibit.place_id,
            to_place_id=to.id,
        )
        found = [ItemFound(exhibit, ExhibitCondition.INTACT, "N-7")]
        receive(session, hand_over(session, given), Receipt("The gravedigger", 1, now(), found))
        session.commit()

    return move


def test_a_row_is_laid_out_with_codes_that_stay(recorder, cemetery, stored):
    answer = recorder.send(f"/custody/places/{cemetery.id}/plots/new", ROW)
    assert answer.status_code == 302
    codes = [place.code for place in stored(StoragePlace)]
    assert codes == ["CEM1", "CEM1-A01", "CEM1-A02", "CEM1-A03"]
    assert {place.capacity for place in stored(StoragePlace)[1:]} == {1}
    page = recorder.get(answer.location).text
    assert "CEM1-A02" in page
    assert page.count('class="grave-plot grave-free"') == 3


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [
        ({"last": "0"}, 422, "To number"),
        ({"first": "5", "last": "2"}, 422, "The last number lies before the first."),
        ({"last": "900"}, 422, "At most 200 plots"),
        ({"row": "B", "last": "2"}, 409, "Another storage place is called CEM1-B01."),
    ],
)
def test_a_row_that_cannot_be_is_refused_in_a_sentence(
    recorder, cemetery, plots, wrong, status, words
):
    answer = recorder.send(f"/custody/places/{cemetery.id}/plots/new", ROW | wrong)
    assert answer.status_code == status
    assert words in answer.text


def test_whoever_is_buried_is_found_on_the_map_and_stays_in_the_register(
    reviewer, cemetery, plots, work, session, move
):
    exhibit = make_exhibit(session, work.ours)
    number, plot = exhibit.number, plots[0].place
    move(exhibit, plot)
    mapped = f"/custody/places/{cemetery.id}/plots"
    assert reviewer.get(mapped).text.count('class="grave-plot grave-taken"') == 1
    register = f"/custody/places/{cemetery.id}/burials"
    assert "lies there" in reviewer.get(register).text

    tent = make_place(session, work.operation, code="TENT", name="Tent", kind=StorageKind.FIELD)
    move(exhibit, tent, TransferPurpose.EXAMINATION)
    assert number not in reviewer.get(mapped).text
    page = reviewer.get(register).text
    assert number in page
    assert "not there, or not received yet" in page
    paper = reviewer.get(f"/documents/burials/{cemetery.id}")
    assert paper.status_code == 200
    assert number in paper.text


def test_a_plot_with_two_is_marked(reviewer, cemetery, plots, work, session, move):
    for _ in range(2):
        move(make_exhibit(session, work.ours), plots[0].place)
    assert "more than one" in reviewer.get(f"/custody/places/{cemetery.id}/plots").text
    lying = queries.plots_of(session, OPERATOR, cemetery)[0].lying
    assert len(lying) == 2


def test_where_it_is_is_sealed_and_each_look_is_on_record(
    recorder, client_as, plots, work, stored, session
):
    address = f"/custody/places/{plots[0].place_id}/position"
    steward = client_as(Role.STEWARD, team=work.everywhere)
    sent = {
        "version": "1",
        "position-latitude": "35.95",
        "position-longitude": "39.01",
        "way": "Twelve steps from the wall",
    }
    assert recorder.send(address, sent).status_code == 302
    plot = stored(BurialPlot)[0]
    assert b"Twelve" not in plot.way_sealed
    assert "Twelve steps" not in recorder.get(f"/custody/places/{plot.place_id}").text
    assert "Twelve steps from the wall" in steward.get(address).text
    session.rollback()
    read = sa.select(AuditEntry).where(
        AuditEntry.action == Action.READ, AuditEntry.reason == "Exact position"
    )
    entries = session.scalars(read).all()
    assert "CEM1-B01" in {each.subject for each in entries}


def test_a_refused_answer_shows_no_position_that_is_on_no_record(
    recorder, client_as, plots, work, session
):
    services.locate_plot(plots[0], Degrees(lat=35.95, lon=39.01), 5.0, "Twelve steps")
    session.commit()
    address = f"/custody/places/{plots[0].place_id}/position"
    wrong = {"version": "1", "position-latitude": "95", "position-longitude": "39"}
    refused = recorder.send(address, wrong)
    assert refused.status_code == 422
    assert "Twelve steps" not in refused.text
    analyst = client_as(Role.DNA_ANALYST, team=work.everywhere)
    assert analyst.send(address, wrong).status_code == 403


def test_a_plot_is_described(recorder, plots, stored):
    page = f"/custody/places/{plots[0].place_id}/plot"
    sent = {"kind": "final", "head_to_deg": "180", "depth_m": "1.2", "marker": "Concrete post"}
    sent["version"] = "1"
    assert recorder.send(page, sent).status_code == 302
    plot = stored(BurialPlot)[0]
    assert (plot.head_to_deg, plot.depth_m, plot.marker) == (180, 1.2, "Concrete post")
    assert "Concrete post" in recorder.get(f"/custody/places/{plot.place_id}").text


def test_another_place_is_no_plot(recorder, cemetery):
    for page in ("plot", "position"):
        assert recorder.get(f"/custody/places/{cemetery.id}/{page}").status_code == 404


def test_plots_of_another_operation_are_not_there(client_as, plots, cemetery):
    stranger = client_as(Role.RECORDER)
    for page in ("plots", "plots/new", "burials"):
        assert stranger.get(f"/custody/places/{cemetery.id}/{page}").status_code == 404

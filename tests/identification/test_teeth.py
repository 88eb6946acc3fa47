"""Both dental charts of a pair: every verdict and reason has its words, and the page shows them."""

from itertools import product

import pytest

from caseman.coding.physical import ToothState
from caseman.identification.adapters import tooth_record
from caseman.identification.codes import PairingState
from caseman.identification.codes import Verdict as Evidence
from caseman.identification.errors import ReconciliationError
from caseman.identification.services.pairings import judge, open_pairing
from caseman.identification.services.signing import void_if_changed
from caseman.identification.services.teeth_lines import stored_line
from caseman.identification.services.versions import content, digest
from caseman.identification.words.teeth import REASONS
from caseman.osteology import Verdict, compare_tooth
from caseman.remains.drafts import Tooth
from caseman.remains.models import Remains
from caseman.remains.services import chart_teeth
from caseman.reports.models import AnteMortemReport
from caseman.reports.services import chart_teeth as chart_told
from tests.identification.carrying import carry, put, settle
from tests.identification.world import TODAY, build


def test_the_engine_knows_every_state_and_its_reasons_have_words():
    states = [(state, surfaces) for state in ToothState for surfaces in ("", "MO", "O")]
    for before, after in product(states, states):
        found = compare_tooth(tooth_record(*before), tooth_record(*after))
        assert found.reason in REASONS, (before, after)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (("FIL", "MO"), ("FIL", "MO"), Verdict.AGREES),
        (("FIL", "O"), ("FIL", "MO"), Verdict.EXPLAINABLE),
        (("FIL", "MO"), ("FIL", "O"), Verdict.CONTRADICTS),
        (("FIL", ""), ("INT", ""), Verdict.CONTRADICTS),
        (("CRO", ""), ("CRO", ""), Verdict.AGREES),
        (("MAM", ""), ("INT", ""), Verdict.CONTRADICTS),
        (("INT", ""), ("MPM", ""), Verdict.NOT_COMPARABLE),
    ],
)
def test_change_goes_one_way(before, after, verdict):
    records = [tooth_record(ToothState(state), surfaces) for state, surfaces in (before, after)]
    assert compare_tooth(*records).verdict is verdict


def test_the_comparison_says_of_each_tooth_what_both_charts_say(session, sessions, client_as):
    world = build(session)
    remains, person = world.remains(), world.person()
    session.commit()
    client = client_as(user=world.users["proposer"])
    session.expunge_all()
    with sessions.transaction() as database:
        report = database.query(AnteMortemReport).one()
        told = {16: "FIL-MO", 36: "FIL-O", 48: "MAM", 11: "INT"}
        chart_told(database, report, told, "Card of the dentist")
        row = database.get_one(Remains, remains.id)
        found = [("16", "INT", ""), ("36", "FIL", "MO"), ("48", "MAM", ""), ("21", "INT", "")]
        chart_teeth(database, row, [Tooth(int(fdi), ToothState(s), each) for fdi, s, each in found])
    answer = client.send("/pairings/open", {"remains": remains.number, "person": person.number})
    page = client.get(answer.location).text
    assert "1 agree, 1 differ in a way that time explains, 1 contradict" in page
    assert "a filling does not heal" in page
    assert "Filled (MO)" in page
    assert "square-contradicts" in page
    assert page.index("Tooth 16</span>") < page.index("Tooth 48</span>")
    assert "Contradict: 1 (16); Differ in a way that time explains: 1 (36); Agree: 1 (48)" in page
    assert "Judge: Teeth, tooth by tooth" in page


TOLD = {16: "FIL-MO", 36: "FIL-O", 48: "MAM", 11: "INT"}


def show(world, remains, **teeth):
    found = [Tooth(int(fdi[1:]), *said) for fdi, said in teeth.items()]
    chart_teeth(world.session, remains, found)


@pytest.fixture
def charted(session):
    """A pair of which both sides chart teeth: 11 is sound, 16 contradicts, 48 agrees."""
    world = build(session)
    remains, person = world.remains(), world.person()
    chart_told(session, person.reports[0], TOLD, "Card of the dentist")
    sound = ToothState.SOUND, ""
    show(world, remains, t16=sound, t48=(ToothState.MISSING_ANTE_MORTEM, ""), t11=sound)
    return world, open_pairing(session, remains, person, world.users["proposer"], today=TODAY)


def test_teeth_are_a_line_that_must_be_judged_and_weighs_nothing(charted):
    world, pairing = charted
    line = stored_line(pairing)
    assert line.engine_verdict is Evidence.CONTRADICTS
    assert line.log10_lr == 0
    assert line.ingredients["verdicts"]["16"] == ["contradicts", "a filling does not heal"]
    assert line.ingredients["ante_mortem"]["teeth"] == {"16": "FIL-MO", "48": "MAM"}
    judge(pairing, [], world.users["proposer"])
    with pytest.raises(ReconciliationError) as refused:
        put(world, pairing, "proposer")
    assert "Teeth, tooth by tooth" in refused.value.values["lines"]
    settle(world, pairing)
    put(world, pairing, "proposer")
    assert pairing.state is PairingState.PROPOSED


def test_a_tooth_charted_anew_voids_what_was_judged_and_what_was_signed(charted):
    world, pairing = charted
    settle(world, pairing)
    filled = ToothState.FILLED, "MO"
    show(world, pairing.remains, t16=filled)
    put(world, pairing, "proposer")
    line = stored_line(pairing)
    assert (line.engine_verdict, line.verdict) == (Evidence.AGREES, None)

    signed = digest(world.session, pairing)
    pairing.remains.teeth[0].surfaces = "O"
    assert digest(world.session, pairing) != signed, "by the chart alone"
    assert void_if_changed(world.session, pairing)
    assert stored_line(pairing).ingredients["verdicts"]["16"][0] == "contradicts"


def test_what_was_signed_before_teeth_were_compared_stays_valid(charted):
    world, pairing = charted
    settle(world, pairing)
    put(world, pairing, "proposer")
    before = content(world.session, pairing)
    assert "teeth" in before
    world.session.delete(stored_line(pairing))
    world.session.flush()
    world.session.refresh(pairing)
    assert "teeth" not in content(world.session, pairing)


def test_the_papers_of_a_decision_say_which_teeth(charted, client_as):
    world, pairing = charted
    settle(world, pairing)
    carry(world, pairing)
    world.session.commit()
    client = client_as(user=world.users["decider"])
    number = pairing.decision.number
    for address in (f"/decisions/{number}/report", f"/documents/decisions/{number}"):
        page = client.get(address).text
        assert "Contradict: 1 (16); Agree: 2 (11, 48)" in page
        assert "a filling does not heal" in page

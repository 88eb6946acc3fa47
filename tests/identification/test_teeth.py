"""Both dental charts of a pair: every verdict and reason has its words, and the page shows them."""

from itertools import product

import pytest

from caseman.coding.physical import ToothState
from caseman.identification.adapters import tooth_record
from caseman.identification.words.teeth import REASONS
from caseman.osteology import Verdict, compare_tooth
from caseman.remains.drafts import Tooth
from caseman.remains.models import Remains
from caseman.remains.services import chart_teeth
from caseman.reports.models import AnteMortemReport
from caseman.reports.services import chart_teeth as chart_told
from tests.identification.world import build


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

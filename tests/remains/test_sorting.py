"""Units that may be of one person: suggested by size, held by two people, undone by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseman.osteology import matches
from caseman.permissions import OPERATOR, Role
from caseman.remains import counts, queries, services
from caseman.remains.adapters import BoneLine, counted_lines, minimum_number_of, unit_of
from caseman.remains.codes import AgeClass, BoneSide, BoneState, ReassociationState, RemainsKind
from caseman.remains.drafts import BoneFound, Measured
from caseman.remains.persons import of_one_person
from caseman.remains.services import Proposal, ReassociationError, VoidedError
from tests.factories.accounts import make_user
from tests.factories.remains import make_remains

WHY = Proposal("The heads fit one pelvis.")


@pytest.fixture
def femur(session, grave, team):
    def femur(side, length):
        row = make_remains(session, grave, team, RemainsKind.BONE)
        services.measure(session, row, Measured("Fem_01", side, length))
        return row

    return femur


@pytest.fixture
def pair(session, femur):
    """A left and a right femur, and who may examine them."""
    pair = femur(BoneSide.LEFT, 450.0), femur(BoneSide.RIGHT, 451.0)
    session.flush()
    return pair


@pytest.fixture
def examiners(session, team):
    return [make_user(session, Role.EXAMINER, team=team) for _ in range(2)]


def test_the_rows_of_a_site_are_tested_against_one(session, femur, pair, grave, team):
    left, right = pair
    short = femur(BoneSide.RIGHT, 400.0)
    make_remains(session, grave, team)
    services.void(session, femur(BoneSide.RIGHT, 450.0), "given by mistake")
    others = queries.units_measured_beside(session, OPERATOR, left)
    assert [each.number for each in others] == sorted([right.number, short.number])
    lengths = queries.measured_lengths(session, [left, *others])
    units = [unit_of(e.number, lengths[e.id], e.bones) for e in (left, *others)]
    first, second = matches(units[0], units[1:])
    assert (first.key, second.key) == (right.number, short.number)
    assert second.p < 0.001 < first.p


def test_a_measured_or_whole_bone_is_there_and_a_fragment_may_be_of_another(session, pair):
    left, _ = pair
    found = [
        BoneFound("HUM", BoneSide.LEFT, BoneState.FRAGMENT),
        BoneFound("SAC", BoneSide.MIDDLE, BoneState.WHOLE),
    ]
    services.inventory(session, left, found)
    unit = unit_of("x", queries.measurements_of(session, left), left.bones)
    assert unit.bones == {("FEM", "left"), ("SAC", "")}
    assert unit.lengths_mm == {"left": {"Fem_01": 450.0}}


def test_two_sign_and_one_undoes_and_everything_stays(session, pair, examiners):
    left, right = pair
    one, other = examiners
    row = services.propose(session, right, left, WHY, one)
    assert (row.remains, row.other) == (left, right)
    with pytest.raises(ReassociationError, match="Someone other"):
        services.sign(session, row, one)
    with pytest.raises(ReassociationError, match="proposed already"):
        services.propose(session, left, right, WHY, other)
    services.sign(session, row, other)
    assert row.state is ReassociationState.SIGNED
    with pytest.raises(ReassociationError, match="no signature"):
        services.sign(session, row, other)
    services.undo(session, row, "The refit was wrong.", one)
    assert row.state is ReassociationState.UNDONE
    with pytest.raises(ReassociationError, match="undone already"):
        services.undo(session, row, "Again.", one)
    again = services.propose(session, left, right, WHY, other)
    assert queries.reassociations(session, OPERATOR, right) == [again, row]
    assert left.number != right.number


def test_parts_of_one_person_are_counted_as_one_until_it_is_undone(
    session, grave, team, femur, examiners
):
    upper, lower, third = (femur(BoneSide.LEFT, 450.0) for _ in range(3))
    for each in (upper, lower, third):
        services.inventory(session, each, [BoneFound("FEM", BoneSide.LEFT, BoneState.PART)])
    one, other = examiners
    held = [services.propose(session, upper, each, WHY, one) for each in (lower, third)]

    def least():
        return minimum_number_of(counts.bone_counts(session, OPERATOR, grave.site, grave)).value

    assert least() == 3, "a proposal joins nothing"
    for each in held:
        services.sign(session, each, other)
    assert least() == 1
    assert of_one_person(session, OPERATOR, lower) == [upper, third], "by way of another"
    assert counts.persons_held(session, OPERATOR, grave.site) == [[upper, lower, third]]
    services.undo(session, held[1], "The refit was wrong.", one)
    assert least() == 2
    services.void(session, lower, "given by mistake")
    assert least() == 2
    assert counts.persons_held(session, OPERATOR, grave.site) == []


def test_a_pair_is_of_one_unit_or_of_two_that_are_held_to_be_of_one_person(
    session, pair, grave, team, examiners
):
    left, right = pair
    body = make_remains(session, grave, team)
    lot = make_remains(session, grave, team, RemainsKind.COMMINGLED)
    sides = BoneSide.LEFT, BoneSide.RIGHT
    for row, found in ((left, sides[:1]), (right, sides[1:]), (body, sides)):
        bones = [BoneFound("FEM", side, BoneState.WHOLE) for side in found]
        services.inventory(
            session, row, [*bones, BoneFound("SAC", BoneSide.MIDDLE, BoneState.PART)]
        )
    services.add_bone(session, lot, BoneFound("FEM", BoneSide.LEFT, BoneState.WHOLE, pieces=9))

    def pairs():
        return counts.pair_counts(session, OPERATOR, grave.site, grave)

    assert pairs() == [("FEM", 2, 2, 1)]
    held = services.propose(session, left, right, WHY, examiners[0])
    services.sign(session, held, examiners[1])
    assert pairs() == [("FEM", 2, 2, 2)]


def test_nothing_is_held_of_one_unit_or_a_voided_number(session, pair, examiners):
    left, right = pair
    with pytest.raises(ReassociationError, match="one unit"):
        services.propose(session, left, left, WHY, examiners[0])
    services.void(session, right, "given by mistake")
    with pytest.raises(VoidedError):
        services.propose(session, left, right, WHY, examiners[0])


def test_the_pages_lead_from_a_suggestion_to_two_signatures(session, pair, team, client_as):
    left, right = (each.number for each in pair)
    session.commit()
    one, other = (client_as(Role.EXAMINER, team=team) for _ in range(2))
    address = f"/remains/{left}/belongs"
    assert f'href="{address}/{right}"' in one.get(address).text
    assert one.get(f"{address}/{left}").status_code == 404
    page = one.get(f"{address}/{right}").text
    assert "Left and right of one pair" in page
    assert one.send(f"{address}/{right}", {"reason": "", "version": "0"}).status_code == 422
    told = {"reason": "The heads fit one pelvis.", "version": "0"}
    assert one.send(f"{address}/{right}", told).status_code == 302
    assert "Sign: they are" not in one.get(f"{address}/{right}").text
    assert one.send(f"{address}/{right}/sign", {"version": "1"}).status_code == 422
    assert other.send(f"/remains/{right}/belongs/{left}/sign", {"version": "1"}).status_code == 302
    assert "Held to be of one person" in other.get(f"/remains/{right}").text
    late = {"reason": "The refit was wrong.", "version": "1"}
    assert one.send(f"{address}/{right}/undo", late).status_code == 409
    assert one.send(f"{address}/{right}/undo", {**late, "version": "2"}).status_code == 302
    assert "The refit was wrong." in one.get(f"{address}/{right}").text
    assert client_as(Role.EXAMINER).get(address).status_code == 404


LINES = st.lists(
    st.builds(
        BoneLine,
        unit=st.sampled_from(["A", "B", "C"]),
        element=st.sampled_from(["FEM", "SAC", "RIB"]),
        side=st.sampled_from([BoneSide.LEFT, BoneSide.UNKNOWN]),
        age_class=st.sampled_from([None, AgeClass.CHILD, AgeClass.ADULT]),
        pieces=st.integers(1, 3),
        state=st.sampled_from([BoneState.WHOLE, BoneState.PART]),
        zones=st.frozensets(st.sampled_from("123"), max_size=2),
        joins=st.just(frozenset()),
    ),
    max_size=8,
)


@given(LINES, LINES, st.sampled_from([{}, {"A": "1", "B": "1"}]))
def test_the_minimum_number_never_falls_as_an_element_is_added(first, more, held):
    def least(lines):
        return minimum_number_of(counted_lines(lines, held)).value

    assert least([*first, *more]) >= least(first)


@given(LINES, st.sampled_from([{}, {"A": "1", "B": "1"}]))
def test_a_refit_never_raises_the_minimum_number_of_bones_of_one_age(lines, held):
    alike = [each._replace(age_class=None) for each in lines]
    fitting = [each._replace(joins=frozenset("AC"), pieces=1) for each in alike[:2]]
    apart = [each._replace(pieces=1) for each in alike[:2]]
    numbers = [
        minimum_number_of(counted_lines([*some, *alike[2:]], held)).value
        for some in (fitting, apart)
    ]
    assert numbers[0] <= numbers[1]

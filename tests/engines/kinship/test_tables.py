"""The tables that answer for all remains at once agree with each pair computed by itself."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseman.kinship import (
    Case,
    Caseload,
    Family,
    Hypothesis,
    Member,
    Model,
    MutationPair,
    Pedigree,
    Reading,
    Remains,
    Sex,
    compare,
    evaluate,
    find_undisputed,
    solve_jointly,
)
from caseman.kinship.matching import LARGEST, TOTAL, Component, Sweep, Ways, best_first
from tests.engines.kinship.families import locus, mutating, profile, tree
from tests.engines.kinship.test_properties import COUSINS, readings

FREQUENCIES = (0.1, 0.15, 0.2, 0.25, 0.3)
MODELS = st.sampled_from(
    [
        None,
        mutating("equal", 0.01),
        mutating("proportional", 0.01),
        MutationPair(mutating("equal", 0.02).female, mutating("equal", 0.001).male),
        MutationPair(mutating("proportional", 0.02).female, mutating("equal", 0.01).male),
        mutating("stepwise", 0.01, rate2=0.001),
        mutating("dawid", 0.01),
    ]
)
MISSING = st.sampled_from(["K", "C", "F", "B"])


@settings(max_examples=150, deadline=None)
@given(
    st.data(),
    MODELS,
    MISSING,
    st.sampled_from([None, None, 0.02]),
    st.sampled_from([0.0, 0.0, 0.3]),
)
def test_a_table_says_what_each_pair_says(data, model, missing, silent, dropout):
    share = 1 - (silent or 0)
    scaled = [share * f for f in FREQUENCIES]
    loci = [locus(f"L{i}", scaled, mutation=model, silent=silent) for i in (1, 2)]
    typed = [key for key in ("L", "d", "g", "u") if data.draw(st.booleans())]
    profiles = {key: {x.name: data.draw(readings()) for x in loci} for key in typed}
    remains = [
        Remains(f"V{i}", None, {x.name: data.draw(readings()) for x in loci}, dropout)
        for i in (1, 2)
    ]
    family = Family("F1", COUSINS, profiles, (missing,))
    matrix = compare(Caseload(tuple(loci), tuple(remains), (family,)))
    for row, each in enumerate(remains):
        alone = Pedigree((*COUSINS.members, Member(each.key)))
        hypotheses = Hypothesis("H1", COUSINS), Hypothesis("H2", alone)
        first = {**profiles, missing: each.profile}
        second = {**profiles, each.key: each.profile}
        above = _loglik(hypotheses[0], loci, first, {missing: dropout})
        below = _loglik(hypotheses[1], loci, second, {each.key: dropout})
        found = matrix.log_ratios[row, 0]
        if below > -math.inf:
            assert found == pytest.approx(above - below, rel=1e-9, abs=1e-9)
        else:
            assert found == -math.inf


def _loglik(hypothesis, loci, profiles, dropout):
    case = Case("one", tuple(loci), (hypothesis, hypothesis), profiles, Model(dropout=dropout))
    return evaluate(case).loglik[0]


@pytest.mark.parametrize("model", [None, mutating("equal", 0.01), mutating("proportional")])
@pytest.mark.parametrize("missing", ["C", "d"])
def test_tables_of_x_linked_loci(missing, model):
    family = tree("F", "m", "C F m", "d F m", "e F m")
    loci = [locus(x_linked=True, mutation=model)]
    profiles = {"e": profile(L1="10 11"), "F": profile(L1="11")}
    readings_of = {"C": "12", "d": "11 12"}
    sex = Sex.MALE if missing == "C" else Sex.FEMALE
    remains = Remains("V", sex, profile(L1=readings_of[missing]))
    matrix = compare(
        Caseload(tuple(loci), (remains,), (Family("F1", family, profiles, (missing,)),))
    )
    with_it = _loglik(Hypothesis("H1", family), loci, {**profiles, missing: remains.profile}, {})
    wider = Pedigree((*family.members, Member("V", sex=sex)))
    without = _loglik(Hypothesis("H2", wider), loci, {**profiles, "V": remains.profile}, {})
    assert matrix.log_ratios[0, 0] == pytest.approx(with_it - without, rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("theta", [0.0, 0.02])
def test_a_missing_person_of_unknown_sex_has_that_of_the_remains(theta):
    marker = locus(x_linked=True, mutation=mutating("equal", 0.01))
    known = {"e": profile(L1="10 11"), "F": profile(L1="11")}
    parents = tree("F", "m", "e F m").members
    remains = (
        Remains("V", Sex.MALE, profile(L1="12")),
        Remains("W", Sex.FEMALE, profile(L1="11 12")),
    )

    def ratios(sex):
        family = Family("F1", Pedigree((*parents, Member("M", "F", "m", sex))), known, ("M",))
        return compare(Caseload((marker,), remains, (family,), theta=theta)).log_ratios[:, 0]

    both, men, women = ratios(None), ratios(Sex.MALE), ratios(Sex.FEMALE)
    assert both.tolist() == [men[0], women[1]]


def test_parents_have_the_sex_of_their_role():
    family = Pedigree((Member("a"), Member("b"), Member("c", "a", "b")))
    assert [family[key].sex for key in "abc"] == [Sex.MALE, Sex.FEMALE, None]


def test_remains_of_another_sex_are_not_asked_about():
    family = Family("F1", tree("F", "m", "C F m"), {"F": profile(L1="10 11")}, ("C",))
    woman = Remains("V", Sex.FEMALE, profile(L1="10 11"))
    assert np.isnan(compare(Caseload((locus(),), (woman,), (family,))).log_ratios).all()


def brute_force(families):
    """All assignments as (log weight, options), by trying everything."""
    found = [(0.0, (), 0)]
    for ways in families:
        found = [
            (weight + more, (*chosen, option), used | mask)
            for weight, chosen, used in found
            for option, (mask, more) in enumerate(ways)
            if not used & mask
        ]
    return sorted(((w, c) for w, c, _ in found), key=lambda each: (-each[0], each[1]))


WAYS = st.lists(
    st.tuples(st.integers(1, 15), st.floats(-20, 20)),
    min_size=0,
    max_size=5,
    unique_by=lambda w: w[0],
).map(
    lambda more: Ways(np.array([0, *(m for m, _ in more)]), np.array([0.0, *(w for _, w in more)]))
)


@settings(max_examples=100, deadline=None)
@given(st.lists(WAYS, min_size=1, max_size=4))
def test_sums_over_assignments_are_those_of_trying_everything(families):
    component = Component(tuple(families), 4)
    expected = brute_force(families)
    weights = np.array([weight for weight, _ in expected])
    assert component.count() == len(expected)
    assert Sweep(component, TOTAL).total == pytest.approx(np.logaddexp.reduce(weights))
    assert Sweep(component, LARGEST).total == pytest.approx(weights.max())
    ordered = [weight for weight, _ in best_first([component])]
    assert ordered == pytest.approx(weights.tolist())
    totals = Sweep(component, TOTAL).by_choice()
    for at, values in enumerate(totals):
        for option, value in enumerate(values):
            own = [w for w, chosen in expected if chosen[at] == option]
            assert value == pytest.approx(np.logaddexp.reduce(own))


def brothers(count):
    loci = tuple(locus(f"L{i}", [0.05] * 20, mutation=mutating()) for i in range(6))
    families = []
    remains = []
    for i in range(count):
        father, mother = (10 + i % 20, 11 + i % 19), 10 + (i * 7) % 20
        known = {"F": {x.name: profile(L1="{} {}".format(*father))["L1"] for x in loci}}
        child = {x.name: profile(L1=f"{father[0]} {mother}")["L1"] for x in loci}
        members = tuple(
            Member(f"{m.key}{i}" if m.key == "C" else m.key, m.father, m.mother, m.sex)
            for m in tree("F", "m", "C F m").members
        )
        families.append(Family(f"F{i}", Pedigree(members), known, (f"C{i}",)))
        remains.append(Remains(f"V{i}", Sex.MALE, child))
    return Caseload(loci, tuple(remains), tuple(families))


def test_what_is_out_of_reach_is_approximated_and_the_bound_is_kept():
    """With mutation every pair is possible: 24 families want the same 24 remains."""
    solution = solve_jointly(brothers(24), rows=5)
    assert solution.set_aside > 0
    assert 0 < solution.bound <= 1
    assert len(solution.assignments) == 5


def test_the_bound_holds_where_the_exact_answer_is_known():
    exact = solve_jointly(brothers(6), rows=5)
    assert (exact.bound, exact.set_aside) == (0.0, 0)
    limited = solve_jointly(brothers(6), limit=1e-3, rows=5)
    by_pair = {(s.remains, s.missing): s.posterior for s in exact.support}
    matrix = compare(brothers(6)).log_ratios
    lost = float(np.exp(matrix[matrix <= math.log(1e-3)]).sum())
    for each in limited.support:
        assert abs(by_pair[each.remains, each.missing] - each.posterior) <= lost / (1 - lost)


def test_an_undisputed_pair_speaks_for_the_others_of_its_family():
    loci = tuple(locus(f"L{i}", [0.05] * 20) for i in range(8))
    family = tree("F", "m", "A F m", "B F m")
    profiles = {"m": {x.name: profile(L1="10 11")["L1"] for x in loci}}
    son = {x.name: profile(L1="10 20")["L1"] for x in loci}
    father = {x.name: profile(L1="20 21")["L1"] for x in loci}
    everyone = (Remains("V1", Sex.MALE, son), Remains("V2", Sex.MALE, father))
    load = Caseload(loci, everyone, (Family("F1", family, profiles, ("F", "A")),))
    before = compare(load).log_ratios
    found = find_undisputed(load)
    assert [(p.remains, p.missing, p.step) for p in found.pairs] == [
        ("V1", "A", 1),
        ("V2", "F", 2),
    ]
    assert before[1, 0] == pytest.approx(0)
    assert found.pairs[1].log_ratio > math.log(1e4)


@settings(max_examples=25, deadline=None)
@given(
    st.data(),
    MODELS,
    st.booleans(),
    st.sampled_from([None, 0.02]),
    st.sampled_from([0.0, 0.3]),
)
def test_all_ways_to_fill_a_family_are_weighed_as_each_by_itself(
    data, model, is_x, silent, dropout
):
    """Two missing of one family: a grandfather and his grandson, son of his daughter."""
    family = tree("G", "g", "d G g", "H", "C H d", "e H d")
    share = 1 - (silent or 0)
    scaled = [share * f for f in FREQUENCIES]
    marker = locus("L1", scaled, mutation=model, silent=silent, x_linked=is_x)
    alleles = st.integers(10, 13).map(str)

    def single():
        return {"L1": Reading((data.draw(alleles),))} if is_x else {"L1": data.draw(readings())}

    profiles = {"e": {"L1": data.draw(readings())}, "g": {"L1": data.draw(readings())}}
    remains = [Remains(f"V{i}", Sex.MALE, single(), dropout) for i in (1, 2)]
    load = Caseload((marker,), tuple(remains), (Family("F1", family, profiles, ("G", "C")),))
    solution = solve_jointly(load)
    alone = Pedigree((*family.members, *(Member(r.key, sex=Sex.MALE) for r in remains)))

    def log_likelihood(pairs):
        placed = {key: missing if missing != "*" else key for key, missing in pairs.items()}
        chances = {placed[r.key]: dropout for r in remains}
        known = {**profiles, **{placed[r.key]: r.profile for r in remains}}
        return _loglik(Hypothesis("H", alone), [marker], known, chances)

    nobody = log_likelihood({"V1": "*", "V2": "*"})
    for each in solution.assignments:
        expected = log_likelihood(each.pairs) - nobody if nobody > -math.inf else None
        if expected is not None:
            assert each.log_ratio == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("missing", [("C",), ("G", "C")])
def test_coancestry_is_shared_by_a_family_and_the_remains_weighed_there(missing):
    family = tree("G", "g", "d G g", "H", "C H d", "e H d")
    loci = [locus(f"L{i}", FREQUENCIES, mutation=mutating()) for i in (1, 2)]
    profiles = {"e": profile(L1="10 11", L2="12 12"), "g": profile(L1="10 13")}
    remains = [
        Remains("V1", Sex.MALE, profile(L1="10 11", L2="11 12")),
        Remains("V2", Sex.MALE, profile(L1="11 13")),
    ]
    theta = 0.03
    load = Caseload(
        tuple(loci), tuple(remains), (Family("F1", family, profiles, missing),), theta=theta
    )
    apart = Pedigree((*family.members, *(Member(r.key, sex=Sex.MALE) for r in remains)))
    for each in solve_jointly(load).assignments:
        placed = {r.key: each.pairs[r.key] for r in remains if each.pairs[r.key] != "*"}
        own = {r.key: r.profile for r in remains if r.key in placed}
        filled = profiles | {placed[key]: known for key, known in own.items()}
        logs = [
            evaluate(
                Case(
                    "one",
                    tuple(loci),
                    (Hypothesis("H1", apart), Hypothesis("H2", apart)),
                    known,
                    Model(theta=theta),
                )
            ).loglik[0]
            for known in (filled, profiles | own)
        ]
        assert each.log_ratio == pytest.approx(logs[0] - logs[1], rel=1e-10, abs=1e-10)


INBRED = tree("F", "m", "A F m", "b F m", "C A b", "D A b")
"""C and D are children of brother and sister."""


@settings(max_examples=40, deadline=None)
@given(
    st.data(),
    MODELS,
    st.sampled_from(["C", "b", "F"]),
    st.booleans(),
    st.sampled_from([None, 0.02]),
    st.sampled_from([0.0, 0.3]),
)
def test_a_table_under_coancestry_says_what_each_pair_says(
    data, model, missing, is_x, silent, dropout
):
    """Also where both alleles of the missing may be copies of one, or were redrawn."""
    scaled = [(1 - (silent or 0)) * f for f in FREQUENCIES]
    marker = locus("L1", scaled, mutation=model, silent=silent, x_linked=is_x)
    alleles = st.integers(10, 14).map(str)

    def reading(key):
        alone = is_x and key[0].isupper()
        return {"L1": Reading((data.draw(alleles),)) if alone else data.draw(readings())}

    profiles = {key: reading(key) for key in ("D", "A") if data.draw(st.booleans())}
    sex = INBRED[missing].sex
    remains = [Remains(f"V{i}", sex, reading(missing), dropout) for i in range(4)]
    family = Family("F1", INBRED, profiles, (missing,))
    theta = 0.03
    found = compare(Caseload((marker,), tuple(remains), (family,), theta=theta)).log_ratios[:, 0]
    for value, each in zip(found, remains, strict=True):
        apart = Pedigree((*INBRED.members, Member(each.key, sex=sex)))
        hypotheses = Hypothesis("H1", apart), Hypothesis("H2", apart)
        above, below = (
            evaluate(
                Case(
                    "one",
                    (marker,),
                    hypotheses,
                    {**profiles, key: each.profile},
                    Model(theta=theta, dropout={key: dropout}),
                )
            ).loglik[0]
            for key in (missing, each.key)
        )
        if below == -math.inf:
            assert value == -math.inf
        else:
            assert value == pytest.approx(above - below, rel=1e-9, abs=1e-9)

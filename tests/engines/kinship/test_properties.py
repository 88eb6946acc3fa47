"""What must hold for every family, whatever the profiles."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseman.kinship import (
    Case,
    Hypothesis,
    Locus,
    Model,
    Pedigree,
    Reading,
    evaluate,
    same_person_log_ratio,
)
from tests.engines.kinship.families import case, locus, mutating, person, profile, tree

FREQUENCIES = (0.1, 0.2, 0.3, 0.4)
NUMBERS = st.integers(10, 13).map(str)
BLIND = st.sampled_from([None, mutating("equal"), mutating("proportional")])
STATIONARY = st.sampled_from([None, mutating("proportional"), mutating("dawid", 0.001)])
ANY = st.sampled_from(
    [None, mutating("equal"), mutating("stepwise", 0.01, rate2=0.001), mutating("onestep")]
)
COUSINS = tree(
    *("G", "g", "F G g", "a", "u G g", "B", "C F a", "d B u", "K C d", "L C d"),
)
"""K and L are children of first cousins."""
APART = tree("C", "K", "L")
KEYS = ("C", "K", "L")


@st.composite
def readings(draw, *, full=False):
    alleles = sorted([draw(NUMBERS), draw(NUMBERS)])
    kind = "full" if full else draw(st.sampled_from(["full", "full", "partial", "untyped"]))
    if kind == "untyped":
        return Reading(())
    return Reading((alleles[0], alleles[1] if kind == "full" else None))


@st.composite
def cases(draw, models=ANY, first=COUSINS, second=APART, keys=KEYS):
    loci = [locus(f"L{i}", FREQUENCIES, mutation=draw(models)) for i in (1, 2)]
    profiles = {key: {x.name: draw(readings()) for x in loci} for key in keys}
    dropout = {key: draw(st.sampled_from([0.0, 0.0, 0.2])) for key in keys}
    theta = draw(st.sampled_from([0.0, 0.0, 0.02]))
    return case(profiles, loci, first, second, dropout=dropout, theta=theta)


def same(found, expected):
    for value, wanted in zip(found.loglik, expected.loglik, strict=True):
        assert value == pytest.approx(wanted, rel=1e-10, abs=1e-10)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_hypotheses_swapped_give_the_inverse(given_case):
    swapped = replace(given_case, hypotheses=given_case.hypotheses[::-1])
    forth, back = evaluate(given_case), evaluate(swapped)
    assert forth.loglik == back.loglik[::-1]


@settings(max_examples=60, deadline=None)
@given(cases(), st.permutations(COUSINS.members))
def test_names_and_order_of_people_and_loci_change_nothing(given_case, order):
    def renamed(key):
        return None if key is None else f"person {key}"

    def retold(pedigree, members):
        return Pedigree(
            tuple(
                replace(m, key=renamed(m.key), father=renamed(m.father), mother=renamed(m.mother))
                for m in (pedigree[member.key] for member in members if member.key in pedigree)
            )
        )

    trees = [retold(h.pedigree, order) for h in given_case.hypotheses]
    model = given_case.model
    dropout = {renamed(key): share for key, share in model.dropout.items()}
    names = {"L1": "vWA", "L2": "FGA"}
    retold_case = Case(
        "retold",
        tuple(replace(x, name=names[x.name]) for x in given_case.loci[::-1]),
        (Hypothesis("H1", trees[0]), Hypothesis("H2", trees[1])),
        {
            renamed(key): {names[name]: reading for name, reading in each.items()}
            for key, each in given_case.profiles.items()
        },
        replace(model, dropout=dropout),
    )
    same(evaluate(retold_case), evaluate(given_case))


@settings(max_examples=60, deadline=None)
@given(cases(models=BLIND), st.permutations(["10", "11", "12", "13"]))
def test_names_of_alleles_change_nothing_under_models_blind_to_size(given_case, names):
    alias = dict(zip(("10", "11", "12", "13"), names, strict=True))

    def renamed(reading):
        return Reading(tuple(None if a is None else alias[a] for a in reading.alleles))

    loci = tuple(
        Locus(x.name, tuple(alias[a] for a in x.alleles), x.frequencies, x.mutation)
        for x in given_case.loci
    )
    profiles = {
        key: {name: renamed(reading) for name, reading in each.items()}
        for key, each in given_case.profiles.items()
    }
    same(evaluate(replace(given_case, loci=loci, profiles=profiles)), evaluate(given_case))


@settings(max_examples=40, deadline=None)
@given(ANY, readings(full=True), readings(full=True), st.sampled_from([0.0, 0.02]))
def test_summing_over_the_genotypes_of_somebody_leaves_the_others(model, one, two, theta):
    loci = [locus(mutation=model)]
    known = {"C": {"L1": one}, "L": {"L1": two}}
    whole = evaluate(case(known, loci, COUSINS, APART, theta=theta)).loglik[0]
    parts = []
    for x in range(10, 14):
        for y in range(x, 14):
            filled = known | {"K": profile(L1=f"{x} {y}")}
            parts.append(evaluate(case(filled, loci, COUSINS, APART, theta=theta)).loglik[0])
    total = math.fsum(math.exp(part) for part in parts)
    assert total == pytest.approx(math.exp(whole), rel=1e-10)


@settings(max_examples=40, deadline=None)
@given(cases(models=STATIONARY))
def test_an_untyped_relative_without_typed_descendants_changes_nothing(given_case):
    more = [person("Z"), person("z"), person("Y", "Z", "z"), person("y", "K", "z")]
    wider = Pedigree((*COUSINS.members, *more))
    founders = {"G": ("X", "x"), "a": ("W", "w")}
    parents = [person(key) for pair in founders.values() for key in pair]
    raised = tuple(
        replace(m, father=founders[m.key][0], mother=founders[m.key][1]) if m.key in founders else m
        for m in wider.members
    )
    # Under theta the parents of a founder are drawn from the urn in the founder's place.
    plain = replace(given_case, model=replace(given_case.model, theta=0.0))
    hypotheses = (Hypothesis("H1", Pedigree((*parents, *raised))), plain.hypotheses[1])
    same(evaluate(replace(plain, hypotheses=hypotheses)), evaluate(plain))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(readings(full=True), min_size=3, max_size=3),
    st.lists(readings(), min_size=3, max_size=3),
    st.sampled_from([0.0, 0.1, 0.5]),
)
def test_no_other_profile_beats_a_persons_own(own, other, dropout):
    """The other may be partial, have drop-outs, or not have been typed at all."""

    def weight(second):
        return _same_person(own, second, dropout)

    assert weight(other) <= weight(own) + 1e-12


def _same_person(first, second, dropout):
    """Log LR that a reference and a bone are of one person."""
    loci = [locus(f"L{i}", FREQUENCIES) for i in range(3)]
    named = [dict(zip((x.name for x in loci), each, strict=True)) for each in (first, second)]
    return same_person_log_ratio(loci, *named, dropout=dropout)


def test_sixty_loci_neither_underflow_nor_overflow():
    loci = [locus(f"L{i}", (1e-6, 1 - 1e-6)) for i in range(60)]
    rare = {x.name: Reading(("10", "10")) for x in loci}
    found = evaluate(case({"F": rare, "C": rare}, loci))
    assert found.log_ratio == pytest.approx(60 * math.log(1e6))
    assert found.loglik[1] == pytest.approx(60 * 4 * math.log(1e-6))


def test_the_same_question_has_the_same_answer_to_the_last_bit():
    given_case = case({"F": profile(L1="10 11"), "C": profile(L1="11 12")}, model_loci())
    assert evaluate(given_case) == evaluate(given_case)


def model_loci():
    return [locus(mutation=mutating("stepwise", 0.002, rate2=1e-5))]


def test_founder_inbreeding_under_theta_is_a_mixture():
    sibs, apart = tree("F", "m", "A F m", "B F m"), tree("A", "B")
    known = {"A": profile(L1="10 11"), "B": profile(L1="10 10")}

    def likelihood(share):
        inbred = {"F": share}
        return math.exp(
            evaluate(
                case(known, first=sibs, second=apart, theta=0.05, founder_inbreeding=inbred)
            ).loglik[0]
        )

    assert likelihood(0.3) == pytest.approx(0.7 * likelihood(0) + 0.3 * likelihood(1), rel=1e-12)


def test_model_defaults_are_none():
    assert Model() == Model(0.0, {}, {})

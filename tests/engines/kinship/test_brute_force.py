"""Likelihoods are those of trying every genotype of everybody, computed here from scratch.

One locus, small trees, whatever is hard together: loops, inbred founders, silent alleles,
coancestry, alleles missed, microvariants, mutation that differs by sex, X-linked loci.
"""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseman.kinship import KinshipError, Locus, MutationPair, Reading, Sex, evaluate
from caseman.kinship.assembly import assemble
from caseman.kinship.contraction import LARGEST, MOST_WORK, contract, elimination_order
from caseman.kinship.likelihood import over_partitions, with_one_table
from caseman.kinship.lumping import Marker, lump
from caseman.kinship.mutation import transition_matrix
from caseman.kinship.people import codes_of, relevant_people, seen_in
from caseman.kinship.relatives import NOBODY, Plan
from caseman.kinship.summation import PLAIN, SPLIT
from tests.engines.kinship.families import case, locus, mutating, profile, tree

SILENT = "silent"
ALLELES = ("9", "9.3", "10")
SHARES = (0.2, 0.3, 0.5)
TREES = {
    "child of brother and sister": tree("F", "m", "A F m", "b F m", "C A b"),
    "child of father and daughter": tree("F", "m", "d F m", "K F d"),
    "half sibs of two fathers": tree("F", "G", "m", "A F m", "b G m"),
    "three generations": tree("F", "m", "d F m", "H", "K H d"),
}
MODELS = [
    None,
    mutating("equal", 0.02),
    mutating("stepwise", 0.02, rate2=0.005, range=0.3),
    MutationPair(mutating("proportional", 0.05).female, mutating("equal", 0.1).male),
    MutationPair(mutating("stepwise", 0.01, rate2=0.01).female, mutating("dawid", 0.03).male),
]


def likelihood(pedigree, marker, profiles, model):
    """Sum the chance of everything over all ordered genotypes of all members."""
    names = [*ALLELES, *([SILENT] if marker.silent else [])]
    shares = dict(zip(names, [*marker.frequencies, marker.silent], strict=False))
    passed = {sex: chances(marker, sex, names) for sex in ("female", "male")}
    founders = [m for m in pedigree.members if m.is_founder]
    children = [m for m in pedigree.members if not m.is_founder]

    choices = {m.key: genotypes(m, marker, names, profiles, model) for m in pedigree.members}

    def descend(rest, pairs):
        if not rest:
            return 1.0
        child, *later = rest
        total = 0.0
        for pair, weight in choices[child.key]:
            chance = weight * received(pairs[child.mother], pair[1], passed["female"])
            if pair[0] is not None:
                chance *= received(pairs[child.father], pair[0], passed["male"])
            if chance:
                total += chance * descend(later, {**pairs, child.key: pair})
        return total

    total = 0.0
    for some in itertools.product(*(choices[m.key] for m in founders)):
        pairs = {m.key: pair for m, (pair, _) in zip(founders, some, strict=True)}
        weight = math.prod(weight for _, weight in some)
        urn = drawn([(pair, key) for key, pair in pairs.items()], shares, model)
        total += weight * urn * descend(children, pairs)
    return total


def genotypes(member, marker, names, profiles, model):
    """Return ordered genotypes with the chance of the reading, those without any left out."""
    alone = marker.x_linked and member.sex is Sex.MALE
    pairs = [(None, a) for a in names] if alone else list(itertools.product(names, names))
    reading = profiles.get(member.key, {}).get(marker.name)
    missed = model["dropout"].get(member.key, 0.0)
    weighed = [(pair, seen(pair, reading, missed)) for pair in pairs]
    return [(pair, chance) for pair, chance in weighed if chance > 0]


def chances(marker, sex, names):
    mutation = getattr(marker.mutation, sex) if marker.mutation else None
    matrix = np.eye(len(names))
    matrix[:3, :3] = transition_matrix(mutation, marker.alleles, marker.frequencies)
    return {(a, b): matrix[i, j] for i, a in enumerate(names) for j, b in enumerate(names)}


def received(parent, allele, passed):
    own = [a for a in parent if a is not None]
    return sum(passed[a, allele] for a in own) / len(own)


def seen(pair, reading, missed):
    """Chance of a reading: each allele drops out by itself, the silent one is never seen."""
    if reading is None or (not reading.alleles and not missed):
        return 1.0
    own = [a for a in pair if a is not None]
    if len(reading.alleles) == 2 and reading.alleles[1] is None:
        return float(reading.alleles[0] in own)
    total = 0.0
    for kept in itertools.product([True, False], repeat=len(own)):
        left = {a for a, stays in zip(own, kept, strict=True) if stays and a != SILENT}
        if left == set(reading.alleles):
            total += math.prod(1 - missed if stays else missed for stays in kept)
    return total


def drawn(founders, shares, model):
    """Chance of the founders' alleles, one after another from an urn; twins are drawn once."""

    def draw(rest, urn):
        if not rest:
            return 1.0
        ((first, second), key), *later = rest
        if first is None:
            return pick(second, urn) * draw(later, [*urn, second])
        share = model["founder_inbreeding"].get(key, 0.0)
        begin = pick(first, urn)
        twin = share * draw(later, [*urn, first]) if share and first == second else 0.0
        apart = pick(second, [*urn, first]) * draw(later, [*urn, first, second])
        return begin * (twin + (1 - share) * apart)

    def pick(allele, urn):
        if not urn:
            return shares[allele]
        theta = model["theta"]
        top = urn.count(allele) * theta + (1 - theta) * shares[allele]
        return top / (1 + (len(urn) - 1) * theta)

    return draw(founders, [])


@settings(max_examples=30, deadline=None)
@given(st.data(), st.sampled_from(sorted(TREES)), st.sampled_from(MODELS))
def test_a_likelihood_is_the_sum_over_all_genotypes(data, name, mutation):
    pedigree = TREES[name]
    silent = data.draw(st.sampled_from([None, None, 0.1]))
    is_x = data.draw(st.booleans())
    share = 1 - (silent or 0)
    marker = Locus(
        "L1", ALLELES, tuple(share * s for s in SHARES), mutation, x_linked=is_x, silent=silent
    )
    allele = st.sampled_from(ALLELES)
    profiles = {}
    for member in pedigree.members[-3:]:
        kind = data.draw(st.sampled_from(["full", "full", "partial", "none", "untyped"]))
        count = 1 if is_x and member.sex is Sex.MALE else 2
        alleles = [data.draw(allele) for _ in range(count)]
        if kind == "partial" and count == 2:
            alleles[1] = None
        if kind != "untyped":
            profiles[member.key] = {"L1": Reading(() if kind == "none" else tuple(alleles))}
    founders = [m.key for m in pedigree.members if m.is_founder]
    model = {
        "theta": data.draw(st.sampled_from([0.0, 0.0, 0.05])),
        "founder_inbreeding": {founders[-1]: data.draw(st.sampled_from([0.0, 0.3]))},
        "dropout": {pedigree.members[-1].key: data.draw(st.sampled_from([0.0, 0.2]))},
    }
    found = evaluate(case(profiles, [marker], pedigree, pedigree, **model)).loglik[0]
    expected = likelihood(pedigree, marker, profiles, model)
    assert math.exp(found) == pytest.approx(expected, rel=1e-9, abs=1e-300)
    forms = in_every_form(pedigree, Marker.of(marker), profiles, model)
    assert [math.exp(each) for each in forms] == pytest.approx([expected] * 2, rel=1e-9, abs=1e-300)


def in_every_form(pedigree, marker, profiles, model):
    """Return ln L in the two forms of a sum: for short and for long lists of alleles."""
    people = relevant_people(pedigree, profiles, model["founder_inbreeding"])
    codes = codes_of(profiles, marker, model["dropout"])
    lumping = lump(marker, codes.alleles)
    at = people.kin, lumping.alphabet, seen_in(people, lumping, codes, model["dropout"])
    if model["theta"]:
        yield with_one_table(*at, model["theta"], LARGEST)
        yield over_partitions(*at, model["theta"])
        return
    nobody = np.zeros(0, np.int64)
    for split in (PLAIN, SPLIT):
        tables, _, factor = assemble(*at, Plan(NOBODY, 1, 0, split, LARGEST))
        order, _ = elimination_order(tables, nobody)
        scale, cells = contract(tables, order, nobody, MOST_WORK)
        yield scale + math.log(cells[0] * factor) if scale > -math.inf else scale


def test_a_thousand_alleles_and_sixty_loci_are_no_trouble_where_size_does_not_matter():
    many = Locus("L1", tuple(map(str, range(1000))), (0.001,) * 1000, mutating("equal", 0.001))
    known = {"F": {"L1": Reading(("1", "2"))}, "C": {"L1": Reading(("2", "999"))}}
    assert math.exp(evaluate(case(known, [many])).log_ratio) == pytest.approx(250, rel=0.01)


def test_a_long_locus_with_stepwise_mutation_and_coancestry_is_within_reach():
    """So little coancestry changes next to nothing; one table of all founders were too large."""
    long = locus("L1", [1 / 25] * 25, mutation=mutating("stepwise", 0.003, rate2=1e-5))
    cousins = tree("G", "g", "F G g", "u G g", "m", "H", "A F m", "B H u")
    known = {"A": profile(L1="20 21"), "B": profile(L1="21 30")}
    loose, free = (
        evaluate(case(known, [long], cousins, tree("A", "B"), theta=theta)).loglik
        for theta in (1e-9, 0.0)
    )
    assert loose == pytest.approx(free, rel=1e-6)


@pytest.mark.parametrize("shares", [(0.5, 0.7), (0.5, 0.3), (1.5, -0.5), (0.0, 1.0)])
def test_frequencies_that_are_none_are_refused_by_locus(shares):
    with pytest.raises(KinshipError, match="locus L1: frequenc"):
        Locus("L1", ("10", "11"), shares)

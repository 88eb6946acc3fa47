"""What is wrong is said by case, person and locus."""

import json

import pytest

from caseman.kinship import KinshipError, Member, Pedigree, Sex, evaluate, read_cases
from tests.engines.kinship.families import case, locus, mutating, profile, tree

GOOD = {
    "id": "K1",
    "loci": [{"name": "L1", "chrom": "autosomal", "alleles": ["10", "11"], "freqs": [0.4, 0.6]}],
    "hypotheses": [
        {
            "name": "H1",
            "components": [
                [
                    {"id": "f", "sex": "M"},
                    {"id": "m", "sex": "F"},
                    {"id": "c", "father": "f", "mother": "m", "sex": "M"},
                ]
            ],
        },
        {"name": "H2", "components": [[{"id": "f", "sex": "M"}], [{"id": "c", "sex": "M"}]]},
    ],
    "genotypes": {"f": {"L1": ["10", "11"]}, "c": {"L1": ["10", "10"]}},
}


def changed(path, value):
    copy = json.loads(json.dumps(GOOD))
    *way, last = path
    place = copy
    for step in way:
        place = place[step]
    place[last] = value
    return copy


def read(tmp_path, *entries):
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"schema": "kinship-oracle-cases/1", "cases": entries}))
    return read_cases(path).cases


FIRST = ("hypotheses", 0, "components", 0)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("genotypes", "c", "L1"), ["10", "12"], "case K1, person c, locus L1: allele 12 is not"),
        (("genotypes", "c", "L9"), ["10", "11"], "case K1, person c, locus L9: is not among"),
        (("genotypes", "x"), {"L1": ["10", "11"]}, "case K1, person x: has a profile and is not"),
        (("genotypes", "c", "L1"), ["10"], "case K1, person c, locus L1: has 1 alleles where 2"),
        (("genotypes", "c", "L1"), ["10"] * 3, "case K1, person c, locus L1: has 3 alleles"),
        (("genotypes", "c", "L1"), "10", "case K1, person c, locus L1: a genotype is no list"),
        (("loci", 0, "freqs"), [0.6, 0.6], "case K1, locus L1: frequencies sum to 1.2, not 1"),
        (("loci", 0, "freqs"), [1.2, -0.2], "case K1, locus L1: frequency of allele 10 is 1.2"),
        (("loci", 0, "freqs"), [1.0], "case K1, locus L1: has 2 alleles and 1 frequencies"),
        (("loci", 0, "alleles"), ["10", "10"], "case K1, locus L1: allele 10 stands twice"),
        (("loci", 0, "chrom"), "Y", "case K1, locus L1: has the chromosome Y"),
        (("loci", 0, "mutation"), {"model": "magic"}, "case K1, locus L1: has the mutation model"),
        (
            ("loci", 0, "mutation"),
            {"model": "equal", "rate": 1.5},
            "case K1, locus L1: rate of mutation is 1.5",
        ),
        ((*FIRST, 0, "sex"), "F", "case K1, person c: has the father f, whose sex is F"),
        ((*FIRST, 2, "mother"), "f", "case K1, person c: has the mother f, whose sex is M"),
        ((*FIRST, 2, "mother"), None, "case K1, person c: has only one parent"),
        ((*FIRST, 2, "father"), "g", "case K1, person c: has the father g, who is not in"),
        ((*FIRST, 1, "id"), "f", "case K1, person f: stands twice in the family tree"),
        ((*FIRST, 0, "sex"), "X", "case K1, person f: has the sex X"),
        (("theta",), 1.0, "case K1: theta is 1"),
        (("theta",), "much", "case K1: theta is no number"),
        (("extra",), {"dropout": {"q": 0.1}}, "case K1, person q: is in no family tree"),
        (("extra",), {"dropout": {"c": 2}}, "case K1, person c: drop-out is 2"),
        (("extra",), {"rho": 0.1}, "case K1: linkage is for two autosomal loci"),
        (("hypotheses",), [], "case K1: has 0 hypotheses"),
        (("silent_freq",), 1.5, "case K1, locus L1: frequency of allele silent is 1.5"),
    ],
)
def test_a_fault_names_where_it_is(tmp_path, path, value, said):
    (found,) = read(tmp_path, changed(path, value))
    assert isinstance(found, KinshipError)
    assert str(found).startswith(said)


def test_the_good_case_beside_a_bad_one_is_read(tmp_path):
    bad, good = read(tmp_path, changed(("theta",), -1), GOOD)
    assert isinstance(bad, KinshipError)
    assert evaluate(good).log_ratio == pytest.approx(0.2231435513142097)  # ln(0.5 / 0.4)


def test_somebody_among_their_own_ancestors_is_named():
    men = [Member("a", "b", "x", Sex.MALE), Member("b", "a", "x", Sex.MALE)]
    with pytest.raises(KinshipError, match=r"person [ab]: is among their own ancestors"):
        Pedigree((*men, Member("x", sex=Sex.FEMALE)))


def test_what_is_out_of_reach_is_said_with_the_locus():
    long = locus("L9", [0.001] * 1000, mutation=mutating("stepwise", 0.001, rate2=1e-6))
    cousins = tree("G", "g", "F G g", "u G g", "m", "H", "A F m", "B H u")
    strangers = tree("A", "B")
    given = {"A": profile(L9="10 11"), "B": profile(L9="900 901")}
    with pytest.raises(KinshipError, match="case test, locus L9: needs a table beyond the limit"):
        evaluate(case(given, [long], cousins, strangers))

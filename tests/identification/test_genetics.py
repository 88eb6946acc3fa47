"""A pair weighs what the formulas say, whoever else is compared."""

import math

import pytest

from caseman.coding import Sex
from caseman.identification.family_trees import MISSING, Told, family_tree
from caseman.identification.genetics import (
    Terms,
    TypedFamily,
    TypedRemains,
    Weigher,
    clash_of,
    weigh_markers,
)
from caseman.kinship import KinshipError, MutationModel, TooLargeError
from caseman.laboratory.codes import MutationKind
from caseman.laboratory.reading.frequencies import SHIPPED
from caseman.reports.codes import Kin

CSF1PO = {"10": 0.2202216, "11": 0.3088643, "12": 0.3601108, "13": 0.1108033}
FGA = {"21": 0.3, "22": 0.7}


def terms(mutation=None, minimum=0.001):
    return Terms({"CSF1PO": CSF1PO, "FGA": FGA}, minimum, 0.0, mutation, 0.001, 0.002)


def family(alleles, kin=Kin.MOTHER, sex=Sex.FEMALE):
    tree = family_tree(Sex.MALE, [Told("1", kin, sex)])
    return TypedFamily(7, tree, {tree.places["1"]: alleles}, {tree.places["1"]: 9})


def remains(source_id, **alleles):
    return TypedRemains(source_id, source_id, alleles)


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        (("12", "12"), 0.5 / CSF1PO["12"]),
        (
            ("11", "12"),
            (CSF1PO["11"] + CSF1PO["12"]) / (4 * CSF1PO["11"] * CSF1PO["12"]),
        ),
    ],
)
def test_a_mother_and_a_child_weigh_what_the_formula_says(child, expected):
    weigher = Weigher(terms(), [remains(1, CSF1PO=child)])
    (weight,) = weigher.weigh(family({"CSF1PO": ("11", "12")}))
    assert math.exp(weight.log_ratio) == pytest.approx(expected, rel=1e-6)
    assert weight.markers == 1


def test_own_things_weigh_as_a_direct_match():
    own = family({"CSF1PO": ("11", "12")}, Kin.SELF)
    assert own.sources == {MISSING: 9}
    (weight,) = Weigher(terms(), [remains(1, CSF1PO=("11", "12"))]).weigh(own)
    expected = 1 / (2 * CSF1PO["11"] * CSF1PO["12"])
    assert math.exp(weight.log_ratio) == pytest.approx(expected, rel=1e-6)


def test_an_allele_that_the_table_lacks_touches_only_those_who_have_it():
    mutating = terms(MutationModel.PROPORTIONAL)
    plain, rare = remains(1, CSF1PO=("12", "12")), remains(2, CSF1PO=("12", "9.3"))
    mother = family({"CSF1PO": ("11", "12"), "FGA": ("21", None)})
    together = {each.source_id: each for each in Weigher(mutating, [plain, rare]).weigh(mother)}
    (alone,) = Weigher(mutating, [plain]).weigh(mother)
    assert together[1] == alone
    for each in (plain, rare):
        total, markers = weigh_markers(mutating, mother, each)
        assert total == together[each.source_id].log_ratio
        assert sum(line.log10_lr or 0 for line in markers) == pytest.approx(total / math.log(10))
    line = markers[0]
    assert line.frequencies["9.3"] == pytest.approx(0.001 / 1.001)
    assert line.relatives == {"1": ("11", "12")}
    assert markers[1].log10_lr is None


def test_a_family_that_is_impossible_is_named_with_its_marker():
    told = [Told("1", Kin.MOTHER, Sex.FEMALE), Told("2", Kin.SISTER, Sex.FEMALE)]
    tree = family_tree(Sex.MALE, told)
    profiles = {"1": {"FGA": ("21", "21")}, "2": {"FGA": ("22", "22")}}
    with pytest.raises(KinshipError, match="FGA") as impossible:
        Weigher(terms(), [remains(1, FGA=("21", "22"))]).weigh(TypedFamily(7, tree, profiles))
    assert clash_of(impossible.value) == "FGA"
    assert clash_of(TooLargeError("needs a larger table", locus="FGA")) is None


@pytest.mark.parametrize(
    "mutation", [None, *(MutationModel(k.value) for k in MutationKind if k != "none")]
)
@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda table: table.code)
def test_every_table_that_comes_along_can_be_weighed_by_every_mutation_model(shipped, mutation):
    own = Terms(shipped.frequencies, 0.001, 0.0, mutation, 0.001, 0.002)
    mother = {
        marker: tuple([*alleles, *alleles][:2]) for marker, alleles in own.frequencies.items()
    }
    child = TypedRemains(1, 1, {marker: (pair[0], None) for marker, pair in mother.items()})
    (weight,) = Weigher(own, [child]).weigh(family(mother))
    assert weight.log_ratio > 10
    assert weight.markers == len(shipped.frequencies)

"""Family trees as told become pedigrees: who is whose child."""

from caseman.coding import Sex
from caseman.identification.family_trees import MISSING, Told, family_tree
from caseman.reports.codes import Kin


def parents(tree, key):
    return tree.pedigree.parents(key)


def test_parents_and_siblings_meet_in_one_couple():
    told = [Told("f", Kin.FATHER, Sex.MALE), Told("s", Kin.SISTER, Sex.FEMALE)]
    tree = family_tree(Sex.MALE, told)
    assert parents(tree, MISSING) == parents(tree, "s") == ("f", "?mother")


def test_children_have_the_spouse_for_their_other_parent():
    told = [Told("d", Kin.DAUGHTER, Sex.FEMALE), Told("w", Kin.SPOUSE, Sex.FEMALE)]
    assert parents(family_tree(Sex.MALE, told), "d") == (MISSING, "w")
    told = [Told("h", Kin.SPOUSE, Sex.MALE), Told("d", Kin.DAUGHTER, Sex.FEMALE, "h")]
    assert parents(family_tree(Sex.FEMALE, told), "d") == ("h", MISSING)


def test_an_uncle_and_a_cousin_bring_the_grandparents_along():
    told = [
        Told("c", Kin.COUSIN_BY_FATHER, None, "u"),
        Told("u", Kin.FATHERS_SIBLING, Sex.MALE),
        Told("g", Kin.FATHERS_MOTHER, Sex.FEMALE),
    ]
    tree = family_tree(None, told)
    assert parents(tree, "u") == parents(tree, "?father") == ("?fathers_father", "g")
    assert parents(tree, "c") == ("u", "?parent of c")


def test_half_siblings_nephews_grandchildren_and_who_has_no_place():
    told = [
        Told("h", Kin.HALF_BY_MOTHER),
        Told("n", Kin.SIBLINGS_CHILD),
        Told("e", Kin.GRANDCHILD),
        Told("o", Kin.OTHER),
        Told("own", Kin.SELF),
    ]
    tree = family_tree(Sex.MALE, told)
    assert parents(tree, "h") == ("?parent of h", "?mother")
    assert parents(tree, "?through n") == ("?father", "?mother")
    assert parents(tree, "?through e")[0] == MISSING
    assert tree.left_out == ("o",)
    assert tree.places["own"] == MISSING

"""A family tree is drawn by generations, and nobody stands upon another."""

from caseman.coding import Sex
from caseman.identification.drawing import ACROSS, DOWN, drawing_of
from caseman.identification.family_trees import MISSING, Told, family_tree
from caseman.reports.codes import Kin


def test_generations_lie_below_each_other_and_couples_beside():
    told = [
        Told("g", Kin.FATHERS_MOTHER, Sex.FEMALE),
        Told("u", Kin.FATHERS_SIBLING, Sex.MALE),
        Told("m", Kin.MOTHER, Sex.FEMALE),
        Told("s", Kin.SISTER, Sex.FEMALE),
        Told("d", Kin.DAUGHTER, Sex.FEMALE),
        Told("w", Kin.SPOUSE, Sex.FEMALE),
    ]
    drawing = drawing_of(family_tree(Sex.MALE, told).pedigree)
    at = {figure.key: figure for figure in drawing.figures}
    assert at["m"].y == at["?father"].y == at["u"].y == at["g"].y + DOWN
    assert at["w"].y == at[MISSING].y == at["s"].y == at["m"].y + DOWN
    assert at["d"].y == at[MISSING].y + DOWN
    places = {(figure.x, figure.y) for figure in drawing.figures}
    assert len(places) == len(drawing.figures)
    assert all(0 < x < drawing.width and 0 < y < drawing.height for x, y in places)
    assert len(drawing.paths) == 5
    one = drawing_of(family_tree(None, []).pedigree)
    assert one.width > ACROSS


def test_who_is_not_of_the_blood_is_drawn_and_never_in_the_pedigree():
    told = [
        Told("f", Kin.FATHER, Sex.MALE),
        Told("w", Kin.SPOUSE, Sex.FEMALE),
        Told("s", Kin.SON, Sex.MALE, "w", by_birth=False),
        Told("g", Kin.GRANDCHILD, None, "s"),
        Told("a", Kin.MOTHER, Sex.FEMALE, by_birth=False),
        Told("u", Kin.MOTHERS_SIBLING, Sex.MALE, by_birth=False),
    ]
    family = family_tree(Sex.MALE, told)
    of_the_blood = {member.key for member in family.pedigree.members}
    assert of_the_blood == {MISSING, "f", "?mother", "w"}
    assert family.left_out == ("s", "g", "a", "u")
    ties = {tie.key: (tie.parents, tie.child) for tie in family.ties}
    assert ties == {"s": ((MISSING, "w"), None), "g": (("s",), None), "a": ((), MISSING)}

    drawing = drawing_of(family.pedigree, family.ties)
    at = {figure.key: figure for figure in drawing.figures}
    assert at["g"].y == at["s"].y + DOWN == at[MISSING].y + 2 * DOWN
    assert at["a"].y == at["f"].y == at[MISSING].y - DOWN
    assert len({(figure.x, figure.y) for figure in drawing.figures}) == len(drawing.figures) == 7
    assert (len(drawing.paths), len(drawing.ties)) == (1, 3)

"""Vocabularies of a find as it lay: joints, limbs, ties, bullets, state of the bone.

After forensic-reference.md A4.3; weathering by Behrensmeyer 1978 and surface by McKinley 2004, both
told from memory there. A list whose member is ``NONE`` says that somebody looked and saw nothing,
which is not the same as an empty list.
"""

from caseman.coding import N_, Code


class Articulation(Code):
    """How far the bones still lie as they do in a body."""

    ARTICULATED = "articulated", N_("All joints hold together")
    PARTLY = "partly", N_("Some joints hold together")
    DISARTICULATED = "disarticulated", N_("Apart, but of one place")
    COMMINGLED = "commingled", N_("Mixed with bones of others")


class HeadFacing(Code):
    """Where the face looks, by the body's own sides."""

    UP = "up", N_("Looks up")
    DOWN = "down", N_("Looks down")
    LEFT = "left", N_("Looks to its left")
    RIGHT = "right", N_("Looks to its right")


class Arms(Code):
    """How the arms lay."""

    BESIDE = "beside", N_("Stretched beside the body")
    ON_CHEST = "on_chest", N_("Crossed on the chest")
    BEHIND = "behind", N_("Behind the back")
    ABOVE = "above", N_("Above the head")
    FLEXED = "flexed", N_("Bent")
    DIFFERENT = "different", N_("Each one differently")


class Legs(Code):
    """How the legs lay."""

    EXTENDED = "extended", N_("Stretched")
    FLEXED = "flexed", N_("Bent")
    CROSSED = "crossed", N_("Crossed")
    DIFFERENT = "different", N_("Each one differently")


class BodyDirection(Code):
    """To where the feet point, seen from the head."""

    NORTH = "N", N_("North")
    NORTH_EAST = "NE", N_("North-east")
    EAST = "E", N_("East")
    SOUTH_EAST = "SE", N_("South-east")
    SOUTH = "S", N_("South")
    SOUTH_WEST = "SW", N_("South-west")
    WEST = "W", N_("West")
    NORTH_WEST = "NW", N_("North-west")

    @property
    def degrees(self) -> int:
        """The middle of this eighth of the compass."""
        return 45 * list(type(self)).index(self)


class Preservation(Code):
    """How far the surface of the bone is eaten away (McKinley 2004)."""

    CLEAR = "0", N_("0: surface clear")
    SLIGHT = "1", N_("1: eaten in patches")
    DEEPER = "2", N_("2: eaten in more places, deeper")
    MOST = "3", N_("3: most of the surface eaten, shape kept")
    ALL = "4", N_("4: all of the surface eaten, outline kept")
    HEAVY = "5", N_("5: heavily eaten, outline changed")
    EXTENSIVE = "5+", N_("5+: shape hardly to be known")


class Weathering(Code):
    """How far bone that lay open has weathered (Behrensmeyer 1978)."""

    NONE = "0", N_("0: no cracks, greasy")
    CRACKED = "1", N_("1: cracks along the bone")
    FLAKING = "2", N_("2: outer layer flakes off")
    ROUGH = "3", N_("3: rough, fibrous patches")
    SPLINTERED = "4", N_("4: coarse, splinters")
    FALLING_APART = "5", N_("5: falls apart")


class Blindfold(Code):
    """What covers the eyes."""

    NONE = "none", N_("Eyes not covered")
    CLOTH = "cloth", N_("Strip of cloth")
    TAPE = "tape", N_("Adhesive tape")
    HOOD = "hood", N_("Hood or bag")
    OTHER = "other", N_("Something else")
    UNCERTAIN = "uncertain", N_("Perhaps; not certain")


class BoundPlace(Code):
    """Where something was tied."""

    NONE = "none", N_("Nothing tied")
    WRISTS_FRONT = "wrists_front", N_("Wrists, in front")
    WRISTS_BEHIND = "wrists_behind", N_("Wrists, behind the back")
    ELBOWS = "elbows", N_("Elbows")
    ANKLES = "ankles", N_("Ankles")
    NECK = "neck", N_("Neck")
    MOUTH = "mouth", N_("Mouth")
    TO_ANOTHER = "to_another", N_("Tied to another person")
    UNCERTAIN = "uncertain", N_("Perhaps; not certain")


class BoundWith(Code):
    """With what it was tied."""

    CLOTH = "cloth", N_("Strip of cloth")
    TAPE = "tape", N_("Adhesive tape")
    ROPE = "rope", N_("Rope or cord")
    WIRE = "wire", N_("Wire")
    CABLE = "cable", N_("Cable")
    PLASTIC_TIE = "plastic_tie", N_("Plastic tie")
    HANDCUFFS = "handcuffs", N_("Handcuffs")
    BELT = "belt", N_("Belt")
    SHOELACE = "shoelace", N_("Shoelace")
    OTHER = "other", N_("Something else")


class Ballistic(Code):
    """What of weapons lies with the find."""

    NONE = "none", N_("None seen")
    BULLET = "bullet", N_("Bullet")
    FRAGMENT = "fragment", N_("Piece of a bullet")
    CARTRIDGE_CASE = "cartridge_case", N_("Cartridge case")
    LIVE_ROUND = "live_round", N_("Live round (do not touch)")
    SHRAPNEL = "shrapnel", N_("Shrapnel")
    BLAST_DEBRIS = "blast_debris", N_("Debris of a blast")


class BallisticPlace(Code):
    """Where it lies."""

    IN_BODY = "in_body", N_("In the body")
    IN_CLOTHING = "in_clothing", N_("In the clothing")
    UNDER_BODY = "under_body", N_("Under the body")
    IN_GRAVE = "in_grave", N_("In the wall or fill of the grave")
    SURFACE = "surface", N_("On the surface")


class InFrame(Code):
    """What each photograph of a find must show beside it."""

    NUMBER = "number", N_("The number")
    SCALE = "scale", N_("A scale")
    NORTH = "north", N_("An arrow to the north")

"""Vocabularies of effects (forensic-reference.md A7; matching.md 9)."""

from caseman.coding import N_, Code


class BodyPlace(Code):
    """Where an effect was in relation to the body."""

    WORN = "worn", N_("Worn")
    IN_POCKET = "in_pocket", N_("In a pocket")
    IN_HAND = "in_hand", N_("In the hand")
    BESIDE = "beside", N_("Beside the body")
    UNDER = "under", N_("Under the body")
    LOOSE = "loose", N_("Loose in the fill")


class WearLayer(Code):
    """How far from the skin clothing was worn."""

    OUTER = "outer", N_("Outermost")
    MIDDLE = "middle", N_("Between")
    INNER = "inner", N_("Next to the skin")


class EffectSide(Code):
    """Of what is worn on one side, such as a shoe or a glove."""

    LEFT = "left", N_("Left")
    RIGHT = "right", N_("Right")
    PAIR = "pair", N_("Both: a pair")


class Pattern(Code):
    """What a fabric looks like."""

    PLAIN = "plain", N_("Plain")
    STRIPED = "striped", N_("Striped")
    CHECKED = "checked", N_("Checked")
    PRINTED = "printed", N_("Printed pattern")
    CAMOUFLAGE = "camouflage", N_("Camouflage")
    EMBROIDERED = "embroidered", N_("Embroidered")


class SizeSystem(Code):
    """How a size is counted."""

    LETTERS = "letters", N_("Letters: S to XXL")
    EU = "eu", N_("European sizes")
    UK = "uk", N_("British sizes")
    US = "us", N_("American sizes")
    RU = "ru", N_("Russian sizes")


class Trace(Code):
    """What wear, people and the ground left on a thing."""

    MENDED = "mended", N_("Mended or patched")
    HAND_MADE = "hand_made", N_("Made by hand")
    STAINED = "stained", N_("Stained: the colour may have been another")
    HOLE = "hole", N_("A hole")
    TEAR = "tear", N_("Tear")
    CUT = "cut", N_("Cut by a blade")
    BURN = "burn", N_("Burn")


DAMAGE = frozenset({Trace.HOLE, Trace.TEAR, Trace.CUT, Trace.BURN})


class DamageBeneath(Code):
    """What the body shows beneath damage to clothing."""

    INJURY = "injury", N_("An injury lies beneath it")
    NONE = "none", N_("No injury beneath it")
    UNCLEAR = "unclear", N_("Not clear")


class CatalogueState(Code):
    """How far a catalogue of belongings is."""

    CHOOSING = "choosing", N_("Being put together")
    FIXED = "fixed", N_("Fixed: may be shown")
    WITHDRAWN = "withdrawn", N_("Withdrawn: shown no more")


class Fitness(Code):
    """Whether families may see a photograph."""

    FIT = "fit", N_("Yes: it is clean and shows the thing alone")
    UNFIT = "unfit", N_("No: it is not to be shown")

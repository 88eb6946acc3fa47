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


class CatalogueState(Code):
    """How far a catalogue of belongings is."""

    CHOOSING = "choosing", N_("Being put together")
    FIXED = "fixed", N_("Fixed: may be shown")
    WITHDRAWN = "withdrawn", N_("Withdrawn: shown no more")


class Fitness(Code):
    """Whether families may see a photograph."""

    FIT = "fit", N_("Yes: it is clean and shows the thing alone")
    UNFIT = "unfit", N_("No: it is not to be shown")

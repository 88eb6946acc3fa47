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

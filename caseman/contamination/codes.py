"""Vocabulary of the staff register."""

from caseman.coding import N_, Code


class Activity(Code):
    """How somebody comes near samples."""

    RECOVERY = "recovery", N_("Recovers remains")
    EXAMINATION = "examination", N_("Examines remains")
    SAMPLING = "sampling", N_("Cuts or packs samples")
    LABORATORY = "laboratory", N_("Works in the laboratory")
    VISITOR = "visitor", N_("Guest, or works there in another way")

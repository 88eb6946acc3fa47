"""Vocabularies of custody."""

from caseman.coding import N_, Code


class ExhibitKind(Code):
    """What lies in the bag."""

    REMAINS = "remains", N_("Remains")
    EFFECT = "effect", N_("Personal effect")
    SAMPLE = "sample", N_("Sample")
    DOCUMENT = "document", N_("Document")
    OTHER = "other", N_("Other")


class StorageKind(Code):
    """What kind of place keeps exhibits."""

    FIELD = "field", N_("At the site")
    MORTUARY = "mortuary", N_("Mortuary")
    COLD_ROOM = "cold_room", N_("Cold room")
    SHELF = "shelf", N_("Shelf")
    LABORATORY = "laboratory", N_("Laboratory")
    CEMETERY = "cemetery", N_("Cemetery")
    VEHICLE = "vehicle", N_("Vehicle")
    OTHER = "other", N_("Other")


class TransferPurpose(Code):
    """Why exhibits change hands."""

    RECOVERY = "recovery", N_("Recovery")
    TRANSPORT = "transport", N_("Transport")
    STORAGE = "storage", N_("Storage")
    EXAMINATION = "examination", N_("Examination")
    SAMPLING = "sampling", N_("Sampling or analysis")
    TEMPORARY_BURIAL = "temporary_burial", N_("Temporary burial")
    RELEASE = "release", N_("Release to the family")
    OTHER = "other", N_("Other")


class ExhibitCondition(Code):
    """How a bag is found at a hand-over."""

    INTACT = "intact", N_("Intact, seal unbroken")
    SEAL_BROKEN = "seal_broken", N_("Seal broken")
    DAMAGED = "damaged", N_("Bag damaged")
    UNSEALED = "unsealed", N_("Not sealed")
    WET = "wet", N_("Wet")

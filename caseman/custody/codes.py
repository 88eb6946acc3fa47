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
    PLOT = "plot", N_("Burial plot")
    VEHICLE = "vehicle", N_("Vehicle")
    OTHER = "other", N_("Other")


class BurialKind(Code):
    """For how long remains are meant to lie in a plot."""

    TEMPORARY = "temporary", N_("Temporary: until they are identified")
    FINAL = "final", N_("Final")


class Standing(Code):
    """Where the last hand-over leaves an exhibit."""

    ON_THE_WAY = "on_the_way", N_("On the way")
    KEPT = "kept", N_("Kept")
    MISSING = "missing", N_("Missing after a hand-over")
    RELEASED = "released", N_("With the family")


class Unmoved(Code):
    """What stands in the place of a standing before the first hand-over."""

    NEVER = "never", N_("Not yet handed over")


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


class Break(Code):
    """Why a hand-over is no whole link of an exhibit's path."""

    WAITING = "waiting", N_("The other end has not counted yet.")
    NOT_ARRIVED = "not_arrived", N_("It did not arrive.")
    NOT_LISTED = "not_listed", N_("It arrived, but the giver did not list it.")
    SEAL = "seal", N_("It arrived under another seal than it left with.")
    CLOCKS = "clocks", N_("By its clock it was received before it was handed over.")


class Finding(Code):
    """What a receiver says of an exhibit, beside its condition."""

    THERE = "there", N_("There, in the condition of all")
    NOT_THERE = "not_there", N_("Not there")


class TransferState(Code):
    """How far a hand-over is."""

    WAITING = "waiting", N_("Waiting for receipt")
    MISCOUNTED = "miscounted", N_("Waiting; list and count differ")
    AGREES = "agrees", N_("Both ends agree")
    DISAGREES = "disagrees", N_("Does not agree")

"""Vocabulary of the body, the same ante-mortem and post-mortem, so that both compare."""

from caseman.coding import N_, Code


class Handedness(Code):
    """The preferred hand."""

    LEFT = "L", N_("Left")
    RIGHT = "R", N_("Right")


class HairColour(Code):
    """Hair colour."""

    BLACK = "black", N_("Black")
    BROWN = "brown", N_("Brown")
    GREY = "grey", N_("Grey")
    BLOND_RED = "blond_red", N_("Blond or red")


class BodyRegion(Code):
    """The regions whose presence decides what an absence means."""

    SKULL = "skull", N_("Skull")
    MANDIBLE = "mandible", N_("Lower jaw")
    TORSO = "torso", N_("Torso")
    LEFT_ARM = "L_arm", N_("Left arm")
    RIGHT_ARM = "R_arm", N_("Right arm")
    PELVIS = "pelvis", N_("Pelvis")
    LEFT_LEG = "L_leg", N_("Left leg")
    RIGHT_LEG = "R_leg", N_("Right leg")


class ToothState(Code):
    """State of one tooth (forensic-reference.md A6.2)."""

    SOUND = "INT", N_("Sound")
    FILLED = "FIL", N_("Filled")
    CROWN = "CRO", N_("Crown")
    ROOT_FILLED = "RCT", N_("Root filled")
    BRIDGE = "PON", N_("Bridge")
    DENTURE = "PRD", N_("Denture")
    IMPLANT = "IPX", N_("Implant")
    CARIES = "CAR", N_("Caries")
    FRACTURED = "CFR", N_("Crown broken")
    ROOT_ONLY = "RRX", N_("Root only")
    UNERUPTED = "UNE", N_("Not erupted")
    IMPACTED = "IMV", N_("Impacted")
    MISSING_ANTE_MORTEM = "MAM", N_("Missing, healed")
    MISSING_POST_MORTEM = "MPM", N_("Missing, empty socket")
    MISSING_UNKNOWN = "MIS", N_("Missing, not known when")
    JAW_MISSING = "MJA", N_("Jaw part missing")
    ANOMALY = "ANO", N_("Anomaly")
    NOT_EXAMINABLE = "UNA", N_("Cannot be examined")


class MarkKind(Code):
    """A lasting feature of a body."""

    HEALED_FRACTURE = "healed_fracture", N_("Healed fracture")
    IMPLANT = "implant", N_("Implant or plate")
    PROSTHESIS = "prosthesis", N_("Prosthesis")
    AMPUTATION = "amputation", N_("Amputation")
    SURGERY = "surgery", N_("Surgery")
    CONGENITAL = "congenital", N_("From birth")
    DISEASE = "disease", N_("Disease of bone")
    SCAR = "scar", N_("Scar")
    TATTOO = "tattoo", N_("Tattoo")
    BIRTHMARK = "birthmark", N_("Birthmark or mole")
    PERIMORTEM_TRAUMA = "perimortem_trauma", N_("Injury around the time of death")
    OTHER = "other", N_("Other")

"""Vocabularies of trauma and pathology (forensic-reference.md A8).

An examiner describes what is seen and says how it is told that an injury is fresh or healed;
nothing here concludes how somebody died, or that anybody was tortured.
"""

from caseman.coding import N_, Code


class Timing(Code):
    """When an injury came about, told from the bone."""

    ANTE_MORTEM = "ante_mortem", N_("Before death: it had begun to heal")
    POSSIBLE_ANTE_MORTEM = "possible_ante_mortem", N_("Possibly before death")
    PERI_MORTEM = "peri_mortem", N_("Around the time of death: the bone was fresh")
    POSSIBLE_PERI_MORTEM = "possible_peri_mortem", N_("Possibly around the time of death")
    POST_MORTEM = "post_mortem", N_("After death: the bone was dry")
    UNDETERMINED = "undetermined", N_("Cannot be told")


class Criterion(Code):
    """What was seen that tells when an injury came about."""

    ROUNDED_EDGES = "rounded_edges", N_("Rounded edges")
    CALLUS = "callus", N_("Callus or new bone")
    REMODELLED_SOCKET = "remodelled_socket", N_("Remodelled tooth socket")
    SMOOTH_EDGES = "smooth_edges", N_("Smooth, oblique edges")
    SAME_COLOUR = "same_colour", N_("Broken surface as dark as the rest")
    HINGING = "hinging", N_("Bent or hinged splinters")
    RADIATING = "radiating", N_("Fracture lines that radiate")
    BEVELLED = "bevelled", N_("Bevelled edges")
    ROUGH_EDGES = "rough_edges", N_("Rough edges at right angles")
    LIGHTER = "lighter", N_("Broken surface lighter than the rest")


TELLS: dict[Criterion, frozenset[Timing]] = {
    **dict.fromkeys(
        (Criterion.ROUNDED_EDGES, Criterion.CALLUS, Criterion.REMODELLED_SOCKET),
        frozenset({Timing.ANTE_MORTEM, Timing.POSSIBLE_ANTE_MORTEM}),
    ),
    **dict.fromkeys(
        (
            *(Criterion.SMOOTH_EDGES, Criterion.SAME_COLOUR, Criterion.HINGING),
            *(Criterion.RADIATING, Criterion.BEVELLED),
        ),
        frozenset({Timing.PERI_MORTEM, Timing.POSSIBLE_PERI_MORTEM}),
    ),
    **dict.fromkeys(
        (Criterion.ROUGH_EDGES, Criterion.LIGHTER),
        frozenset({Timing.POST_MORTEM}),
    ),
}
"""Which times a criterion speaks for."""


class Mechanism(Code):
    """What did the injury."""

    BLUNT = "blunt", N_("Blunt force")
    SHARP = "sharp", N_("Sharp force")
    GUNSHOT = "gunshot", N_("Gunshot")
    SHOTGUN = "shotgun", N_("Shotgun")
    BLAST = "blast", N_("Blast")
    THERMAL = "thermal", N_("Burning or heat")
    COMPRESSION = "compression", N_("Crushing")
    LIGATURE = "ligature", N_("Ligature at the neck")
    AMPUTATION = "amputation", N_("Amputation")
    SURGICAL = "surgical", N_("Surgery or treatment")
    CHEMICAL = "chemical", N_("Chemical")
    ANIMAL = "animal", N_("Animals")
    TOOL = "tool", N_("Tool of the excavation")
    UNDETERMINED = "undetermined", N_("Cannot be told")


class ShotWound(Code):
    """What kind of hole a projectile left."""

    ENTRANCE = "entrance", N_("Entrance")
    EXIT = "exit", N_("Exit")
    KEYHOLE = "keyhole", N_("Keyhole")
    TANGENTIAL = "tangential", N_("Tangential")
    EMBEDDED = "embedded", N_("Projectile in the bone")


class Bevel(Code):
    """To which side a hole widens."""

    INWARD = "inward", N_("Inward")
    OUTWARD = "outward", N_("Outward")
    BOTH = "both", N_("To both sides")
    NONE = "none", N_("Not bevelled")


class FractureKind(Code):
    """How bone broke."""

    LINEAR = "linear", N_("Linear")
    DEPRESSED = "depressed", N_("Depressed")
    STELLATE = "stellate", N_("Star-shaped")
    COMMINUTED = "comminuted", N_("In many pieces")
    RADIATING = "radiating", N_("Radiating")
    CONCENTRIC = "concentric", N_("Concentric")
    LE_FORT = "le_fort", N_("Of the mid-face (Le Fort)")
    PLASTIC = "plastic", N_("Bent and not sprung back")


class ToolClass(Code):
    """What class of tool left a cut."""

    SMOOTH_KNIFE = "smooth_knife", N_("Knife with a smooth edge")
    SERRATED_KNIFE = "serrated_knife", N_("Serrated knife")
    SAW = "saw", N_("Saw")
    HEAVY_BLADE = "heavy_blade", N_("Heavy blade")
    UNDETERMINED = "undetermined", N_("Cannot be told")


class Segment(Code):
    """Which part of a bone."""

    PROXIMAL_END = "proximal_end", N_("Upper end")
    PROXIMAL_THIRD = "proximal_third", N_("Upper third")
    MIDDLE_THIRD = "middle_third", N_("Middle third")
    DISTAL_THIRD = "distal_third", N_("Lower third")
    DISTAL_END = "distal_end", N_("Lower end")
    BODY = "body", N_("Body of the bone")
    ARCH = "arch", N_("Arch or process")
    JOINT = "joint", N_("Joint surface")
    INNER = "inner", N_("Inner surface")
    OUTER = "outer", N_("Outer surface")
    WHOLE = "whole", N_("The whole bone")


class Pattern(Code):
    """A pattern that a court may ask about: it is recorded, and nothing is concluded from it."""

    RIBS = "ribs", N_("Several rib fractures of different age")
    PARRY = "parry", N_("Fracture of the forearm as in warding off")
    HANDS_FEET = "hands_feet", N_("Small bones of hands or feet broken")
    TEETH = "teeth", N_("Injured teeth or jaws")
    AGES = "ages", N_("Injuries healed to different degrees")


class Known(Code):
    """Whether a doctor or a relative would know of it."""

    LIKELY = "likely", N_("Yes, very likely")
    PERHAPS = "perhaps", N_("Perhaps")
    UNLIKELY = "unlikely", N_("No, hardly")


class PathologyClass(Code):
    """What a disease does to bone."""

    DEFORMATIVE = "deformative", N_("Deforms the bone")
    DENSITY = "density", N_("Thins the bone")
    LYTIC = "lytic", N_("Dissolves bone")
    MORPHOLOGY = "morphology", N_("Changes the shape")
    PROLIFERATIVE = "proliferative", N_("Makes new bone")
    OTHER = "other", N_("Other")


class PathologyKind(Code):
    """A disease or anomaly by name."""

    CRIBRA_ORBITALIA = "cribra_orbitalia", N_("Cribra orbitalia (pitted roof of the orbit)")
    OSTEOMYELITIS = "osteomyelitis", N_("Osteomyelitis (infection of the bone)")
    POROTIC_HYPEROSTOSIS = "porotic_hyperostosis", N_("Porotic hyperostosis (pitted skull)")
    OSTEOPOROSIS = "osteoporosis", N_("Osteoporosis")
    ABSCESS = "abscess", N_("Abscess")
    CLOACA = "cloaca", N_("Cloaca (drain of an infection)")
    SCHMORL = "schmorl", N_("Schmorl's node")
    ATROPHY = "atrophy", N_("Atrophy")
    CLEFT = "cleft", N_("Cleft")
    EBURNATION = "eburnation", N_("Eburnation (polished joint)")
    KYPHOSIS = "kyphosis", N_("Kyphosis (bent forward)")
    PSEUDARTHROSIS = "pseudarthrosis", N_("False joint")
    SCOLIOSIS = "scoliosis", N_("Scoliosis (bent sideways)")
    SPINA_BIFIDA = "spina_bifida", N_("Spina bifida")
    SPONDYLOLYSIS = "spondylolysis", N_("Spondylolysis (arch not joined)")
    ANKYLOSIS = "ankylosis", N_("Ankylosis (stiffened joint)")
    ENTHESIS = "enthesis", N_("Bone at a tendon (enthesis)")
    LIPPING = "lipping", N_("Lipping of a joint")
    OSTEOPHYTE = "osteophyte", N_("Bone spur (osteophyte)")
    PERIOSTITIS = "periostitis", N_("Periostitis (new bone on the surface)")
    OTHER = "other", N_("Other")

    @property
    def of_class(self) -> PathologyClass:
        """What it does to bone."""
        return _CLASSES.get(self, PathologyClass.OTHER)

    @property
    def is_from_birth(self) -> bool:
        """Whether somebody is born with it."""
        return self in {PathologyKind.CLEFT, PathologyKind.SPINA_BIFIDA}


_K, _C = PathologyKind, PathologyClass
_CLASSES = {
    **dict.fromkeys(
        (_K.CRIBRA_ORBITALIA, _K.OSTEOMYELITIS, _K.POROTIC_HYPEROSTOSIS), _C.DEFORMATIVE
    ),
    _K.OSTEOPOROSIS: _C.DENSITY,
    **dict.fromkeys((_K.ABSCESS, _K.CLOACA, _K.SCHMORL), _C.LYTIC),
    **dict.fromkeys((_K.ATROPHY, _K.CLEFT, _K.EBURNATION, _K.KYPHOSIS), _C.MORPHOLOGY),
    **dict.fromkeys(
        (_K.PSEUDARTHROSIS, _K.SCOLIOSIS, _K.SPINA_BIFIDA, _K.SPONDYLOLYSIS), _C.MORPHOLOGY
    ),
    **dict.fromkeys(
        (_K.ANKYLOSIS, _K.ENTHESIS, _K.LIPPING, _K.OSTEOPHYTE, _K.PERIOSTITIS), _C.PROLIFERATIVE
    ),
}


class LesionKind(Code):
    """What became of the bone."""

    FORMATION = "formation", N_("Bone formed")
    LOSS = "loss", N_("Bone lost")
    BOTH = "both", N_("Formed and lost")
    SHAPE = "shape", N_("Shape changed")


class Activity(Code):
    """Whether a disease was active at death."""

    ACTIVE = "active", N_("Active")
    HEALED = "healed", N_("Healed")
    MIXED = "mixed", N_("Partly healed")

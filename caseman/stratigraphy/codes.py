"""Vocabularies of stratigraphy (forensic-reference.md A4.2)."""

from caseman.coding import N_, Code


class ContextKind(Code):
    """What kind of unit of the ground a context is."""

    LAYER = "layer", N_("Layer")
    DEPOSIT = "deposit", N_("Deposit")
    FILL = "fill", N_("Fill")
    CUT = "cut", N_("Cut")
    STRUCTURE = "structure", N_("Structure")
    BODY_MASS = "body_mass", N_("Bodies together")
    SURFACE = "surface", N_("Surface")
    OTHER = "other", N_("Other")


class RelationKind(Code):
    """How two contexts lie to each other; the first one is the later."""

    ABOVE = "above", N_("lies above")
    CUTS = "cuts", N_("cuts")
    FILLS = "fills", N_("fills")
    SAME = "same", N_("is the same as")
    CONTEMPORARY = "contemporary", N_("is of the same time as")


class Direction(Code):
    """How a context lies to another one, as it is asked on the page of the first."""

    ABOVE = "above", N_("lies above")
    BELOW = "below", N_("lies below")
    CUTS = "cuts", N_("cuts")
    CUT_BY = "cut_by", N_("is cut by")
    FILLS = "fills", N_("fills")
    FILLED_BY = "filled_by", N_("is filled by")
    SAME = "same", N_("is the same as")
    CONTEMPORARY = "contemporary", N_("is of the same time as")


TURNED = {
    Direction.BELOW: RelationKind.ABOVE,
    Direction.CUT_BY: RelationKind.CUTS,
    Direction.FILLED_BY: RelationKind.FILLS,
}
"""Directions in which the other context is the later one."""

SEEN_FROM_BELOW = {kind: direction for direction, kind in TURNED.items()}
"""What a relation is called on the page of the earlier context; the rest read alike."""

"""What kinds of events leave graves behind (forensic-reference.md A4; OHCHR casualty recording)."""

from caseman.coding import N_, Code


class IncidentKind(Code):
    """What happened, as far as anybody knows; no finding of law."""

    AIR_STRIKE = "air_strike", N_("Air strike")
    SHELLING = "shelling", N_("Shelling")
    EXPLOSION = "explosion", N_("Mine, bomb or other explosion")
    FIGHTING = "fighting", N_("Fighting")
    SETTLEMENT_ATTACK = "settlement_attack", N_("Attack on a settlement")
    EXECUTION = "execution", N_("Execution")
    DETENTION = "detention", N_("Detention")
    ABDUCTION = "abduction", N_("Abduction or disappearance")
    FLIGHT = "flight", N_("People on the run")
    COLLAPSE = "collapse", N_("Collapse or fire of a building")
    CHEMICAL = "chemical", N_("Poisonous agent")
    OTHER = "other", N_("Something else")
    UNKNOWN = "unknown", N_("Not known yet")

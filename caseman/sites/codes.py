"""Vocabularies of sites and features (forensic-reference.md A4; matching.md 9)."""

from caseman.coding import N_, Code


class SiteKind(Code):
    """What kind of place a site is."""

    MASS_GRAVE = "mass_grave", N_("Mass grave")
    INDIVIDUAL_GRAVE = "individual_grave", N_("Individual grave")
    CEMETERY = "cemetery", N_("Cemetery")
    RUBBLE = "rubble", N_("Rubble")
    SURFACE = "surface", N_("Surface")
    WELL = "well", N_("Well or shaft")
    RIVER = "river", N_("River")
    DETENTION_SITE = "detention_site", N_("Detention site")
    OTHER = "other", N_("Other")


class SiteStatus(Code):
    """Where the work on a site stands."""

    REPORTED = "reported", N_("Reported")
    CONFIRMED = "confirmed", N_("Confirmed")
    PROTECTED = "protected", N_("Protected")
    UNDER_EXCAVATION = "under_excavation", N_("Under excavation")
    EXHAUSTED = "exhausted", N_("Exhausted")
    BACKFILLED = "backfilled", N_("Backfilled")
    CLOSED = "closed", N_("Closed")
    REJECTED = "rejected", N_("Rejected: no human remains")


UNOPENED = frozenset({SiteStatus.REPORTED, SiteStatus.CONFIRMED, SiteStatus.PROTECTED})
"""Statuses in which the exact place could cost lives (class P3)."""


class VisitPurpose(Code):
    """What people came to a site for."""

    ASSESSMENT = "assessment", N_("Assessment")
    SURVEY = "survey", N_("Survey without digging")
    CLEARANCE = "clearance", N_("Clearing of explosives")
    EXCAVATION = "excavation", N_("Excavation")
    MONITORING = "monitoring", N_("Watching over the place")
    FAMILIES = "families", N_("Visit with families")
    CLOSING = "closing", N_("Closing and backfilling")
    OTHER = "other", N_("Other")


class HazardState(Code):
    """What a visit found of explosives; unexploded ordnance comes before everything else."""

    NOT_CHECKED = "not_checked", N_("Not checked")
    SUSPECTED = "suspected", N_("Suspected: nobody digs")
    FOUND = "found", N_("Found: nobody enters")
    CLEARED = "cleared", N_("Cleared by an ordnance team")


class TipState(Code):
    """What has become of what a stranger told of a place."""

    NEW = "new", N_("New")
    FOLLOWED_UP = "followed_up", N_("Being followed up")
    LINKED = "linked", N_("Linked to a site")
    CLOSED = "closed", N_("Closed")


class FeatureKind(Code):
    """What kind of grave or deposit a feature is."""

    PRIMARY_SINGLE = "primary_single", N_("Primary single grave")
    PRIMARY_MASS = "primary_mass", N_("Primary mass grave")
    PRIMARY_DISTURBED = "primary_disturbed", N_("Primary grave, disturbed")
    SECONDARY = "secondary", N_("Secondary grave")
    TERTIARY = "tertiary", N_("Tertiary grave")
    SURFACE_SCATTER = "surface_scatter", N_("Surface scatter")
    WELL = "well", N_("Well, cave or shaft")
    BURNING_PIT = "burning_pit", N_("Burning pit")
    CEMETERY_PLOT = "cemetery_plot", N_("Unmarked cemetery grave")
    REBURIAL = "reburial", N_("Reburial")
    RUBBLE = "rubble", N_("Under rubble")
    UNKNOWN = "unknown", N_("Not known yet")


class NumberKind(Code):
    """The letters of a number: what it is given to."""

    BODY = "B", N_("Body")
    BODY_PART = "BP", N_("Body part")
    BONE = "BN", N_("Bone")
    COMMINGLED = "CL", N_("Commingled lot")
    EFFECT = "A", N_("Personal effect")
    SAMPLE = "S", N_("Sample")

"""Vocabulary of exchange."""

from caseman.coding import N_, Code


class ImportKind(Code):
    """What a table holds."""

    SITES = "sites", N_("Sites")
    REMAINS = "remains", N_("Remains")
    EFFECTS = "effects", N_("Effects")
    REPORTS = "reports", N_("Reports")


class GenotypeFile(Code):
    """In which form genotypes leave."""

    CSV = "csv", N_("Table of genotypes (CSV)")
    PED = "ped", N_("Family tree with genotypes (.ped)")
    FAM = "fam", N_("Familias file with frequencies (.fam)")


class ExportState(Code):
    """How far an export is that a second person must release."""

    ASKED = "asked", N_("Waits for a second person")
    RELEASED = "released", N_("May be fetched")
    REFUSED = "refused", N_("Not released")

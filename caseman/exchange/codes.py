"""Vocabulary of exchange."""

from caseman.coding import N_, Code


class ImportKind(Code):
    """What a table holds."""

    SITES = "sites", N_("Sites")
    REMAINS = "remains", N_("Remains")
    EFFECTS = "effects", N_("Effects")
    REPORTS = "reports", N_("Reports")

"""Vocabularies of papers."""

from caseman.coding import N_, Code


class PaperKind(Code):
    """What a paper is about."""

    DECISION = "decision", N_("Case file of a decision")
    REMAINS = "remains", N_("Case file of remains")
    RECOVERY_LOG = "recovery_log", N_("Recovery log")
    DOSSIER = "dossier", N_("Site dossier")
    POST_MORTEM = "post_mortem", N_("Post-mortem sheet")
    INVENTORY = "inventory", N_("Inventory of bones and teeth")
    HAND_OVER = "hand_over", N_("Custody sheet")
    CUSTODY_PATH = "custody_path", N_("Path of custody")
    BURIALS = "burials", N_("Register of burials")
    ANTE_MORTEM = "ante_mortem", N_("Ante-mortem sheet")


class FileState(Code):
    """Where a paper stands that is made in the background."""

    WAITING = "waiting", N_("Being made")
    READY = "ready", N_("Ready")

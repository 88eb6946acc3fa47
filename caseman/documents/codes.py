"""Vocabularies of papers."""

from caseman.coding import N_, Code


class PaperKind(Code):
    """What a paper is about."""

    DECISION = "decision", N_("Case file of a decision")
    REMAINS = "remains", N_("Case file of remains")


class FileState(Code):
    """Where a paper stands that is made in the background."""

    WAITING = "waiting", N_("Being made")
    READY = "ready", N_("Ready")

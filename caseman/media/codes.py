"""Vocabulary of files."""

from caseman.coding import N_, Code


class DerivativeKind(Code):
    """What a derivative is for."""

    THUMBNAIL = "thumbnail", N_("Thumbnail")
    VIEW = "view", N_("View")

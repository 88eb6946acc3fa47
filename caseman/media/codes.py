"""Vocabulary of files."""

from caseman.coding import N_, Code


class DerivativeKind(Code):
    """What a derivative is for."""

    THUMBNAIL = "thumbnail", N_("Thumbnail")
    VIEW = "view", N_("View")


class FileType(Code):
    """The kinds of file that are accepted; the value is their media type."""

    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    WEBP = "image/webp", "WEBP"
    HEIF = "image/heif", "HEIC"
    PDF = "application/pdf", "PDF"


IMAGES = frozenset(FileType) - {FileType.PDF}
DOCUMENTS = frozenset(FileType)
"""Scans come as pictures or as PDF."""

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


class SoundType(Code):
    """The recordings that phones make; the value is the media type they are sent with."""

    WEBM = "audio/webm", "WebM"
    OGG = "audio/ogg", "Ogg"
    MP4 = "audio/mp4", "M4A"
    GPP = "audio/3gpp", "3GP"
    AMR = "audio/amr", "AMR"
    MP3 = "audio/mpeg", "MP3"
    WAV = "audio/wav", "WAV"


IMAGES = frozenset(FileType) - {FileType.PDF}
DOCUMENTS = frozenset(FileType)
"""Scans come as pictures or as PDF."""

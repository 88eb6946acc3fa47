"""Tells what a file is by its first bytes. Names and declared types are never believed."""

from caseman.media.codes import FileType

BEGINNINGS = {
    FileType.JPEG: b"\xff\xd8\xff",
    FileType.PNG: b"\x89PNG\r\n\x1a\n",
    FileType.PDF: b"%PDF-",
}
HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
PDF_END = b"%%EOF"
PDF_TAIL = 2048


def file_type(content: bytes) -> FileType | None:
    """Return what ``content`` claims to be, if that is something we accept."""
    for kind, beginning in BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileType.WEBP
    is_heif = content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS
    return FileType.HEIF if is_heif else None


def pdf_is_whole(content: bytes) -> bool:
    """Say whether a PDF has its end; more is not read of it, for it is only handed out again."""
    return PDF_END in content[-PDF_TAIL:]

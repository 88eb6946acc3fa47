"""Tells what a recording is by its first bytes, and takes out the words that phones write into it.

Nothing is decoded here: whoever listens does that in a browser, which gets the bytes under a type
of ours and never under one that the sender claims.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from caseman.media.codes import SoundType
from caseman.media.errors import (
    DamagedFileError,
    EmptyFileError,
    SoundTooLargeError,
    UnknownTypeError,
)

LARGEST_SOUND = 5_000_000
"""Three minutes as phones record them, and room to spare."""

_MATROSKA = b"\x1a\x45\xdf\xa3"
_DOCUMENT_TYPES = (b"\x42\x82\x84webm", b"\x42\x82\x88matroska")
_HEAD = 64
_OGG_CODECS = (b"OpusHead", b"\x01vorbis", b"Speex   ")
_MP4_BRANDS = frozenset(
    {b"M4A ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"dash"}
)
_3GP_BRANDS = (b"3gp", b"3g2")
_AMR = (b"#!AMR\n", b"#!AMR-WB\n")
_MPEG = (b"ID3", *(bytes((0xFF, each)) for each in (0xE2, 0xE3, 0xF2, 0xF3, 0xFA, 0xFB)))
"""Words before the first frame, or that frame, of MPEG audio, layer III."""
_HOLDING = (frozenset({b"moov", b"moof"}), frozenset({b"trak", b"traf"}))
"""Boxes of MP4 that hold others, by how deep they lie: deeper ones carry no words."""
_TELLING = frozenset({b"udta", b"meta", b"uuid"})


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording that may be kept."""

    kind: SoundType
    content: bytes


def read_sound(content: bytes, name: str) -> Sound:
    """Return the recording without titles and places; ``name`` is for the messages.

    Raises a ``FileRefusedError``. ``content`` may be cut after ``LARGEST_SOUND`` bytes and one.
    """
    if not content:
        raise EmptyFileError(name)
    if len(content) > LARGEST_SOUND:
        raise SoundTooLargeError(name, LARGEST_SOUND)
    kind = sound_type(content)
    if kind is None:
        raise UnknownTypeError(name, [each.label for each in SoundType])
    if kind in {SoundType.MP4, SoundType.GPP}:
        return Sound(kind, _without_telling_boxes(content, name))
    return Sound(kind, _without_id3(content) if kind is SoundType.MP3 else content)


def sound_type(content: bytes) -> SoundType | None:
    """Return what ``content`` claims to be, if that is a recording we accept."""
    if content.startswith(_MATROSKA):
        is_known = any(each in content[:_HEAD] for each in _DOCUMENT_TYPES)
        return SoundType.WEBM if is_known else None
    if content.startswith(b"OggS\0"):
        return SoundType.OGG if content[28:].startswith(_OGG_CODECS) else None
    if content[4:8] == b"ftyp":
        return _by_brand(content[8:12])
    if content.startswith(_AMR):
        return SoundType.AMR
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return SoundType.WAV
    return SoundType.MP3 if content.startswith(_MPEG) else None


def _by_brand(brand: bytes) -> SoundType | None:
    if brand.startswith(_3GP_BRANDS):
        return SoundType.GPP
    return SoundType.MP4 if brand in _MP4_BRANDS else None


def _without_telling_boxes(content: bytes, name: str) -> bytes:
    """Blank the boxes that hold titles, places and devices; nothing else moves."""
    clean = bytearray(content)
    for kind, start, end in _boxes(content, (0, len(content)), name):
        if kind in _TELLING:
            clean[start - 4 : start] = b"free"
            clean[start:end] = bytes(end - start)
    return bytes(clean)


def _boxes(
    content: bytes, span: tuple[int, int], name: str, depth: int = 0
) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, begin and end of what is in each box; refuse one that ends beyond the file."""
    start, end = span
    while start < end:
        size, kind = int.from_bytes(content[start : start + 4]), content[start + 4 : start + 8]
        inside = start + 8
        if size == 1:
            size, inside = int.from_bytes(content[inside : inside + 8]), inside + 8
        beyond = start + size if size else end
        if not inside <= beyond <= end:
            raise DamagedFileError(name)
        yield kind, inside, beyond
        if depth < len(_HOLDING) and kind in _HOLDING[depth]:
            yield from _boxes(content, (inside, beyond), name, depth + 1)
        start = beyond


def _without_id3(content: bytes) -> bytes:
    """Return MP3 without the words before and after its frames."""
    if content.startswith(b"ID3") and len(content) > 10:
        size = sum(each << shift for each, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
        content = content[10 + size :]
    return content[:-128] if content[-128:].startswith(b"TAG") else content

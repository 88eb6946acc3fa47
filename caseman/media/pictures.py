"""Makes small, upright copies of a photograph that carry pixels and nothing else.

A copy is built from the pixels alone, so that position, time, device and comments of the original
cannot come along. Colours of a wide-gamut camera are brought to sRGB first: a colour may decide.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageOps

from caseman.media.codes import DerivativeKind, FileType
from caseman.media.errors import DamagedFileError, TooManyPixelsError

pillow_heif.register_heif_opener()

MOST_PIXELS = 64_000_000
LONGEST_EDGE: Mapping[DerivativeKind, int] = {
    DerivativeKind.THUMBNAIL: 320,
    DerivativeKind.VIEW: 1600,
}
QUALITY = 80
DERIVATIVE_TYPE = "image/webp"

_PARSERS = {
    FileType.JPEG: ("JPEG", "MPO"),
    FileType.PNG: ("PNG",),
    FileType.WEBP: ("WEBP",),
    FileType.HEIF: ("HEIF",),
}
# What Pillow and its plug-ins raise on bytes that only look like a picture.
_UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    EOFError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Copy:
    """One derivative, ready to be stored."""

    kind: DerivativeKind
    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What is kept of a photograph beside its original."""

    taken_at: datetime | None
    copies: tuple[Copy, ...]


def read_picture(content: bytes, file_type: FileType, name: str) -> Picture:
    """Return the copies of a photograph, the larger first; ``name`` is for the messages."""
    with _opened(content, file_type, name) as image:
        taken_at = _taken_at(image)
        pixels = _upright_pixels(image)
    return Picture(taken_at, tuple(_copies(pixels)))


@contextmanager
def _opened(content: bytes, file_type: FileType, name: str) -> Iterator[Image.Image]:
    try:
        with Image.open(BytesIO(content), formats=_PARSERS[file_type]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise TooManyPixelsError(name, MOST_PIXELS)
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise TooManyPixelsError(name, MOST_PIXELS) from error
    except _UNREADABLE as error:
        raise DamagedFileError(name) from error


def _taken_at(image: Image.Image) -> datetime | None:
    """Return the camera's time where it also tells the zone; else it is no point in time."""
    details = image.getexif().get_ifd(ExifTags.IFD.Exif)
    clock = details.get(ExifTags.Base.DateTimeOriginal)
    zone = details.get(ExifTags.Base.OffsetTimeOriginal)
    try:
        return datetime.strptime(f"{clock}{zone}", "%Y:%m:%d %H:%M:%S%z")
    except (ValueError, OverflowError):
        return None


def _upright_pixels(image: Image.Image) -> Image.Image:
    longest = max(LONGEST_EDGE.values())
    image.draft("RGB", (longest, longest))  # a JPEG is decoded no larger than it is needed
    shown = ImageOps.exif_transpose(image)
    shown.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    flat = _in_srgb(shown, image.info.get("icc_profile"))
    clean = Image.new("RGB", flat.size, "white")
    if "A" in flat.getbands():
        clean.paste(flat, mask=flat.getchannel("A"))
    else:
        clean.paste(flat)
    return clean


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits a pixel: X-rays
        return image.point(lambda value: value / 256).convert("L").convert("RGB")
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            changed = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            changed = None  # a broken profile: the plain colours are still the best there is
        if changed is not None:
            return changed
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _copies(pixels: Image.Image) -> Iterator[Copy]:
    for kind in (DerivativeKind.VIEW, DerivativeKind.THUMBNAIL):
        edge = LONGEST_EDGE[kind]
        copy = pixels.copy()
        copy.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        written = BytesIO()
        copy.save(written, "WEBP", quality=QUALITY, exif=b"", xmp=b"", icc_profile=b"")
        yield Copy(kind, written.getvalue(), copy.width, copy.height)

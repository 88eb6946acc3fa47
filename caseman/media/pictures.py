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
from threading import Lock

import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageFile

from caseman.media.codes import DerivativeKind, FileType
from caseman.media.errors import DamagedFileError, TooManyPixelsError

pillow_heif.register_heif_opener()

MOST_PIXELS: Mapping[FileType, int] = {
    FileType.JPEG: 110_000_000,
    FileType.HEIF: 50_000_000,
    FileType.PNG: 30_000_000,
    FileType.WEBP: 16_000_000,
}
"""What cameras make, and what one picture at a time may cost: each stays below 400 MB."""
LONGEST_EDGE: Mapping[DerivativeKind, int] = {
    DerivativeKind.THUMBNAIL: 320,
    DerivativeKind.VIEW: 1600,
}
QUALITY = 80
DERIVATIVE_TYPE = "image/webp"

Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())  # Pillow warns beyond it: ours is told before

_ONE_AT_A_TIME = Lock()
"""A picture of 200 kB may unpack to 100 MB, and a public form takes pictures too."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation -> what makes the picture upright."""

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
    RuntimeError,  # libheif, where the head of a picture tells another size than its tiles
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
    with _ONE_AT_A_TIME, _whole_only(), _opened(content, file_type, name) as image:
        taken_at = _taken_at(image)
        pixels = _upright_pixels(image)
    return Picture(taken_at, tuple(_copies(pixels)))


@contextmanager
def _whole_only() -> Iterator[None]:
    """Refuse half a picture, although the PDF library lets the whole process accept them."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


@contextmanager
def _opened(content: bytes, file_type: FileType, name: str) -> Iterator[Image.Image]:
    try:
        with Image.open(BytesIO(content), formats=_PARSERS[file_type]) as image:
            if image.width * image.height > MOST_PIXELS[file_type]:
                raise TooManyPixelsError(name, MOST_PIXELS[file_type])
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise TooManyPixelsError(name, MOST_PIXELS[file_type]) from error
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
    """Return the picture small, upright and in plain colours, built from its pixels alone.

    It is made small first, in place: every later step would double the memory of a large one.
    """
    longest = max(LONGEST_EDGE.values())
    image.draft("RGB", (longest, longest))  # a JPEG is decoded no larger than it is needed
    profile = image.info.get("icc_profile")
    orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    small = _blendable(image)
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
    flat = _in_srgb(small, profile)
    clean = Image.new("RGB", flat.size, "white")
    clean.paste(flat, mask=flat.getchannel("A") if "A" in flat.getbands() else None)
    turn = _TURNS.get(orientation)
    return clean if turn is None else clean.transpose(turn)


def _blendable(image: Image.Image) -> Image.Image:
    """Return the picture in pixels between which others can lie, which a palette has not."""
    if image.mode in {"P", "PA"}:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image.convert("L") if image.mode == "1" else image


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

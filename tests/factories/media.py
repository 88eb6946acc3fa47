"""Files as people send them: good ones, leaky ones, broken ones and hostile ones."""

import zlib
from io import BytesIO
from struct import pack
from typing import Any

import pillow_heif
from PIL import Image, PngImagePlugin

from caseman.media.store import BlobStore

GPS_MARKER = "Rashid Stadium"
"""Stands for everything in a photograph that must not leave with its copy."""


def picture(mode: str = "RGB", size: tuple[int, int] = (64, 48), colour: Any = None) -> Image.Image:
    image = Image.new(mode, size, colour if colour is not None else 0)
    if mode == "RGB" and colour is None:
        image.paste((200, 30, 30), (0, 0, size[0] // 2, size[1] // 2))  # a red upper left corner
    return image


def written(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def telling_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = GPS_MARKER  # the maker of the camera
    exif[0x0112] = orientation
    exif.get_ifd(0x8769)[0x9003] = "2025:03:04 10:11:12"
    exif.get_ifd(0x8769)[0x9011] = "+03:00"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (35.0, 57.0, 3.0)
    exif.get_ifd(0x8825)[29] = GPS_MARKER
    return exif


def photograph(marker: str = "", **options: Any) -> bytes:
    """A JPEG; a different ``marker`` makes different bytes of the same picture."""
    return written(picture(**options), comment=marker.encode() or b"-")


def telling_jpeg(orientation: int = 1) -> bytes:
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{GPS_MARKER}</x:xmpmeta>".encode()
    return written(
        picture(size=(400, 200)),
        exif=telling_exif(orientation),
        xmp=xmp,
        comment=GPS_MARKER.encode(),
    )


def telling_png() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", GPS_MARKER)
    words.add_itxt("XML:com.adobe.xmp", GPS_MARKER)
    return written(picture(), "PNG", pnginfo=words, exif=telling_exif())


def telling_webp() -> bytes:
    return written(picture(), "WEBP", exif=telling_exif(), xmp=GPS_MARKER.encode())


def telling_heic(orientation: int = 1) -> bytes:
    out = BytesIO()
    heif = pillow_heif.from_pillow(picture(size=(400, 200)))
    heif.save(out, exif=telling_exif(orientation).tobytes(), xmp=GPS_MARKER.encode())
    return out.getvalue()


def animation(kind: str) -> bytes:
    frames = [picture(colour=(90 * n, 0, 0)) for n in (1, 2)]
    return written(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)


def pixel_bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few kilobytes that unpacks to billions of pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))

    header = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def read_all(store: BlobStore, digest: str) -> bytes:
    return b"".join(store.read(digest))

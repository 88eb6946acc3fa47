"""Recordings of a few bytes, as phones begin them."""

from struct import pack

PLACE = b"Rashid Stadium"
"""Stands for what a recording may say of itself and must not."""


def wav(content: bytes = b"\x80" * 64) -> bytes:
    head = b"fmt " + pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    body = b"WAVE" + head + b"data" + pack("<I", len(content)) + content
    return b"RIFF" + pack("<I", len(body)) + body


def ogg(codec: bytes = b"OpusHead") -> bytes:
    return b"OggS\0\2" + bytes(20) + b"\1\x13" + codec + bytes(11)


def webm(document: bytes = b"\x42\x82\x84webm") -> bytes:
    return b"\x1a\x45\xdf\xa3\x93" + document + bytes(40)


def box(kind: bytes, content: bytes = b"") -> bytes:
    return pack(">I", 8 + len(content)) + kind + content


def mp4(brand: bytes = b"M4A ") -> bytes:
    told = box(b"udta", box(b"\xa9xyz", PLACE))
    track = box(b"trak", box(b"tkhd", bytes(8)) + box(b"meta", PLACE))
    return box(b"ftyp", brand + bytes(4)) + box(b"moov", track + told) + box(b"mdat", b"sound")


def mp3() -> bytes:
    tag = b"ID3\4\0\0" + bytes([0, 0, 0, len(PLACE)]) + PLACE
    return tag + b"\xff\xfb\x90\x00sound" + (b"TAG" + PLACE).ljust(128, b"\0")

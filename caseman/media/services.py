"""Takes files in: recognised by content, kept untouched, copied small for showing."""

from collections.abc import Collection
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseman.media.codes import IMAGES, DerivativeKind, FileType
from caseman.media.errors import (
    DamagedFileError,
    EmptyFileError,
    FileTooLargeError,
    UnknownTypeError,
)
from caseman.media.models import Derivative, MediaFile
from caseman.media.pictures import DERIVATIVE_TYPE, Picture, read_picture
from caseman.media.recognise import file_type, pdf_is_whole
from caseman.media.store import BlobStore

LARGEST_FILE = 40_000_000
LONGEST_NAME = 300


def store_upload(  # noqa: PLR0913 - a file, whence it comes and where it goes
    session: Session,
    store: BlobStore,
    stream: BinaryIO,
    original_name: str,
    user_id: int | None,
    *,
    accept: Collection[FileType] = IMAGES,
) -> MediaFile:
    """Keep the file and return its record; bytes that were sent before give the same record.

    Raises a ``FileRefusedError`` whose sentence names the file. What was written to the store
    before a rollback stays there unreferenced, and is found again when the file is sent again.
    """
    name = original_name[:LONGEST_NAME]
    content = stream.read(LARGEST_FILE + 1)
    kind = _recognised(content, name, accept)
    known = by_digest(session, sha256(content).hexdigest())
    if known is not None:
        return known
    picture = read_picture(content, kind, name) if kind in IMAGES else Picture(None, ())
    record = MediaFile(
        sha256=store.put(content),
        media_type=kind.value,
        size=len(content),
        original_name=name,
        taken_at=picture.taken_at,
        received_from_id=user_id,
        derivatives=_derivatives(picture, store),
    )
    return _added(session, record)


def store_without_traces(
    session: Session, store: BlobStore, stream: BinaryIO, name: str
) -> MediaFile:
    """Keep a clean copy of a photograph in place of it, so that nothing leads to who took it.

    Neither the file's name nor what the camera wrote into it is kept: no place, no day, no device.
    """
    content = stream.read(LARGEST_FILE + 1)
    copies = read_picture(content, _recognised(content, name, IMAGES), name).copies
    clean = next(copy.content for copy in copies if copy.kind is DerivativeKind.VIEW)
    return store_upload(session, store, BytesIO(clean), "", None)


def by_digest(session: Session, digest: str) -> MediaFile | None:
    """Return the file with this SHA-256, if it was received before."""
    return session.scalar(sa.select(MediaFile).where(MediaFile.sha256 == digest))


def _recognised(content: bytes, name: str, accept: Collection[FileType]) -> FileType:
    if not content:
        raise EmptyFileError(name)
    if len(content) > LARGEST_FILE:
        raise FileTooLargeError(name, LARGEST_FILE)
    kind = file_type(content)
    if kind is None or kind not in accept:
        raise UnknownTypeError(name, [each.label for each in FileType if each in accept])
    if kind is FileType.PDF and not pdf_is_whole(content):
        raise DamagedFileError(name)
    return kind


def _derivatives(picture: Picture, store: BlobStore) -> list[Derivative]:
    return [
        Derivative(
            kind=copy.kind,
            sha256=store.put(copy.content),
            media_type=DERIVATIVE_TYPE,
            width=copy.width,
            height=copy.height,
        )
        for copy in picture.copies
    ]


def _added(session: Session, record: MediaFile) -> MediaFile:
    """Add ``record``, unless somebody else has just sent the same bytes."""
    try:
        with session.begin_nested():
            session.add(record)
    except IntegrityError:
        known = by_digest(session, record.sha256)
        if known is None:
            raise
        return known
    return record

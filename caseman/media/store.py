"""Keeps bytes under their SHA-256: written once, never altered, the same bytes only once."""

import errno
import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, GenericError
from obstore.store import LocalStore

DIGEST = re.compile(r"[0-9a-f]{64}")
CHUNK = 1024 * 1024


class BlobStore:
    """Files of one installation below ``folder``, each at ``ab/cd/<digest>``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._store = LocalStore(folder, mkdir=True)

    def put(self, content: bytes) -> str:
        """Keep ``content`` and return its digest; what is kept already stays untouched."""
        digest = sha256(content).hexdigest()
        try:
            obstore.put(self._store, _path(digest), content, mode="create")
        except AlreadyExistsError:
            return digest
        except GenericError as error:
            raise OSError(_errno(error), "a file could not be stored") from error
        self._reach_the_disk(digest)
        return digest

    def read(self, digest: str) -> Iterator[bytes]:
        """Return the content in pieces; raise ``FileNotFoundError`` where there is none."""
        found = obstore.get(self._store, _path(digest))
        return (bytes(piece) for piece in found.stream(min_chunk_size=CHUNK))

    def size(self, digest: str) -> int:
        """Return how many bytes are kept under ``digest``."""
        return obstore.head(self._store, _path(digest))["size"]

    def is_whole(self, digest: str) -> bool:
        """Say whether the content is there and still has its digest."""
        found = sha256()
        try:
            for piece in self.read(digest):
                found.update(piece)
        except FileNotFoundError:
            return False
        return found.hexdigest() == digest

    def _reach_the_disk(self, digest: str) -> None:
        """Wait until a power cut can no longer take the file; the row about it comes after."""
        file = self.folder / _path(digest)
        for path in (file, *list(file.parents)[:3]):
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _path(digest: str) -> str:
    if not DIGEST.fullmatch(digest):
        raise FileNotFoundError(errno.ENOENT, "not a digest", digest)
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def _errno(error: GenericError) -> int:
    """Return the system's number for what went wrong, which the store tells only in words."""
    code = re.search(r"os error (\d+)|code: (\d+)", str(error))
    return int(next(group for group in code.groups() if group)) if code else errno.EIO

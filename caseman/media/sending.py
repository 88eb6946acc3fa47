"""Sends files to a reader whose right to the record they belong to has been checked before.

No route of this slice serves a file: only the records' own routes do, through their own scope.
"""

import unicodedata
from typing import cast
from urllib.parse import quote

from flask import Response, current_app
from werkzeug.exceptions import NotFound

from caseman.media.codes import DerivativeKind, SoundType
from caseman.media.models import MediaFile
from caseman.media.store import BlobStore
from caseman.web.headers import INERT, also
from caseman.web.installation import installation

KEY = "caseman.blobs"
"""Where an application keeps its open store."""

LONGEST_NAME = 120
_FORBIDDEN = frozenset('/\\:*?"<>|;')


def blob_store() -> BlobStore:
    """Return the file store of the current application, opened at first use."""
    if KEY not in current_app.extensions:
        current_app.extensions[KEY] = BlobStore(installation().config.files)
    return cast("BlobStore", current_app.extensions[KEY])


def send_derivative(file: MediaFile, kind: DerivativeKind) -> Response:
    """Answer with a copy that carries no metadata; 404 where the file has none of this kind."""
    for copy in file.derivatives:
        if copy.kind is kind:
            return _send(copy.sha256, copy.media_type)
    raise NotFound


def send_original(file: MediaFile) -> Response:
    """Answer with the untouched original, only ever as a download and never as what it claims."""
    answer = _send(file.sha256, "application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", **_names(file))
    return answer


def send_sound(content: bytes, kind: SoundType, name: str) -> Response:
    """Answer with a recording, whole, as a download that a page of ours may play.

    ``name`` is ours: the file that was sent had one that nobody kept.
    """
    also(INERT)
    answer = Response(content, mimetype=kind.value)
    answer.headers["Accept-Ranges"] = "none"
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{kind.name.lower()}")
    return answer


def _send(digest: str, media_type: str) -> Response:
    store = blob_store()
    try:
        pieces, size = store.read(digest), store.size(digest)
    except FileNotFoundError as error:
        raise NotFound from error
    return Response(pieces, mimetype=media_type, headers={"Content-Length": str(size)})


def _names(file: MediaFile) -> dict[str, str]:
    """Return the plain and the extended file name of RFC 6266."""
    name = safe_name(file.original_name) or file.sha256[:16]
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    if plain == name:
        return {"filename": name}
    stem_is_lost = not plain.rpartition(".")[0].strip()
    return {
        "filename": f"{file.sha256[:16]}{plain[plain.rfind('.') :]}" if stem_is_lost else plain,
        "filename*": f"UTF-8''{quote(name, safe='')}",
    }


def safe_name(name: str) -> str:
    """Return a sender's file name without signs that mislead a reader or a file system."""
    kept = (
        sign
        for sign in name
        if sign not in _FORBIDDEN and unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}
    )
    return "".join(kept).strip(" .")[-LONGEST_NAME:]

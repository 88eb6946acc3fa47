"""Photographs that came with a form."""

from collections.abc import Sequence

from werkzeug.datastructures import FileStorage

from caseman.media.models import MediaFile
from caseman.media.sending import blob_store
from caseman.media.services import store_upload
from caseman.web.guards import current_scope
from caseman.web.unit_of_work import session


def received(uploads: Sequence[FileStorage]) -> list[MediaFile]:
    """Keep the uploads; a refusal is a sentence that names the file."""
    user_id = current_scope().user_id
    return [
        store_upload(session, blob_store(), upload.stream, upload.filename or "", user_id)  # type: ignore[arg-type] # a stream of bytes
        for upload in uploads
    ]

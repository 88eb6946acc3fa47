"""Photographs that came with a form."""

from caseman.media.errors import FileRefusedError
from caseman.media.models import MediaFile
from caseman.media.sending import blob_store
from caseman.media.services import store_upload
from caseman.web.forms import PhotosField
from caseman.web.guards import current_scope
from caseman.web.unit_of_work import session
from caseman.web.words import refusal


def received(photos: PhotosField) -> list[MediaFile] | None:
    """Keep the photographs of a form; None where one is refused, with the reason in the field."""
    user_id = current_scope().user_id
    try:
        return [
            store_upload(session, blob_store(), upload.stream, upload.filename or "", user_id)  # type: ignore[arg-type] # a stream of bytes
            for upload in photos.data
        ]
    except FileRefusedError as refused:
        photos.errors = [refusal(refused)]
        return None

"""Photographs that came with a form."""

from collections.abc import Callable
from typing import BinaryIO, cast

from caseman.media.errors import FileRefusedError
from caseman.media.models import MediaFile
from caseman.media.sending import blob_store
from caseman.media.services import store_upload, store_without_traces
from caseman.web.forms import PhotosField
from caseman.web.guards import current_scope
from caseman.web.unit_of_work import session
from caseman.web.words import refusal


def received(photos: PhotosField) -> list[MediaFile] | None:
    """Keep the photographs of a form; None where one is refused, with the reason in the field."""
    user_id = current_scope().user_id
    return _each(
        photos, lambda stream, name: store_upload(session, blob_store(), stream, name, user_id)
    )


def received_without_traces(photos: PhotosField) -> list[MediaFile] | None:
    """Keep clean copies of the photographs of a form whose sender must not be found."""
    return _each(
        photos, lambda stream, name: store_without_traces(session, blob_store(), stream, name)
    )


def _each(
    photos: PhotosField, keep: Callable[[BinaryIO, str], MediaFile]
) -> list[MediaFile] | None:
    try:
        return [keep(cast("BinaryIO", each.stream), each.filename or "") for each in photos.data]
    except FileRefusedError as refused:
        photos.errors = [refusal(refused)]
        return None

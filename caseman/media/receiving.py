"""Photographs that came with a form.

A page that is shown again cannot hold the files chosen before. So the photographs of a form that
needs another look are kept at once, under a token that only the same person can hand back.
"""

from collections.abc import Sequence
from typing import BinaryIO, cast

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField

from caseman.accounts.identity import actor
from caseman.media.errors import FileRefusedError
from caseman.media.models import MediaFile
from caseman.media.sending import blob_store
from caseman.media.services import store_upload
from caseman.web import unit_of_work
from caseman.web.forms import Form, PhotosField
from caseman.web.guards import current_scope
from caseman.web.installation import installation
from caseman.web.unit_of_work import session
from caseman.web.words import lazy_gettext, refusal

SALT = "caseman kept photographs"


class PhotographsForm(Form):
    """A form that takes photographs and does not lose them when it is shown again."""

    photographs = PhotosField(lazy_gettext("Photographs"))
    kept = HiddenField()

    @property
    def kept_ids(self) -> list[int]:
        """The photographs that were kept when this form was sent before."""
        try:
            user_id, ids = _signer().loads(self.kept.data or "")
        except (BadData, ValueError):
            return []
        return list(ids) if user_id == current_scope().user_id else []

    @property
    def is_without(self) -> bool:
        """Whether no photograph came with it, now or before."""
        return not self.photographs.data and not self.kept_ids


def received(form: PhotographsForm) -> list[MediaFile] | None:
    """Return the files of the form; None where one is refused, with the reason in the field."""
    files = [session.get_one(MediaFile, file_id) for file_id in form.kept_ids]
    stored = _stored(session, form.photographs)
    return None if stored is None else [*files, *stored]


def keep(form: PhotographsForm) -> None:
    """Keep the photographs of a form that is shown again; what else it changed is forgotten."""
    unit_of_work.discard()  # on SQLite the request would wait for its own write lock
    if not form.photographs.data:
        return
    with installation().sessions.transaction(actor=actor()) as apart:
        ids = [file.id for file in _stored(apart, form.photographs) or ()]
    kept = sorted({*form.kept_ids, *ids})
    form.kept.data = _signer().dumps([current_scope().user_id, kept])


def _stored(where: Session, photographs: PhotosField) -> list[MediaFile] | None:
    """Store what can be read; say of the first other file why it cannot."""
    files, refusals = [], []
    for upload in cast("Sequence[FileStorage]", photographs.data):
        upload.stream.seek(0)
        stream, name = cast("BinaryIO", upload.stream), upload.filename or ""
        try:
            files.append(store_upload(where, blob_store(), stream, name, current_scope().user_id))
        except FileRefusedError as refused:
            refusals.append(refusal(refused))
    if refusals and not photographs.errors:
        photographs.errors = refusals
    where.flush()
    return files if where is not session or not refusals else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or b"", salt=SALT)

"""Files sent with a form. What a file really is, the slice that takes it finds out."""

from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms.form import BaseForm
from wtforms.validators import ValidationError
from wtforms.widgets import FileInput

from caseman.web.forms.fields import KitField
from caseman.web.words import gettext as _
from caseman.web.words import ngettext


class PhotosField(KitField):
    """Any number of photographs up to ``most``; ``data`` is a list of uploads."""

    widget = FileInput(multiple=True)

    def __init__(self, label: str = "", *args: Any, most: int = 20, **options: Any) -> None:  # noqa: ANN401
        super().__init__(label, *args, **options)
        self.most = most
        self.render_kw = {"accept": "image/*", **(self.render_kw or {})}

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [each for each in valuelist if isinstance(each, FileStorage) and each.filename]

    def process_data(self, value: Any) -> None:  # noqa: ANN401, ARG002
        self.data: list[FileStorage] = []

    def pre_validate(self, form: BaseForm) -> None:  # noqa: ARG002
        if len(self.data) > self.most:
            raise ValidationError(
                ngettext(
                    "%(field)s: at most %(num)s photograph can be sent at once.",
                    "%(field)s: at most %(num)s photographs can be sent at once.",
                    self.most,
                    field=self.label.text,
                )
            )
        for photo in self.data:
            if not photo.stream.read(1):
                raise ValidationError(
                    _(
                        "%(field)s: “%(name)s” is empty. Choose it again.",
                        field=self.label.text,
                        name=photo.filename,
                    )
                )
            photo.stream.seek(0)


class UploadField(KitField):
    """One file; ``data`` is the upload, None where none was chosen."""

    widget = FileInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        files = [each for each in valuelist if isinstance(each, FileStorage) and each.filename]
        self.data = files[0] if files else None

    def process_data(self, value: Any) -> None:  # noqa: ANN401, ARG002
        self.data: FileStorage | None = None

    def content(self, most: int) -> bytes:
        """Return what was sent, cut after ``most`` bytes and one: who reads it knows it is more."""
        return b"" if self.data is None else self.data.stream.read(most + 1)


class SoundField(UploadField):
    """One recording, made by the phone's own recorder or on the page (js/voice.js)."""

    def __init__(self, label: str = "", *args: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(label, *args, **options)
        self.render_kw = {"accept": "audio/*", "capture": True, **(self.render_kw or {})}

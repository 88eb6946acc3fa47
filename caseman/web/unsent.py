"""What a reader had typed into a form that was refused, so that nothing typed is lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import g, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from caseman.web.forgery import comes_from_here
from caseman.web.forms.base import PLAIN_FIELDS
from caseman.web.received import skimmed
from caseman.web.unit_of_work import SAFE_METHODS

SECRET_WORDS = ("password", "passphrase", "passcode", "secret", "token", "totp", "recovery")
"""A field whose name holds one of these is never shown again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One posted field."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """A refused form: its answers to read and copy and, where that is safe, to send again."""

    action: str
    answers: tuple[Answer, ...]
    has_files: bool
    can_be_sent_again: bool
    """Only where the browser vouches for the origin: another site may not have its form sent."""


def unsent_form() -> Unsent | None:
    """Return what the current request wanted to send, if it carried a form that can be read."""
    if request.method in SAFE_METHODS:
        return None
    sent: MultiDict[str, str]
    try:
        sent, has_files = request.form, any(upload.filename for upload in request.files.values())
    except HTTPException:  # malformed: there is nothing to show; or too large, by its files
        sent = skimmed(request)
        has_files = bool(sent)
    answers = tuple(_answers(sent))
    if not answers and not has_files:
        return None
    return Unsent(request.full_path.rstrip("?"), answers, has_files, comes_from_here())


def _answers(sent: MultiDict[str, str]) -> Iterator[Answer]:
    for name, value in sent.items(multi=True):
        is_secret = any(word in name.lower() for word in SECRET_WORDS)
        if value and name not in PLAIN_FIELDS and not is_secret:
            yield Answer(name, _label(name), value)


def _label(name: str) -> str:
    form: Any = g.get("form")
    head, _, part = name.partition("-")
    if form is None or head not in form:
        return name.replace("_", " ").replace("-", " ")
    field = form[head]
    if part and part in getattr(field, "parts", ()):
        return f"{field.label.text}: {field.parts[part].label.text}"
    return str(field.label.text)

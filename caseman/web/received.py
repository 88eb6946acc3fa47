"""How posted forms are read: bytes that are no text stay visible as such, and are never guessed."""

from typing import IO
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.formparser import FormDataParser

URLENCODED = "application/x-www-form-urlencoded"


class LegibleForms(FormDataParser):
    """Puts U+FFFD in the place of bytes that are not UTF-8, as in forms that carry files.

    Left alone they would become percent signs and figures, and be stored as if somebody had
    written them: an old phone that sends Windows-1256 would lose every name without a word.
    """

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        """Return the stream, the answers and the files of a body."""
        if mimetype != URLENCODED:
            return super().parse(stream, mimetype, content_length, options)
        text = stream.read().decode(errors="replace")
        answers = parse_qsl(text, keep_blank_values=True, errors="replace")
        return stream, MultiDict(answers), MultiDict()


class LegibleRequest(Request):
    """A request whose forms are read so."""

    form_data_parser_class = LegibleForms

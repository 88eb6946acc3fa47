"""How posted forms are read: bytes that are no text stay visible as such, and are never guessed."""

from io import BytesIO
from typing import IO, TYPE_CHECKING
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.formparser import FormDataParser
from werkzeug.wsgi import get_input_stream

if TYPE_CHECKING:
    from typing_extensions import Buffer

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
SKIMMED = 4
"""How many times too large a body may be and still be read for its answers."""


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


class Nowhere(BytesIO):
    """Takes a file and keeps nothing of it."""

    def write(self, content: "Buffer") -> int:
        return memoryview(content).nbytes


def skimmed(request: Request) -> MultiDict[str, str]:
    """Return the answers of a form that was refused as too large; its files are thrown away.

    Nothing of it is stored. Without files, or where it is more than ``SKIMMED`` times too large,
    there are no answers: so much text no memory should hold.
    """
    limit, length = request.max_content_length or 0, request.content_length or 0
    if request.mimetype != MULTIPART or not limit < length <= SKIMMED * limit:
        return MultiDict()
    parser = LegibleForms(
        stream_factory=_nowhere,
        max_form_memory_size=request.max_form_memory_size,
        max_form_parts=request.max_form_parts,
    )
    body = get_input_stream(request.environ)
    try:
        return parser.parse(body, MULTIPART, length, request.mimetype_params)[1]
    except HTTPException:
        return MultiDict()


def _nowhere(*_about: object, **_more: object) -> Nowhere:
    return Nowhere()


class LegibleRequest(Request):
    """A request whose forms are read so."""

    form_data_parser_class = LegibleForms

"""Uploaded files become text, within limits, or say why they cannot. Pure: bytes in, text out."""

from dataclasses import dataclass
from typing import Final

from caseman.coding import N_
from caseman.laboratory.reading.tables import UnreadableTableError
from caseman.values import Doubt
from caseman.writing import UNREADABLE

MOST_CHARACTERS: Final = 500_000
"""The longest text that is read: some thousand samples."""
MOST_BYTES: Final = 2 * MOST_CHARACTERS + 2
"""The same in UTF-16, with its mark."""

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_OTHERS: Final = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file; not exact where some letters could not be read."""

    text: str
    is_exact: bool


def text_of(content: bytes) -> FileText:
    """Return what is written in a text file: UTF-8, UTF-16 with its mark, or plain ASCII.

    Letters in another encoding are never guessed: each becomes a question mark; codes, markers and
    alleles need none of them. Raises UnreadableTableError where the file is empty, too large or
    no text.
    """
    if not content.strip():
        raise UnreadableTableError(Doubt(N_("The file is empty.")))
    if len(content) > MOST_BYTES:
        raise _too_long()
    if content.startswith(_OTHERS):
        raise UnreadableTableError(
            Doubt(N_("The file is a workbook, an archive or a PDF. Export the table as text."))
        )
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    text, is_exact = _decoded(content, encoding)
    if "\0" in text:
        raise UnreadableTableError(
            Doubt(N_("The file is no text. Export the table as text, best in UTF-8."))
        )
    if len(text) > MOST_CHARACTERS:
        raise _too_long()
    return FileText(text.replace("\r\n", "\n").replace("\r", "\n"), is_exact)


def _too_long() -> UnreadableTableError:
    most = {"most": f"{MOST_CHARACTERS:,}"}
    return UnreadableTableError(
        Doubt(N_("The file holds more than %(most)s characters: divide it."), most)
    )


def _decoded(content: bytes, encoding: str) -> tuple[str, bool]:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode(encoding, errors="replace")
    return text.replace(UNREADABLE, "?"), UNREADABLE not in text

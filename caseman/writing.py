"""How written text is cleaned before it is stored, in forms and in imported files alike.

Letters stay as people wrote them. What goes is what nobody sees: control characters, marks that
turn the direction of the text around them, and the difference between composed and decomposed
letters. The joiners U+200C and U+200D stay, because Sorani and Persian are spelt with them.
"""

import re
import unicodedata

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
"""Stands where bytes were no text in the encoding they claimed."""

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BLANKS = re.compile(r"[^\S\n]+")
_DIGITS = {
    zero + digit: str(digit)
    for zero in (ord("\N{ARABIC-INDIC DIGIT ZERO}"), ord("\N{EXTENDED ARABIC-INDIC DIGIT ZERO}"))
    for digit in range(10)
}
_NUMBER_SIGNS = {
    ord("\N{ARABIC DECIMAL SEPARATOR}"): ".",
    ord("\N{ARABIC COMMA}"): ".",
    ord(","): ".",
    ord("\N{MINUS SIGN}"): "-",
}


def clean_lines(text: str) -> str:
    """Return ``text`` as it is stored, with its line breaks."""
    text = _BLANKS.sub(" ", _visible(text))
    return "\n".join(line.strip() for line in text.strip().split("\n"))


def clean_table(text: str) -> str:
    """Return a pasted table as it is read: blanks stay, because tabs part its columns."""
    return _visible(text).strip("\n")


def _visible(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", _INVISIBLE.sub("", text))


def clean_line(text: str) -> str:
    """Return ``text`` as it is stored in one line."""
    return " ".join(clean_lines(text).split())


def latin_digits(text: str) -> str:
    """Return ``text`` with Arabic-Indic and Persian digits written as 0 to 9."""
    return text.translate(_DIGITS)


def plain_number(text: str) -> str:
    """Return a number as people type it (Arabic digits, decimal comma) in the form Python reads."""
    return latin_digits(clean_line(text)).translate(_NUMBER_SIGNS).replace(" ", "")


def written(text: str) -> str:
    """Return a case number as it was typed, in capitals and with the digits that numbers have."""
    return latin_digits(clean_line(text)).upper().replace(" ", "")

"""How numbers are written, and how people write them down."""

import re

from caseman.sites.codes import NumberKind
from caseman.writing import clean_line, latin_digits

_KINDS = "|".join(sorted((kind.value for kind in NumberKind), key=len, reverse=True))
_WRITTEN = re.compile(rf"([A-Z]{{2,4}}\d{{2,4}})-?F(\d{{1,3}})-?({_KINDS})(\d{{1,6}})(/\d{{1,4}})?")
_DASHES = re.compile("[\u2010-\u2015\u2212_]")
_STROKES = re.compile(r"[\u2044\u2215\\]")


def format_number(site_code: str, feature_code: str, kind: NumberKind, sequence: int) -> str:
    """Return the number people read, such as RQA01-F02-B014."""
    return f"{site_code}-{feature_code}-{kind.value}{sequence:03d}"


def read_number(text: str) -> tuple[str, str]:
    """Return the number that ``text`` begins with, as it is stored, and the words after it.

    Lower case, blanks, missing hyphens or zeros and Arabic digits are forgiven: ``rqa01 f2 b14``
    is RQA01-F02-B014. What looks like no number of ours comes back whole, without its blanks.
    """
    plain = latin_digits(clean_line(text))
    plain = _STROKES.sub("/", _DASHES.sub("-", plain))
    words = plain.split()
    for count in range(1, len(words) + 1):
        match = _WRITTEN.fullmatch("".join(words[:count]).upper())
        if match is not None:
            site, feature, kind, sequence, part = match.groups()
            number = f"{site}-F{int(feature):02d}-{kind}{int(sequence):03d}{part or ''}"
            return number, " ".join(words[count:])
    return "".join(words).upper(), ""

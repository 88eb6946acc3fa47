"""Numbers that are typed, pasted or scanned into one field, each with its seal where one is given.

A line holds a number and perhaps its seal after a blank, comma, semicolon or tab; a line of more
than two words holds numbers only. What cannot be told to be a seal is taken for a number, so that
a number with a slip of the pen never vanishes as the seal of the one before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from caseman.web.forms import LinesField
from caseman.web.words import ngettext
from caseman.writing import clean_lines, written

MOST = 500
"""Exhibits in one hand-over."""
_BETWEEN = re.compile(r"[\s,;]+")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_A_NUMBER = re.compile(r".*-F[0-9].*|.*-.*-.*|[A-Z]{1,2}[0-9]{3,6}")
"""What may be meant as a number: one of ours, one with a slip in it, or the end of one."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was read from the field."""

    seals: dict[str, str]
    """Each number with its seal, or an empty text, in their order."""
    repeated: tuple[str, ...] = ()
    """Numbers that stand there more than once."""


def pasted(text: str) -> Pasted:
    """Return the numbers in ``text``; of two seals of one number the first one."""
    seals: dict[str, str] = {}
    repeated: dict[str, None] = {}
    for number, seal in _items(text):
        if number in seals:
            repeated[number] = None
        seals[number] = seals.get(number) or seal
    return Pasted(seals, tuple(repeated))


def _items(text: str) -> Iterator[tuple[str, str]]:
    for line in clean_lines(text).translate(_DASHES).split("\n"):
        words = [written(word) for word in _BETWEEN.split(line) if word]
        if len(words) == 2 and not _A_NUMBER.fullmatch(words[1]):
            yield words[0], words[1]
        else:
            yield from ((word, "") for word in words)


class NumbersField(LinesField):
    """Numbers to put into a list; ``numbers`` are read from it."""

    def __init__(self, label: str = "", **options: Any) -> None:  # noqa: ANN401
        looks = {"dir": "ltr", "rows": 4, "autocapitalize": "characters", "spellcheck": "false"}
        super().__init__(label, longest=50_000, render_kw=looks, **options)

    @property
    def read(self) -> Pasted:
        """The numbers in it."""
        return pasted(self.data or "")

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse more than fit into one hand-over."""
        super().pre_validate(form)
        if len(self.read.seals) > MOST:
            raise ValidationError(
                ngettext(
                    "%(field)s: at most %(num)s fits into one hand-over. Make several.",
                    "%(field)s: at most %(num)s fit into one hand-over. Make several.",
                    MOST,
                    field=self.label.text,
                )
            )

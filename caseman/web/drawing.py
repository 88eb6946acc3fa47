"""The smallest parts of a page, drawn in Python because lists draw them by the hundred.

A list of fifty rows draws some five hundred cells, and as template macros they took most of its
time. ``components/icons.html``, ``layout.html`` and ``data.html`` give them to every template.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from flask import Flask
from jinja2 import Undefined
from markupsafe import Markup, escape

from caseman.coding import N_, Absence
from caseman.web.words import gettext

NOT_RECORDED: Final = N_("Not recorded")
YES_OR_NO: Final = {True: N_("Yes"), False: N_("No")}
ABSENT: Final = frozenset(Absence) | {"not_recorded"}
TURNED: Final = frozenset({"next", "previous"})
"""Arrows that point the other way on pages read from right to left."""
STATES: Final = {"progress": "clock", "done": "agrees", "attention": "warning", "closed": "lock"}
"""Tone of a tag -> the icon beside its word."""
PATHS: Final = {
    "agrees": "M4 12.5l5 5L20 6.5",
    "explainable": "M4 10c2.5-3 5-3 8 0s5.5 3 8 0M4 16c2.5-3 5-3 8 0s5.5 3 8 0",
    "contradicts": "M5 9h14M5 15h14M16 4L8 20",
    "missing": "M6 12h12",
    "info": "M12 11v6M12 7.25v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
    "warning": "M12 9.5v4.5M12 17.2v.1M12 3.5l9.2 16.5H2.8z",
    "done": "M7.5 12.5l3 3 6-6.5M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
    "photo": "M3 8h4l2-3h6l2 3h4v11H3zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
    "position": (
        "M12 21.5c-4.5-5-6.5-8.5-6.5-11.5a6.5 6.5 0 0 1 13 0c0 3-2 6.5-6.5 11.5z"
        "M12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"
    ),
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
    "next": "M9 5l7 7-7 7",
    "previous": "M15 5l-7 7 7 7",
    "up": "M12 19V6M6.5 11L12 5.5 17.5 11",
    "down": "M12 5v13M6.5 13l5.5 5.5 5.5-5.5",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "eye": (
        "M2.5 12c2.5-4.3 5.7-6.5 9.5-6.5s7 2.2 9.5 6.5c-2.5 4.3-5.7 6.5-9.5 6.5S5 16.3 2.5 12z"
        "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z"
    ),
    "language": (
        "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z"
        "M3.5 12h17M12 3c-5 5.5-5 12.5 0 18M12 3c5 5.5 5 12.5 0 18"
    ),
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "pen": "M4 20l1-4L16 5l3 3L8 19z",
    "plus": "M12 5v14M5 12h14",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6",
    "clock": "M12 7v5.2l3.5 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
    "download": "M12 4v11M7 10.5l5 5 5-5M4.5 20h15",
}


@cache
def icon(name: str, mirror: bool = False) -> Markup:  # noqa: FBT001, FBT002 - a template's own word
    """Return a small line drawing, always beside a word, never instead of one."""
    turned = " icon-mirror" if mirror or name in TURNED else ""
    return Markup(
        '<svg class="icon%s" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path fill="none" stroke="currentColor" d="%s" /></svg>'
    ) % (turned, PATHS[name])


def code(number: object) -> Markup:
    """Return a case number, which reads from left to right in every language."""
    return Markup('<bdi class="code">%s</bdi>') % number


class Drawing:
    """Draws what holds words; ``say`` translates a message id into the reader's language."""

    icon = staticmethod(icon)
    code = staticmethod(code)

    def __init__(self, say: Callable[[str], str]) -> None:
        self._say = say

    def words(self, value: object, absence: object = None) -> Markup:
        """Return any value in words: a code by its label, nothing by the reason it is missing."""
        if value is None or value == "" or isinstance(value, Undefined):
            return self._absent(absence)
        if isinstance(value, bool):
            return escape(self._say(YES_OR_NO[value]))
        label = getattr(value, "label", None)
        if label is not None:
            said = self._say(label)
            return _ABSENT % said if str(value) in ABSENT else escape(said)
        return (_NUMBER if isinstance(value, int | float) else _TEXT) % value

    def _absent(self, absence: object) -> Markup:
        label = None if isinstance(absence, Undefined) else getattr(absence, "label", None)
        return _ABSENT % (self._say(label) if label else absence or self._say(NOT_RECORDED))

    def tag(self, text: object, tone: str = "neutral") -> Markup:
        """Return a state in a word. Tones: neutral, progress, done, attention, closed."""
        label = getattr(text, "label", None)
        drawn = icon(STATES[tone]) if tone in STATES else ""
        return _TAG % (tone, drawn, text if label is None else self._say(label))

    def cell(self, row: Mapping[str, Any], column: Mapping[str, Any]) -> Markup:
        """Return the value of one column of a row: a number as ``code``, else in words."""
        value = _read(row, column["key"])
        return code(value) if value and column.get("kind") == "code" else self.words(value)


_ABSENT: Final = Markup('<span class="absent">%s</span>')
_NUMBER: Final = Markup('<bdi class="number">%s</bdi>')
_TEXT: Final = Markup("<bdi>%s</bdi>")
_TAG: Final = Markup('<span class="tag tag-%s">%s%s</span>')


def _read(row: object, key: str) -> object:
    """Read a mapping by its key, and anything else by its attribute."""
    return row.get(key) if isinstance(row, Mapping) else getattr(row, key, None)


drawing: Final = Drawing(gettext)


def init_app(app: Flask) -> None:
    """Give the component templates what is drawn here, under the same name."""
    app.jinja_env.globals["drawing"] = drawing

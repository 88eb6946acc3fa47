"""Flask-Babel's functions with types: what they return is text in the reader's language."""

from collections.abc import Iterable
from typing import cast

import flask_babel

from caseman.coding import Code
from caseman.database import DomainError


def gettext(message: str, **values: object) -> str:
    """Translate ``message`` and fill its ``%(name)s`` placeholders."""
    return str(flask_babel.gettext(message, **values))


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """Translate for ``number``, which fills ``%(num)s``; Arabic has six forms."""
    return str(flask_babel.ngettext(singular, plural, number, **values))


def lazy_gettext(message: str, **values: object) -> str:
    """Return a text that is translated when it is shown, for labels made at import."""
    return cast("str", flask_babel.lazy_gettext(message, **values))


def series(parts: Iterable[str | None]) -> str:
    """Return the parts that say something, with the comma of the reader's language between."""
    return gettext(", ").join(part for part in parts if part)


def refusal(error: DomainError) -> str:
    """Return what the domain refuses, its codes and lists in the reader's words."""
    return gettext(error.message, **{name: _told(value) for name, value in error.values.items()})


def _told(value: object) -> object:
    match value:
        case Code():
            return gettext(value.label)
        case tuple() | list():
            return series(gettext(each) for each in value if each)
        case _:
            return value

"""Flask-Babel's functions with types: what they return is text in the reader's language."""

from collections.abc import Iterable
from typing import cast

import flask_babel
from babel.support import NullTranslations
from flask import g

from caseman.coding import Code
from caseman.database import DomainError


def catalogue() -> NullTranslations:
    """Return the texts of the reader's language, found once a request.

    Flask-Babel looks for them at each text, which was half the time of a page of thousands.
    """
    try:
        known: NullTranslations = g.catalogue
    except AttributeError:
        known = g.catalogue = flask_babel.get_translations()
    except RuntimeError:  # no application runs
        known = flask_babel.get_translations()
    return known


def gettext(message: str, **values: object) -> str:
    """Translate ``message`` and fill its ``%(name)s`` placeholders."""
    text: str = catalogue().ugettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """Translate for ``number``, which fills ``%(num)s``; Arabic has six forms."""
    text: str = catalogue().ungettext(singular, plural, number)
    return text % ({"num": number} | values)


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

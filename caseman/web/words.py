"""Flask-Babel's functions with types: what they return is text in the reader's language."""

from typing import cast

import flask_babel


def gettext(message: str, **values: object) -> str:
    """Translate ``message`` and fill its ``%(name)s`` placeholders."""
    return str(flask_babel.gettext(message, **values))


def ngettext(singular: str, plural: str, number: int, **values: object) -> str:
    """Translate for ``number``, which fills ``%(num)s``; Arabic has six forms."""
    return str(flask_babel.ngettext(singular, plural, number, **values))


def lazy_gettext(message: str, **values: object) -> str:
    """Return a text that is translated when it is shown, for labels made at import."""
    return cast("str", flask_babel.lazy_gettext(message, **values))

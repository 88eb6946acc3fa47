"""Puts the kit together, in the order that matters."""

from types import TracebackType

from flask import Flask

from caseman.web import (
    compression,
    drawing,
    errors,
    filters,
    forgery,
    guards,
    headers,
    health,
    idempotency,
    language,
    limits,
    log,
    unit_of_work,
)
from caseman.web.addresses import RowIdConverter
from caseman.web.installation import Installation
from caseman.web.received import LegibleRequest

FORM_MEMORY = 4 * 1024 * 1024
FORM_PARTS = 5_000

PARTS = (
    log,
    headers,
    compression,
    limits,
    forgery,
    guards,
    language,
    filters,
    drawing,
    errors,
    health,
    idempotency,
    unit_of_work,
)

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class Application(Flask):
    """A Flask application whose log holds no values and whose forms hold no guesses."""

    request_class = LegibleRequest

    def log_exception(self, exc_info: ExceptionInfo | tuple[None, None, None]) -> None:
        """Leave it to ``errors``; Flask would print the text of the error and a name in it."""


def init_app(app: Application, installation: Installation) -> None:
    """Attach the kit to ``app``, before any slice.

    Functions after a request run last registered first: the headers come first so that they are
    set on whatever the others answer, the unit of work comes last so that it commits first.
    """
    config = installation.config
    app.config.update(
        MAX_CONTENT_LENGTH=config.max_upload,
        MAX_FORM_MEMORY_SIZE=FORM_MEMORY,
        MAX_FORM_PARTS=FORM_PARTS,
        SESSION_COOKIE_NAME="__Host-session" if config.tls else "session",
        SESSION_COOKIE_SECURE=config.tls,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        DEBUG=config.debug,
        TESTING=config.testing,
    )
    app.url_map.converters["int"] = RowIdConverter
    installation.install(app)
    for part in PARTS:
        part.init_app(app)
    guards.open_to_all(app, "static")
